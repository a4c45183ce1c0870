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
from bot.dialog.model import Book, Number, Screen, Session, Told
from bot.i18n import LANGUAGES, Filled, Said, alphabetical, translator

_SHORT, _SIDE_BY_SIDE, _HALF_A_ROW = 5, 4, 16
"""Digits of a short number, how many of those fit on one row of buttons, and letters that fit on half of one."""


COPIED_AT_MOST = 256
"""Characters that a button may copy (Bot API, CopyTextButton)."""


@dataclass(frozen=True, slots=True)
class Button:
    """One button: its words, and what a press does: its data comes back, it copies a text, or it opens an address."""

    words: str
    data: str | None = None
    copies: str | None = None
    opens: str | None = None
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

    def with_first_line(self, line: Said) -> "View":
        """The same screen under one more sentence."""
        said = translator(self.session.language).say(line)
        return replace(self, text=f"{said}\n\n{self.text}")


def draw(book: Book, session: Session, values: Mapping[str, object] = MappingProxyType({})) -> View:
    """The screen of a session in its language; `values` fill the placeholders of its text."""
    screen = book.screen(session.screen)
    rows = _numbers(book, screen, session) + _copies(book, screen, session, values) + _choices(book, screen, session)
    rows += _own_choices(book, session) + _frame(book, session)
    return View(session, _words(book, screen, session, values), tuple(rows))


def _words(book: Book, screen: Screen, session: Session, values: Mapping[str, object]) -> str:
    say = translator(session.language).say
    text = say(_said(screen.text, session), values)
    if screen.checked is None:
        return text
    if screen.checked.year is None or screen.checked.month is None:
        return f"{text}\n{say(book.labels.undated)}"
    label = book.labels.overdue if screen.checked.overdue else book.labels.checked
    return f"{text}\n{say(label, {'month': f'{screen.checked.month:02}.{screen.checked.year}'})}"


def _said(text: Said | Told, session: Session) -> Said:
    return text.say(session.told) if isinstance(text, Told) else text


def _copies(book: Book, screen: Screen, session: Session, values: Mapping[str, object]) -> list[tuple[Button, ...]]:
    if screen.copies is None:
        return []
    say = translator(session.language).say
    copied = say(_said(screen.copies, session), values)[:COPIED_AT_MOST]
    return [(Button(say(book.labels.copy), copies=copied),)] if copied else []  # Telegram refuses an empty one


def _key(session: Session, name: str, label: Said, values: Mapping[str, object] = MappingProxyType({})) -> Button:
    return Button(translator(session.language).say(label, values), data=encode(session, name), key=name)


def _numbers(book: Book, screen: Screen, session: Session) -> list[tuple[Button, ...]]:
    """Cards from which the phone can call, and copies of the numbers.

    Several short numbers stand side by side, cards above copies; any other stands beside its card if both fit.
    """
    short = [number for number in screen.numbers if len(number.number) <= _SHORT]
    together = short if len(short) > 1 else []
    rows: list[tuple[Button, ...]] = []
    for start in range(0, len(together), _SIDE_BY_SIDE):
        some = together[start : start + _SIDE_BY_SIDE]
        rows += [tuple(_card(book, session, one) for one in some), tuple(_copy(one) for one in some)]
    for one in screen.numbers:
        if one not in together:
            card, copy = _card(book, session, one), _copy(one)
            fits = max(len(card.words), len(copy.words)) <= _HALF_A_ROW
            rows += [(card, copy)] if fits else [(card,), (copy,)]
    return rows


def _card(book: Book, session: Session, number: Number) -> Button:
    if number.whatsapp:
        # The form that WhatsApp documents for opening a chat with somebody who is not among one's contacts.
        address = "https://wa.me/" + "".join(letter for letter in number.number if letter.isdecimal())
        return Button(translator(session.language).say(book.labels.whatsapp), opens=address, key="_whatsapp")
    return _key(session, card_key(number.number), book.labels.card, {"number": number.number})


def _copy(number: Number) -> Button:
    return Button(number.number, copies=number.number)


def _choices(book: Book, screen: Screen, session: Session) -> list[tuple[Button, ...]]:
    if screen.alphabetical:
        keys = [_key(session, choice.name, choice.label) for choice in screen.choices]
        keys.sort(key=lambda button: alphabetical(button.words))
        return [tuple(keys[start : start + 2]) for start in range(0, len(keys), 2)]
    rows: dict[str, list[Button]] = {}
    for choice in screen.choices:
        label = choice.label
        if choice.ticks is not None and session.told.ticked(choice.ticks):
            label = Filled(book.labels.chosen, {"item": choice.label})
        rows.setdefault(choice.row or choice.name, []).append(_key(session, choice.name, label))
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
