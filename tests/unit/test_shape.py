"""Nothing in the program is longer than somebody can read at a glance: 40 lines a function, 300 lines a file."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
LONGEST_FUNCTION, LONGEST_FILE = 40, 300


def too_long(path: Path) -> Iterator[str]:
    """What is too long in a file of Python: itself, or functions at any depth with where they begin."""
    source = path.read_text(encoding="utf-8")
    if (lines := len(source.splitlines())) > LONGEST_FILE:
        yield f"{path.name}: {lines} lines"
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            lines = (node.end_lineno or node.lineno) - node.lineno + 1
            if lines > LONGEST_FUNCTION:
                yield f"{path.name}:{node.lineno} {node.name}: {lines} lines"


def test_no_function_and_no_file_is_too_long() -> None:
    files = sorted((ROOT / "bot").rglob("*.py"))
    assert len(files) > 100
    assert [one for path in files for one in too_long(path)] == []


@pytest.mark.parametrize("kind", ["def", "async def"])
def test_a_longer_function_is_named(tmp_path: Path, kind: str) -> None:
    path = tmp_path / "planted.py"
    path.write_text(f"class Inner:\n    {kind} method(self):\n" + "        pass\n" * 39, encoding="utf-8")
    assert list(too_long(path)) == []
    path.write_text(path.read_text(encoding="utf-8") + "        pass\n", encoding="utf-8")
    assert list(too_long(path)) == ["planted.py:2 method: 41 lines"]


def test_a_longer_file_is_named(tmp_path: Path) -> None:
    path = tmp_path / "planted.py"
    path.write_text("x = 1\n" * 300, encoding="utf-8")
    assert list(too_long(path)) == []
    path.write_text("x = 1\n" * 301, encoding="utf-8")
    assert list(too_long(path)) == ["planted.py: 301 lines"]
