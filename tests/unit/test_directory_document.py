"""What docs/directory.md shows to an organisation works as it stands there."""

import re
from pathlib import Path

import pytest

from bot.flows import organisation
from bot.flows.directory.contacts import Cost, Duty, Kind, Opening, Policy
from tests.catalogs.catalog_files import ROOT
from tests.directory_files import live, write

TEXT = (ROOT / "docs" / "directory.md").read_text(encoding="utf-8")
EXAMPLES = re.findall(r"```toml\n(.*?)```", TEXT, re.DOTALL)


@pytest.mark.parametrize("example", [one for one in EXAMPLES if "[[entry]]" in one])
def test_each_example_counts(tmp_path: Path, example: str) -> None:
    write(tmp_path, "called.toml", example)
    found = live(tmp_path)
    assert found.problems == ()
    assert "directory/called.toml" in {one.file for one in found.holdings.entries.values()}


def test_the_example_of_a_new_year_counts(tmp_path: Path) -> None:
    (example,) = [one for one in EXAMPLES if "[[amount]]" in one]
    write(tmp_path, "amounts.toml", example)
    found = live(tmp_path)
    assert (found.problems, dict(found.current.mci)) == ((), {2026: 4325, 2027: 4500})


def test_the_example_of_an_organisation_counts(tmp_path: Path) -> None:
    (example,) = [one for one in EXAMPLES if "[[" not in one]
    (tmp_path / organisation.FILE).write_text(example, encoding="utf-8")
    found, problems = organisation.load(tmp_path)
    assert problems == ()
    assert all(getattr(found, name) for name in organisation.Organisation.__slots__)


@pytest.mark.parametrize("kinds", [Policy, Kind, Duty, Cost, organisation.Reporting, organisation.Minors])
def test_every_word_that_can_be_written_is_explained(kinds: type[Policy]) -> None:
    assert [one for one in kinds if one not in TEXT] == []
    assert [one for one in Opening if one is not Opening.WEEKLY and f"`{one}`" not in TEXT] == []
