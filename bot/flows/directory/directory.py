"""Everything that may be shown of the directory, and the questions that screens ask it.

What may not be shown is not in here at all; it stays with the files (`loading`), where only the checks see it.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from bot.flows.directory.contacts import EMERGENCY, ROUTE, Contact, Kind, NamedPlace
from bot.flows.directory.regions import Region, in_order, regions


@dataclass(frozen=True, slots=True)
class InRegion:
    """What may be shown about a region: contacts with a way to reach them, places to be named, and 111 for all else.

    Either tuple may be empty. `institute` is the forensic one, if somebody confirmed it; `unnamed` tells that sources
    speak of a place without naming it.
    """

    region: Region
    contacts: tuple[Contact, ...]
    places: tuple[NamedPlace, ...]
    route: Contact
    institute: Contact | NamedPlace | None = None
    unnamed: bool = False


@dataclass(frozen=True, slots=True)
class Directory:
    """The entries that may be shown, in the order of the files. Every query is pure and does not touch a file.

    `mci` is the monthly calculation index in tenge by year, where it is known; `unnamed` are the regions with a place
    that has no name.
    """

    shown: Mapping[str, Contact | NamedPlace]
    mci: Mapping[int, int] = field(default_factory=lambda: MappingProxyType({}))
    unnamed: frozenset[str] = frozenset()

    def emergency(self, *entries: str) -> tuple[Contact, ...]:
        """102, 112, 103 and 111 in the order in which they are shown, or those of them whose ids are named."""
        asked = [entry for entry in EMERGENCY if not entries or entry in entries]
        return tuple(one for one in (self.hotline(entry) for entry in asked) if one is not None)

    def route(self) -> Contact:
        """111, to which everything leads that has no number of its own here."""
        route = self.hotline(ROUTE)
        if route is None:
            raise KeyError(ROUTE)  # loading makes sure that it is there
        return route

    def hotline(self, entry: str) -> Contact | None:
        """The contact of that id; nothing when there is none, or when it may not be shown."""
        found = self.shown.get(entry)
        return found if isinstance(found, Contact) else None

    def hotlines(self) -> tuple[Contact, ...]:
        """Lines, offices, apps and advice for the whole country, without the four emergency numbers."""
        return tuple(
            one
            for one in self.shown.values()
            if isinstance(one, Contact) and one.region is None and one.id not in EMERGENCY
        )

    def through(self, contact: Contact) -> tuple[Contact, ...]:
        """The contacts that lead to this one, those left out that may not be shown."""
        return tuple(one for one in (self.hotline(entry) for entry in contact.through) if one is not None)

    def regions_in_order(self, language: str) -> tuple[Region, ...]:
        """The 20 regions in the alphabetical order of a language."""
        return in_order(regions(), language)

    def region(self, code: str) -> Region | None:
        """The region of a code such as `KZ-75`."""
        return next((one for one in regions() if one.code == code), None)

    def for_region(self, code: str) -> InRegion | None:
        """What may be shown about a region; nothing for an unknown code."""
        region = self.region(code)
        if region is None:
            return None
        institute = self.forensic_for(code)
        here = [one for one in self.shown.values() if one.region == code and one is not institute]
        contacts = tuple(one for one in here if isinstance(one, Contact))
        places = tuple(one for one in here if isinstance(one, NamedPlace))
        return InRegion(region, contacts, places, self.route(), institute, code in self.unnamed)

    def forensic_for(self, code: str) -> Contact | NamedPlace | None:
        """The forensic institute of a region, as much of it as may be shown; nothing while nobody has confirmed it."""
        return next((one for one in self.shown.values() if one.kind is Kind.FORENSIC and one.region == code), None)
