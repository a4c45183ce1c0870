"""Holds the book that people read now, and writes it anew when the directory, the organisation or the day changes."""

from collections.abc import Callable
from pathlib import Path

from bot.dialog.check import shape
from bot.dialog.model import Book
from bot.flows import SHOWN_DIRECTLY, organisation, write_book
from bot.flows.directory import Directory, LiveDirectory
from bot.flows.directory.contacts import EMERGENCY, ROUTE, Hours, Opening, day
from bot.flows.directory.loading import shipped
from bot.flows.directory.overrides import log_code
from bot.flows.organisation import Helpline, Organisation
from bot.i18n import Words

Stamp = tuple[int, int, int]

_WITH_A_LINE = Organisation(helpline=Helpline(EMERGENCY[ROUTE], Hours(Opening.ALWAYS)))
"""An organisation that has every screen it can have: what fits beside that fits beside all others."""


class Shelf:
    """Whoever shows a screen takes `book` anew each time. A book that does not hold together replaces no good one."""

    def __init__(self, config: Path | None, now: int, tell: Callable[[str], None] = log_code) -> None:
        """`config` is the organisation's folder (`BOT_CONFIG_DIR`), if it has one; `now` is seconds since 1970.

        `tell` gets the code of each problem when problems change; what somebody wrote stays out of it (promise P6).
        """
        self._config = config
        self._tell = tell
        self._stamp: Stamp | None = None
        self._organisation = Organisation()
        self._day = day(now)
        self._read_organisation()
        self.directory = LiveDirectory(config, tell, _faults)
        self.directory.refresh(now)
        self.book: Book = self._write(now)

    def refresh(self, now: int) -> bool:
        """Looks for changes; tells whether there is a new book. To be called every few seconds. Never raises."""
        last_day, self._day = self._day, day(now)
        changed = self._read_organisation()
        changed = self.directory.refresh(now) or changed
        if not changed and last_day == self._day:
            return False
        self.book = self._write(now)
        return True

    def names(self) -> tuple[Words, ...]:
        """The official names of everything in the directory."""
        return tuple(one.name for one in self.directory.current.shown.values())

    def _write(self, now: int) -> Book:
        """The book as of now; what is shipped, should the organisation's files make none in spite of all checks."""
        book = write_book(self.directory.current, self._organisation, now)
        if not shape(book, SHOWN_DIRECTLY):
            return book
        self._tell("book_refused")
        return write_book(shipped().directory(), Organisation(), now)

    def _read_organisation(self) -> bool:
        """Reads `organisation.toml` again when it changed; with a mistake in it, what was known stays."""
        stamp = _stamp_of(self._config)
        if stamp == self._stamp:
            return False
        self._stamp = stamp
        found, problems = organisation.load(self._config)
        for problem in (*problems, *organisation.lapsed(found, self._day)):
            self._tell(problem.code)
        if problems or found == self._organisation:
            return False
        self._organisation = found
        return True


def _faults(directory: Directory, now: int) -> list[str]:
    """Why a directory makes no book: two names that look alike inside a button, say, which nobody can foresee."""
    return shape(write_book(directory, _WITH_A_LINE, now), SHOWN_DIRECTLY)


def _stamp_of(config: Path | None) -> Stamp | None:
    if config is None:
        return None
    try:
        state = (config / organisation.FILE).stat()
    except FileNotFoundError:
        return None
    except OSError:
        return (0, 0, 0)  # loading says what is wrong with it
    return state.st_mtime_ns, state.st_size, state.st_ino
