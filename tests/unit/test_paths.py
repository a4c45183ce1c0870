"""Paths of their own: who is spoken to how, what comes first, what is never asked, and what nobody gets."""

import re
from pathlib import Path

import pytest

from bot.dialog.engine import pressed
from bot.dialog.model import Session
from bot.dialog.view import View, draw
from bot.domain.situation import Situation
from bot.domain.triage import Answer, Band, Fact
from bot.i18n import LANGUAGES
from tests.books import BOOK, PINNED, book_at
from tests.catalogs.catalog_files import entries

FLOWS = "young family staying held private stalking nopapers someone change dark".split()
FAR_AHEAD = PINNED + 400 * 86400
NAMED = (
    r"\b(gay|lesb|homosex|bisex|transg|queer|lgbt|sexual orient|same-sex)|(?<!\w)(гей|геи|геям|лесби|гомосекс|бисекс"
)
NAMED += r"|трансген|лгбт|сексуальн\w+ ориент|однопол|квир|жыныстық бағ|сексуалдық бағ|бір жынысты)"
"""Words that would name somebody's orientation."""

every_language = pytest.mark.parametrize("language", LANGUAGES)


def tap(session: Session, *taps: str) -> Session:
    for one in taps:
        turn = pressed(BOOK, session, one).session
        assert turn is not None
        session = turn
    return session


def shown(address: str, language: str) -> View:
    return draw(BOOK, Session(language, address), {"hours": 24})


def everything(view: View) -> str:
    return " ".join([view.text, *(button.words for button in view.buttons())])


def test_every_path_is_in_the_list() -> None:
    led_to = {choice.to for choice in BOOK.screen("paths.start").choices}
    assert led_to == {f"{flow}.start" for flow in FLOWS} | {"paths.deaf"}


RED_FIRST = [
    ("paths.start", "dark", "dark.start", Fact.SUICIDAL),
    ("private.told", "dark", "dark.start", Fact.SUICIDAL),
    ("change.start", "dark", "dark.start", Fact.SUICIDAL),
    ("change.now", "dark", "dark.start", Fact.SUICIDAL),
    ("held.start", "now", "held.now", Fact.HELD_NOW),
    ("held.marriage", "now", "held.now", Fact.HELD_NOW),
    ("check.locked", "now", "held.now", Fact.HELD_NOW),
]


@pytest.mark.parametrize(
    "before", [Situation(), Situation().tell({"neck_recent": "yes"})], ids=["first", "red already"]
)
@pytest.mark.parametrize(("start", "choice", "screen", "fact"), RED_FIRST)
def test_what_cannot_wait_leads_to_its_own_screen(
    start: str, choice: str, screen: str, fact: Fact, before: Situation
) -> None:
    reached = tap(Session("ru", start, told=before), choice)
    if start != "check.locked" or before == Situation():
        assert reached.screen == screen
    assert (reached.told.answer(fact), reached.told.band) == (Answer.YES, Band.RED)


HIGH_OR_NOT = [
    ("young.start", "home", Fact.MINOR, Band.HIGH),
    ("young.start", "elsewhere", None, Band.UNKNOWN),
    ("held.start", "month", Fact.CONFINED, Band.HIGH),
    ("held.start", "earlier", None, Band.UNKNOWN),
    ("staying.start", "die", Fact.THREATS, Band.HIGH),
    ("someone.start", "dark", None, Band.UNKNOWN),
]


@pytest.mark.parametrize(("start", "choice", "fact", "band"), HIGH_OR_NOT)
def test_what_a_choice_tells(start: str, choice: str, fact: Fact | None, band: Band) -> None:
    told = tap(Session("kk", start), choice).told
    assert told == (Situation().tell({fact: "yes"}) if fact else Situation())
    assert told.band is band


@pytest.mark.parametrize(
    ("address", "numbers"),
    [
        ("young.start", ["102", "111"]),
        ("dark.start", ["111", "103"]),
        ("held.now", ["102", "112", "103", "111"]),
        ("someone.now", ["102", "112", "103", "111"]),
        ("check.danger", ["102", "112", "103", "111"]),
        ("check.medical", ["103", "102", "112", "111"]),
    ],
)
def test_the_numbers_that_stand_first(address: str, numbers: list[str]) -> None:
    assert [one.number for one in BOOK.screen(address).numbers] == numbers


@every_language
@pytest.mark.parametrize("address", ["check.danger", "check.medical", "held.now", "dark.start"])
def test_what_cannot_wait_is_short(address: str, language: str) -> None:
    samples = [Situation(), *(Situation().tell({fact: "yes"}) for fact in ("neck_recent", "assault_recent"))]
    for book in (BOOK, book_at(FAR_AHEAD)):
        for told in samples:
            assert len(draw(book, Session(language, address, told=told)).text) <= 240


def test_back_from_what_interrupted_is_where_she_was() -> None:
    assert tap(Session("en", "paths.start"), "dark", "_back").screen == "paths.start"
    assert tap(Session("en", "check.locked"), "now", "_back").screen == "check.locked"
    assert tap(Session("en", "held.start"), "now", "_back").screen == "held.start"


YOU = {"ru": r"\b(вы|вас|вам|вами|ваш\w*)\b", "kk": r"\b(сіз|сізге|сізді|сіздің)\b|\w+(?:ыңыз|іңіз)\b"}
THOU = {
    "ru": r"\b(ты|тебя|тебе|твоя|иди|скажи|прочитай)\b",
    "kk": r"\b(сен|сені|сенің|бар|айт|оқы|айтсаң)\b|аласың\b|сұра\b",
}


@pytest.mark.parametrize("language", ["ru", "kk"])
def test_the_young_are_spoken_to_as_the_young(language: str) -> None:
    screens = [address for address in BOOK if address.startswith("young.")]
    texts = {address: re.sub("«[^»]*»", "", shown(address, language).text.lower()) for address in screens}
    assert {address: re.findall(YOU[language], text) for address, text in texts.items()} == {one: [] for one in screens}
    assert all(re.search(THOU[language], texts[one]) for one in ("young.start", "young.limits", "young.say"))


def test_who_is_told_comes_before_anything_can_be_told() -> None:
    """From the first screen nothing leads to words about oneself but past the limits of secrecy."""
    reached, ahead = {"young.limits"}, ["young.start"]
    while ahead:
        here = ahead.pop()
        if here not in reached and here.startswith(("young.", "assault.young")):
            reached.add(here)
            ahead += [choice.to for choice in BOOK.screen(here).choices]
    assert {"young.mother", "young.what", "assault.young"} <= reached
    assert not {"young.help", "young.say"} & reached


@every_language
def test_orientation_is_never_named(language: str) -> None:
    said = [(address, everything(shown(address, language))) for address in BOOK]
    assert [address for address, text in said if re.search(NAMED, text, re.IGNORECASE)] == []
    assert [entry.words for entry in entries(language) if re.search(NAMED, entry.words, re.IGNORECASE)] == []


@pytest.mark.parametrize("words", ["Он гей", "гомосексуал", "LGBT", "сексуальной ориентации", "жыныстық бағдар", "gay"])
def test_the_words_that_would_name_it_are_found(words: str) -> None:
    assert re.search(NAMED, words, re.IGNORECASE)


def test_no_fact_asks_for_it() -> None:
    kept = [*(fact.value for fact in Fact), *Situation.__dataclass_fields__]
    source = Path("bot/flows/private.py").read_text(encoding="utf-8")
    assert [name for name in kept if re.search("orient|gender|partner_sex", name)] == []
    assert re.findall(r"tells=\{([^}]*)\}", source) == ['"suicidal": "yes"']


@every_language
def test_who_looks_for_a_person_or_hurts_somebody_gets_no_place(language: str) -> None:
    assert [choice.to for choice in BOOK.screen("someone.missing").choices] == ["urgent.numbers"]
    for address in ("someone.missing", "change.start", "change.now", "change.help"):
        led_to = {choice.to for choice in BOOK.screen(address).choices}
        assert not [to for to in led_to if to.startswith(("directory.", "place."))]
        assert set(re.findall(r"\d+", everything(shown(address, language)))) <= set(
            "102 103 111 112 245 69 11 2026".split()
        )


@every_language
def test_law_and_numbers_stand_under_the_month_in_which_they_were_read(language: str) -> None:
    for address in (name for name in BOOK if name.partition(".")[0] in {*FLOWS, "check"}):
        text = shown(address, language).text
        if re.search(r"245|-1|1[0-9]{2}", text.replace("102", "").replace("111", "")):
            assert text.endswith("11.2026"), address
