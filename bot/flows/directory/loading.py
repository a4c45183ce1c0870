"""Lays the files of the directory over each other: those that are shipped, then those of the organisation.

A file counts whole or not at all. One with a mistake changes nothing, so a slip of the pen cannot take a number away.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import astuple, dataclass, field
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

from bot.flows.directory.amounts import read_amounts
from bot.flows.directory.contacts import EMERGENCY, Contact, Entry, NamedPlace, Unnamed
from bot.flows.directory.directory import Directory
from bot.flows.directory.entries import KEYS, fixed, id_of, read_entry
from bot.flows.directory.numbers import digits, said
from bot.flows.directory.tables import Problem, Reading, Table
from bot.flows.directory.toml_file import read_toml
from bot.i18n import Words

SHIPPED = ("emergency.toml", "hotlines.toml", "places.toml", "forensic.toml", "amounts.toml")

MOST_ENTRIES = 1000
"""Entries of a file, and of all files of an organisation together; far more than there are places in the country."""


@dataclass(frozen=True, slots=True)
class Layer:
    """One file that could be read: its entries and amounts as tables, not yet looked at."""

    file: str
    tables: tuple[Table, ...]
    amounts: tuple[Table, ...] = ()


@dataclass(frozen=True, slots=True)
class Holdings:
    """All entries with the tables they were made of, the withheld ones too. For checks, never for screens."""

    tables: Mapping[str, Table] = field(default_factory=lambda: MappingProxyType({}))
    entries: Mapping[str, Entry] = field(default_factory=lambda: MappingProxyType({}))
    mci: Mapping[int, int] = field(default_factory=lambda: MappingProxyType({}))

    def directory(self) -> Directory:
        """What may be shown of it."""
        unnamed = frozenset(one.region for one in self.entries.values() if isinstance(one, Unnamed) and one.region)
        return Directory(MappingProxyType(_standing(self.entries)), self.mci, unnamed)

    def silenced(self) -> tuple[Entry, ...]:
        """Entries that could be shown, were it not for another one that is withheld and that they name or lead to."""
        standing = _standing(self.entries)
        return tuple(one for one in _showable(self.entries).values() if one.id not in standing)

    def under(self, layer: Layer, override: bool) -> tuple["Holdings", tuple[Problem, ...]]:
        """These with a file laid over them; unchanged, with the reasons, when anything is wrong with the file."""
        others = {key for key, one in self.entries.items() if not override or one.file not in SHIPPED}
        problems = [*_twice(layer, others)]
        tables, entries = dict(self.tables), dict(self.entries)
        for table in layer.tables:
            found, entry, whole = _lay(table, tables.get(id_of(table)), layer.file, override)
            problems += found
            if entry is not None:
                tables[entry.id], entries[entry.id] = whole, entry
        mci, found = read_amounts(layer.amounts, layer.file)
        problems += found
        laid = Holdings(MappingProxyType(tables), MappingProxyType(entries), MappingProxyType({**self.mci, **mci}))
        if not problems:
            problems += [*_loose_ends(laid, layer), *_left_behind(self, laid, layer)]
        return (self, tuple(problems)) if problems else (laid, ())


def read_layer(path: Path, name: str) -> Layer | Problem:
    """The entries of a file. `name` is how it is called in problems."""
    parsed = read_toml(path, name)
    if isinstance(parsed, Problem):
        return parsed
    found, amounts = parsed.get("entry", []), parsed.get("amount", [])
    if set(parsed) - {"entry", "amount"} or not (_are_tables(found) and _are_tables(amounts)):
        what = "has something outside of [[entry]] and [[amount]] tables; each entry begins with [[entry]]"
        return Problem(name, "", "wrong_shape", what)
    if len(found) + len(amounts) > MOST_ENTRIES:
        return Problem(name, "", "too_large", f"has more than {MOST_ENTRIES} entries; take out what nobody needs")
    return Layer(name, tuple(found), tuple(amounts))


def _are_tables(found: object) -> bool:
    return isinstance(found, list) and all(isinstance(one, dict) for one in found)


@cache
def shipped() -> Holdings:
    """What comes with the program.

    Raises:
        ValueError: when a shipped file has a mistake, which the tests rule out.
    """
    holdings = Holdings()
    for name in SHIPPED:
        layer = read_layer(Path(__file__).parent / name, name)
        if isinstance(layer, Problem):
            raise ValueError(str(layer))
        holdings, problems = holdings.under(layer, override=False)
        if problems:
            raise ValueError("\n".join(map(str, problems)))
    return holdings


def _lay(
    table: Table, base: Table | None, file: str, override: bool
) -> tuple[tuple[Problem, ...], Entry | None, Table]:
    """An entry made of a table over the one of the same id, and the two merged."""
    if not override:
        entry, problems = read_entry(table, file)
        return problems, entry, table
    if refused := fixed(table, base or {}, file):
        return refused, None, table
    whole = _merged(base, table) if base is not None else table
    entry, problems = read_entry(whole, file)
    return tuple(dict.fromkeys((*_without_provenance(table, file), *problems))), entry, whole


def _without_provenance(table: Table, file: str) -> tuple[Problem, ...]:
    """An override says anew when and where it was checked: the shipped date and sources are not its own (P10)."""
    reading = Reading(table, file, id_of(table))
    reading.day("read")
    reading.sources(required=True)
    return tuple(reading.problems)


def _merged(base: Table, over: Table) -> Table:
    """One entry over another of the same id: what it says counts, the rest stays as far as its policy allows that."""
    both: dict[str, Any] = {**base, **over}
    policy = both.get("policy")
    allowed = next((keys for one, keys in KEYS.items() if one == policy), frozenset(both))
    return {key: value for key, value in both.items() if key in over or key in allowed}


def _twice(layer: Layer, taken: set[str]) -> Iterator[Problem]:
    for entry, count in Counter(id_of(table) for table in layer.tables).items():
        if entry and (count > 1 or entry in taken):
            yield Problem(layer.file, entry, "twice", "stands there twice, or in another file too; keep one of them")


def _showable(entries: Mapping[str, Entry]) -> dict[str, Contact | NamedPlace]:
    return {key: one for key, one in entries.items() if isinstance(one, Contact | NamedPlace)}


def _standing(entries: Mapping[str, Entry]) -> dict[str, Contact | NamedPlace]:
    """What can be shown without naming, or leading only to, something that may not be shown (promise P10)."""
    shown = _showable(entries)
    while True:
        known = _dialled(shown.values())
        left = {
            key: one for key, one in shown.items() if _has_a_way(one, shown) and not set(_said_numbers(one)) - known
        }
        if len(left) == len(shown):
            return shown
        shown = left


def _has_a_way(entry: Contact | NamedPlace, shown: Mapping[str, Entry]) -> bool:
    """Whether it can still be reached: by itself, or through another entry that is shown."""
    if isinstance(entry, NamedPlace) or not entry.through or entry.lines or entry.address:
        return True
    return any(other in shown for other in entry.through)


def _dialled(entries: Iterable[Entry]) -> set[str]:
    return {digits(line.number) for one in entries if isinstance(one, Contact) for line in one.lines}


def _loose_ends(laid: Holdings, layer: Layer) -> Iterator[Problem]:
    """What can be seen only when the file lies in its place."""
    known = _dialled(laid.entries.values())
    for table in layer.tables:
        entry = laid.entries[id_of(table)]
        for other in entry.through if isinstance(entry, Contact) else ():
            if other not in laid.entries or other == entry.id:
                what = f"through names {other!r}, which is no other entry here or in a file before it; mend the id"
                yield Problem(layer.file, entry.id, "unknown_reference", what)
        if set(_said_numbers(entry)) - known:
            what = "its words hold a number that is no line of any entry; take it out, numbers belong in lines"
            yield Problem(layer.file, entry.id, "number_in_words", what)


def _left_behind(before: Holdings, laid: Holdings, layer: Layer) -> Iterator[Problem]:
    """Entries that are reached only through one whose hours change, and would go on with the hours of before."""
    changed = {id_of(table) for table in layer.tables}
    for entry in changed:
        was, now = before.entries.get(entry), laid.entries[entry]
        if not (isinstance(was, Contact) and isinstance(now, Contact)) or was.hours == now.hours:
            continue
        for one in laid.entries.values():
            alone = isinstance(one, Contact) and one.through == (entry,) and not one.lines and not one.address
            if alone and isinstance(one, Contact) and one.hours == was.hours and one.id not in changed:
                what = f"its hours change, and {one.id} is reached only through it; override that in this file as well"
                yield Problem(layer.file, entry, "hours_stay", what)


def _said_numbers(entry: Entry) -> Iterator[str]:
    """Numbers that people could dial from what is said about an entry: three digits or more, however spaced."""
    if isinstance(entry, Contact):
        labels = [line.label for line in entry.lines]
        spoken = [entry.name, entry.short, entry.what_for, entry.caveat, *labels]
    elif isinstance(entry, NamedPlace):
        spoken = [entry.name, entry.what_for, entry.city]
    else:
        return
    for words in spoken:
        for text in astuple(words) if isinstance(words, Words) else ():
            yield from said(text)


def emergency_holds(directory: Directory) -> bool:
    """Whether all four emergency numbers are there, right and callable, whatever lies over them."""
    return [(one.id, [line.number for line in one.lines]) for one in directory.emergency()] == [
        (entry, [number]) for entry, number in EMERGENCY.items()
    ]
