"""The book follows the organisation's files and the day, and never becomes a worse one."""

import re
from datetime import date
from pathlib import Path

import pytest

from bot.dialog.codec import Reader, encode
from bot.dialog.engine import own_keys
from bot.dialog.model import Session
from bot.dialog.view import draw
from bot.flows import own_files
from bot.flows.shelf import Shelf
from tests.books import BOOK
from tests.directory_files import LEFT_OUT, NOW, called_150, renewed, shown, toml, write

DAY = 86400


def shelf_of(config: Path | None, told: list[str] | None = None) -> Shelf:
    heard = told if told is not None else []
    return Shelf(config, NOW, heard.append)


def text(shelf: Shelf, address: str, language: str = "en") -> str:
    return draw(shelf.book, Session(language, address), {"hours": 24}).text


def test_without_a_folder_it_is_the_shipped_book() -> None:
    assert list(shelf_of(None).book) == list(BOOK)


def test_nothing_changes_while_nothing_changes(tmp_path: Path) -> None:
    shelf = shelf_of(tmp_path)
    book = shelf.book
    assert not shelf.refresh(NOW + 3)
    assert shelf.book is book


def test_a_corrected_line_is_shown_within_one_look(tmp_path: Path) -> None:
    shelf = shelf_of(tmp_path)
    assert "disagree" in text(shelf, "people.entry.helpline-150")
    write(tmp_path, "called.toml", called_150())
    assert shelf.refresh(NOW + 3)
    assert "Mon–Fri 09:00–18:00" in text(shelf, "people.entry.helpline-150")
    assert text(shelf, "people.entry.helpline-150").endswith("01.2027")


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
def test_a_day_in_the_future_shows_no_impossible_month(tmp_path: Path, language: str) -> None:
    write(tmp_path, "called.toml", toml(renewed("contact-centre-111", read=date(2099, 1, 1))))
    shelf = shelf_of(tmp_path)
    last = text(shelf, "people.entry.contact-centre-111", language).split("\n")[-1]
    assert re.findall(r"\d+", last) == ["111"]
    assert [one.code for one in own_files.look(tmp_path, NOW).problems] == ["future_date"]


def test_a_line_of_ones_own_region_gets_a_button_and_a_sheet(tmp_path: Path) -> None:
    write(tmp_path, "called.toml", toml(shown(region="KZ-75")))
    shelf = shelf_of(tmp_path)
    assert "directory.entry.our-line" in [choice.to for choice in shelf.book.screen("directory.kz-75").choices]
    assert "+7 700 000 00 00" in text(shelf, "directory.entry.our-line")


def test_a_hidden_line_is_gone_and_its_old_button_leads_to_the_nearest_screen(tmp_path: Path) -> None:
    data = encode(Session("en", "people.entry.helpline-150"), "_en")
    write(tmp_path, "called.toml", toml(renewed("helpline-150", policy="do_not_show", why="Nobody answered.")))
    book = shelf_of(tmp_path).book
    assert "people.entry.helpline-150" not in book
    assert "people.entry.union-crisis-centres" not in book  # it can be reached only through that line
    tap = Reader(book, own_keys(book)).read(data)
    assert tap is not None
    assert (tap.session.screen, tap.choice) == ("people.start", "_en")


def test_urgent_names_the_app_only_while_the_directory_shows_it(tmp_path: Path) -> None:
    app = "police-service-zakon-i-poryadok"
    shelf = shelf_of(tmp_path)
    assert "eGov" in text(shelf, "urgent.silent")
    write(tmp_path, "called.toml", toml(renewed(app, policy="do_not_show", why="It was closed.")))
    assert shelf.refresh(NOW + 3)
    assert "eGov" not in text(shelf, "urgent.silent")
    assert "102" in text(shelf, "urgent.silent")


def test_a_bad_file_never_replaces_a_good_one_and_is_told_once(tmp_path: Path) -> None:
    told: list[str] = []
    write(tmp_path, "called.toml", called_150())
    shelf = shelf_of(tmp_path, told)
    write(tmp_path, "called.toml", "[[entry]\n", at=NOW - 30)
    for later in (3, 6, 9):
        shelf.refresh(NOW + later)
    assert "Mon–Fri 09:00–18:00" in text(shelf, "people.entry.helpline-150")
    assert told == ["not_toml"]


def test_the_organisation_is_read_again_and_a_slip_in_it_changes_nothing(tmp_path: Path) -> None:
    told: list[str] = []
    shelf = shelf_of(tmp_path, told)
    path = tmp_path / "organisation.toml"
    path.write_text('responsible = "The director"', encoding="utf-8")
    assert shelf.refresh(NOW + 3)
    assert "The director" in text(shelf, "privacy.who")
    path.write_text('responsible = "Somebody else', encoding="utf-8")
    assert not shelf.refresh(NOW + 6)
    assert "The director" in text(shelf, "privacy.who")
    assert told == ["not_toml"]
    path.unlink()
    assert shelf.refresh(NOW + 9)
    assert "The director" not in text(shelf, "privacy.who")


def test_an_approval_of_other_words_is_told_and_takes_nothing_else_away(tmp_path: Path) -> None:
    told: list[str] = []
    said = "responsible = 'The director'\n[approved.call]\nby = 'Lawyer'\non = 2027-01-10\nwords = 'a1b2c3d4'"
    (tmp_path / "organisation.toml").write_text(said, encoding="utf-8")
    shelf = shelf_of(tmp_path, told)
    assert told == ["other_words"]
    assert "The director" in text(shelf, "privacy.who")
    assert "samples.call" not in shelf.book


def test_a_new_day_softens_what_is_overdue() -> None:
    shelf = shelf_of(None)
    assert not shelf.refresh(NOW + 60)
    assert "Sources checked" in text(shelf, "people.entry.helpline-150")
    assert shelf.refresh(NOW + 120 * DAY)
    assert "Ask 111 to be sure" in text(shelf, "people.entry.helpline-150")


OURS = ["start", "others", "writing", "offices", "own", "people", "more", "ask", "kz-75", "kz-75-2", "entry"]
"""Names of screens and choices of our own, which somebody may well choose as an id."""


@pytest.mark.parametrize("region", [LEFT_OUT, "KZ-75"])
@pytest.mark.parametrize("name", OURS)
def test_no_id_can_be_the_name_of_a_screen_or_choice_of_ours(tmp_path: Path, name: str, region: object) -> None:
    told: list[str] = []
    write(tmp_path, "called.toml", toml(shown(id=name, region=region)))
    shelf = shelf_of(tmp_path, told)
    flow = "people" if region is LEFT_OUT else "directory"
    assert told == []
    assert "+7 700 000 00 00" in text(shelf, f"{flow}.entry.{name}")
    assert own_files.look(tmp_path, NOW).problems == ()


def broken_files() -> dict[str, str]:
    """Files whose entries are good, and which make no book all the same; nobody who writes one can know."""
    first, second = _alike()
    one, other = shown(id=first), shown(id=second, lines=[{"number": "+7 700 000 00 01", "by": "call"}])
    many = [shown(id=f"line-{number}", region="KZ-75") for number in range(38)]
    return {"alike": toml(one, other), "many": toml(*many)}


@pytest.mark.parametrize("which", ["alike", "many"])
def test_a_file_that_makes_no_book_is_left_out_alone_and_named_and_the_day_goes_on(tmp_path: Path, which: str) -> None:
    told: list[str] = []
    write(tmp_path, "a.toml", toml(renewed("embassies", policy="do_not_show", why="Wrong number.")))
    write(tmp_path, "b.toml", broken_files()[which])
    write(tmp_path, "c.toml", toml(shown(id="our-other-line", region="KZ-71")))
    shelf = shelf_of(tmp_path, told)
    assert told == ["no_book"]
    assert "people.entry.embassies" not in shelf.book
    assert "directory.entry.our-other-line" in shelf.book
    (problem,) = own_files.look(tmp_path, NOW).problems
    assert (problem.file, problem.code) == ("directory/b.toml", "no_book")
    assert problem.entry == (_alike()[0] if which == "alike" else "")
    assert shelf.refresh(NOW + 120 * DAY)
    assert "Ask 111 to be sure" in text(shelf, "people.entry.helpline-150")


def test_the_last_version_of_a_file_that_made_a_book_stays(tmp_path: Path) -> None:
    told: list[str] = []
    write(tmp_path, "called.toml", toml(shown()))
    shelf = shelf_of(tmp_path, told)
    write(tmp_path, "called.toml", broken_files()["alike"], at=NOW - 30)
    assert shelf.refresh(NOW + 3)
    assert "+7 700 000 00 00" in text(shelf, "people.entry.our-line")
    assert told == ["no_book"]


def _alike() -> tuple[str, str]:
    """Two ids with the same two bytes."""
    from itertools import count

    from bot.dialog.codec import digest

    seen: dict[bytes, str] = {}
    for number in count():
        name = f"line-{number}"
        other = seen.setdefault(digest(f"entry.{name}"), name)
        if other != name:
            return other, name
    raise AssertionError
