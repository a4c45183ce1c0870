"""What the directory knows about a place to turn to, and how much of it may be shown to people.

Each policy has a type of its own: whatever a policy forbids to show, its type simply does not have. So a screen cannot
show the number of a place that only may be named (promise P10).
"""

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, timezone
from enum import StrEnum

from bot.i18n import Words

VALID_FOR = timedelta(days=90)
"""How long a comparison with the sources counts (writing rule 16 of the safety content)."""

EMERGENCY = {"police-102": "102", "emergency-112": "112", "ambulance-103": "103", "contact-centre-111": "111"}
"""The entries that nothing may remove, hide or renumber, in the order in which they are shown."""

ROUTE = "contact-centre-111"
"""Where everything leads that may not be shown with a number of its own."""

_KAZAKHSTAN = timezone(timedelta(hours=5))  # one zone for the whole country since March 2024


class Policy(StrEnum):
    """How much of an entry may be shown."""

    SHOW = "show"
    SHOW_WITH_CAVEAT = "show_with_caveat"
    NAME_AND_CITY = "show_name_city_route_111"
    ROUTE_111 = "route_111"
    HOLD = "hold_until_called"
    HIDE = "do_not_show"


class Kind(StrEnum):
    """What an entry is."""

    LINE = "line"
    APP = "app"
    ADVICE = "advice"
    OFFICE = "office"
    FORENSIC = "forensic"
    FAMILY_SUPPORT = "family_support"
    REFUGE = "refuge"
    MOTHER_AND_BABY = "mother_and_baby"
    TRAFFICKING = "trafficking"
    HARDSHIP = "hardship"


PUBLIC_OFFICES = frozenset({Kind.OFFICE, Kind.FORENSIC, Kind.FAMILY_SUPPORT})
"""The only kinds that may have a street: everything else could be where somebody hides (R30 of the requirements)."""


HIDING = frozenset({Kind.REFUGE, Kind.MOTHER_AND_BABY, Kind.TRAFFICKING, Kind.HARDSHIP})
"""Kinds of places where somebody may be hiding: nothing said about them may lead to a house."""


class Duty(StrEnum):
    """Whom a service must tell what it hears. Sources: Law 245-VIII, articles 10, 26, 37, 69; rules of centre 111."""

    IS_POLICE = "is_police"
    """It is the police."""
    POLICE = "police"
    """It tells the police about violence or a threat that it learns of (help organisations, support centres)."""
    POLICE_IF_HURT = "police_if_hurt"
    """It tells the police when somebody was hurt by an offence (health organisations)."""
    POLICE_ABOUT_CHILDREN = "police_about_children"
    """It tells the police about violence against children (other organisations)."""
    PASSES_ON = "passes_on"
    """It works with police, health and social services and can pass a case on."""
    NOT_KNOWN = "not_known"
    """What it passes on was not found."""


class Cost(StrEnum):
    """What a call or visit costs."""

    FREE = "free"
    CHARGED = "charged"
    NOT_KNOWN = "not known"


class Confidence(StrEnum):
    """How sure the sources make us; `low` is never enough to show an entry without a caveat."""

    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"


class By(StrEnum):
    """How a number is used."""

    CALL = "call"
    WHATSAPP = "whatsapp"


class Opening(StrEnum):
    """What is known about opening hours."""

    ALWAYS = "24/7"
    OFFICE = "office"
    """In office hours, which differ from place to place."""
    WEEKLY = "weekly"
    """On `days` from `opens` to `closes`."""
    CONFLICTING = "conflicting"
    """Sources disagree: never to be shown as a line for the night."""
    NOT_KNOWN = "not known"


@dataclass(frozen=True, slots=True)
class Hours:
    """When somebody answers. `days` ("Mon-Fri"), `opens` and `closes` ("09:00") are empty unless it is weekly."""

    opening: Opening
    days: str = ""
    opens: str = ""
    closes: str = ""

    @classmethod
    def parse(cls, text: str) -> "Hours":
        """Hours as they are written in the files: `24/7`, `office`, `conflicting`, `not known`, `Mon-Fri 09:00-18:00`.

        Raises:
            ValueError: when it is none of these.
        """
        weekly = _WEEKLY.fullmatch(text)
        if weekly:
            return cls(Opening.WEEKLY, *weekly.groups())
        opening = Opening(text)
        if opening is Opening.WEEKLY:
            raise ValueError("weekly needs its days and times")
        return cls(opening)


_DAY, _TIME = r"(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)", r"(?:[01]\d|2[0-3]):[0-5]\d"
_WEEKLY = re.compile(rf"({_DAY}(?:-{_DAY})?) ({_TIME})-({_TIME}|24:00)", re.ASCII)


@dataclass(frozen=True, slots=True)
class Line:
    """A number that may be shown, as it is written and dialled; `label` tells several numbers of one entry apart."""

    number: str
    by: By
    label: Words | None = None


@dataclass(frozen=True, slots=True)
class Source:
    """Where an entry was read, and the page's own date in the source's words. A page has an address or a title."""

    title: str
    url: str
    date: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """What every entry has. `file` is where it stands; `evidence` the newest dated sign that it works, if one is known.

    `read` is the day on which its sources were last compared, or on which it was called.
    """

    id: str
    file: str
    policy: Policy
    kind: Kind
    region: str | None
    confidence: Confidence
    evidence: str
    read: date
    sources: tuple[Source, ...]

    @property
    def due(self) -> date:
        """The last day on which the check still counts."""
        return _good_until(self.read)


@dataclass(frozen=True, slots=True, kw_only=True)
class Contact(Entry):
    """May be shown whole (`show`, `show_with_caveat`). `through` are ids of entries that lead to it.

    `short` is what a button that leads to it says.
    """

    name: Words
    short: Words
    what_for: Words
    lines: tuple[Line, ...]
    through: tuple[str, ...]
    hours: Hours
    cost: Cost
    languages: tuple[str, ...]
    informs: tuple[Duty, ...]
    caveat: Words | None
    address: Words | None


@dataclass(frozen=True, slots=True, kw_only=True)
class NamedPlace(Entry):
    """May be named with its town (`show_name_city_route_111`). It has no number, street or hours: 111 leads there."""

    name: Words
    city: Words
    what_for: Words
    informs: tuple[Duty, ...]

    @property
    def heard_of(self) -> int | None:
        """The year of the newest sign that it works; nothing where that has no date."""
        found = re.match(r"20[0-9]{2}(?![0-9])", self.evidence)
        year = int(found.group()) if found else None
        return year if year is not None and year <= self.read.year else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Unnamed(Entry):
    """Tells only that there is something here without a name, for which 111 must be asked (`route_111`)."""

    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Withheld(Entry):
    """Is never shown (`hold_until_called`, `do_not_show`); `to_confirm` are numbers for whoever calls to check."""

    name: Words | None
    city: Words | None
    why: str
    to_confirm: tuple[str, ...]
    verify_at: str


def day(now: int) -> date:
    """The day in Kazakhstan at a moment (seconds since 1970); the first or last day there is for moments beyond."""
    try:
        return datetime.fromtimestamp(now, UTC).astimezone(_KAZAKHSTAN).date()
    except (OverflowError, OSError, ValueError):
        return date.min if now < 0 else date.max


def too_old(read: date, now: int) -> bool:
    """Whether a comparison with sources on a day counts no more; one in the future never counted."""
    return day(now) > _good_until(read) or ahead(read, now)


def ahead(read: date, now: int) -> bool:
    """Whether a day lies in the future; a clock may be a day behind."""
    today = day(now)
    return read > today + min(timedelta(days=1), date.max - today)


def _good_until(read: date) -> date:
    return read + min(VALID_FOR, date.max - read)
