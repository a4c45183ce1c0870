"""Tenge are shown only in a year whose worth of an MCI somebody wrote down; otherwise the number of MCI and 111."""

import re
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from bot.dialog.model import Session
from bot.dialog.view import draw
from bot.flows import proof, write_book
from bot.flows.directory import checks
from bot.flows.directory.loading import shipped
from bot.flows.organisation import Organisation
from bot.i18n import LANGUAGES
from tests.books import BOOK, book_at
from tests.directory_files import codes, live, write

GOOD = (
    '[[amount]]\nyear = 2027\ntenge = 4500\nread = 2026-12-20\nsources = [{ title = "Budget law", date = "2026-12" }]\n'
)
SCREENS = {"case.fund": (30, 40, 50), "case.home": (5,), "order.breach": (30,)}


def moment(year: int, month: int, day: int, hour: int = 12) -> int:
    return int(datetime(year, month, day, hour, tzinfo=UTC).timestamp())


def text(address: str, language: str, now: int, config: Path | None = None) -> str:
    book = write_book(live(config).current if config else shipped().directory(), Organisation(), now)
    return draw(book, Session(language, address)).text


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("address", SCREENS)
def test_in_its_year_the_amount_stands_beside_the_number(address: str, language: str) -> None:
    said = draw(BOOK, Session(language, address)).text
    for count in SCREENS[address]:
        tenge = f"{count * 4325:,}"
        tenge = tenge if language == "en" else tenge.replace(",", " ")
        assert re.search(rf"(?<!\d){count} \w+ \({tenge} \w+\)", said)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("address", SCREENS)
def test_in_another_year_the_number_stands_alone_and_111_can_be_asked(address: str, language: str) -> None:
    said = text(address, language, moment(2027, 1, 1))
    for count in SCREENS[address]:
        assert re.search(rf"(?<!\d){count} (?:MCI|АЕК|МРП)", said)
    assert "(" not in said
    assert "111" in said.rpartition("\n")[0]


def test_without_the_amount_the_screens_keep_the_rules_of_writing() -> None:
    names = [one.name for one in shipped().directory().shown.values()]
    assert proof.problems(book_at(moment(2027, 1, 1)), names) == []


def test_the_year_ends_at_midnight_in_kazakhstan() -> None:
    assert "tenge)" in text("case.fund", "en", moment(2026, 12, 31, 18))
    assert "tenge)" not in text("case.fund", "en", moment(2026, 12, 31, 20))
    assert "tenge)" not in text("case.fund", "en", moment(2025, 12, 31))


def test_an_organisation_writes_down_the_new_year(tmp_path: Path) -> None:
    write(tmp_path, "amounts.toml", GOOD)
    assert "30 MCI (135,000 tenge)" in text("case.fund", "en", moment(2027, 1, 1), tmp_path)
    assert "30 MCI (129,750 tenge)" in text("case.fund", "en", moment(2026, 12, 1), tmp_path)


def test_an_organisation_may_correct_a_year(tmp_path: Path) -> None:
    write(tmp_path, "amounts.toml", GOOD.replace("2027", "2026", 1))
    assert live(tmp_path).current.mci[2026] == 4500


@pytest.mark.parametrize(
    ("wrong", "right", "code"),
    [
        ("year = 1999", "year = 2027", "wrong_year"),
        ('year = "2027"', "year = 2027", "wrong_year"),
        ("year = true", "year = 2027", "wrong_year"),
        ("year = 2026.5", "year = 2027", "wrong_year"),
        ("tenge = 4", "tenge = 4500", "wrong_amount"),
        ("tenge = 4500000", "tenge = 4500", "wrong_amount"),
        ("tenge = 4500.5", "tenge = 4500", "wrong_amount"),
        ('tenge = "4500"', "tenge = 4500", "wrong_amount"),
        ("", "tenge = 4500", "wrong_amount"),
        ('read = "soon"', "read = 2026-12-20", "no_date"),
        ("sources = []", 'sources = [{ title = "Budget law", date = "2026-12" }]', "no_source"),
        ("mci = 1\nyear = 2027", "year = 2027", "unknown_key"),
    ],
)
def test_one_mistake_and_the_file_does_not_count(tmp_path: Path, wrong: str, right: str, code: str) -> None:
    assert right in GOOD
    write(tmp_path, "amounts.toml", GOOD.replace(right, wrong))
    found = live(tmp_path)
    assert codes(found.problems) == [code]
    assert dict(found.current.mci) == {2026: 4325}


@pytest.mark.parametrize(("content", "code"), [(GOOD + GOOD, "twice"), ("amount = 5", "wrong_shape")])
def test_what_is_no_list_of_years(tmp_path: Path, content: str, code: str) -> None:
    write(tmp_path, "amounts.toml", content)
    assert codes(live(tmp_path).problems) == [code]


def test_a_year_without_an_amount_is_due(tmp_path: Path) -> None:
    assert "amount 2027" in [one.entry for one in checks.due(shipped(), date(2027, 1, 1))]
    assert "amount 2026" not in [one.entry for one in checks.due(shipped(), date(2026, 12, 31))]
    write(tmp_path, "amounts.toml", GOOD)
    assert "amount 2027" not in [one.entry for one in checks.due(live(tmp_path).holdings, date(2027, 6, 1))]
