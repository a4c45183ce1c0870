"""Turns a table of the directory into an entry of the type that its policy asks for, or says what is wrong with it."""

import re
from collections.abc import Mapping
from dataclasses import astuple
from datetime import date
from typing import NamedTuple

from bot.flows.directory.contacts import (
    EMERGENCY,
    HIDING,
    PUBLIC_OFFICES,
    Confidence,
    Contact,
    Cost,
    Duty,
    Entry,
    Kind,
    NamedPlace,
    Policy,
    Source,
    Unnamed,
    Withheld,
)
from bot.flows.directory.numbers import said
from bot.flows.directory.regions import regions
from bot.flows.directory.streets import house_in
from bot.flows.directory.tables import LONGEST_LABEL, LONGEST_NAME, LONGEST_TEXT, Problem, Reading, Table
from bot.i18n import Words

_EVERY = frozenset("id policy kind region confidence evidence read sources".split())
_SHOWN = frozenset("name short what_for lines through hours cost languages informs address".split())

KEYS: dict[Policy, frozenset[str]] = {
    Policy.SHOW: _EVERY | _SHOWN,
    Policy.SHOW_WITH_CAVEAT: _EVERY | _SHOWN | {"caveat"},
    Policy.NAME_AND_CITY: _EVERY | {"name", "city", "what_for", "informs"},
    Policy.ROUTE_111: _EVERY | {"why"},
    Policy.HOLD: _EVERY | {"name", "city", "why", "to_confirm", "verify_at"},
    Policy.HIDE: _EVERY | {"name", "city", "why", "to_confirm", "verify_at"},
}
"""What an entry may say under each policy. What is not listed cannot be written, so it cannot be shown by accident."""

_ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")


class _Shared(NamedTuple):
    """What every type of entry has, in the order in which it is read."""

    id: str
    file: str
    policy: Policy
    kind: Kind
    region: str | None
    confidence: Confidence
    evidence: str
    read: date
    sources: tuple[Source, ...]


def id_of(table: Table) -> str:
    """The id of a table, or nothing when it has none that can be used."""
    found = table.get("id")
    return found if isinstance(found, str) and len(found) <= 60 and _ID.fullmatch(found) else ""


def read_entry(table: Table, file: str) -> tuple[Entry | None, tuple[Problem, ...]]:
    """The entry of a table, or nothing and the reasons."""
    reading = Reading(table, file, id_of(table))
    if not reading.entry:
        reading.refuse("wrong_id", "an entry has no id of small letters, digits and hyphens; give it one")
    policy = reading.one_of("policy", Policy)
    if policy is None:
        return None, tuple(reading.problems)
    reading.only(KEYS[policy], f"is not possible with the policy {policy}")
    shared = _shared(reading, policy)
    if shared is None:
        return None, tuple(reading.problems)
    entry = _READERS[policy](reading, shared)
    return (None if reading.problems else entry), tuple(reading.problems)


def _shared(reading: Reading, policy: Policy) -> _Shared | None:
    kind, confidence = reading.one_of("kind", Kind), reading.one_of("confidence", Confidence)
    region = reading.table.get("region")
    if region is not None and region not in [one.code for one in regions()]:
        reading.refuse("unknown_region", "region is not one of the codes in regions.toml, such as KZ-75; mend it")
        region = None
    if policy is Policy.SHOW and confidence is Confidence.LOW:
        reading.refuse("low_confidence", "a confidence of low cannot be shown without a caveat; use show_with_caveat")
    evidence = reading.text("evidence", LONGEST_NAME, required=False)
    withheld = policy in {Policy.HOLD, Policy.HIDE}
    read, sources = reading.day("read"), reading.sources(required=not withheld)
    if kind is None or confidence is None:
        return None
    return _Shared(reading.entry, reading.file, policy, kind, region, confidence, evidence, read, sources)


def _contact(reading: Reading, shared: _Shared) -> Contact | None:
    name, what_for = reading.words("name", LONGEST_NAME), reading.words("what_for", LONGEST_TEXT)
    short = reading.words("short", LONGEST_LABEL, required=False) or (name and shortened(name))
    caveat = reading.words("caveat", LONGEST_TEXT, required=shared.policy is Policy.SHOW_WITH_CAVEAT)
    address = reading.words("address", LONGEST_NAME, required=False, street=True)
    reading.translated("what_for", what_for)
    reading.translated("caveat", caveat)
    _no_door(reading, shared.kind, {"name": name, "short": short, "what_for": what_for, "caveat": caveat})
    if address is not None and shared.kind not in PUBLIC_OFFICES:
        reading.refuse(
            "street", f"address is not possible for a {shared.kind}: it could lead somebody there; remove it"
        )
    lines = reading.lines()
    through = reading.several("through", _ID.fullmatch, "ids of other entries", required=False)
    if address is not None and any(len(one) > 3 for text in astuple(address) for one in said(text)):
        reading.refuse(
            "number_in_words", "address has a number that could be dialled; take it out, it belongs in lines"
        )
    tried = any(reading.table.get(key) for key in ("lines", "through", "address"))
    if not tried and shared.kind is not Kind.APP:
        reading.refuse("no_way", "there is no way to reach it; add lines, or through with the ids of other entries")
    hours, cost = reading.hours(), reading.one_of("cost", Cost)
    languages, informs = reading.spoken(), _duties(reading)
    if name is None or short is None or what_for is None or cost is None:
        return None
    return Contact(
        **shared._asdict(),
        name=name,
        short=short,
        what_for=what_for,
        lines=lines,
        through=through,
        hours=hours,
        cost=cost,
        languages=languages,
        informs=informs,
        caveat=caveat,
        address=address,
    )


def shortened(name: Words) -> Words:
    """A name cut to what fits on a button."""
    return Words(
        *(one if len(one) <= LONGEST_LABEL else f"{one[: LONGEST_LABEL - 1].rstrip()}…" for one in astuple(name))
    )


def _named(reading: Reading, shared: _Shared) -> NamedPlace | None:
    name, city = reading.words("name", LONGEST_NAME), reading.words("city", LONGEST_NAME)
    what_for = reading.words("what_for", LONGEST_TEXT)
    reading.translated("what_for", what_for)
    _no_door(reading, shared.kind, {"name": name, "city": city, "what_for": what_for})
    informs = _duties(reading)
    if shared.region is None and "region" not in reading.table:
        reading.refuse("missing", "region is missing; add the code of its region, such as KZ-75")
    if name is None or city is None or what_for is None:
        return None
    return NamedPlace(**shared._asdict(), name=name, city=city, what_for=what_for, informs=informs)


def _unnamed(reading: Reading, shared: _Shared) -> Unnamed:
    if shared.region is None and "region" not in reading.table:
        reading.refuse("missing", "region is missing; add the code of the region in which 111 is to be asked")
    return Unnamed(**shared._asdict(), why=reading.note("why"))


def _withheld(reading: Reading, shared: _Shared) -> Withheld:
    numbers = reading.table.get("to_confirm", [])
    if not isinstance(numbers, list) or len(numbers) > 10:
        reading.refuse("wrong_list", "to_confirm is not a list of numbers")
        numbers = []
    name, city = (reading.words(key, LONGEST_NAME, required=False) for key in ("name", "city"))
    _no_door(reading, shared.kind, {"city": city})
    return Withheld(
        **shared._asdict(),
        name=name,
        city=city,
        why=reading.note("why"),
        to_confirm=tuple(reading.number("to_confirm", number) for number in numbers),
        verify_at=reading.address("verify_at", required=False),
    )


def _no_door(reading: Reading, kind: Kind, said_of_it: Mapping[str, Words | None]) -> None:
    """A town has no digits, nor has the name of a place to hide; nothing said of such a place has a house."""
    for key, words in said_of_it.items():
        texts = astuple(words) if words is not None else ()
        bare = key == "city" or (kind in HIDING and key in {"name", "short"})
        if bare and any(letter.isdigit() for text in texts for letter in text):
            reading.refuse("street", f"{key} has digits, which could be a house; take them out")
        elif kind in HIDING and any(house_in(text) for text in texts):
            reading.refuse("street", f"{key} has a name with a number, which could be a house; take it out")


def _duties(reading: Reading) -> tuple[Duty, ...]:
    found = reading.several("informs", {*Duty}.__contains__, ", ".join(Duty))
    if not found and not any(one.what.startswith("informs") for one in reading.problems):
        reading.refuse("no_duty", f"informs is empty; say whom it must tell: {', '.join(Duty)}")
    return tuple(Duty(one) for one in found)


_READERS = {
    Policy.SHOW: _contact,
    Policy.SHOW_WITH_CAVEAT: _contact,
    Policy.NAME_AND_CITY: _named,
    Policy.ROUTE_111: _unnamed,
    Policy.HOLD: _withheld,
    Policy.HIDE: _withheld,
}

RENEWABLE = frozenset({"id", "read", "sources"})
"""What an override may say about an emergency number."""


def fixed(table: Table, base: Table, file: str) -> tuple[Problem, ...]:
    """What an override may not do to the entry under it (`base`; empty for a new one), whatever it says itself.

    An emergency number gets nothing but a new date with its sources. A kind stays: a refuge that became an office could
    have a street. A caveat was written for the hours of its day (150 would contradict itself).
    """
    reading = Reading(table, file, id_of(table))
    if reading.entry in EMERGENCY and not set(table) <= RENEWABLE:
        others = ", ".join(sorted(str(key)[:40] for key in set(table) - RENEWABLE))
        reading.refuse(
            "emergency_fixed",
            f"{EMERGENCY[reading.entry]} holds everywhere; only read and sources can be renewed, so take out: {others}",
        )
    elif "kind" in base and table.get("kind", base["kind"]) != base["kind"]:
        reading.refuse("kind_fixed", f"kind stays {base['kind']}; take it out, or give the entry an id of its own")
    kept = table.get("policy", base.get("policy")) == Policy.SHOW_WITH_CAVEAT and "caveat" not in table
    if kept and "caveat" in base and table.get("hours", base.get("hours")) != base.get("hours"):
        what = "its hours change, and its caveat speaks of the old ones; write a new caveat, or policy show without one"
        reading.refuse("caveat_stays", what)
    return tuple(reading.problems)
