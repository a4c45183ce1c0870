"""What is wrong with the directory, and what must be called or read again by a day: for whoever looks after it."""

from dataclasses import dataclass
from datetime import date, timedelta

from bot.flows.directory.amounts import FIRST_YEAR
from bot.flows.directory.contacts import EMERGENCY, ROUTE, Contact, Entry, NamedPlace, Policy, Withheld
from bot.flows.directory.loading import Holdings
from bot.flows.directory.overrides import LiveDirectory
from bot.flows.directory.tables import Problem


@dataclass(frozen=True, slots=True)
class Due:
    """An entry that must be verified. `by` is the last day on which its check counts; none when nobody ever called."""

    file: str
    entry: str
    by: date | None
    how: str

    def __str__(self) -> str:
        when = self.by.isoformat() if self.by else "not shown "
        return f"{when}  {self.file}: {self.entry}: {self.how}"


def problems(found: LiveDirectory, today: date) -> list[Problem]:
    """Everything that is wrong with the directory; empty when all files count and all that can be shown is shown."""
    ahead = [
        Problem(one.file, one.id, "future_date", "read lies in the future, so it counts as overdue; write the real day")
        for one in found.holdings.entries.values()
        if one.read - timedelta(days=1) > today
    ]
    silenced = [
        Problem(
            one.file,
            one.id,
            "silenced",
            "is not shown, because its words name, or only lead to, an entry that is withheld; override it as well",
        )
        for one in found.holdings.silenced()
    ]
    return [*found.problems, *ahead, *silenced]


def due(holdings: Holdings, by: date) -> list[Due]:
    """What must be verified by a day, the most overdue first, then what waits for a first call."""
    entries = holdings.entries.values()
    shown = [one for one in entries if isinstance(one, Contact | NamedPlace) and one.due < by]
    waiting = [one for one in entries if isinstance(one, Withheld) and one.policy is Policy.HOLD]
    dated = [Due(one.file, one.id, one.due, _how(one)) for one in shown]
    if by.year >= FIRST_YEAR and by.year not in holdings.mci:
        how = "write what one MCI is in tenge this year; until then screens show no tenge"
        dated.append(Due("amounts.toml", f"amount {by.year}", date(by.year, 1, 1), how))
    return [
        *sorted(dated, key=lambda one: (one.by or date.max, one.entry)),
        *(Due(one.file, one.id, None, _how(one)) for one in waiting),
    ]


def _how(entry: Entry) -> str:
    """What to do about an entry, in one line."""
    numbers = entry.to_confirm if isinstance(entry, Withheld) else ()
    if isinstance(entry, Contact):
        numbers = tuple(line.number for line in entry.lines)
    page = entry.verify_at if isinstance(entry, Withheld) and entry.verify_at else ""
    page = page or next((source.url for source in entry.sources if source.url), "")
    if entry.id in EMERGENCY and entry.id != ROUTE:
        return f"read {page}; do not ring it to try it out"
    if numbers:
        return f"call {', '.join(numbers)}"
    return f"ask 111, or read {page}" if page else "ask 111"
