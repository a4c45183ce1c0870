"""Says a number of MCI (МРП, АЕК), and what that is in tenge in the present year.

In a year whose value nobody has written down, the number stands alone and `unknown` adds that 111 can be asked.
"""

from bot.flows.directory import Directory
from bot.flows.directory.contacts import day
from bot.i18n import N_, Filled, Said, Words

_ASK = N_("In tenge: ask 111.")


def mci(count: int, directory: Directory, now: int) -> Said:
    """So many MCI, on the day of `now` (seconds since 1970)."""
    one = directory.mci.get(day(now).year)
    if one is None:
        return Filled(N_("{number} MCI"), {"number": str(count)})
    return Filled(N_("{number} MCI ({tenge} tenge)"), {"number": str(count), "tenge": _grouped(count * one)})


def unknown(directory: Directory, now: int) -> tuple[Said, ...]:
    """One more sentence where the value of this year is not known; none where it is."""
    return () if day(now).year in directory.mci else (_ASK,)


def _grouped(tenge: int) -> Words:
    """A number in groups of three digits, as each language writes them."""
    spaced = f"{tenge:,}".replace(",", " ")
    return Words(spaced, spaced, f"{tenge:,}")
