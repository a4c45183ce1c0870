"""A safe place: three taps to the region, which is then known, and nothing promised that nobody has confirmed."""

import re
from dataclasses import replace

import pytest

from bot.dialog.model import Session
from bot.dialog.view import draw
from bot.domain.situation import REGIONS, Situation
from bot.flows import write_book
from bot.flows.directory import shipped
from bot.flows.organisation import Organisation
from bot.i18n import LANGUAGES
from tests.books import BOOK, PINNED
from tests.unit.walks import walk

DIRECTORY = shipped().directory()
PLACES = [address for address in BOOK if address.startswith("place.")]


@pytest.mark.parametrize("code", REGIONS)
def test_the_region_is_three_taps_from_home_and_is_known_afterwards(code: str) -> None:
    session = walk("topics", "place", code.lower())
    assert session.screen == f"directory.{code.lower()}"
    assert session.told == Situation(region=code)


@pytest.mark.parametrize(
    ("region", "screen"),
    [("", "directory.start"), *((code, f"directory.{code.lower()}") for code in REGIONS)],
)
def test_my_region_is_the_one_that_was_told(region: str, screen: str) -> None:
    assert BOOK.resolve("place.mine", Situation(region=region)) == screen


def test_another_region_replaces_the_first() -> None:
    session = walk("topics", "place", "kz-10", "_back", "kz-75", "expect", "leaving", "mine")
    assert (session.screen, session.told.region) == ("directory.kz-75", "KZ-75")


@pytest.mark.parametrize("code", REGIONS)
def test_every_region_leads_to_what_to_expect_and_what_to_ask_and_back(code: str) -> None:
    here = f"directory.{code.lower()}"
    assert walk("expect", start=here).screen == "place.start"
    assert walk("ask", start=here).screen == "place.ask"
    assert walk("expect", "_back", start=here).screen == here
    assert walk("ask", "_back", start=here).screen == here


@pytest.mark.parametrize("address", [one for one in PLACES if one not in {"place.start", "place.harder"}])
def test_a_region_or_people_are_one_tap_away(address: str) -> None:
    leads = {choice.to for choice in BOOK.screen(address).choices}
    assert leads & {"place.mine", "people.start"}


@pytest.mark.parametrize("address", PLACES)
@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_unknown_is_said_as_known(address: str, language: str) -> None:
    """Ages, prices and places for papers were confirmed nowhere: no such figure, and no number but the four."""
    figures = set(re.findall(r"\d+", draw(BOOK, Session(language, address)).text))
    assert figures <= {"102", "103", "111", "112", "1", "3", "6", "11", "2026"}


def test_a_contact_that_is_taken_out_takes_its_choice_along() -> None:
    gone = {"men", "embassies", "deaf-relay", "family-support-centres"}
    less = replace(DIRECTORY, shown={key: one for key, one in DIRECTORY.shown.items() if key not in gone})
    book = write_book(less, Organisation(), PINNED)
    for name in ("men", "foreign", "disability", "family_support"):
        assert BOOK.screen(f"place.{name}").choice("card") is not None
        assert book.screen(f"place.{name}").choice("card") is None
