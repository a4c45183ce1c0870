"""Decides what an input leads to: which screen is shown next, and what else happened.

Everything here is a pure function: the same book, session and input always give the same turn.
"""

from dataclasses import dataclass, replace
from enum import Enum

from bot.dialog.model import HOME, URGENT, Book, Choice, Session
from bot.domain.events import CardAsked, Dismissed, Event, LanguageChosen, QuickExit
from bot.domain.situation import Situation
from bot.domain.triage import Band
from bot.i18n import LANGUAGES

EXIT_KEY, URGENT_KEY, BACK_KEY, GO_ON_KEY, NOT_IT_KEY = "_exit", "_urgent", "_back", "_on", "_not"
_LANGUAGE_KEYS = {f"_{code}": code for code in LANGUAGES}


class Meaning(Enum):
    """What typed words were understood as."""

    EXIT = "exit"
    URGENT = "urgent"
    LANGUAGE = "language"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Turn:
    """What one input yields. Without a session there is nothing to show."""

    session: Session | None
    events: tuple[Event, ...] = ()


def language_key(language: str) -> str:
    """The name of the button that switches to a language."""
    return f"_{language}"


def card_key(number: str) -> str:
    """The name of the button that sends the contact card of a number."""
    return f"_card{number}"


def own_keys(book: Book) -> frozenset[str]:
    """Names of all buttons that the engine, not an author, puts on screens."""
    numbers = [number for address in book for number in book.screen(address).numbers]
    cards = {card_key(number.number) for number in numbers if not number.whatsapp}
    return frozenset({EXIT_KEY, URGENT_KEY, BACK_KEY, GO_ON_KEY, NOT_IT_KEY, *_LANGUAGE_KEYS, *cards})


def heard(meaning: Meaning, language: str) -> Turn:
    """The turn after typed words: a new screen that needs no earlier one."""
    if meaning is Meaning.EXIT:
        return Turn(None, (QuickExit(),))
    if meaning is Meaning.URGENT:
        return Turn(Session(language, URGENT, typed=True))
    events: tuple[Event, ...] = (LanguageChosen(language),) if meaning is Meaning.LANGUAGE else ()
    return Turn(Session(language, HOME), events)


def pressed(book: Book, session: Session, choice: str) -> Turn:
    """The turn after a press of the button `choice` on the screen of `session`.

    A choice that the screen does not have shows the screen again.
    """
    if choice == EXIT_KEY:
        return Turn(None, (QuickExit(),))
    if choice == NOT_IT_KEY and session.typed:
        return Turn(None, (Dismissed(),))
    if choice == URGENT_KEY:
        return Turn(_move(book, session, URGENT))
    if choice == BACK_KEY:
        return Turn(_back(book, session))
    if choice == GO_ON_KEY:
        return Turn(replace(session, screen=session.came_from or HOME, came_from=None, asked=True, typed=False))
    if language := _LANGUAGE_KEYS.get(choice):
        return Turn(replace(session, language=language), (LanguageChosen(language),))
    for number in book.screen(session.screen).numbers:
        if choice == card_key(number.number) and not number.whatsapp:
            return Turn(replace(session, typed=False), (CardAsked(number.number),))
    found = book.screen(session.screen).choice(choice)
    if found is None:
        return Turn(session)
    told = (found.reports(session.came_from),) if found.reports and session.came_from else ()
    return Turn(_choose(book, session, found), told)


def is_pending(book: Book, session: Session) -> bool:
    """Whether she is being asked about the phone on the way to a sensitive screen, and can go on to it."""
    return (
        _flow(session.screen) == _flow(book.guard)
        and not session.asked
        and session.came_from is not None
        and book.screen(session.came_from).sensitive
    )


def has_back(session: Session) -> bool:
    """Whether the screen has a way back; home is where all ways back end."""
    return session.screen != HOME


def _choose(book: Book, session: Session, choice: Choice) -> Session:
    """What she told counts; an answer that makes it red for the first time interrupts whatever comes next."""
    if choice.ticks is not None:
        return replace(session, told=session.told.tick(choice.ticks), typed=False)
    told = session.told.tell(choice.tells)
    to = book.resolve(choice.to, told)
    if book.red is not None and told.band is Band.RED and session.told.band is not Band.RED:
        to = book.resolve(book.red, told)
    return _move(book, replace(session, told=told), to)


def _move(book: Book, session: Session, to: str) -> Session:
    """Goes to another screen; crossing into another flow remembers where she came from."""
    asked = session.asked or _flow(session.screen) == _flow(book.guard) or to == book.guard
    if book.screen(to).sensitive and not asked:
        return replace(session, screen=book.guard, came_from=to, typed=False, direct=False)
    same_flow = _flow(to) == _flow(session.screen)
    if same_flow and is_pending(book, session):
        asked = False  # still on the way: the pages about the phone keep their way on
    came_from = session.came_from if same_flow else session.screen
    if to == HOME:
        came_from = None
    direct = not same_flow and to != book.first_of(_flow(to))
    return replace(session, screen=to, came_from=came_from, asked=asked, typed=False, direct=direct)


def _back(book: Book, session: Session) -> Session:
    """The screen above this one; from where a flow was entered, the screen she came from."""
    if is_pending(book, session) and session.screen == book.guard:  # she was only on her way to a sensitive screen
        target = session.came_from or HOME
        return replace(
            session, screen=_above(book, target, session.told), came_from=None, asked=True, typed=False, direct=False
        )
    above = _above(book, session.screen, session.told)
    if session.direct or above == session.screen:
        return replace(session, screen=session.came_from or HOME, came_from=None, typed=False, direct=False)
    return replace(session, screen=above, typed=False)


def _above(book: Book, address: str, told: Situation) -> str:
    """The parent of a screen; the first screen of its flow is its own."""
    parent = book.screen(address).parent or book.first_of(_flow(address)) or HOME
    return book.resolve(parent, told)


def _flow(address: str) -> str:
    return address.partition(".")[0]
