"""Words of law and medicine are the same everywhere: where English has one, Russian and Kazakh have the agreed one.

Source of the pairs: the glossary of the field (statutes, orders and forms in both languages), read 2026-11-23.
"""

import re

import pytest

from tests.catalogs.catalog_files import Entry, entries

TERMS = {
    "protective order": ("предписани", "қорғау нұсқама"),
    "crisis cent": (r"кризисн\w+ центр", "дағдарыс орталы"),
    "family support cent": (r"центр\w* поддержки семьи", "отбасын қолдау орталы"),
    "mobile group": (r"мобильн\w+ групп", "мобильді то"),
    "prosecutor": ("прокур", "прокур"),
    "forensic": ("судебн", "сот-медицин|сот сарапта"),
    "referral": ("направлени", "жолдама"),
    "guardianship": ("опек", "қорғаншы"),
    "inspector": ("инспектор|участков", "инспектор"),
    "alimony": ("алимент", "алимент"),
    "psychologist": ("психолог", "психолог"),
    "ambulance": ("скор", "жедел жәрдем"),
    "statement": ("заявлени", "арыз"),
    r"\bslip\b": ("талон", "талон"),
    "lawyer": ("юрист|адвокат", "заңгер|адвокат"),
    r"\bcourt": ("суд", "сот"),
    "police": ("полиц", "полиц"),
    r"\barrest\b": ("арест", "қама"),
    "mediation": ("медиац", "медиац"),
    "blackmail": ("шантаж", "бопса"),
    r"\bHIV\b": ("ВИЧ", "АИТВ"),
    r"\bfund\b": ("Фонд", "қор"),
}
"""What a sentence says in English, and what it then says in Russian and in Kazakh."""


def translated(language: str) -> dict[str, Entry]:
    return {f"{entry.context}: {entry.english}": entry for entry in entries(language)}


@pytest.mark.parametrize("term", TERMS)
def test_a_term_has_one_word_in_each_language(term: str) -> None:
    russian, kazakh = translated("ru"), translated("kk")
    saying = [place for place, entry in russian.items() if re.search(term, entry.english)]
    assert saying, f"nothing says {term!r} any more"
    for place in saying:
        for words, agreed in zip((russian[place].words, kazakh[place].words), TERMS[term], strict=True):
            assert re.search(agreed, words, re.IGNORECASE), f"{place}: {words!r} has no {agreed!r}"
