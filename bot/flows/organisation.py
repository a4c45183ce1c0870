"""Who runs this helpline: what `organisation.toml` says, checked. Everything in it may be left out."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from bot.flows.directory.contacts import Hours
from bot.flows.directory.regions import regions
from bot.flows.directory.tables import LONGEST_NAME, LONGEST_TEXT, Problem, Reading, read_toml
from bot.i18n import Words

FILE = "organisation.toml"


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
    """The organisation's own number and its hours."""

    number: str
    hours: Hours


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
    return (Organisation() if reading.problems else found), tuple(reading.problems)


def _read(reading: Reading) -> Organisation:
    reading.only(("name", "bin", "responsible", "helpline", "regions", "reporting", "minors", "funding"))
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
    )


def _bin(reading: Reading) -> str:
    found = reading.text("bin", 12, required=False)
    if found and not re.fullmatch(r"[0-9]{12}", found):
        reading.refuse("wrong_text", 'bin is not 12 digits in quotation marks, such as "000000000000"; mend it')
    return found


def _helpline(reading: Reading) -> Helpline | None:
    found = reading.table.get("helpline")
    if found is None:
        return None
    if not isinstance(found, Mapping):
        reading.refuse("wrong_shape", "helpline is not a table with number and hours; write [helpline] above them")
        return None
    inner = Reading(found, FILE, "helpline")
    inner.only(("number", "hours"))
    helpline = Helpline(inner.number("number", found.get("number")), inner.hours())
    reading.problems += inner.problems
    return None if inner.problems else helpline
