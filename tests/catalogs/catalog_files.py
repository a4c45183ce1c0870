"""Reads the translations as translators left them, and collects the sentences that the code now asks for."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po

ROOT = Path(__file__).parents[2]
KEYWORDS = {"N_": None, "NP_": ((1, "c"), 2)}
"""As in the Makefile: `-k N_ -k NP_:1c,2`."""

Key = tuple[str | None, str]
"""Context and English sentence: what a translation is found by."""


def path_of(language: str) -> Path:
    return ROOT / "locales" / language / "LC_MESSAGES" / "bot.po"


@cache
def catalog(language: str) -> Catalog:
    """The catalog of one language."""
    with path_of(language).open("rb") as file:
        return read_po(file)


@dataclass(frozen=True)
class Entry:
    """One sentence: how it is found, and what people read."""

    context: str | None
    english: str
    words: str

    @property
    def key(self) -> Key:
        return self.context, self.english


@cache
def entries(language: str) -> tuple[Entry, ...]:
    """The translations of one language; sentences with plural forms are not used here."""
    found = []
    for message in catalog(language):
        if message.id:
            assert isinstance(message.id, str)
            assert isinstance(message.string, str)
            found.append(Entry(message.context, message.id, message.string))
    return tuple(found)


@cache
def extracted() -> frozenset[Key]:
    """Every sentence that the code marks for translation."""
    found = extract_from_dir(str(ROOT / "bot"), method_map=[("**.py", "python")], keywords=KEYWORDS)
    keys = set()
    for _, _, msgid, _, context in found:
        assert isinstance(msgid, str)
        keys.add((context, msgid))
    return frozenset(keys)
