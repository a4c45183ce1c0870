"""Everything that people could read is searched: for streets, for refused numbers, and for numbers of nobody."""

import ast
import hashlib
import re
from pathlib import Path

import pytest

from bot.dialog.model import Session
from bot.dialog.view import View
from bot.flows.directory.contacts import Contact, Kind, NamedPlace, Withheld
from bot.flows.directory.loading import shipped
from bot.flows.directory.numbers import digits, refused
from bot.flows.proof import Page, proofread
from bot.i18n import LANGUAGES, Words
from tests.catalogs.catalog_files import ROOT, entries, path_of

HOLDINGS = shipped()
SHOWN = HOLDINGS.directory().shown
NUMBERS = {digits(line.number) for one in SHOWN.values() if isinstance(one, Contact) for line in one.lines}
DIALLED = re.compile(r"[0-9](?:(?:[ ()+–-]{0,2}|\.)[0-9]){2,}")
LAW = re.compile(r"245-VIII|(?:article|статья) [0-9]+(?:-[0-9])?|[0-9]+(?:-[0-9])?-бап")
"""The number of a law or an article, which nobody would ring."""
STREET = re.compile(
    r"\b(?:улиц|ул\.|просп|пр\.|микрорайон|мкр|переул|көше|даңғыл|шағын|street|avenue|road)|\d+[/-]\d+", re.IGNORECASE
)


def tree(*patterns: str) -> list[Path]:
    """Files of the product: words, data, code and documents, not the tests' own or anybody's environment."""
    found = [path for pattern in patterns for path in ROOT.glob(pattern)]
    return sorted(path for path in found if path.is_file())


READ_BY_PEOPLE = tree(
    "locales/**/*.po",
    "bot/**/*.toml",
    "bot/**/*.py",
    "bot/**/*.html",
    "bot/**/*.js",
    "docs/**/*.md",
    "README.md",
    "tests/transcripts/**/*.txt",
)


@pytest.mark.parametrize("path", READ_BY_PEOPLE, ids=lambda path: str(path.relative_to(ROOT)))
def test_no_refused_number_stands_anywhere(path: Path) -> None:
    assert refused().found_in(path.read_text(encoding="utf-8")) == 0


def test_the_search_covers_words_flows_and_data() -> None:
    names = {str(path.relative_to(ROOT)) for path in READ_BY_PEOPLE}
    assert {str(path_of(language).relative_to(ROOT)) for language in LANGUAGES} <= names
    assert {f"bot/flows/directory/{name}.toml" for name in ("emergency", "hotlines", "places", "forensic")} <= names
    assert {"bot/flows/urgent.py", "bot/flows/phrases.py", "README.md"} <= names


def test_the_list_of_refused_numbers_is_not_empty_and_holds_no_number() -> None:
    text = (ROOT / "bot/flows/directory/unverified.toml").read_text(encoding="utf-8")
    assert len(refused().fingerprints) == text.count('    "') == 28
    assert [match for match in DIALLED.findall(re.sub(r'"[0-9a-f]{16}"', "", text)) if match] == []


def test_not_one_letter_of_the_refused_numbers_changes_unnoticed() -> None:
    """Whoever changes the list writes its new sum here; a slip of the pen alone would let a number through."""
    whole = "\n".join([refused().salt, *sorted(refused().fingerprints)])
    assert (
        hashlib.sha256(whole.encode()).hexdigest() == "7baa70ee26b8c02820f220430634b7dd84eff0e366873b1899e8e9cb20fb729f"
    )


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_number_in_the_words_comes_from_the_directory(language: str) -> None:
    whole = "\n".join(f"{entry.words}\n{entry.english}" for entry in entries(language))
    said = {digits(number) for number in DIALLED.findall(LAW.sub("", whole))}
    assert said - NUMBERS == set()
    assert {"102", "112", "103", "111"} <= said


def test_no_flow_has_a_number_of_its_own() -> None:
    """Every sentence that a flow marks is in the catalogs; a `Number` comes from an entry, never from the code."""
    for path in tree("bot/flows/*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "Number":
                assert not [one for one in ast.walk(node) if isinstance(one, ast.Constant)], path.name


@pytest.mark.parametrize("entry", [one.id for one in HOLDINGS.entries.values() if one.region is not None])
def test_no_place_has_a_street(entry: str) -> None:
    one = HOLDINGS.entries[entry]
    words = [value for name in one_fields(one) if isinstance(value := getattr(one, name), Words)]
    said = [text for word in words for text in (word.kk, word.ru, word.en)] + [getattr(one, "why", "")]
    assert [text for text in said if STREET.search(text)] == []
    assert not hasattr(one, "address")


def one_fields(one: object) -> tuple[str, ...]:
    return tuple(name for kind in type(one).__mro__ for name in getattr(kind, "__slots__", ()))


def test_the_search_for_streets_finds_one() -> None:
    for text in ("ул. Абая", "улица Абая", "Абай көшесі", "Abay street", "Абая 12/3", "мкр Самал"):
        assert STREET.search(text)


@pytest.mark.parametrize("entry", SHOWN)
@pytest.mark.parametrize("part", ["what_for", "caveat"])
def test_our_own_words_keep_the_rules_of_writing(entry: str, part: str) -> None:
    """The neutral beginning (P4) is the screen's matter: these words stand further down."""
    words = getattr(SHOWN[entry], part, None)
    if words is None:
        assert part == "caveat"
        return
    pages = [
        Page(f"{entry}.{part}", language, View(Session(language, "home.start"), words.say(language), ()))
        for language in LANGUAGES
    ]
    assert [found for found in proofread(pages) if "can be seen by somebody else" not in found] == []


def test_a_place_to_hide_has_nothing_but_a_name_and_a_town() -> None:
    for one in HOLDINGS.entries.values():
        if one.kind in {Kind.REFUGE, Kind.MOTHER_AND_BABY, Kind.TRAFFICKING, Kind.HARDSHIP}:
            assert not isinstance(one, Contact)
            assert isinstance(one, NamedPlace) <= (one.region is not None)
            assert not isinstance(one, Withheld) or one.why


@pytest.mark.parametrize("language", LANGUAGES)
def test_shown_words_are_in_their_language(language: str) -> None:
    parts = [getattr(one, part, None) for one in SHOWN.values() for part in ("what_for", "caveat")]
    said = " ".join(words.say(language) for words in parts if words is not None).lower()
    kazakh, russian = set("әғқңөұүһі") & set(said), set("ъыэщ") & set(said)
    assert bool(re.findall("[а-я]", said)) is (language != "en")
    assert kazakh == (set("әғқңөұүі") if language == "kk" else set())
    assert bool(russian) is (language != "en")
