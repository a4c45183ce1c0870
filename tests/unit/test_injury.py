"""Injuries, and sexual violence: only what still matters by the time passed, the urgent first, nothing unconfirmed."""

import re
from dataclasses import replace

import pytest

from bot.dialog.check import check
from bot.dialog.engine import pressed
from bot.dialog.model import Session
from bot.dialog.view import draw
from bot.domain.situation import WHEN, Situation
from bot.flows import SHOWN_DIRECTLY, write_book
from bot.flows.directory import NamedPlace, shipped
from bot.flows.directory.contacts import Kind
from bot.flows.organisation import Organisation
from bot.i18n import LANGUAGES, Words
from tests.books import BOOK, PINNED
from tests.unit.walks import walk

DIRECTORY = shipped().directory()
TIMES = ("", *WHEN)
BRANCHES = {
    "injury.now": ("injury.unknown", "injury.hours", "injury.days", "injury.weeks", "injury.earlier"),
    "injury.keeping": ("injury.keep", "injury.keep", "injury.keep", "injury.keep_later", "injury.keep_later"),
    "assault.now": ("assault.medicine", "assault.medicine", "assault.medicine", "assault.weeks", "assault.later"),
}
NOW = sorted({screen for branch in ("injury.now", "assault.now") for screen in BRANCHES[branch]})
FIRST_DAYS = ("injury.hours", "injury.days", "injury.unknown", "injury.neck", "assault.medicine")
APPROVED = {"kk": "Бұған сіз кінәлі емессіз.", "ru": "Вы в этом не виноваты.", "en": "This is not your fault."}


def text(address: str, language: str) -> str:
    return draw(BOOK, Session(language, address)).text


@pytest.mark.parametrize(
    ("branch", "when", "screen"),
    [(branch, when, screen) for branch, roads in BRANCHES.items() for when, screen in zip(TIMES, roads, strict=True)],
)
def test_the_time_decides_what_is_shown(branch: str, when: str, screen: str) -> None:
    assert BOOK.resolve(branch, Situation(when=when)) == screen


@pytest.mark.parametrize("topic", ["injury", "assault"])
@pytest.mark.parametrize("when", WHEN)
def test_what_now_is_three_taps_from_home(topic: str, when: str) -> None:
    session = walk("topics", topic, when)
    assert session.screen in NOW
    recent = {"assault_recent": "yes"} if topic == "assault" and when in {"hours", "days"} else {"physical": "yes"}
    assert session.told == Situation().tell({"when": when, **recent})


def test_not_saying_when_counts_as_just_now_and_is_not_kept() -> None:
    assert walk("topics", "injury", "skip").screen == "injury.unknown"
    assert walk("topics", "assault", "skip").screen == "assault.medicine"
    assert walk("topics", "injury", "skip").told == Situation()
    after_another_answer = walk("topics", "injury", "earlier", "_back", "_back").told
    assert walk("topics", "assault", "skip", told=after_another_answer).screen == "assault.medicine"


@pytest.mark.parametrize("when", ["weeks", "earlier"])
def test_what_is_over_is_not_offered(when: str) -> None:
    """Fresh pictures and unwashed clothes, and traces for an examination: only in the first days."""
    keeping = walk("topics", "injury", when, "keep", "_on")
    assert {"photos", "clothes"}.isdisjoint(choice.name for choice in BOOK.screen(keeping.screen).choices)
    assault = BOOK.screen(walk("topics", "assault", when).screen)
    assert assault.choice("traces") is None


@pytest.mark.parametrize("address", FIRST_DAYS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_ambulance_is_named_while_it_is_urgent(address: str, language: str) -> None:
    assert "103" in text(address, language)


@pytest.mark.parametrize("address", NOW)
def test_people_are_one_tap_away_and_no_question_stands_before_what_is_urgent(address: str) -> None:
    screen = BOOK.screen(address)
    assert {"people.start"} <= {choice.to for choice in screen.choices}
    assert not screen.sensitive
    assert not BOOK.screen("injury.neck").sensitive


@pytest.mark.parametrize("address", ["injury.start", "assault.start"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_it_begins_with_the_approved_sentence(address: str, language: str) -> None:
    assert text(address, language).startswith(APPROVED[language])


@pytest.mark.parametrize("language", LANGUAGES)
def test_medicine_with_a_time_limit_comes_first_with_its_limits(language: str) -> None:
    said = text("assault.medicine", language)
    assert said.index("72") < said.index("5") < said.index("103")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("address", ["examination.clinic", "assault.clinic"])
def test_a_clinic_is_not_named_without_whom_it_tells(address: str, language: str) -> None:
    assert re.search(
        {"kk": "полицияға", "ru": "сообща?[ею]т (?:в )?поли|сообщит в поли", "en": "tell the police"}[language],
        text(address, language),
    )


def test_back_leads_to_what_belongs_to_the_time() -> None:
    assert walk("topics", "injury", "days", "neck", "_back").screen == "injury.days"
    assert walk("topics", "injury", "weeks", "keep", "_on", "notes", "_back").screen == "injury.keep_later"
    assert walk("topics", "assault", "earlier", "clinic", "_back").screen == "assault.later"


def test_no_institute_is_shown_while_none_is_confirmed() -> None:
    assert not any(one.kind is Kind.FORENSIC for one in DIRECTORY.shown.values())
    assert BOOK.resolve("examination.where", Situation(region="KZ-75")) == "examination.unnamed"


def test_an_institute_that_was_confirmed_is_shown_for_its_region_alone() -> None:
    words = Words("Сот сараптамалары институты", "Институт судебных экспертиз", "Institute of Forensic Examinations")
    place = next(one for one in DIRECTORY.shown.values() if isinstance(one, NamedPlace))
    town = Words("Алматы", "Алматы", "Almaty")
    institute = replace(place, id="forensic-kz-75", kind=Kind.FORENSIC, region="KZ-75", name=words, city=town)
    more = replace(DIRECTORY, shown={**DIRECTORY.shown, institute.id: institute})
    book = write_book(more, Organisation(), PINNED)
    assert check(book, SHOWN_DIRECTLY) == []
    assert book.resolve("examination.where", Situation(region="KZ-75")) == "examination.kz-75"
    assert book.resolve("examination.where", Situation(region="KZ-71")) == "examination.unnamed"
    view = draw(book, Session("ru", "examination.kz-75"))
    assert "Институт судебных экспертиз, Алматы" in view.text
    assert any(button.copies == "111" for button in view.buttons())
    assert book.resolve("examination.where", Situation()) == "directory.start"
    led_to = {region: book.screen(region).choice("institute") for region in book if region.startswith("directory.kz-")}
    assert [region for region, choice in led_to.items() if choice] == ["directory.kz-75"]
    there = pressed(book, Session("ru", "directory.kz-75", "topics.start"), "institute").session
    assert there is not None
    back = pressed(book, there, "_back").session
    assert (there.screen, back and back.screen) == ("examination.kz-75", "directory.kz-75")
