"""Who runs the helpline: all of it optional, none of it half believed."""

from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

import pytest

from bot.flows.directory.contacts import Cost, Hours, Opening
from bot.flows.organisation import (
    FILE,
    Approval,
    Helpline,
    Minors,
    Organisation,
    Reporting,
    approved,
    lapsed,
    load,
)
from bot.flows.sample_texts import SAMPLES
from bot.i18n import Words
from tests.directory_files import codes

WHOLE = """
name = { kk = "Мысал қоры", ru = "Фонд «Пример»", en = "Example fund" }
bin = "000000000000"
responsible = "The director"
regions = ["KZ-75", "KZ-19"]
reporting = "children"
minors = "numbers_only"
funding = { kk = "Қорды үй қаржыландырады", ru = "Фонд живёт на взносы", en = "Paid by its members" }
approved.statement = { by = "Lawyer of the fund", on = 2026-12-01, words = "a1b2c3d4" }

[helpline]
number = "+7 700 000 00 00"
hours = "Mon-Fri 09:00-18:00"
cost = "free"
languages = ["kk", "ru"]
"""


def read(config: Path, text: str) -> tuple[Organisation, list[str]]:
    (config / FILE).write_text(text, encoding="utf-8")
    found, problems = load(config)
    assert all(problem.file == FILE and len(problem.what) > 20 for problem in problems)
    return found, codes(problems)


def test_without_a_file_nothing_is_known(tmp_path: Path) -> None:
    assert load(None) == load(tmp_path) == load(tmp_path / "missing") == (Organisation(), ())
    assert read(tmp_path, "") == (Organisation(), [])


def test_everything_that_can_be_said(tmp_path: Path) -> None:
    found = Organisation(
        name=Words("Мысал қоры", "Фонд «Пример»", "Example fund"),
        bin="000000000000",
        responsible="The director",
        helpline=Helpline(
            "+7 700 000 00 00", Hours(Opening.WEEKLY, "Mon-Fri", "09:00", "18:00"), Cost.FREE, ("kk", "ru")
        ),
        regions=("KZ-75", "KZ-19"),
        reporting=Reporting.CHILDREN,
        minors=Minors.NUMBERS_ONLY,
        funding=Words("Қорды үй қаржыландырады", "Фонд живёт на взносы", "Paid by its members"),
        approved=(Approval("statement", "Lawyer of the fund", date(2026, 12, 1), "a1b2c3d4"),),
    )
    assert read(tmp_path, WHOLE) == (found, [])


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("nam = 'x'", "unknown_key"),
        ("name = 'x'", "wrong_words"),
        ("bin = '12345'", "wrong_text"),
        ("bin = '12345678901x'", "wrong_text"),
        ("bin = 123456789012", "wrong_text"),
        ("responsible = 5", "wrong_text"),
        ("regions = ['KZ-99']", "wrong_choice"),
        ("regions = 'KZ-75'", "wrong_list"),
        ("reporting = 'nothing'", "wrong_choice"),
        ("minors = 'ignored'", "wrong_choice"),
        ("funding = { kk = 'а', ru = 'б', en = '' }", "wrong_text"),
        ("helpline = '111'", "wrong_shape"),
        ("[helpline]\nnumber = '111'", "wrong_hours"),
        ("[helpline]\nhours = '24/7'", "wrong_number"),
        ("[helpline]\nnumber = '111'\nhours = '24/7'\nstreet = 'x'", "unknown_key"),
        ("[helpline]\nnumber = '111'\nhours = '24/7'\ncost = 'cheap'", "wrong_choice"),
        ("[helpline]\nnumber = '111'\nhours = '24/7'\nlanguages = ['de']", "wrong_choice"),
        ("approved = 'everything'", "wrong_shape"),
        ("approved = { statement = 'yes' }", "wrong_shape"),
        ("[approved.statment]\nby = 'x'\non = 2026-12-01", "unknown_key"),
        ("[approved.statement]\non = 2026-12-01", "missing"),
        ("[approved.statement]\nby = 5\non = 2026-12-01", "wrong_text"),
        (f"[approved.statement]\nby = '{'x' * 61}'\non = 2026-12-01", "wrong_text"),
        ("[approved.statement]\nby = 'x'", "no_date"),
        ("[approved.statement]\nby = 'x'\non = '2026-12-01'", "no_date"),
        ("[approved.statement]\nby = 'x'\non = 2026-12-01\nwords = 'A1B2C3D4'", "wrong_text"),
        ("[approved.statement]\nby = 'x'\non = 2026-12-01\nwords = 'a1b2'", "wrong_text"),
        ("[approved.statement]\nby = 'x'\non = 2026-12-01\nwhy = 'x'", "unknown_key"),
        ("funding = { kk = '115-ке', ru = 'Звоните 115', en = 'Call 115' }", "number_in_words"),
        ("name = { kk = '115 қоры', ru = 'Фонд 115', en = 'Fund 115' }", "number_in_words"),
        ("responsible = 'The director, +7 701 555 66 77'", "number_in_words"),
        ("[approved.statement]\nby = 'Lawyer, 8 701 555 66 77'\non = 2026-12-01", "number_in_words"),
        ("[[name", "not_toml"),
    ],
)
def test_one_mistake_and_nothing_of_the_file_counts(tmp_path: Path, text: str, code: str) -> None:
    good = "" if "name" in text or "responsible" in text else "responsible = 'The director'\n"
    assert read(tmp_path, good + text) == (Organisation(), [code])


def test_its_words_may_name_its_own_line_and_the_emergency_numbers(tmp_path: Path) -> None:
    line = "[helpline]\nnumber = '+7 700 000 00 00'\nhours = '24/7'"
    found, problems = read(tmp_path, f"responsible = 'The director, +7 700 000 00 00, never 102'\n{line}")
    assert (problems, found.responsible) == ([], "The director, +7 700 000 00 00, never 102")


def test_what_a_call_costs_and_the_languages_may_be_left_out(tmp_path: Path) -> None:
    found, problems = read(tmp_path, "[helpline]\nnumber = '+7 700 000 00 00'\nhours = '24/7'")
    assert (found.helpline, problems) == (Helpline("+7 700 000 00 00", Hours(Opening.ALWAYS), Cost.NOT_KNOWN, ()), [])


WORDS = {sample.name: sample.fingerprint for sample in SAMPLES}
APPROVED_ON = date(2026, 12, 1)


def approval(words: str) -> Organisation:
    return Organisation(approved=(Approval("statement", "Lawyer", APPROVED_ON, words),))


def noon(day: date) -> int:
    return int(datetime.combine(day, time(7), UTC).timestamp())


@pytest.mark.parametrize(
    ("words", "days", "code"),
    [
        (WORDS["statement"], 0, None),
        (WORDS["statement"], 1, None),
        (WORDS["statement"], 365, None),
        (WORDS["statement"], 366, "approval_old"),
        (WORDS["statement"], -1, "future_date"),
        (WORDS["complaint"], 0, "other_words"),
        ("", 0, "other_words"),
    ],
)
def test_an_approval_counts_for_these_words_and_a_year(words: str, days: int, code: str | None) -> None:
    today = APPROVED_ON + timedelta(days=days)
    found = approval(words)
    assert approved(found, noon(today)) == (() if code else found.approved)
    assert codes(lapsed(found, today)) == ([code] if code else [])


def test_a_wrong_or_missing_fingerprint_is_told_with_the_right_one_and_takes_nothing_else_away(tmp_path: Path) -> None:
    said = "responsible = 'The director'\n[approved.statement]\nby = 'Lawyer'\non = 2026-12-01\n"
    for more in ("", "words = 'a1b2c3d4'"):
        found, problems = read(tmp_path, said + more)
        assert (found.responsible, problems) == ("The director", [])
        (problem,) = lapsed(found, APPROVED_ON)
        assert str(problem).startswith("organisation.toml: approved.statement: ")
        assert problem.what.endswith(f'write words = "{WORDS["statement"]}"')


def test_a_folder_in_its_place_is_told(tmp_path: Path) -> None:
    (tmp_path / FILE).mkdir()
    found, problems = load(tmp_path)
    assert (found, codes(problems)) == (Organisation(), ["unreadable"])
