"""Every sentence is translated into every language, says the same facts, and is written cleanly."""

import re
import string
from collections import Counter
from itertools import chain

import pytest

from bot.i18n import LANGUAGES
from tests.catalogs.catalog_files import catalog, entries, extracted, path_of

every_language = pytest.mark.parametrize("language", LANGUAGES)


def faulty(language: str, pattern: str) -> list[str]:
    """The translations in which the pattern is found."""
    return [entry.words for entry in entries(language) if re.search(pattern, entry.words)]


@every_language
def test_the_catalog_has_exactly_the_sentences_of_the_code(language: str) -> None:
    found = Counter(entry.key for entry in entries(language))
    assert found == Counter(extracted()), "run make catalogs, then translate what is new"


def test_the_code_has_sentences_in_and_without_contexts() -> None:
    assert {(None, "Done."), ("button", "Urgent"), ("command", "Close")} < extracted()


@every_language
def test_everything_is_translated(language: str) -> None:
    assert [entry.key for entry in entries(language) if not entry.words] == []


@every_language
def test_nothing_is_guessed_and_nothing_is_left_over(language: str) -> None:
    assert [message.id for message in catalog(language) if message.fuzzy] == []
    assert list(catalog(language).obsolete) == []
    assert "#~" not in path_of(language).read_text(encoding="utf-8")


@every_language
def test_the_catalog_is_of_its_language(language: str) -> None:
    header = dict(catalog(language).mime_headers)
    assert (header["Language"], header["Content-Type"]) == (language, "text/plain; charset=utf-8")


@pytest.mark.parametrize(("language", "letters"), [("kk", "әғқңөұүі"), ("ru", "ыэёь"), ("en", "w")])
def test_the_words_are_in_its_language(language: str, letters: str) -> None:
    whole = "".join(entry.words for entry in entries(language)).lower()
    foreign = set("әғқңөұүһі") if language != "kk" else set()
    cyrillic = re.findall("[а-я]", whole) if language == "en" else []
    assert (set(whole) & foreign, cyrillic) == (set(), [])
    assert [letter for letter in letters if letter not in whole] == []


def placeholders(text: str) -> Counter[tuple[str | None, str | None, str | None]]:
    """The names in braces, with whatever is said about their form."""
    parsed = string.Formatter().parse(text)
    return Counter((name, form, conversion) for _, name, form, conversion in parsed if name is not None)


@every_language
def test_the_placeholders_are_those_of_the_english_sentence(language: str) -> None:
    for entry in entries(language):
        assert placeholders(entry.words) == placeholders(entry.english), entry.english


@every_language
def test_a_placeholder_is_a_plain_name(language: str) -> None:
    used = set(chain.from_iterable(placeholders(entry.words) for entry in entries(language)))
    names = "address amount child death duty grave hours item month number regions tenge what who year"
    assert used == {(name, "", None) for name in names.split()}


@every_language
def test_the_numbers_are_those_of_the_english_sentence(language: str) -> None:
    for entry in entries(language):
        assert Counter(re.findall(r"\d+", entry.words)) == Counter(re.findall(r"\d+", entry.english)), entry.english


@every_language
def test_the_lines_are_as_many_as_in_the_english_sentence(language: str) -> None:
    assert [entry.english for entry in entries(language) if entry.words.count("\n") != entry.english.count("\n")] == []


@every_language
def test_the_names_of_places_in_apps_are_not_lost(language: str) -> None:
    for entry in entries(language):
        for name in ("Telegram", "eGov Mobile", "Kaspi.kz", "Halyk", "/start"):
            assert entry.words.count(name) >= min(1, entry.english.count(name)), (name, entry.english)


@every_language
def test_no_space_is_stray_or_doubled(language: str) -> None:
    assert faulty(language, r"^\s|\s\Z| \n|\n |  |\n\n\n|\t|\r") == []
    assert faulty(language, r" [.,;:?!»”)]|[«“(] ") == []
    assert faulty(language, r"[\u00a0\u2000-\u200f\u2028-\u202f\u2060-\u206f\ufeff\u00ad]") == []


@every_language
def test_quotation_marks_come_in_pairs_of_one_kind(language: str) -> None:
    kind = "“”" if language == "en" else "«»"
    for entry in entries(language):
        marks = re.findall(r"[«»“”„\"]", entry.words)
        assert marks == list(kind) * (len(marks) // 2), entry.words


@every_language
def test_a_sentence_ends_as_the_english_one_does(language: str) -> None:
    for entry in entries(language):
        assert re.findall(r"[.?:!]\Z", entry.words) == re.findall(r"[.?:!]\Z", entry.english), entry.words


@every_language
def test_no_word_mixes_latin_and_cyrillic_letters(language: str) -> None:
    assert faulty(language, r"[A-Za-z][а-яёА-ЯЁәғқңөұүһіӘҒҚҢӨҰҮҺІ]|[а-яёА-ЯЁәғқңөұүһіӘҒҚҢӨҰҮҺІ][A-Za-z]") == []


def test_english_says_what_the_code_says() -> None:
    assert [entry.english for entry in entries("en") if entry.words != entry.english] == []
