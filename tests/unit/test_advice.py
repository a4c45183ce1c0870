"""No page and no message sends anybody to a package that is not ours: on the public index `pana` is somebody else's."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
READ = frozenset({".md", ".py", ".sql", ".po", ".toml", ".yaml", ".ini", ".html", ".js", ".mako", ""})
FETCHES = re.compile(r"\b(?:pip[3x]?|uvx?|poetry|pdm|easy_install)\b[^\n`;|&]*?(?<![\w/.-])pana(?![\w/-])|\bpana\[")
"""A command that fetches a package of our name from wherever the machine gets its packages."""


def written() -> Iterator[Path]:
    """All that people read of the product: its pages, messages and settings."""
    yield from (path for path in ROOT.iterdir() if path.is_file() and path.suffix in READ)
    for folder in ("bot", "docs", "locales", "migrations"):
        yield from (path for path in (ROOT / folder).rglob("*") if path.is_file() and path.suffix in READ)


def test_nothing_advises_to_fetch_a_package_by_our_name() -> None:
    pages = {path.relative_to(ROOT): path.read_text(encoding="utf-8") for path in written()}
    assert {Path("docs/postgresql.md"), Path("bot/storage/engine.py"), Path("Dockerfile")} <= pages.keys()
    assert [(str(path), found[0]) for path, text in pages.items() for found in FETCHES.finditer(text)] == []


@pytest.mark.parametrize(
    ("line", "fetches"),
    [
        ("pip install pana", True),
        ("pip install 'pana[postgres]'", True),
        ('"Install it with: python -m pip install -U pana"', True),
        ("uvx pana demo", True),
        ("uv add --dev pana", True),
        ("the extra pana[postgres]", True),
        ("/opt/pana/venv/bin/pip install --require-hashes -r /opt/pana/requirements.lock", False),
        ("pip install --require-hashes -r requirements.lock", False),
        ("repeat `pip install`, `systemctl restart pana`", False),
    ],
)
def test_what_counts_as_such_advice(line: str, fetches: bool) -> None:
    assert bool(FETCHES.search(line)) is fetches
