"""The page about hostile inputs is complete and names tests that exist."""

import ast
import re
from pathlib import Path

TESTS = Path(__file__).parents[1]
PAGE = TESTS.parent / "docs" / "hostile_inputs.md"
ROW = re.compile(r"\| (\d+) \| (.+?) \| (.*?) \| (.*?) ?\|")
WITHOUT_A_TEST = {18, 33, 47}
"""Rows that are about volunteers and cases alone."""


def rows() -> dict[int, tuple[str, str]]:
    """What the page says shows each row, and what comes later."""
    found = [ROW.fullmatch(line) for line in PAGE.read_text(encoding="utf-8").splitlines() if line[2:3].isdigit()]
    return {int(match[1]): (match[3], match[4]) for match in found if match}


def names_in(path: Path) -> set[str]:
    """The functions, classes and names at the top of a file of tests."""
    found: set[str] = set()
    for node in ast.parse(path.read_text(encoding="utf-8")).body:
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            found.add(node.name)
        if isinstance(node, ast.Assign):
            found |= {target.id for target in node.targets if isinstance(target, ast.Name)}
    return found


def test_all_forty_eight_rows_are_there_in_order() -> None:
    assert list(rows()) == list(range(1, 49))


def test_every_row_is_shown_by_a_test_or_comes_later() -> None:
    assert {number for number, (shown, _) in rows().items() if "::" not in shown} == WITHOUT_A_TEST
    assert all(rows()[number][1] for number in WITHOUT_A_TEST)


def test_every_named_test_exists() -> None:
    files = {path.name: path for path in TESTS.glob("*/test_*.py")}
    named = {tuple(name.split("::")) for shown, _ in rows().values() for name in re.findall(r"`([^`]+::[^`]+)`", shown)}
    assert len(named) > 20
    missing = [(file, test) for file, test in named if file not in files or test not in names_in(files[file])]
    assert missing == []


def test_every_row_that_a_table_of_tests_names_is_in_the_page_with_that_table() -> None:
    tree = ast.parse((TESTS / "emulator" / "test_hostile_inputs.py").read_text(encoding="utf-8"))
    table_of = {"TYPED": "test_typed", "SENT": "test_sent", "NOBODY": "test_nobody_to_answer"}
    for node in tree.body:
        if isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name) and node.target.id in table_of:
            assert isinstance(node.value, ast.Dict)
            numbers = {int(key.value[:2]) for key in node.value.keys if isinstance(key, ast.Constant)}  # type: ignore[index]
            shown = {number for number, (tests, _) in rows().items() if f"::{table_of[node.target.id]}`" in tests}
            assert numbers == shown, node.target.id
