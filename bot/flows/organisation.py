"""Who runs this helpline: what `organisation.toml` says, checked. Everything in it may be left out."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import astuple, dataclass
from datetime import date, timedelta
from enum import StrEnum
from pathlib import Path

from bot.flows.directory.contacts import EMERGENCY, Cost, Hours, day
from bot.flows.directory.numbers import digits, said
from bot.flows.directory.regions import regions
from bot.flows.directory.tables import LONGEST_NAME, LONGEST_TEXT, Problem, Reading
from bot.flows.directory.toml_file import read_toml
from bot.flows.sample_texts import SAMPLES
from bot.i18n import Words

FILE = "organisation.toml"

APPROVED_FOR = timedelta(days=365)
"""How long an approval of a sample text counts."""

_LONGEST_APPROVER = 60
"""Characters: who approved a text stands in one line below it."""


class Reporting(StrEnum):
    """What the organisation must tell the authorities (Law 245-VIII, articles 37 and 69; its lawyer decides which)."""

    HELP_ORGANISATION = "help_organisation"
    """It tells the police about violence, or a threat of it, that it learns of."""
    CHILDREN = "children"
    """It tells about violence against children, and about the gravest crimes, as every organisation must."""


class Minors(StrEnum):
    """What the organisation does when somebody under 18 writes."""

    HELPED = "helped"
    """Its people answer them as they answer adults."""
    NUMBERS_ONLY = "numbers_only"
    """They get the numbers, 111 first; its people do not answer them."""


@dataclass(frozen=True, slots=True)
class Helpline:
    """The organisation's own number, its hours, what a call costs and the languages spoken there."""

    number: str
    hours: Hours
    cost: Cost = Cost.NOT_KNOWN
    languages: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Approval:
    """Who approved a sample text, and when. `words` is the fingerprint of what was approved; empty if not noted."""

    sample: str
    by: str
    on: date
    words: str


@dataclass(frozen=True, slots=True)
class Organisation:
    """What is known about the organisation; nothing or empty where it says nothing. `bin` is its 12-digit number."""

    name: Words | None = None
    bin: str = ""
    responsible: str = ""
    helpline: Helpline | None = None
    regions: tuple[str, ...] = ()
    reporting: Reporting | None = None
    minors: Minors | None = None
    funding: Words | None = None
    approved: tuple[Approval, ...] = ()


def approved(organisation: Organisation, now: int) -> tuple[Approval, ...]:
    """The approvals that count at `now` (seconds since 1970): of today's words, within a year, not in the future."""
    return tuple(one for one in organisation.approved if _lapse(one, day(now)) is None)


def lapsed(organisation: Organisation, today: date) -> list[Problem]:
    """The approvals that do not count on a day, each with what to do. The rest of the file counts all the same."""
    return [problem for one in organisation.approved if (problem := _lapse(one, today)) is not None]


def _lapse(approval: Approval, today: date) -> Problem | None:
    (words,) = [one.fingerprint for one in SAMPLES if one.name == approval.sample]
    if approval.words != words:
        was = "was approved with other words" if approval.words else "says not which words were approved"
        what = f'{was}, so it is not shown. When the words in docs/samples.md are approved, write words = "{words}"'
        return Problem(FILE, f"approved.{approval.sample}", "other_words", what)
    if approval.on > today:
        what = "on lies in the future, so the text is not shown; write the real day"
        return Problem(FILE, f"approved.{approval.sample}", "future_date", what)
    if today - approval.on > APPROVED_FOR:
        what = "was approved over a year ago, so it is not shown; have it read again and write the new day"
        return Problem(FILE, f"approved.{approval.sample}", "approval_old", what)
    return None


def load(config: Path | None) -> tuple[Organisation, tuple[Problem, ...]]:
    """The organisation of a configuration folder. With any problem, nothing of the file counts: it is half a truth.

    A missing folder or file is no problem. Never raises.
    """
    if config is None:
        return Organisation(), ()
    path = config / FILE
    try:
        if not path.exists():
            return Organisation(), ()
    except OSError as error:
        what = f"cannot be read ({type(error).__name__}); let the bot's user read it"
        return Organisation(), (Problem(FILE, "", "unreadable", what),)
    parsed = read_toml(path, FILE)
    if isinstance(parsed, Problem):
        return Organisation(), (parsed,)
    reading = Reading(parsed, FILE)
    found = _read(reading)
    _no_number_in_words(reading, found)
    return (Organisation() if reading.problems else found), tuple(reading.problems)


def _read(reading: Reading) -> Organisation:
    reading.only(Organisation.__slots__)
    codes = {region.code for region in regions()}
    return Organisation(
        name=reading.words("name", LONGEST_NAME, required=False),
        bin=_bin(reading),
        responsible=reading.text("responsible", LONGEST_NAME, required=False),
        helpline=_helpline(reading),
        regions=reading.several("regions", codes.__contains__, "the codes in regions.toml", required=False),
        reporting=reading.one_of("reporting", Reporting, required=False),
        minors=reading.one_of("minors", Minors, required=False),
        funding=reading.words("funding", LONGEST_TEXT, required=False),
        approved=tuple(_approved(reading)),
    )


def _no_number_in_words(reading: Reading, found: Organisation) -> None:
    """A sentence may name only a number that has its duties and hours on a screen: an emergency one, or its own."""
    known = {*EMERGENCY.values(), digits(found.helpline.number) if found.helpline else ""}
    approvers = {f"approved.{one.sample}.by": one.by for one in found.approved}
    texts = {"name": found.name, "funding": found.funding, "responsible": found.responsible, **approvers}
    for key, words in texts.items():
        whole = "\n".join(astuple(words)) if isinstance(words, Words) else words or ""
        if set(said(whole)) - known:
            what = f"{key} has a number that people could dial; take it out, the line of your own stands in [helpline]"
            reading.refuse("number_in_words", what)


def _bin(reading: Reading) -> str:
    found = reading.text("bin", 12, required=False)
    if found and not re.fullmatch(r"[0-9]{12}", found):
        reading.refuse("wrong_text", 'bin is not 12 digits in quotation marks, such as "000000000000"; mend it')
    return found


def _approved(reading: Reading) -> Iterator[Approval]:
    found = reading.table.get("approved", {})
    if not isinstance(found, Mapping) or not all(isinstance(one, Mapping) for one in found.values()):
        what = 'approved is not a table of texts; write [approved], then statement = { by = "…", on = 2026-12-01 }'
        reading.refuse("wrong_shape", what)
        return
    names = Reading(found, FILE, "approved")
    names.only(one.name for one in SAMPLES)
    reading.problems += names.problems
    for name, table in found.items():
        inner = Reading(table, FILE, f"approved.{name}")
        inner.only(("by", "on", "words"))
        approval = Approval(name, inner.text("by", _LONGEST_APPROVER), inner.day("on"), inner.text("words", 8, False))
        if approval.words and not re.fullmatch(r"[0-9a-f]{8}", approval.words):
            inner.refuse("wrong_text", 'words is not a fingerprint such as "a1b2c3d4"; take it from docs/samples.md')
        reading.problems += inner.problems
        yield approval


def _helpline(reading: Reading) -> Helpline | None:
    found = reading.table.get("helpline")
    if found is None:
        return None
    if not isinstance(found, Mapping):
        reading.refuse("wrong_shape", "helpline is not a table with number and hours; write [helpline] above them")
        return None
    inner = Reading(found, FILE, "helpline")
    inner.only(("number", "hours", "cost", "languages"))
    helpline = Helpline(
        inner.number("number", found.get("number")),
        inner.hours(),
        inner.one_of("cost", Cost, required=False) or Cost.NOT_KNOWN,
        inner.spoken(required=False),
    )
    reading.problems += inner.problems
    return None if inner.problems else helpline
