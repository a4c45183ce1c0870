"""Updates that were real once: each has a number, and a seed and a number always make the same one."""

import copy
import random
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from typing import Any

from bot.demo.bot_api.shapes import Json, dumps
from bot.dialog.model import Session
from bot.dialog.view import draw
from tests.books import TODAY as BOOK
from tests.emulator.kind_cases import cases, person, private
from tests.unit.update_kinds import ACTED_ON, MALFORMED, NOT_A_KIND, REMOVED, SENT, SERVICE, SILENT_UPDATES, UNREAD

DEPTHS = (2, 10, 60, 70, 300, 900)
"""Levels of nesting; polling reads all of these, the webhook refuses what is deeper than 64."""

LONGEST = 512 * 1024
"""Bytes: Telegram itself keeps nothing longer (`MAX_EVENT_LENGTH` in `TQueue.cpp`)."""

_NAMES = sorted(ACTED_ON | SILENT_UPDATES | NOT_A_KIND | SERVICE | REMOVED.keys() | UNREAD.keys() | {"text", "data"})
_NUMBERS = (0, 1, -1, 5, 777000, 1087968824, 2**31, 2**52, 2**53, 2**63, -(2**63), 10**30, 10**400, 0.5, -1e308, 1e15)
_WORDS = (
    "",
    " ",
    "0",
    "private",
    "channel",
    "member",
    "kicked",
    "помогите",
    ".",
    "/start",
    "\x00",
    "\ud83d",
    "\udc4d\ud83d",
    "\u202e" * 50,
    "👍" * 30,
)
_LONG = ("x" * 5000, "ж" * 80_000, "помогит " * 10_000)
_OTHERS: tuple[Any, ...] = (None, True, False, [], {}, [[]], [None], {"id": 1}, {"type": "private"}, {"": {"": {}}})

_WEIGHTS = {"words": 25, "things": 25, "taps": 25, "notes": 5, "places": 5, "updates": 10, "gone": 5}
"""How often an update of each family comes, of a hundred."""

Make = Callable[[int], Json]


class Mutants:
    """All mutants of a seed, made for `people` (ids of private chats); `now` is in seconds since 1970."""

    def __init__(self, seed: int, people: Sequence[int], now: int) -> None:
        self._seed = seed
        self._people = people
        families: dict[str, list[Make]] = {"taps": [partial(_tap, data) for data in _buttons()], "gone": [_gone]}
        for case in cases(now):
            families.setdefault(case.section, []).append(_whole(case.make, case.is_sent, now))
        families["words"].append(_words_with_marks)
        self._families = families
        self._valid = [make for family in families.values() for make in family]
        self.kinds = len(self._valid)
        """How many valid updates there are; the first so many numbers are these, unchanged."""

    def make(self, number: int) -> object:
        """The update of that number, without an id unless it has a strange one."""
        rng = random.Random(f"{self._seed}:{number}")
        if number < self.kinds:
            return self._valid[number](rng.choice(self._people))
        if rng.random() < 0.02:
            return copy.deepcopy(rng.choice(MALFORMED))
        update: Any = self._one(rng)
        if rng.random() < 0.05:
            update |= self._one(rng)
        for _ in range(rng.choice((0, 1, 1, 1, 2, 2, 3, 8))):
            _damage(update, rng)
        if len(dumps(update)) > LONGEST:
            return {}
        if rng.random() < 0.02:
            update = {rng.choice(_NAMES): next(iter(update.values()), None)}
        if rng.random() < 0.005:
            update["update_id"] = rng.choice((*_NUMBERS, *_OTHERS))
        return update if rng.random() > 0.002 else [update]

    def _one(self, rng: random.Random) -> Json:
        (family,) = rng.choices(list(_WEIGHTS), list(_WEIGHTS.values()))
        return copy.deepcopy(rng.choice(self._families[family])(rng.choice(self._people)))


def _whole(make: Make, is_sent: bool, now: int) -> Make:
    """A case as an update; what is sent lies in an envelope of hers."""
    if not is_sent:
        return make

    def sent(number: int) -> Json:
        envelope = {"message_id": 9, "date": now, "chat": private(number), "from": person(number)}
        return {"message": {**envelope, **make(number)}}

    return sent


def _buttons() -> list[str]:
    """What all buttons of all screens hold."""
    drawn = (draw(BOOK, Session("ru", screen), {"hours": 24}) for screen in BOOK)
    return sorted({button.data for view in drawn for button in view.buttons() if button.data})


def _tap(data: str, number: int) -> Json:
    message = {"message_id": 9, "date": SENT, "chat": private(number), "text": "x"}
    return {"callback_query": {"id": "5", "from": person(number), "message": message, "data": data}}


def _gone(number: int) -> Json:
    change = {"chat": private(number), "from": person(number), "date": SENT}
    return {"my_chat_member": {**change, "new_chat_member": {"status": "kicked", "user": {"id": 1, "is_bot": True}}}}


def _words_with_marks(number: int) -> Json:
    """Marks that begin inside a character, end beyond the text, or name somebody."""
    marks: list[Json] = [
        {"type": "bold", "offset": 1, "length": 2},
        {"type": "text_mention", "offset": 0, "length": 10**6, "user": person(5)},
        {"type": "custom_emoji", "offset": -1, "length": 0, "custom_emoji_id": "1"},
    ]
    envelope = {"message_id": 9, "date": SENT, "chat": private(number), "from": person(number)}
    return {"message": {**envelope, "text": "👍👍👍", "entities": marks}}


def _places(value: Any, levels: int = 12) -> Iterator[tuple[Any, Any]]:
    """Every value inside a value, but very deep ones, as what holds it and under which name or place."""
    for key in list(value) if isinstance(value, dict) else range(len(value)) if isinstance(value, list) else ():
        yield value, key
        if levels:
            yield from _places(value[key], levels - 1)


def _damage(update: Json, rng: random.Random) -> None:
    """Changes one thing somewhere inside."""
    places = list(_places(update))
    if not places:
        return
    words = [place for place in places if place[1] in ("text", "caption", "data")]
    holder, key = rng.choice(words if words and rng.random() < 0.2 else places)
    what = rng.random()
    if key in ("text", "caption", "data") and rng.random() < 0.5:
        holder[key] = rng.choice(_LONG if rng.random() < 0.1 else _WORDS)
    elif what < 0.15:
        del holder[key]
    elif what < 0.25 and isinstance(holder, dict):
        holder[rng.choice(_NAMES)] = holder[key]
    elif what < 0.35 and isinstance(holder, dict):
        holder[rng.choice(_NAMES)] = _strange(rng)
    elif what < 0.40:
        holder[key] = [holder[key]] * rng.choice((1, 2, 50))
    elif what < 0.45:
        holder[key] = str(holder[key])[:1000]
    elif what < 0.46:
        holder[key] = _deep(rng.choice(DEPTHS))
    else:
        holder[key] = _strange(rng)


def _strange(rng: random.Random) -> Any:
    if rng.random() < 0.01:
        return rng.choice(_LONG)
    return copy.deepcopy(rng.choice(rng.choice((_NUMBERS, _WORDS, _OTHERS))))


def _deep(levels: int) -> Any:
    value: Any = 1
    for level in range(levels):
        value = {"a": value} if level % 2 else [value]
    return value
