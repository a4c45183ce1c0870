"""Every word that people read is known to a dictionary, or is on our own short list of words that are right.

The lists stand beside this file, one word on a line: names, loans, and forms that the dictionaries lack. A word is
added only after a person who knows the language has looked at it.
"""

import re
import shutil
import subprocess
from functools import cache
from pathlib import Path

import pytest

from bot.i18n import LANGUAGES
from tests.catalogs.catalog_files import entries

DICTIONARIES = {"kk": "kk_KZ", "ru": "ru_RU", "en": "en_US"}
HERE = Path(__file__).parent

every_language = pytest.mark.parametrize("language", LANGUAGES)


def words_of(text: str) -> set[str]:
    """The words of a text in lower case; placeholders are no words, parts of a hyphenated word are."""
    return set(re.findall(r"[^\W\d_]+(?:[’'][^\W\d_]+)*", re.sub(r"\{\w+\}", " ", text).casefold()))


@cache
def used(language: str) -> frozenset[str]:
    return frozenset().union(*(words_of(entry.words) for entry in entries(language)))


def listed(language: str) -> list[str]:
    """Our own list."""
    return (HERE / f"words.{language}.txt").read_text(encoding="utf-8").split()


def unknown(language: str, words: frozenset[str]) -> set[str]:
    """The words that the dictionary does not know, neither as they are nor as names."""
    if shutil.which("hunspell") is None:
        pytest.skip("hunspell is not installed: no word was checked (apt install hunspell hunspell-kk hunspell-ru)")
    typed = "".join(f"{word}\n{word.capitalize()}\n" for word in sorted(words))
    command = ["hunspell", "-d", DICTIONARIES[language], "-i", "utf-8", "-l"]
    found = subprocess.run(command, input=typed, capture_output=True, encoding="utf-8", check=False)
    assert (found.returncode, found.stderr) == (0, ""), f"the dictionary {DICTIONARIES[language]} is not installed"
    missed = set(found.stdout.split())
    return {word for word in words if word in missed and word.capitalize() in missed}


@every_language
def test_every_word_is_known_or_on_our_list(language: str) -> None:
    assert sorted(unknown(language, used(language)) - set(listed(language))) == []


@every_language
def test_our_list_is_sorted_and_has_no_word_that_is_no_longer_used(language: str) -> None:
    assert listed(language) == sorted(set(listed(language)) & used(language))


@pytest.mark.parametrize(
    ("language", "wrong"),
    [("kk", {"қоңырауу", "телефонн"}), ("ru", {"тилефон", "звоните́"}), ("en", {"telefone", "youu"})],
)
def test_a_misspelt_word_is_found(language: str, wrong: set[str]) -> None:
    assert unknown(language, frozenset({*wrong, "kaspi"})) == {*wrong, "kaspi"}
