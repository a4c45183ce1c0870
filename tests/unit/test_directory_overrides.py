"""An organisation's files are read while the bot runs: what they change, what they cannot, and what a slip costs."""

import io
from dataclasses import replace
from pathlib import Path

import pytest

from bot import log
from bot.flows.directory import Contact, LiveDirectory, NamedPlace
from bot.flows.directory.contacts import Cost, Hours, Opening, Policy, Withheld
from bot.flows.directory.loading import emergency_holds, shipped
from tests.directory_files import NOW, READ, called_150, codes, held, live, named, renewed, shown, three, toml, write

SHIPPED = shipped().directory()


def hours_of(found: LiveDirectory, entry: str) -> str | None:
    contact = found.current.hotline(entry)
    return contact.hours.days if contact is not None else None


@pytest.mark.parametrize("config", [None, "empty", "missing"])
def test_without_files_the_shipped_directory_counts(tmp_path: Path, config: str | None) -> None:
    (tmp_path / "empty" / "directory").mkdir(parents=True)
    found = live(tmp_path / config if config else None)
    assert found.current == SHIPPED
    assert found.problems == ()


def test_an_override_changes_what_it_says_and_keeps_the_rest(tmp_path: Path) -> None:
    write(tmp_path, "ours.toml", called_150())
    found, before = live(tmp_path).current.hotline("helpline-150"), SHIPPED.hotline("helpline-150")
    assert found is not None
    assert before is not None
    hours = Hours(Opening.WEEKLY, "Mon-Fri", "09:00", "18:00")
    before = replace(before, file="directory/ours.toml", caveat=found.caveat)
    expected = replace(before, hours=hours, read=READ, sources=found.sources)
    assert found == expected
    assert [source.title for source in found.sources] == ["Our call"]


def test_an_override_keeps_the_place_of_its_entry_and_a_new_one_comes_last(tmp_path: Path) -> None:
    write(tmp_path, "ours.toml", toml(shown(), renewed("gov-1414", cost="charged")))
    found = live(tmp_path).current
    assert [one.id for one in found.hotlines()] == [*(one.id for one in SHIPPED.hotlines()), "our-line"]


def test_what_was_called_can_be_shown_and_what_is_dead_hidden(tmp_path: Path) -> None:
    confirmed = renewed(
        "trafficking-11616",
        policy="show",
        confidence="high",
        what_for=three("Кеңес.", "Совет.", "Advice."),
        lines=[{"number": "116 16", "by": "call"}],
        hours="24/7",
        cost="free",
        languages=["kk", "ru"],
        informs=["not_known"],
    )
    write(tmp_path, "ours.toml", toml(confirmed, renewed("embassies", policy="do_not_show", why="Wrong number.")))
    found = live(tmp_path)
    assert found.problems == ()
    contact = found.current.hotline("trafficking-11616")
    assert contact is not None
    assert [line.number for line in contact.lines] == ["116 16"]
    assert found.current.hotline("embassies") is None
    hidden = found.holdings.entries["embassies"]
    assert isinstance(hidden, Withheld)
    assert hidden.policy is Policy.HIDE
    assert "556200" not in repr(found.current)


def test_a_hidden_line_takes_along_what_names_it_or_leads_only_to_it(tmp_path: Path) -> None:
    write(tmp_path, "ours.toml", toml(renewed("helpline-150", policy="do_not_show", why="Nobody answers.")))
    found = live(tmp_path)
    assert found.problems == ()
    assert {one.id for one in found.holdings.silenced()} == {"union-crisis-centres"}
    assert set(SHIPPED.shown) - set(found.current.shown) == {"helpline-150", "union-crisis-centres"}


def test_a_confirmed_forensic_institute_is_shown_with_its_address(tmp_path: Path) -> None:
    confirmed = renewed(
        "forensic-kz-75",
        policy="show",
        confidence="high",
        what_for=three("Сараптама.", "Экспертиза.", "Examination."),
        lines=[{"number": "+7 700 000 00 00", "by": "call"}],
        address=three("Мысал көшесі, 1", "ул. Примерная, 1", "1 Example street"),
        hours="Mon-Fri 09:00-18:00",
        cost="not known",
        languages=["kk", "ru"],
        informs=["police"],
    )
    write(tmp_path, "ours.toml", toml(confirmed))
    found = live(tmp_path)
    assert found.problems == ()
    institute = found.current.forensic_for("KZ-75")
    assert isinstance(institute, Contact)
    assert institute.address is not None
    region = found.current.for_region("KZ-75")
    assert region is not None
    assert (region.institute, region.contacts) == (institute, ())
    assert found.current.forensic_for("KZ-71") is None


def test_a_second_institute_of_a_region_is_a_contact_there(tmp_path: Path) -> None:
    first, second = (shown(id=name, kind="forensic", region="KZ-75") for name in ("first", "second"))
    write(tmp_path, "ours.toml", toml(first, second))
    region = live(tmp_path).current.for_region("KZ-75")
    assert region is not None
    assert region.institute is not None
    assert [region.institute.id, *(one.id for one in region.contacts)] == ["first", "second"]


def test_own_places_and_lines_of_a_region_are_found_there(tmp_path: Path) -> None:
    write(tmp_path, "ours.toml", toml(named(), shown(region="KZ-75"), held(region="KZ-75")))
    region = live(tmp_path).current.for_region("KZ-75")
    assert region is not None
    assert [one.id for one in region.contacts] == ["our-line"]
    assert [one.id for one in region.places] == ["almaty-zhan-saya", "our-place"]
    assert all(isinstance(one, NamedPlace) for one in region.places)


def test_files_are_read_again_only_when_they_change(tmp_path: Path) -> None:
    found = LiveDirectory(tmp_path)
    write(tmp_path, "ours.toml", toml(shown(cost="free")))
    assert found.refresh(NOW)
    before = found.current
    assert not found.refresh(NOW + 5)
    assert found.current is before
    write(tmp_path, "ours.toml", toml(shown(cost="charged")), at=NOW + 6)
    assert found.refresh(NOW + 10)
    contact = found.current.hotline("our-line")
    assert contact is not None
    assert contact.cost is Cost.CHARGED
    assert not found.refresh(NOW + 15)
    (tmp_path / "directory" / "ours.toml").unlink()
    assert found.refresh(NOW + 20)
    assert found.current == SHIPPED


def test_a_file_written_twice_in_one_tick_of_its_clock_is_not_missed(tmp_path: Path) -> None:
    found = LiveDirectory(tmp_path)
    write(tmp_path, "ours.toml", toml(shown(languages=["kk"])), at=NOW)
    assert found.refresh(NOW)
    write(tmp_path, "ours.toml", toml(shown(languages=["ru"])), at=NOW)
    assert found.refresh(NOW + 1)
    contact = found.current.hotline("our-line")
    assert contact is not None
    assert contact.languages == ("ru",)
    assert not found.refresh(NOW + 10)


BAD = ["[[entry", b"\xff", "", toml(shown(read=5)), toml(renewed("police-102", policy="do_not_show"))]


@pytest.mark.parametrize("bad", [one for one in BAD if one])
def test_a_bad_file_never_takes_the_place_of_a_good_one(tmp_path: Path, bad: str | bytes) -> None:
    found = LiveDirectory(tmp_path)
    write(tmp_path, "other.toml", toml(named()))
    write(tmp_path, "ours.toml", toml(shown()))
    assert found.refresh(NOW)
    good = found.current
    for turn in range(3):
        write(tmp_path, "ours.toml", bad, at=NOW + turn)
        assert found.refresh(NOW + turn + 5)
        assert found.current == good
        assert found.problems
    write(tmp_path, "ours.toml", toml(shown(cost="charged")), at=NOW + 20)
    assert found.refresh(NOW + 30)
    assert found.problems == ()
    contact = found.current.hotline("our-line")
    assert contact is not None
    assert contact.cost is Cost.CHARGED


def test_a_bad_file_does_not_keep_another_one_from_counting(tmp_path: Path) -> None:
    write(tmp_path, "a.toml", "[[entry")
    write(tmp_path, "b.toml", toml(shown()))
    found = live(tmp_path)
    assert "our-line" in found.current.shown
    assert [problem.file for problem in found.problems] == ["directory/a.toml"]


def test_a_file_that_leans_on_one_that_is_gone_falls_away_and_comes_back(tmp_path: Path) -> None:
    found = LiveDirectory(tmp_path)
    write(tmp_path, "a.toml", toml(shown()))
    write(tmp_path, "b.toml", toml(shown(id="second", lines=[], through=["our-line"])))
    found.refresh(NOW)
    assert {"our-line", "second"} <= set(found.current.shown)
    (tmp_path / "directory" / "a.toml").rename(tmp_path / "a.toml")
    found.refresh(NOW + 5)
    assert codes(found.problems) == ["unknown_reference"]
    assert set(found.current.shown) & {"our-line", "second"} == set()
    (tmp_path / "a.toml").rename(tmp_path / "directory" / "a.toml")
    found.refresh(NOW + 10)
    assert found.problems == ()
    assert {"our-line", "second"} <= set(found.current.shown)


def test_a_folder_that_cannot_be_read_changes_nothing_and_is_told(tmp_path: Path) -> None:
    found = LiveDirectory(tmp_path)
    write(tmp_path, "ours.toml", toml(shown()))
    found.refresh(NOW)
    good = found.current
    (tmp_path / "directory").rename(tmp_path / "away")
    (tmp_path / "directory").write_text("a file in its place")
    assert not found.refresh(NOW + 5)
    assert found.current is good
    assert codes(found.problems) == ["unreadable"]
    (tmp_path / "directory").unlink()
    (tmp_path / "away").rename(tmp_path / "directory")
    assert found.refresh(NOW + 10)
    assert found.problems == ()
    assert found.current == good


def test_too_many_files_change_nothing_and_are_told(tmp_path: Path) -> None:
    for number in range(101):
        write(tmp_path, f"{number}.toml", "")
    found = live(tmp_path)
    assert codes(found.problems) == ["too_large"]
    assert found.current == SHIPPED


def test_more_than_can_be_read_in_time_is_refused_by_name_and_the_rest_counts(tmp_path: Path) -> None:
    for name, first in (("a", 0), ("b", 600)):
        write(tmp_path, f"{name}.toml", toml(*(held(id=f"place-{number}") for number in range(first, first + 600))))
    found = live(tmp_path)
    assert [(problem.file, problem.code) for problem in found.problems] == [("directory/b.toml", "too_large")]
    assert "place-599" in found.holdings.entries
    for number in range(3):
        write(tmp_path, f"long-{number}.toml", "#" * 9_000 + "\n" + "# nothing\n" * 20_000)
    found.refresh(NOW + 5)
    assert [(problem.file, problem.code) for problem in found.problems] == [("directory", "too_large")]
    assert "place-599" in found.holdings.entries


def test_dots_in_words_and_remarks_are_no_reason_to_refuse_a_file(tmp_path: Path) -> None:
    remark = "# " + "." * 100 + " it's said\n"
    write(tmp_path, "ours.toml", remark + toml(held(why="Nobody answered" + "." * 100)))
    assert live(tmp_path).problems == ()


def test_a_problem_is_logged_once_as_its_code_and_nothing_of_the_file(tmp_path: Path) -> None:
    stream = io.StringIO()
    log.start("INFO", stream)
    found = LiveDirectory(tmp_path)
    bad = toml(shown(cost="secret-cost", name=three("secret", "secret", "secret")))
    write(tmp_path, "secret-name.toml", bad, at=NOW + 60)  # so young that it is read again every time
    assert [found.refresh(NOW + moment) for moment in range(5)] == [True] * 5
    lines = stream.getvalue().splitlines()
    assert len(lines) == 1
    assert '"event": "directory_problem", "code": "wrong_choice"' in lines[0]
    assert "secret" not in lines[0]


def test_the_moment_of_an_impossible_clock_does_no_harm(tmp_path: Path) -> None:
    write(tmp_path, "ours.toml", toml(shown()))
    found = LiveDirectory(tmp_path)
    for now in (0, -1, 10**12):
        found.refresh(now)
        assert "our-line" in found.current.shown
        assert emergency_holds(found.current)
