"""What is sent to the bot for the page of kinds: every kind of message and update, in every way that it can come."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

from bot.dialog.engine import EXIT_KEY, URGENT_KEY
from bot.dialog.model import HOME, Session
from bot.dialog.view import draw
from bot.i18n import N_, translator
from bot.telegram.inbound import REMOVED_AT_ONCE, UNREAD
from tests.books import TODAY as BOOK
from tests.emulator import api_examples as api
from tests.emulator.living import DONE, Phone
from tests.emulator.test_journeys import VALUES

Json = dict[str, Any]
GROUPS = -1_000_000
"""The group of a person is numbered so far below her."""

LINES = {"done": DONE, "in the menu": N_("Hello. To see the numbers, tap /urgent")}
_SCREENS = {draw(BOOK, Session(language, name), VALUES).text: name for name in BOOK for language in ("ru", "kk")}
_SCREENS |= {translator("ru").say(line): name for name, line in LINES.items()}


@dataclass(frozen=True)
class Case:
    """One thing that comes. `make` gives, for a person's id, an update, or the fields of a message that she sends."""

    section: str
    kind: str
    way: str
    make: Callable[[int], Json]
    is_sent: bool = False
    is_real: bool = True

    @staticmethod
    def screen(text: str) -> str:
        """The name of the screen or line that has this text."""
        return _SCREENS[text]


@dataclass(frozen=True)
class Step:
    """What somebody does after Start; `do` gives the update to inject, or does it itself."""

    case: Case
    do: Callable[[Phone], Json | None]


def person(number: int) -> Json:
    """Her, as Telegram describes her."""
    return {"id": number, "is_bot": False, "first_name": "Zkq", "language_code": "ru"}


def private(number: int) -> Json:
    """Her chat."""
    return {"id": number, "type": "private", "first_name": "Zkq"}


def shared(number: int, kind: str) -> Json:
    """A group or channel that she is in."""
    return {"id": GROUPS - number, "type": kind, "title": "Zkq"}


def cases(now: int) -> list[Case]:
    """All that does not need a screen to be there before. `now` is in seconds since 1970."""
    return [*_words(now), *_messages(now), *_places(), *_updates(), *_memberships(), *_unheard_of()]


def _words(now: int) -> list[Case]:
    typed = {
        "any words": "сәлем",
        "nothing that can be seen": "\u200b\u2800",
        "words that mean danger or a call for help": "мені ұрып жатыр",
        "a word or mark for closing": ".",
        "/start, also with something after it": "/start abc_123",
        "/urgent, /help, /102 …": "/urgent",
        "/exit, /stop …": "/exit",
        "/language kk": "/language kk",
        "a command that we do not have, or of another bot": "/settings@another_bot",
    }
    said = [Case("words", name, "as it is", _sends({"text": text}), is_sent=True) for name, text in typed.items()]
    late = [("any words", "сәлем"), ("words that mean danger or a call for help", "помогите"), (".", ".")]
    names = {".": "a word or mark for closing"}
    said += [
        Case("words", names.get(name, name), "late", _sends({"text": text, "date": now - 700}), is_sent=True)
        for name, text in late
    ]
    said += [Case("words", "any words", way, _way("text", way, now), is_sent=True) for way in _WAYS[1:3]]
    return [*said, _edited("text", "words", "any words")]


_WAYS = ("as it is", "forwarded", "as a reply", "with words", "with a word for help", "with a word for closing", "late")
_CAPTIONS = {"with words": "сәлем", "with a word for help": "помогите", "with a word for closing": "."}


def _messages(now: int) -> list[Case]:
    found = []
    for kind in sorted({*UNREAD, *REMOVED_AT_ONCE} & {*api.MESSAGE_KINDS}):
        ways = [way for way in _WAYS if way not in _CAPTIONS or api.has_caption(kind)]
        found += [Case("things", kind, way, _way(kind, way, now), is_sent=True) for way in ways]
        found.append(_edited(kind, "things", kind))
    notes = [kind for kind in api.MESSAGE_KINDS if kind not in {"text", *UNREAD, *REMOVED_AT_ONCE}]
    return found + [Case("notes", kind, "as it is", _way(kind, "as it is", now), is_sent=True) for kind in notes]


def _sends(fields: Json) -> Callable[[int], Json]:
    return lambda _: fields


def _way(kind: str, way: str, now: int) -> Callable[[int], Json]:
    def make(number: int) -> Json:
        who, where = person(number), private(number)
        fields = api.content(kind, who, where)
        other = {"id": 5, "is_bot": False, "first_name": "Zkq"}
        if way == "forwarded":
            fields["forward_origin"] = {"type": "user", "date": now, "sender_user": other}
        if way == "as a reply":
            fields["reply_to_message"] = {"message_id": 1, "date": now, "chat": where, "from": other, "text": "help"}
        if way == "late":
            fields["date"] = now - 700
        return fields | ({"caption": _CAPTIONS[way]} if way in _CAPTIONS else {})

    return make


def _message(number: int, where: Json, kind: str) -> Json:
    who = person(number)
    sender = {"sender_chat": where} if where["type"] == "channel" else {"from": who}
    return {"message_id": 5, "date": 1_800_000_000, "chat": where, **sender, **api.content(kind, who, where)}


def _edited(kind: str, section: str, name: str) -> Case:
    def make(number: int) -> Json:
        return {"edited_message": {**_message(number, private(number), kind), "edit_date": 1_800_000_001}}

    return Case(section, name, "edited", make)


def _places() -> list[Case]:
    """Every kind of message in groups and channels."""

    def make(kind: str, place: str) -> Callable[[int], Json]:
        update = "channel_post" if place == "channel" else "message"
        return lambda number: {update: _message(number, shared(number, place), kind)}

    places = ("group", "supergroup", "channel")
    return [Case("places", kind, f"in a {place}", make(kind, place)) for place in places for kind in api.MESSAGE_KINDS]


def _updates() -> list[Case]:
    """Every other kind of update, about her chat and about each kind of shared chat."""

    def make(kind: str, place: str) -> Callable[[int], Json]:
        def made(number: int) -> Json:
            where = private(number) if place == "private" else shared(number, place)
            update = api.update(kind, person(number), where)
            if "id" in update[kind]:
                update[kind]["id"] = f"q{number}"
            return update

        return made

    others = sorted({*api.UPDATE_KINDS} - {"message", "callback_query", "channel_post", "my_chat_member"})
    ways = {"as it is": "private", "in a group": "group", "in a supergroup": "supergroup", "in a channel": "channel"}
    return [Case("updates", kind, way, make(kind, place)) for kind in others for way, place in ways.items()]


def _memberships() -> list[Case]:
    def make(status: Json, place: str) -> Callable[[int], Json]:
        def made(number: int) -> Json:
            where = private(number) if place == "private" else shared(number, place)
            bot = {"id": 7_000_000_001, "is_bot": True, "first_name": "Zkq"}
            before = {"user": bot, "status": "left"}
            change = {"chat": where, "from": person(number), "date": 1_800_000_000, "old_chat_member": before}
            return {"my_chat_member": {**change, "new_chat_member": {"user": bot, **status}}}

        return made

    member, kicked, left = {"status": "member"}, {"status": "kicked", "until_date": 0}, {"status": "left"}
    changes: dict[str, tuple[Json, str]] = {
        "the bot is put into a group": (member, "group"),
        "the bot is put into a supergroup": (member, "supergroup"),
        "the bot is thrown out of a group": (kicked, "supergroup"),
        "the bot has left a group": (left, "group"),
    }
    return [Case("places", name, "as it is", make(*change)) for name, change in changes.items()]


def _unheard_of() -> list[Case]:
    unheard = {"hologram": {"x": 1}}
    return [
        Case("notes", "a kind of message that nobody knows yet", "as it is", _sends(unheard), True, False),
        Case("updates", "a kind of update that nobody knows yet", "as it is", _sends(unheard), is_real=False),
        Case("updates", "an update of no kind", "as it is", _sends({}), is_real=False),
    ]


def steps() -> list[Step]:
    """Buttons of every sort, pressed after Start; and blocking."""
    taps = {
        "a button of a screen": _button("what"),
        "the button “Urgent”": _button(URGENT_KEY),
        "the button “Close”": _button(EXIT_KEY),
        "a button of an older release, or a forged one": "AQEC?",
    }
    queries: dict[str, Json] = {
        "a button in a message that was sent through another chat": {"inline_message_id": "x", "data": "AQEC"},
        "a button of a game": {"inline_message_id": "x", "game_short_name": "x"},
        "a button in a group": {"message": _message(5, shared(5, "group"), "text"), "data": "AQEC"},
    }
    gone = {"a button under a message that Telegram no longer shows": _button("what")}
    blocks = {"she blocks the bot": False, "she blocks the bot and unblocks it": True}
    return [
        *(Step(_after_start(name), partial(_press, data)) for name, data in taps.items()),
        *(Step(_after_start(name), partial(_press, data, message_id=1_000_000)) for name, data in gone.items()),
        *(Step(_after_start(name), partial(_ask, query)) for name, query in queries.items()),
        *(Step(_after_start(name), partial(_block, again)) for name, again in blocks.items()),
    ]


def _after_start(name: str) -> Case:
    return Case("buttons", name, "as it is", lambda _: {})


def _button(choice: str) -> str:
    return next(b.data or "" for b in draw(BOOK, Session("ru", HOME), VALUES).buttons() if b.key == choice)


def _press(data: str, phone: Phone, message_id: int | None = None) -> None:
    target = phone.screen["message_id"] if message_id is None else message_id
    phone.alive.emulator.world.tap(phone.id, target, data, force=True)


def _ask(query: Json, phone: Phone) -> Json:
    asked = {"id": f"q{phone.id}", "from": person(phone.id), "chat_instance": "1", **query}
    return {"callback_query": asked}


def _block(again: bool, phone: Phone) -> None:
    phone.alive.emulator.world.block(phone.id)
    if again:
        phone.alive.emulator.world.unblock(phone.id)
