"""Writes what we remember about a chat as few bytes as possible, and reads it back.

Numbers are varints (seven bits a byte, the low ones first); where a number may be negative it is folded so that small
ones of either sign stay short. Messages follow each other as differences: about four bytes each.
"""

from bot.domain.routing import Routing, Tracked
from bot.storage.sealing import Unreadable

LAYOUT = 1
"""First byte of a packed entry. A release that writes a new layout must come after one that reads it."""

_AWAY, _DOUBT, _CERTAIN, _LEFT, _WAITING = 1, 2, 4, 8, 16
_KNOWN = _AWAY | _DOUBT | _CERTAIN | _LEFT | _WAITING
_WIDEST = 64


def pack(routing: Routing) -> bytes:
    """The entry as bytes.

    Raises:
        ValueError: a number does not fit into 64 bits, or the language is not text.
    """
    language = routing.language.encode()
    marks = {_DOUBT: routing.doubt, _CERTAIN: routing.certain, _LEFT: routing.left}
    flags = _AWAY * routing.away | _WAITING * bool(routing.waiting)
    flags |= sum(flag for flag, mark in marks.items() if mark is not None)
    out = bytearray((LAYOUT, flags))
    _put(out, _fold(routing.chat))
    for mark in marks.values():
        if mark is not None:
            _put(out, _fold(mark))
    _put(out, len(language))
    out += language
    _put(out, _fold(routing.seen_at))
    _put(out, len(routing.messages))
    message_id, sent_at = 0, routing.seen_at
    for message in routing.messages:
        _put(out, _fold(message.message_id - message_id))
        _put(out, _fold(message.sent_at - sent_at))
        message_id, sent_at = message.message_id, message.sent_at
    if routing.waiting:
        _put(out, len(routing.waiting))
        for waiting in routing.waiting:
            _put(out, _fold(message_id - waiting))
    return bytes(out)


def unpack(packed: bytes) -> Routing:
    """The entry again.

    Raises:
        Unreadable: these bytes are not what `pack` of this release makes.
    """
    if len(packed) < 2 or packed[0] != LAYOUT or packed[1] & ~_KNOWN:
        raise Unreadable
    reader = _Reader(packed, 2)
    chat = reader.signed()
    doubt, certain, left = (reader.signed() if packed[1] & flag else None for flag in (_DOUBT, _CERTAIN, _LEFT))
    language = reader.text(reader.number())
    seen_at = reader.signed()
    messages: list[Tracked] = []
    message_id, sent_at = 0, seen_at
    for _ in range(reader.number()):
        message_id += reader.signed()
        sent_at += reader.signed()
        messages.append(Tracked(message_id, sent_at))
    waiting = tuple(message_id - reader.signed() for _ in range(reader.number())) if packed[1] & _WAITING else ()
    reader.end()
    away = bool(packed[1] & _AWAY)
    return Routing(chat, language, seen_at, tuple(messages), away, doubt, certain, left, waiting)


def _fold(number: int) -> int:
    """0, -1, 1, -2, 2, ... become 0, 1, 2, 3, 4, ..."""
    return 2 * number if number >= 0 else -2 * number - 1


def _put(out: bytearray, number: int) -> None:
    if number.bit_length() > _WIDEST:
        raise ValueError("a number is wider than 64 bits")
    while number > 0x7F:
        out.append(number & 0x7F | 0x80)
        number >>= 7
    out.append(number)


class _Reader:
    """Reads packed bytes from left to right and never beyond their end."""

    def __init__(self, packed: bytes, at: int) -> None:
        self._packed = packed
        self._at = at

    def number(self) -> int:
        value = 0
        for shift in range(0, _WIDEST + 6, 7):
            if self._at >= len(self._packed):
                raise Unreadable
            byte = self._packed[self._at]
            self._at += 1
            value |= (byte & 0x7F) << shift
            if byte < 0x80:
                return value
        raise Unreadable

    def signed(self) -> int:
        folded = self.number()
        return folded >> 1 if not folded & 1 else -(folded >> 1) - 1

    def text(self, length: int) -> str:
        piece = self._packed[self._at : self._at + length]
        self._at += length
        if len(piece) < length:
            raise Unreadable
        try:
            return piece.decode()
        except UnicodeDecodeError as error:
            raise Unreadable from error

    def end(self) -> None:
        if self._at != len(self._packed):
            raise Unreadable
