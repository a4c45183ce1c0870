"""The directory of contacts: each with where its number was read, and when.

Only emergency numbers so far. A contact without a source or a date is refused, so that it cannot be shown by accident
(promise P10).
"""

import tomllib
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Source:
    """A page on which a contact was read, and the page's own date."""

    title: str
    url: str
    date: str


@dataclass(frozen=True, slots=True)
class Contact:
    """A number that may be shown. `read` is the day on which its sources were last compared."""

    id: str
    number: str
    hours: str
    cost: str
    confidence: str
    read: date
    sources: tuple[Source, ...]

    def __post_init__(self) -> None:
        if not self.sources or self.confidence not in {"high", "medium"}:
            raise ValueError(f"contact {self.id}: needs a source and a confidence that allows showing it")


@cache
def emergency() -> tuple[Contact, ...]:
    """102, 112, 103 and 111, in the order in which they are shown."""
    parsed = tomllib.loads((Path(__file__).parent / "emergency.toml").read_text(encoding="utf-8"))
    return tuple(
        Contact(**{**entry, "sources": tuple(Source(**source) for source in entry["sources"])})
        for entry in parsed["contact"]
    )
