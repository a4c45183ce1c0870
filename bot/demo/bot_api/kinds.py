"""Everything a person can send besides words: a stand-in for each kind of message, complete enough for any library.

No file exists behind the identifiers; nothing in this product downloads one.
"""

import random
from collections.abc import Callable

from .people import Person
from .shapes import Json
from .text import content as words_of
from .text import written

CAPTIONED = frozenset({"photo", "video", "document", "audio", "voice", "animation", "paid_media"})
NEVER_COPIED = frozenset({"paid_media", "giveaway", "giveaway_winners", "invoice"})
"""Kinds that Telegram forwards but does not copy (Bot API, copyMessage)."""
SERVICE = frozenset(
    "new_chat_members left_chat_member new_chat_title new_chat_photo delete_chat_photo group_chat_created "
    "pinned_message message_auto_delete_timer_changed migrate_to_chat_id migrate_from_chat_id successful_payment "
    "refunded_payment users_shared chat_shared gift unique_gift connected_website write_access_allowed passport_data "
    "web_app_data proximity_alert_triggered boost_added chat_background_set forum_topic_created forum_topic_closed "
    "giveaway_created giveaway_completed video_chat_started video_chat_ended".split()
)
"""Notes of Telegram's own, which are neither forwarded nor copied."""

_Maker = Callable[["Stubs", Person], Json]


class Stubs:
    """Makes contents; file identifiers come from `rng`, so a seed repeats them."""

    def __init__(self, rng: random.Random) -> None:
        """`rng` may be shared with the rest of the world."""
        self._rng = rng

    def make(self, kind: str, person: Person, caption: str = "") -> Json | None:
        """The fields of a message of this kind, None for an unknown one; `caption` is dropped where none fits."""
        if kind == "text":
            return words_of(written(caption))
        maker = _MAKERS.get(kind)
        if maker is None:
            return None
        fields = maker(self, person)
        if caption and kind in CAPTIONED:
            fields |= words_of(written(caption), caption=True)
        return fields

    def file(self, **more: object) -> Json:
        """A file that was uploaded: its two identifiers, and `more`."""
        return {
            "file_id": f"AgAC{self._rng.getrandbits(160):040x}",
            "file_unique_id": f"AQAD{self._rng.getrandbits(48):012x}",
            **more,
        }

    def photo_sizes(self) -> list[Json]:
        """A photo as Telegram lists it: the same picture in several sizes, small ones first."""
        return [
            self.file(file_size=1400, width=90, height=67),
            self.file(file_size=19000, width=320, height=240),
            self.file(file_size=92000, width=1280, height=960),
        ]

    def poll(self) -> Json:
        """A poll with two answers."""
        options = [
            {"persistent_id": f"{n}{self._rng.getrandbits(32):08x}", "text": text, "voter_count": 0}
            for n, text in enumerate(("1", "2"))
        ]
        return {
            "id": str(self._rng.getrandbits(62)),
            "question": "?",
            "options": options,
            "total_voter_count": 0,
            "is_closed": False,
            "is_anonymous": True,
            "type": "regular",
            "allows_multiple_answers": False,
            "allows_revoting": True,
            "members_only": False,
        }

    def dice(self) -> Json:
        """A thrown die."""
        return {"emoji": "🎲", "value": self._rng.randint(1, 6)}


def _contact(_: Stubs, person: Person) -> Json:
    card: Json = {"phone_number": person.phone or "+70000000000", "first_name": person.name}
    if person.last_name:
        card["last_name"] = person.last_name
    return {"contact": card | {"user_id": person.id}}


def _document(stubs: Stubs, _: Person) -> Json:
    return {"document": stubs.file(file_name="file.pdf", mime_type="application/pdf", file_size=48000)}


def _animation(stubs: Stubs, _: Person) -> Json:
    moving = stubs.file(
        file_name="animation.mp4", mime_type="video/mp4", duration=3, width=320, height=240, file_size=61000
    )
    return {"animation": moving, "document": {k: moving[k] for k in moving if k not in {"duration", "width", "height"}}}


def _sticker(stubs: Stubs, _: Person) -> Json:
    return {
        "sticker": stubs.file(
            type="regular", width=512, height=512, is_animated=False, is_video=False, emoji="🙂", file_size=23000
        )
    }


def _place() -> Json:
    return {"latitude": 51.1282, "longitude": 71.4304}


def _venue(_: Stubs, __: Person) -> Json:
    return {"location": _place(), "venue": {"location": _place(), "title": "A place", "address": "A street, 1"}}


_MAKERS: dict[str, _Maker] = {
    "photo": lambda stubs, _: {"photo": stubs.photo_sizes()},
    "voice": lambda stubs, _: {"voice": stubs.file(duration=4, mime_type="audio/ogg", file_size=16000)},
    "audio": lambda stubs, _: {"audio": stubs.file(duration=61, mime_type="audio/mpeg", title="A", file_size=980000)},
    "video": lambda stubs, _: {
        "video": stubs.file(duration=7, width=640, height=360, mime_type="video/mp4", file_size=740000)
    },
    "video_note": lambda stubs, _: {"video_note": stubs.file(length=240, duration=5, file_size=310000)},
    "animation": _animation,
    "document": _document,
    "sticker": _sticker,
    "contact": _contact,
    "location": lambda _, __: {"location": _place()},
    "live_location": lambda _, __: {"location": _place() | {"live_period": 900, "heading": 90}},
    "venue": _venue,
    "poll": lambda stubs, _: {"poll": stubs.poll()},
    "dice": lambda stubs, _: {"dice": stubs.dice()},
    "story": lambda _, person: {"story": {"chat": person.chat(), "id": 1}},
    "game": lambda stubs, _: {"game": {"title": "A game", "description": "A game", "photo": stubs.photo_sizes()}},
    "paid_media": lambda stubs, _: {
        "paid_media": {"star_count": 1, "paid_media": [{"type": "photo", "photo": stubs.photo_sizes()}]}
    },
}

KINDS = ("text", *_MAKERS)
"""Every kind that `Stubs.make` knows."""


def kind_of(fields: Json) -> str:
    """Which kind of message these fields are: "text", "photo", … "other" when they are none of the known ones."""
    for kind in ("text", "animation", "venue", *_MAKERS):
        if kind in fields:
            return kind
    return next((kind for kind in sorted(SERVICE | NEVER_COPIED) if kind in fields), "other")


def is_service(fields: Json) -> bool:
    """Whether this is no message but a note of Telegram's own."""
    return not SERVICE.isdisjoint(fields)
