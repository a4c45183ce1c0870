"""The glossary of the field is followed: a term that a screen says in English has the agreed words in ru and kk.

The list, with the source of each row, is `docs/glossary.csv`. Words are compared by their beginnings, as both languages
add endings; a row counts as followed when one of its agreed forms is there.
"""

import csv
import re
from pathlib import Path

import pytest

from tests.catalogs.catalog_files import Entry, entries

GLOSSARY = Path(__file__).parents[2] / "docs" / "glossary.csv"

OTHERWISE = {
    ("battery", "ru"): "the battery of a phone",
    ("battery", "kk"): "the battery of a phone",
    ("threat", "kk"): "a verb form of the same word, or somebody who threatens",
    ("threat to kill", "ru"): "asked with a verb, as the glossary advises",
    ("forced marriage", "ru"): "said with a verb",
    ("forced marriage", "kk"): "said with a verb",
    ("humiliation", "ru"): "said with a verb",
    ("protective order", "ru"): "called the order where the screen has named it",
    ("fine", "ru"): "the English is an adjective",
    ("fine", "kk"): "the English is an adjective",
    ("arrest", "kk"): "a verb form of the same word",
    ("lawyer", "ru"): "an advocate, where the law means one",
    ("lawyer", "kk"): "an advocate, where the law means one",
    ("HIV prevention centre", "ru"): "the short name that people use",
    ("social worker", "ru"): "declined to another stem",
    ("child", "ru"): "another word where no child is meant",
    ("pregnant", "ru"): "said without a gender",
    ("foreigner", "ru"): "said as foreign citizens",
    ("identity card", "ru"): "the short word that people use",
    ("marriage certificate", "ru"): "the short name that people use",
    ("bank card", "ru"): "a card at a bank, without the adjective",
    ("location sharing", "ru"): "said with a verb",
    ("linked device", "ru"): "declined to another stem",
}
"""Agreed differences: a term and a language, and why its screens say something else there."""


def terms() -> dict[str, dict[str, str]]:
    with GLOSSARY.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    return {name: row for row in rows for name in alternatives(row["en"]) if len(name) > 2}


def alternatives(cell: str) -> list[str]:
    return [one.strip() for one in re.split(r"[;,/]", re.sub(r"\(.*?\)", "", cell))]


def beginnings(words: str) -> list[str]:
    """The beginnings that stay when endings are added: seven tenths of a long word, three letters of a short one."""
    found = re.findall(r"\w+", words.casefold())
    return [one[: max(3, min(len(one) - 2, int(len(one) * 0.7)))] if len(one) > 4 else one[:3] for one in found]


def follows(entry: Entry, agreed: str) -> bool:
    said = entry.words.casefold()
    return any(all(start in said for start in beginnings(form)) for form in alternatives(agreed) if form)


CATALOGS = {code: {(one.context, one.english): one for one in entries(code)} for code in ("ru", "kk")}
SAID = {
    name: found
    for name in terms()
    if (found := [key for key in CATALOGS["ru"] if re.search(rf"\b{re.escape(name)}s?\b", key[1], re.IGNORECASE)])
}
"""The terms that some screen says, and where."""


def test_many_terms_of_the_glossary_are_on_screens() -> None:
    assert len(SAID) >= 50


@pytest.mark.parametrize("language", ["ru", "kk"])
@pytest.mark.parametrize("name", SAID)
def test_a_term_is_translated_as_agreed(name: str, language: str) -> None:
    row = terms()[name]
    wrong = [key[1] for key in SAID[name] if not follows(CATALOGS[language][key], row[language])]
    agreed = (name, language) in OTHERWISE
    assert bool(wrong) == agreed, f"{row[language]!r} is agreed for {name!r}; otherwise in {wrong}"
