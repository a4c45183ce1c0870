"""What one check found: well, could be better, or must be mended, in one line that says how."""

from dataclasses import dataclass
from enum import StrEnum


class Level(StrEnum):
    """How much a finding matters."""

    OK = "ok"
    WARN = "warn"
    """People get answers, and a promise stands on weaker feet than it could."""
    BAD = "bad"
    """The bot would not start, not answer, or not keep a promise."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One line. `what` says what is so; `mend` says, unless all is well, what to do about it."""

    level: Level
    what: str
    mend: str = ""

    def __str__(self) -> str:
        return f"{self.level:<4}  {' '.join(f'{self.what} {self.mend}'.split())}"


def ok(what: str) -> Finding:
    """All is well."""
    return Finding(Level.OK, what)


def warn(what: str, mend: str) -> Finding:
    """It could be better."""
    return Finding(Level.WARN, what, mend)


def bad(what: str, mend: str) -> Finding:
    """It must be mended."""
    return Finding(Level.BAD, what, mend)
