"""What people read about the police and the protective order: few taps away, and with the figures of the law."""

import re

import pytest

from bot.dialog.engine import pressed
from bot.dialog.model import HOME, Session
from bot.dialog.view import draw
from bot.flows import write_book
from bot.flows.directory import Directory, shipped
from bot.flows.organisation import Organisation
from bot.i18n import LANGUAGES
from tests.books import BOOK, PINNED

FLOWS = ("police.", "order.", "case.")
APP = "police-service-zakon-i-poryadok"


def text(address: str, language: str = "en") -> str:
    return draw(BOOK, Session(language, address)).text


def numbers(address: str) -> list[str]:
    """The figures of a screen in reading order, without its month of checking."""
    return re.findall(r"\d+(?:-[IVX]+)?", text(address).rpartition("\n")[0])


def test_the_protective_order_is_three_taps_from_home() -> None:
    session: Session | None = Session("kk", HOME)
    for choice in ("topics", "police", "order"):
        assert session is not None
        session = pressed(BOOK, session, choice).session
    assert session is not None
    assert session.screen == "order.start"


@pytest.mark.parametrize(
    ("address", "found"),
    [
        ("police.called", ["245-VIII", "72", "24"]),
        ("police.things", ["102"]),
        ("police.statement", ["102", "112"]),
        ("police.paper", ["185"]),
        ("police.prosecutor", ["7", "15", "111"]),
        ("police.court", ["15", "3", "10", "106"]),
        ("police.officer", ["102", "112"]),
        ("police.relative", ["102"]),
        ("police.army", ["102", "112", "111"]),
        ("order.start", ["30", "18", "245-VIII", "60"]),
        ("order.who", ["16"]),
        ("order.not", ["13", "111", "102"]),
        ("order.copy", ["7", "30", "111"]),
        ("order.breach", ["102", "10", "20", "461", "30", "129", "750"]),
        ("order.held", ["24", "3"]),
        ("order.court", ["3", "1", "30", "54"]),
        ("order.ask", ["111"]),
        ("order.approach", ["24", "165"]),
        ("case.begins", ["111"]),
        ("case.yours", ["3"]),
        ("case.state", ["16"]),
        ("case.home", ["20", "5", "40", "10", "5", "21", "625", "73"]),
        ("case.peace", ["111"]),
        ("case.lawyer", ["111"]),
        ("case.fund", ["30", "129", "750", "40", "173", "000", "50", "216", "250", "111"]),
        ("case.claim", ["166"]),
    ],
)
def test_the_figures_of_the_law(address: str, found: list[str]) -> None:
    assert numbers(address) == found


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_app_is_named_for_complaints_only_while_the_directory_shows_it(language: str) -> None:
    assert "eGov" in text("police.app", language)
    known = shipped().directory().shown
    without = Directory({name: one for name, one in known.items() if name != APP})
    book = write_book(without, Organisation(), PINNED)
    assert "police.app" not in book
    assert book.screen("police.refused").choice("app") is None


def test_every_screen_with_law_says_when_it_was_checked() -> None:
    unchecked = [one for one in BOOK if one.startswith(FLOWS) and not BOOK.screen(one).checked]
    assert unchecked == ["police.start", "case.start"]


def test_only_screens_that_name_violence_are_preceded_by_the_question_about_the_phone() -> None:
    asked = [one for one in BOOK if one.startswith(FLOWS) and BOOK.screen(one).sensitive]
    assert asked == ["case.yours", "case.state"]
