"""The book follows the organisation's files and the day, and never becomes a worse one."""

from pathlib import Path

from bot.dialog.codec import Reader, encode
from bot.dialog.engine import own_keys
from bot.dialog.model import Session
from bot.dialog.view import draw
from bot.flows.shelf import Shelf
from tests.books import BOOK
from tests.directory_files import NOW, renewed, shown, toml, write

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
    assert "disagree" in text(shelf, "people.helpline-150")
    write(tmp_path, "called.toml", toml(renewed("helpline-150", hours="Mon-Fri 09:00-18:00")))
    assert shelf.refresh(NOW + 3)
    assert "Mon–Fri 09:00–18:00" in text(shelf, "people.helpline-150")
    assert text(shelf, "people.helpline-150").endswith("01.2027")


def test_a_line_of_ones_own_region_gets_a_button_and_a_sheet(tmp_path: Path) -> None:
    write(tmp_path, "called.toml", toml(shown(region="KZ-75")))
    shelf = shelf_of(tmp_path)
    assert "directory.our-line" in [choice.to for choice in shelf.book.screen("directory.kz-75").choices]
    assert "+7 700 000 00 00" in text(shelf, "directory.our-line")


def test_a_hidden_line_is_gone_and_its_old_button_leads_to_the_nearest_screen(tmp_path: Path) -> None:
    data = encode(Session("en", "people.helpline-150"), "_en")
    write(tmp_path, "called.toml", toml(renewed("helpline-150", policy="do_not_show", why="Nobody answered.")))
    book = shelf_of(tmp_path).book
    assert "people.helpline-150" not in book
    assert "people.union-crisis-centres" not in book  # it can be reached only through that line
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
    write(tmp_path, "called.toml", toml(renewed("helpline-150", hours="Mon-Fri 09:00-18:00")))
    shelf = shelf_of(tmp_path, told)
    write(tmp_path, "called.toml", "[[entry]\n", at=NOW - 30)
    for later in (3, 6, 9):
        shelf.refresh(NOW + later)
    assert "Mon–Fri 09:00–18:00" in text(shelf, "people.helpline-150")
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
    assert "Sources checked" in text(shelf, "people.helpline-150")
    assert shelf.refresh(NOW + 120 * DAY)
    assert "Ask 111 to be sure" in text(shelf, "people.helpline-150")


def test_a_book_that_does_not_hold_together_is_refused(tmp_path: Path) -> None:
    """Two names that look alike in a button: nobody who writes a file can know."""
    told: list[str] = []
    shelf = shelf_of(tmp_path, told)
    before = shelf.book
    numbers = ("+7 700 000 00 00", "+7 700 000 00 01")
    both = [shown(id=name, lines=[{"number": one, "by": "call"}]) for name, one in zip(_alike(), numbers, strict=True)]
    write(tmp_path, "called.toml", toml(*both))
    shelf.refresh(NOW + 3)
    assert shelf.book is before
    assert told == ["book_refused"]


def _alike() -> tuple[str, str]:
    """Two ids with the same two bytes."""
    from itertools import count

    from bot.dialog.codec import digest

    seen: dict[bytes, str] = {}
    for number in count():
        name = f"line-{number}"
        other = seen.setdefault(digest(name), name)
        if other != name:
            return other, name
    raise AssertionError
