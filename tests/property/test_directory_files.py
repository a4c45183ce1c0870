"""Whatever stands in an organisation's files, nothing is raised, and the emergency numbers and promise P10 hold."""

import tempfile
from datetime import date
from pathlib import Path
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.flows import organisation
from bot.flows.directory import Contact, LiveDirectory, NamedPlace, checks, shipped
from bot.flows.directory.contacts import EMERGENCY, Confidence, Policy
from bot.flows.directory.entries import KEYS
from bot.flows.directory.loading import emergency_holds
from bot.flows.directory.numbers import refused
from tests.directory_files import NOW, held, named, renewed, shown, toml, write

EMERGENCY_CONTACTS = shipped().directory().emergency()
FIELDS = sorted(set().union(*KEYS.values()) | {"phone"})
IDS = [*EMERGENCY, "helpline-150", "gov-1414", "almaty-zhan-saya", "forensic-kz-75", "our-line", "our-place"]

letters = st.text(st.characters(codec="utf-8"), max_size=20)
values: st.SearchStrategy[Any] = st.recursive(
    st.one_of(
        letters,
        st.sampled_from([*IDS, *Policy, *Confidence, "KZ-75", "111", "102", "24/7", "free", "kk", "police", "call"]),
        st.booleans(),
        st.integers(-(10**30), 10**30),
        st.dates(date(1, 1, 1)),
    ),
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(letters, inner, max_size=3)),
    max_leaves=6,
)
nearly_good = st.builds(
    lambda whole, changes: {**whole, **changes},
    st.sampled_from([shown(), named(), held(), *(renewed(entry) for entry in IDS)]),
    st.dictionaries(st.sampled_from(FIELDS), values, max_size=2),
)
any_table = st.dictionaries(st.one_of(letters, st.sampled_from(FIELDS)), values, max_size=6)
content = st.one_of(
    st.lists(st.one_of(nearly_good, nearly_good, any_table), max_size=4).map(lambda found: toml(*found).encode()),
    st.text(max_size=200).map(lambda text: text.encode(errors="ignore")),
    st.binary(max_size=200),
    st.builds(
        lambda good, junk, at: good[:at] + junk + good[at:],
        st.just(toml(shown()).encode()),
        st.binary(max_size=5),
        st.integers(0, 400),
    ),
)


def holds(found: LiveDirectory) -> None:
    """What no file may change."""
    assert emergency_holds(found.current)
    kept = [(one.lines, one.name, one.what_for, one.hours, one.cost, one.policy) for one in EMERGENCY_CONTACTS]
    now = [(one.lines, one.name, one.what_for, one.hours, one.cost, one.policy) for one in found.current.emergency()]
    assert now == kept
    for one in found.current.shown.values():
        assert isinstance(one, Contact | NamedPlace)
        assert one.sources
        assert not refused().found_in(repr(one))
        assert one.confidence is not Confidence.LOW or one.policy is Policy.SHOW_WITH_CAVEAT
    for problem in checks.problems(found, date(2027, 1, 15)):
        assert str(problem).isprintable()
    assert [str(one) for one in checks.due(found.holdings, date.max)]


@settings(max_examples=300)
@given(first=content, second=content)
def test_no_file_raises_or_hides_an_emergency_number(first: bytes, second: bytes) -> None:
    with tempfile.TemporaryDirectory() as folder:
        config = Path(folder)
        write(config, "a.toml", first)
        found = LiveDirectory(config)
        found.refresh(NOW)
        holds(found)
        write(config, "a.toml", second, at=NOW + 5)
        write(config, "b.toml", first, at=NOW + 5)
        found.refresh(NOW + 10)
        holds(found)


@settings(max_examples=200)
@given(
    table=st.dictionaries(
        st.sampled_from("name bin responsible helpline regions reporting minors funding x".split()), values
    ),
    junk=st.binary(max_size=20),
)
def test_no_organisation_raises(table: dict[str, Any], junk: bytes) -> None:
    with tempfile.TemporaryDirectory() as folder:
        config = Path(folder)
        text = toml(table).removeprefix("[[entry]]\n").encode()
        (config / organisation.FILE).write_bytes(text + junk)
        found, problems = organisation.load(config)
        assert isinstance(found, organisation.Organisation)
        assert all(str(problem).isprintable() for problem in problems)
        assert found == organisation.Organisation() or not problems
