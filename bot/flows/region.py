"""What could be checked in each region: places by name and town, never a street, and 111 as the way in.

Everything comes from the directory (`bot.flows.directory`). Where nothing could be checked, that is said.
"""

from collections.abc import Sequence

from bot.dialog.model import Choice, Flow, Number, Screen
from bot.flows.directory import Contact, Directory, InRegion, NamedPlace
from bot.flows.sheets import checked, entry_screen, numbers, paragraphs, place, sheet, tells, to_entry
from bot.flows.useful import unreached
from bot.i18n import LANGUAGES, N_, NP_, Filled, Said, translator

PLACES_ON_A_SCREEN, LONGEST = 2, 565
"""More would be too long to read on a small phone in a hurry; characters, without the line that says the month."""

# Translators: the first line above places. At least 40 characters, and nothing that tells what they are.
_FOUND = N_("This is what open sources say about your region:")
_THESE_TELL = N_("Whom these places tell: {duty}.")
_NOTHING = N_(
    "We found no reliable information on a place here. There may be one: you can ask {number}. It is free at any hour."
)
_BELOW = N_("Whom you can reach in your region: the buttons below.")
_UNNAMED = N_(
    "Open sources say that there is a place to go here, but do not name it. You can ask {number}, free at any hour."
)
_WAY = N_("Do they take people now, and how to get there: ask {number}, free at any hour.")


def region(directory: Directory, now: int) -> Flow:
    """The conversation about all regions; `now` is seconds since 1970."""
    found = [directory.for_region(one.code) for one in directory.regions_in_order("en")]
    regions = [one for one in found if one is not None]
    return Flow(
        "directory",
        Screen(
            "start",
            N_(
                "Choose your region. You see names and towns from open sources. Streets are left out, so that "
                "nobody is found by them. You can ask 111 for the way."
            ),
            *(_region(one) for one in regions),
            alphabetical=True,
        ),
        *(screen for one in regions for screen in _pages(one, now)),
        *(_card(contact, one, directory, now) for one in regions for contact in one.contacts),
    )


def _region(found: InRegion) -> Choice:
    return Choice(_name(found), found.region.short, to=f"directory.{_name(found)}", tells={"region": found.region.code})


def _name(found: InRegion, page: int = 1) -> str:
    code = found.region.code.lower()
    return code if page == 1 else f"{code}-{page}"


def _pages(found: InRegion, now: int) -> list[Screen]:
    """The screens of a region: a few places on each, the contacts that can be reached on the first."""
    parts = _parts(found)
    return [
        Screen(
            _name(found, page),
            _sheet(found, places),
            *(_choices(found, page, len(parts))),
            numbers=tuple(Number(line.number) for line in found.route.lines),
            parent="directory.start" if page == 1 else f"directory.{_name(found, page - 1)}",
            checked=checked([*places, *_reached(found), found.route], now),
            listing=True,
            sheet=True,
        )
        for page, places in enumerate(parts, 1)
    ]


def _reached(found: InRegion) -> tuple[Contact | NamedPlace, ...]:
    """What has a button of its own on the first screen of a region."""
    return (*found.contacts, *((found.institute,) if found.institute else ()))


def _sheet(found: InRegion, places: Sequence[NamedPlace]) -> Said:
    number = found.route.lines[0].number
    duties = dict.fromkeys(duty for one in places for duty in one.informs)
    told = (*((tells(duties, label=_THESE_TELL),) if duties else ()), tells(found.route.informs, number))
    if not places:
        nothing = Filled(_UNNAMED if found.unnamed else _NOTHING, {"number": number})
        below = (_BELOW,) if _reached(found) else ()
        return paragraphs((found.region.name, *below, nothing), told)
    named = [place(one) for one in places]
    return paragraphs((_FOUND, found.region.name), *([one] for one in named), (*told, Filled(_WAY, {"number": number})))


def _choices(found: InRegion, page: int, pages: int) -> list[Choice]:
    choices: list[Choice] = []
    if page == 1:
        choices += [*map(to_entry, found.contacts), *_institute(found)]
    if page < pages:
        choices.append(Choice("more", NP_("button", "More places"), to=f"directory.{_name(found, page + 1)}"))
    choices += [
        Choice("expect", NP_("button", "Before you go"), to="place.start"),
        Choice("ask", NP_("button", "What to ask on the phone"), to="place.ask"),
    ]
    return [*choices, Choice("people", NP_("button", "People to talk to"), to="people.start")]


def _parts(found: InRegion) -> list[tuple[NamedPlace, ...]]:
    """The places of each screen: as many as can be read at once in every language; without any place, one screen."""
    parts: list[tuple[NamedPlace, ...]] = []
    for one in found.places:
        more = (*parts[-1], one) if parts else (one,)
        longest = max(len(translator(code).say(_sheet(found, more))) for code in LANGUAGES)
        if parts and len(more) <= PLACES_ON_A_SCREEN and longest <= LONGEST:
            parts[-1] = more
        else:
            parts.append((one,))
    return parts or [()]


def _institute(found: InRegion) -> tuple[Choice, ...]:
    """The choice that leads to the forensic institute, once somebody has confirmed it."""
    label = NP_("button", "Forensic institute")
    return (Choice("institute", label, to=f"examination.{_name(found)}"),) if found.institute else ()


def _card(contact: Contact, found: InRegion, directory: Directory, now: int) -> Screen:
    return Screen(
        entry_screen(contact),
        sheet(contact, directory),
        *unreached(contact),
        numbers=numbers(contact, directory),
        parent=f"directory.{_name(found)}",
        checked=checked([contact, *directory.through(contact)], now),
        sheet=True,
    )
