"""One book in use: reads the buttons that were pressed, and says what a turn looks like in a chat."""

from collections.abc import Mapping
from dataclasses import dataclass

from bot.dialog.codec import Reader, Tap
from bot.dialog.engine import Turn, own_keys
from bot.dialog.model import Book, Session
from bot.dialog.view import View, draw
from bot.domain.events import CardAsked, Dismissed
from bot.services.answer import Answer, Card, Erase, Show

STALE_SCREEN = 40 * 3600
"""Seconds after which a screen is replaced by a new one, because Telegram soon stops us from deleting it."""


@dataclass(frozen=True, slots=True)
class Moment:
    """Where and when an input came from: the chat, the message it belongs to, and Telegram's hint about language."""

    chat: int
    message_id: int
    now: int
    hint: object = None

    def not_after_now(self, sent_at: int) -> int:
        """The date of a message, unless it has not come yet: such a date would keep the entry for ever."""
        return min(sent_at, self.now)


class Opened:
    """One book, with what reads its buttons and what draws its screens."""

    def __init__(self, book: Book, retention: int) -> None:
        self.book = book
        self._reader = Reader(book, own_keys(book))
        self._values: Mapping[str, object] = {"hours": retention // 3600}

    def tap(self, data: str | None) -> Tap | None:
        """The press that a button's data stands for, if it is one of ours."""
        return self._reader.read(data) if data is not None else None

    def draw(self, session: Session) -> View:
        """The screen of a session."""
        return draw(self.book, session, self._values)

    def steps(self, turn: Turn, moment: Moment, sent_at: int | None, stranger: bool = False) -> Answer:
        """What a turn looks like in a chat; without `sent_at` a screen comes as a new message."""
        if turn.events == (Dismissed(),):
            return (Erase((moment.message_id,)),)
        if turn.session is None:
            return ()
        view = self.draw(turn.session)
        for event in turn.events:
            if isinstance(event, CardAsked):
                return (Card(event.number), Show(view, replaces=moment.message_id))
        if sent_at is None or moment.now - sent_at >= STALE_SCREEN:
            return (Show(view, replaces=moment.message_id if sent_at is not None else None),)
        return (Show(view, at=moment.message_id, stranger=stranger),)
