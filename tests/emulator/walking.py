"""Which buttons a walk through the whole book presses: each one once, and for each branch one to every road.

What she told travels in the buttons, so their data differ without end; only branches ask for it.
"""

from bot.dialog.check import situations
from bot.dialog.codec import Reader, encode
from bot.dialog.engine import EXIT_KEY, language_key, own_keys, pressed
from bot.dialog.model import Book, Choice, Session
from bot.i18n import LANGUAGES

ELSEWHERE = {EXIT_KEY, *(language_key(code) for code in LANGUAGES)}


class Walk:
    """Tells which buttons still have to be pressed. `roads` are those of people who have told something already."""

    def __init__(self, book: Book, language: str) -> None:
        self.roads = tuple(_roads(book, language))
        self._reader = Reader(book, own_keys(book))
        self._ahead = set(self.roads)
        self._done: set[tuple[object, ...]] = set()

    def presses(self, data: str) -> bool:
        """Whether to press this one now; the exit, other languages and contact cards have tests of their own.

        The question about the phone stands before many screens and is another place before each.
        """
        tap = self._reader.read(data)
        assert tap is not None
        if data in self._ahead:
            self._ahead.remove(data)
            return True
        session = tap.session
        place = (session.screen, session.came_from if session.screen == "phone.ask" else None, tap.choice)
        if tap.choice in ELSEWHERE or tap.choice.startswith("_card") or place in self._done:
            return False
        self._done.add(place)
        return True


def _roads(book: Book, language: str) -> list[str]:
    """A button of somebody who has told as much as it takes, for each road of each branch that a choice leads to."""
    branches = book.branches()
    ways = [(one, choice) for one in book for choice in book.screen(one).choices if choice.to in branches]
    missing = {(choice.to, road) for _, choice in ways for road in branches[choice.to].roads}
    found: list[str] = []
    for told in situations():
        for address, choice in ways:
            session = Session(language, address, asked=True, told=told)
            road = (choice.to, _road(book, session, choice))
            if road in missing:
                missing.remove(road)
                found.append(encode(session, choice.name))
        unfinished = {branch for branch, _ in missing}
        ways = [(address, choice) for address, choice in ways if choice.to in unfinished]
    return found


def _road(book: Book, session: Session, choice: Choice) -> str:
    """Which road a choice takes to the screen that it shows; none when something urgent interrupts."""
    there = pressed(book, session, choice.name).session
    road = book.branches()[choice.to].choose(session.told.tell(choice.tells) if choice.tells else session.told)
    return road if there is not None and there.screen == book.resolve(road, there.told) else ""
