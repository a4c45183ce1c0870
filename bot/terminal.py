"""Walks a conversation in a terminal, for people who write or review it: no Telegram, no database, nothing kept."""

from collections.abc import Callable, Iterable, Iterator, Mapping

from bot.dialog.engine import pressed
from bot.dialog.model import HOME, Book, Session
from bot.dialog.view import Button, View, draw
from bot.domain.events import CardAsked, QuickExit
from bot.flows.phrases import DONE
from bot.i18n import translator


def play(
    book: Book,
    start: str,
    language: str,
    lines: Iterable[str],
    say: Callable[[str], None],
    values: Mapping[str, object],
) -> None:
    """Shows the screen at `start` and follows the numbers in `lines` until they end, or until Close is chosen.

    `start` is `flow` or `flow.screen`; `values` fill the placeholders of texts.

    Raises:
        KeyError: when there is no such flow or screen.
    """
    address = start if start in book else book.first_of(start)
    if address is None:
        raise KeyError(start)
    session: Session | None = Session(language, address, came_from=None if address == HOME else HOME)
    answers = iter(lines)
    while session is not None:
        view = draw(book, session, values)
        _show(view, say)
        chosen = _chosen(view, answers, say)
        if chosen is None:
            return
        turn = pressed(book, session, chosen.key)
        for event in turn.events:
            if isinstance(event, CardAsked):
                say(f"[card {event.number}]")
            if isinstance(event, QuickExit):
                say(translator(session.language).say(DONE))
        session = turn.session


def _show(view: View, say: Callable[[str], None]) -> None:
    say(f"\n[{view.session.screen}]\n{view.text}\n")
    number = 0
    for row in view.rows:
        words = []
        for button in row:
            number += 1
            words.append(f"{number} {button.words}" + _note(button))
        say("   ".join(words))


def _note(button: Button) -> str:
    return " (copy)" if button.copies else " (opens)" if button.opens else ""


def _chosen(view: View, answers: Iterator[str], say: Callable[[str], None]) -> Button | None:
    """The button of the next number that fits; nothing when there are no more lines."""
    buttons = view.buttons()
    for line in answers:
        text = line.strip()
        if text.isdecimal() and 0 < int(text) <= len(buttons):
            button = buttons[int(text) - 1]
            if button.copies is None and button.opens is None:
                return button
            say(f"[copied {button.copies}]" if button.copies else f"[opens {button.opens}]")
        else:
            say(f"A number from 1 to {len(buttons)}, please.")
    return None
