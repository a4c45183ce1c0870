"""Packs where she is into a button and reads it back, so that nothing about her has to be kept on a server.

Layout of version 2, before base64url without padding (48 bytes become the 64 that Telegram allows): version · flags
(language 2 bits, asked, typed, direct, told, plan, return) · flow, screen, choice (2 bytes each, hashes of their names)
· with "return", flow and screen to return to · with "told", 8 bytes of what she told, with "plan" 16
(`Situation.pack`). Version 1 knew nothing of what she told; its return slot was there when the length said so. Bytes
that follow belong to later versions and are ignored. There is no signature: who forges a button changes nobody's screen
but his own.
"""

import base64
import binascii
from dataclasses import dataclass
from hashlib import blake2b

from bot.dialog.model import HOME, Book, Session
from bot.domain.situation import Situation

VERSION = 2
DATA_LIMIT = 64
"""Bytes that Telegram accepts in a button (Bot API, InlineKeyboardButton.callback_data)."""

_LANGUAGES = ("kk", "ru", "en")  # positions are part of buttons in people's chats: append, never reorder
_HEAD, _RETURN_BYTES, _TOLD_BYTES, _PLAN_BYTES = 8, 4, 8, 8
_ASKED = 0b100
_TYPED = 0b1000
_DIRECT = 0b10000
_TOLD, _PLAN, _RETURN = 0b10_0000, 0b100_0000, 0b1000_0000


@dataclass(frozen=True, slots=True)
class Tap:
    """A button that was pressed: where it stood, and which choice it was; an empty name is one we no longer have."""

    session: Session
    choice: str


def digest(name: str) -> bytes:
    """Two bytes that stand for a name in a button."""
    return blake2b(name.encode(), digest_size=2).digest()


def encode(session: Session, choice: str) -> str:
    """The data of one button, ASCII, at most `DATA_LIMIT` characters."""
    flags = _LANGUAGES.index(session.language) | _ASKED * session.asked | _TYPED * session.typed
    told = session.told.pack()
    flags |= _DIRECT * session.direct | _TOLD * bool(told) | _PLAN * (len(told) > _TOLD_BYTES)
    flags |= _RETURN * (session.came_from is not None)
    packed = bytes((VERSION, flags)) + _place(session.screen) + digest(choice)
    if session.came_from is not None:
        packed += _place(session.came_from)
    packed += told
    return base64.urlsafe_b64encode(packed).rstrip(b"=").decode()


def _place(address: str) -> bytes:
    flow, _, screen = address.partition(".")
    return digest(flow) + digest(screen)


class Reader:
    """Reads buttons of one book, those of earlier versions and forged ones included."""

    def __init__(self, book: Book, choices: frozenset[str]) -> None:
        """`choices` are the names of the engine's own buttons."""
        self._book = book
        self._flows = {digest(flow.name): flow.name for flow in book.flows}
        self._screens = {_place(address): address for address in book}
        self._own = {digest(name): name for name in choices}

    def read(self, data: str) -> Tap | None:
        """The press that the data stands for; nothing when it is not a button of ours at all.

        A screen that is gone becomes the first screen of its flow, a flow that is gone becomes home; a choice that is
        gone shows its screen again.
        """
        packed = _unpack(data)
        if packed is None or len(packed) < _HEAD or packed[0] not in {1, VERSION}:
            return None
        language = packed[1] & 0b11
        if language >= len(_LANGUAGES):
            return None
        screen, alive = self._nearest(packed[2:6])
        rest = packed[_HEAD:]
        returns = len(rest) >= _RETURN_BYTES and (packed[0] == 1 or bool(packed[1] & _RETURN))
        back = self._nearest(rest[:_RETURN_BYTES])[0] if returns else None
        session = Session(
            _LANGUAGES[language],
            screen,
            came_from=back,
            asked=bool(packed[1] & _ASKED),
            typed=bool(packed[1] & _TYPED),
            direct=bool(packed[1] & _DIRECT),
            told=_told(packed, rest[_RETURN_BYTES * returns :]),
        )
        return Tap(session, self._choice(screen, packed[6:8]) if alive else self._own.get(packed[6:8], ""))

    def _nearest(self, place: bytes) -> tuple[str, bool]:
        if address := self._screens.get(place):
            return address, True
        flow = self._flows.get(place[:2])
        return (flow and self._book.first_of(flow)) or HOME, False

    def _choice(self, screen: str, code: bytes) -> str:
        if own := self._own.get(code):
            return own
        return next((choice.name for choice in self._book.screen(screen).choices if digest(choice.name) == code), "")


def _told(packed: bytes, rest: bytes) -> Situation:
    if packed[0] == 1 or not packed[1] & _TOLD:
        return Situation()
    return Situation.unpack(rest[: _TOLD_BYTES + _PLAN_BYTES * bool(packed[1] & _PLAN)])


def _unpack(data: str) -> bytes | None:
    if not data.isascii() or len(data) > DATA_LIMIT:
        return None
    try:
        return base64.b64decode(data + "=" * (-len(data) % 4), altchars=b"-_", validate=True)
    except (binascii.Error, ValueError):
        return None
