"""Draws a screen: its text, the author's buttons, and the buttons that every screen has.

The engine, not an author, adds Urgent, Close, Back and the languages, so that nobody can forget them (promises P1, P2).
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType

from bot.dialog.codec import encode
from bot.dialog.engine import (
    BACK_KEY,
    EXIT_KEY,
    GO_ON_KEY,
    NOT_IT_KEY,
    URGENT_KEY,
    card_key,
    has_back,
    is_pending,
    language_key,
)
from bot.dialog.model import Book, Choice, Screen, Session
from bot.i18n import LANGUAGES, Text, translator


@dataclass(frozen=True, slots=True)
class Button:
    """One button: its words, and either the data that comes back when it is pressed or the text that it copies."""

    words: str
    data: str | None = None
    copies: str | None = None
    key: str = ""


@dataclass(frozen=True, slots=True)
class View:
    """One message ready to be sent: plain text and rows of buttons, in one language."""

    session: Session
    text: str
    rows: tuple[tuple[Button, ...], ...]

    def buttons(self) -> tuple[Button, ...]:
        """All buttons in reading order."""
        return tuple(button for row in self.rows for button in row)

    def with_first_line(self, line: Text) -> "View":
        """The same screen under one more sentence."""
        said = translator(self.session.language).say(line)
        return replace(self, text=f"{said}\n\n{self.text}")


def draw(book: Book, session: Session, values: Mapping[str, object] = MappingProxyType({})) -> View:
    """The screen of a session in its language; `values` fill the placeholders of its text."""
    screen = book.screen(session.screen)
    rows = _numbers(book, screen, session) + _choices(screen.choices, session)
    rows += _own_choices(book, session) + _frame(book, session)
    return View(session, _words(book, screen, session, values), tuple(rows))


def _words(book: Book, screen: Screen, session: Session, values: Mapping[str, object]) -> str:
    say = translator(session.language).say
    text = say(screen.text, values)
    if screen.checked is None:
        return text
    year, month = screen.checked
    return f"{text}\n{say(book.labels.checked, {'month': f'{month:02}.{year}'})}"


def _key(session: Session, name: str, label: Text, values: Mapping[str, object] = MappingProxyType({})) -> Button:
    return Button(translator(session.language).say(label, values), data=encode(session, name), key=name)


def _numbers(book: Book, screen: Screen, session: Session) -> list[tuple[Button, ...]]:
    """One row of cards from which the phone can call, one row that copies the numbers."""
    if not screen.numbers:
        return []
    cards = [
        _key(session, card_key(number.number), book.labels.card, {"number": number.number}) for number in screen.numbers
    ]
    return [tuple(cards), tuple(Button(number.number, copies=number.number) for number in screen.numbers)]


def _choices(choices: tuple[Choice, ...], session: Session) -> list[tuple[Button, ...]]:
    rows: dict[str, list[Button]] = {}
    for choice in choices:
        rows.setdefault(choice.row or choice.name, []).append(_key(session, choice.name, choice.label))
    return [tuple(row) for row in rows.values()]


def _own_choices(book: Book, session: Session) -> list[tuple[Button, ...]]:
    rows: list[tuple[Button, ...]] = []
    if is_pending(book, session):
        rows.append((_key(session, GO_ON_KEY, book.labels.go_on),))
    if session.typed:
        rows.append((_key(session, NOT_IT_KEY, book.labels.not_it),))
    return rows


def _frame(book: Book, session: Session) -> list[tuple[Button, ...]]:
    """The two rows that every screen ends with, always in the same place."""
    way = [_key(session, BACK_KEY, book.labels.back)] if has_back(session) else []
    for code, name in LANGUAGES.items():
        if code != session.language:
            way.append(Button(name, data=encode(session, language_key(code)), key=language_key(code)))
    # Urgent stays on the urgent screen too: a second tap on the same spot must not be a tap on Close.
    return [tuple(way), (_key(session, URGENT_KEY, book.labels.urgent), _key(session, EXIT_KEY, book.labels.close))]
