"""The directory of contacts: each with where it was read, when, and how much of it may be shown (promise P10).

`contacts` says what an entry is, `regions` where, `tables` and `entries` read the files, `loading` and `overrides` lay
them over each other, `directory` answers the screens, `checks` tells whoever looks after it what to mend.
"""

from bot.flows.directory.contacts import Contact, Duty, Kind, NamedPlace, too_old
from bot.flows.directory.directory import Directory, InRegion
from bot.flows.directory.loading import shipped
from bot.flows.directory.overrides import LiveDirectory
from bot.flows.directory.regions import Region

__all__ = [
    "Contact",
    "Directory",
    "Duty",
    "InRegion",
    "Kind",
    "LiveDirectory",
    "NamedPlace",
    "Region",
    "shipped",
    "too_old",
]
