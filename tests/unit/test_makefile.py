"""`make torture` runs the tests under kills at the size of which the manual speaks, and `make help` says so."""

import re
from pathlib import Path

ROOT = Path(__file__).parents[2]
MAKEFILE = (ROOT / "Makefile").read_text()


def test_torture_kills_as_often_as_the_manual_says() -> None:
    help_line, recipe = re.findall(r"^torture:.*## (.*)\n((?:\t.*\n)+)", MAKEFILE, re.MULTILINE)[0]
    assert "2,000 updates under 20 kills" in help_line
    (line,) = [line for line in recipe.splitlines() if "pytest" in line]
    sizes = dict(re.findall(r"(TEST_KILL\w*)=(\d+)", line))
    assert sizes == {"TEST_KILL_PEOPLE": "1000", "TEST_KILLS": "10"}
    assert " -s " in line, "the figures are printed"
    for file in re.findall(r"tests/\S+\.py", line):
        assert (ROOT / file).is_file()
    page = (ROOT / "docs" / "replicas.md").read_text()
    assert "`make torture`" in page
    assert "2,000 updates, 20 kills, two replicas" in page


def test_the_sizes_are_read_by_the_test_that_they_are_for() -> None:
    written = (ROOT / "tests" / "emulator" / "test_webhook_kills.py").read_text()
    assert all(f'os.environ.get("{name}"' in written for name in ("TEST_KILL_PEOPLE", "TEST_KILLS"))
