"""Every rule of the directory refuses a file that breaks it, whole, with a sentence that says where and what to do."""

import os
import re
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from bot.flows.directory import Contact, Directory, checks
from bot.flows.directory.contacts import EMERGENCY, Line, Policy
from bot.flows.directory.entries import KEYS
from bot.flows.directory.loading import emergency_holds, shipped
from bot.flows.directory.numbers import refused
from tests.directory_files import LEFT_OUT, READ, SOURCES, codes, held, live, named, renewed, shown, three, toml, write

REFUSED = next(str(number) for number in range(100, 10_000) if refused().found_in(str(number)))
"""A number that nobody ever found a source for; looked for here, so that it stands nowhere."""

UNNAMED: dict[str, Any] = {
    "id": "ask",
    "region": "KZ-75",
    "policy": "route_111",
    "kind": "refuge",
    "why": "Nothing found.",
    "confidence": "low",
    "read": READ,
    "sources": SOURCES,
}


def found_in(config: Path, content: str | bytes, name: str = "ours.toml") -> list[str]:
    """The codes of what is found in one file, none of which counts then."""
    write(config, name, content)
    found = live(config)
    assert found.current == shipped().directory() or not found.problems
    assert all(len(str(problem).splitlines()) == 1 and len(problem.what) > 20 for problem in found.problems)
    return codes(found.problems)


@pytest.mark.parametrize("entry", [shown(), named(), held(), held(policy="do_not_show"), UNNAMED])
def test_a_good_entry_counts(tmp_path: Path, entry: dict[str, Any]) -> None:
    assert found_in(tmp_path, toml(entry)) == []
    assert entry["id"] in live(tmp_path).holdings.entries


def number(text: object) -> list[dict[str, object]]:
    return [{"number": text, "by": "call"}]


ADDRESS_AND_NUMBER = three("Абай к. 5, +7 700 000 00 00", "Абая 5, +7 700 000 00 00", "Abai 5, +7 700 000 00 00")

BAD: list[tuple[str, dict[str, Any]]] = [
    ("wrong_id", shown(id=LEFT_OUT)),
    ("wrong_id", shown(id="Our line")),
    ("wrong_id", shown(id="a" * 61)),
    ("wrong_id", shown(id=5)),
    ("wrong_choice", shown(policy=LEFT_OUT)),
    ("wrong_choice", shown(policy="show_all")),
    ("wrong_choice", shown(kind="telephone")),
    ("wrong_choice", shown(kind=LEFT_OUT)),
    ("wrong_choice", shown(confidence="certain")),
    ("wrong_choice", shown(cost="cheap")),
    ("wrong_choice", shown(languages=["de"])),
    ("wrong_choice", shown(languages=["kk", "kk"])),
    ("wrong_choice", shown(informs=["nobody"])),
    ("wrong_choice", shown(lines=[{"number": "+7 700 000 00 00", "by": "fax"}])),
    ("wrong_list", shown(languages="kk")),
    ("wrong_list", shown(languages=LEFT_OUT)),
    ("wrong_list", shown(informs=LEFT_OUT)),
    ("wrong_list", shown(lines={"number": "111"})),
    ("wrong_list", shown(lines=["111"])),
    ("wrong_list", shown(lines=number("+7 700 000 00 00") * 11)),
    ("wrong_list", shown(sources="a page")),
    ("wrong_list", held(to_confirm="115")),
    ("unknown_key", shown(phone="111")),
    ("unknown_key", shown(caveat=three("а", "б", "c"))),
    ("unknown_key", named(lines=number("111"))),
    ("unknown_key", named(address=three())),
    ("unknown_key", named(hours="24/7")),
    ("unknown_key", held(lines=number("111"))),
    ("unknown_key", {**UNNAMED, "name": three()}),
    ("unknown_key", shown(sources=[{"title": "a", "date": "2027", "page": "b"}])),
    ("missing", shown(name=LEFT_OUT)),
    ("missing", shown(what_for=LEFT_OUT)),
    ("missing", shown(policy="show_with_caveat")),
    ("missing", named(region=LEFT_OUT)),
    ("missing", named(city=LEFT_OUT)),
    ("missing", held(why=LEFT_OUT)),
    ("missing", {key: value for key, value in UNNAMED.items() if key != "region"}),
    ("missing", shown(sources=[{"title": "Our call"}])),
    ("unknown_region", shown(region="KZ-99")),
    ("unknown_region", shown(region=["KZ-75"])),
    ("low_confidence", shown(confidence="low")),
    ("no_date", shown(read=LEFT_OUT)),
    ("wrong_day", shown(read=date(1, 1, 1))),
    ("wrong_day", shown(read=date(2019, 12, 31))),
    ("no_date", shown(read="2027-01-10")),
    ("no_date", held(read=5)),
    ("no_source", shown(sources=LEFT_OUT)),
    ("no_source", shown(sources=[])),
    ("no_source", shown(sources=[{"date": "2027"}])),
    ("wrong_words", shown(name="Only one language")),
    ("wrong_words", shown(name={"kk": "а", "ru": "б"})),
    ("wrong_words", shown(name={**three(), "de": "d"})),
    ("wrong_text", shown(name=three(en=""))),
    ("wrong_text", shown(name=three(en=" Example"))),
    ("wrong_text", shown(name=three(en="Two\nlines"))),
    ("wrong_text", shown(name=three(en="Backwards \u202e"))),
    ("wrong_text", shown(name=three(en="a" * 141))),
    ("wrong_text", shown(what_for=three("а", "б", "c" * 201))),
    ("wrong_text", shown(name=three(en=5))),  # type: ignore[arg-type]
    ("wrong_text", held(why="a" * 301)),
    ("wrong_text", held(verify_at="the ministry")),
    ("wrong_text", shown(sources=[{"url": "javascript:alert", "date": "2027"}])),
    ("not_translated", shown(what_for=three("Совет.", "Совет.", "Advice."))),
    ("not_translated", named(what_for=three("Орын.", "A place.", "A place."))),
    ("not_translated", shown(policy="show_with_caveat", caveat=three("а", "б", "б"))),
    ("other_digits", shown(what_for=three("6 айға.", "До 6.", "Up to 9."))),
    ("number_in_words", shown(what_for=three("115-ке.", "Звоните 115.", "Call 115."))),
    ("number_in_words", shown(name=three("а 8 700 1", "б 8 700 1", "c 8 700 1"))),
    ("number_in_words", named(what_for=three("а 12-34-56", "б 12-34-56", "c 12-34-56"))),
    ("number_in_words", shown(short=three("115 желісі", "Линия 115", "Line 115"))),
    ("number_in_words", shown(kind="office", address=ADDRESS_AND_NUMBER)),
    ("number_in_words", shown(kind="office", address=three("Абай к. 050000", "ул. Абая, 050000", "050000 Abai st."))),
    ("wrong_hours", shown(hours="nine to six")),
    ("wrong_hours", shown(hours=LEFT_OUT)),
    ("no_duty", shown(informs=[])),
    ("no_way", shown(lines=LEFT_OUT)),
    ("no_way", shown(lines=[])),
    ("unknown_reference", shown(through=["nobody"])),
    ("unknown_reference", shown(through=["our-line"])),
    ("wrong_number", shown(lines=number("12"))),
    ("wrong_number", shown(lines=number(111))),
    ("wrong_number", shown(lines=number("call us"))),
    ("wrong_number", shown(lines=[{"by": "call"}])),
    ("wrong_number", held(to_confirm=[115])),
    ("wrong_number", shown(lines=[{"number": "111", "by": "whatsapp"}])),
    ("wrong_number", shown(lines=[{"number": "8 800 000 00 00", "by": "whatsapp"}])),
    ("unverified_number", shown(lines=number(REFUSED))),
    ("unverified_number", held(to_confirm=[REFUSED])),
    ("unverified_number", held(why=f"Somebody said {REFUSED}.")),
    ("unverified_number", shown(what_for=three(f"{REFUSED}-ға.", f"На {REFUSED}.", f"To {REFUSED}."))),
    ("unverified_number", shown(sources=[{"title": f"Call {REFUSED}", "date": "2027"}])),
    ("street", named(city=three("Абай көшесі", "улица Абая", "Abay street"))),
    ("street", shown(name=three("а", "ул. Абая", "c"))),
    ("street", named(what_for=three("5 үй.", "дом 5.", "House 5."))),
    ("street", named(name=three("а", "б", "12/3"))),
    ("street", held(why="It stands in Abay street.")),
    ("street", named(city=three("Семей, Абай 25", "Семей, Абая 25", "Semey, Abai 25"))),
    ("street", named(kind="family_support", city=three("Семей 25", "Семей 25", "Semey 25"))),
    ("street", held(city=three("Семей 25", "Семей 25", "Semey 25"))),
    ("street", named(city=three("3 кіреберіс", "подъезд 3", "entrance 3"))),
    ("street", named(name=three("Абай 25", "Абая 25", "Abai 25"))),
    ("street", named(what_for=three("Орын, Абай 25.", "Место, Абая 25.", "A place, Abai 25."))),
    ("street", shown(kind="refuge", name=three("Абай 25", "Абая 25", "Abai 25"))),
    ("street", shown(kind="refuge", short=three("Абай 25", "Абая 25", "Abai 25"))),
    ("street", shown(kind="refuge", address=three())),
    ("street", shown(address=three())),
]


@pytest.mark.parametrize(("code", "entry"), BAD)
def test_an_entry_that_breaks_a_rule_is_refused_with_its_whole_file(
    tmp_path: Path, code: str, entry: dict[str, Any]
) -> None:
    assert code in found_in(tmp_path, toml(shown(id="good-neighbour"), entry))
    assert "good-neighbour" not in live(tmp_path).holdings.entries


@pytest.mark.parametrize(
    "entry",
    [
        named(kind="family_support", name=three("№ 2 орталық", "Центр № 2", "Centre No. 2")),
        named(what_for=three("Орын, 6 айға дейін.", "Место, до 6 месяцев.", "A place, up to 6 months.")),
        shown(
            kind="office", address=three("Абай к. 25/1, 205-бөлме", "Абая 25/1, каб. 205", "25/1 Abai st., room 205")
        ),
    ],
)
def test_a_small_number_that_leads_to_nobody_in_hiding_is_no_mistake(tmp_path: Path, entry: dict[str, Any]) -> None:
    assert found_in(tmp_path, toml(entry)) == []


def test_a_refused_number_is_one_mistake_and_not_two(tmp_path: Path) -> None:
    assert found_in(tmp_path, toml(shown(lines=number(REFUSED)))) == ["unverified_number"]


REFUGE = "abai-semey-crisis"
ON_150 = {"hours": "Mon-Fri 09:00-18:00"}
CAVEAT = three("Демалыста істемейді.", "По выходным не отвечает.", "Nobody answers at weekends.")
NOT_OVER: list[tuple[list[str], list[dict[str, Any]]]] = [
    (["kind_fixed"], [renewed(REFUGE, kind="office")]),
    (["kind_fixed"], [renewed(REFUGE, kind="office", policy="show", address=three(), hours="24/7", cost="free")]),
    ([], [renewed(REFUGE, kind="refuge")]),
    (["caveat_stays"], [renewed("helpline-150", **ON_150)]),
    (["caveat_stays"], [renewed("helpline-150", hours="24/7")]),
    ([], [renewed("helpline-150", hours="conflicting")]),
    (["hours_stay"], [renewed("helpline-150", caveat=CAVEAT, **ON_150)]),
    (["hours_stay"], [renewed("helpline-150", policy="show", **ON_150)]),
    (["caveat_stays"], [renewed("helpline-150", policy="show", **ON_150), renewed("union-crisis-centres", **ON_150)]),
    ([], [renewed(one, policy="show", **ON_150) for one in ("helpline-150", "union-crisis-centres")]),
    ([], [renewed(one, caveat=CAVEAT, **ON_150) for one in ("helpline-150", "union-crisis-centres")]),
]


@pytest.mark.parametrize(("found", "over"), NOT_OVER)
def test_what_an_override_may_not_leave_or_change(tmp_path: Path, found: list[str], over: list[dict[str, Any]]) -> None:
    assert found_in(tmp_path, toml(*over)) == found


AMOUNT = "[[amount]]\nyear = 2027\ntenge = 4500\nread = 2026-12-20\nsources = [{ title = 'Law', date = '2026-12' }]"
BAD_FILES: list[tuple[str, str | bytes, str]] = [
    ("not_toml", "[[entry", "ours.toml"),
    ("not_toml", b"\xff\xfe\x00", "ours.toml"),
    ("not_toml", "a = " + "[" * 9_000, "ours.toml"),
    ("not_toml", "a = " + "9" * 9_000, "ours.toml"),
    ("not_toml", "\x00", "ours.toml"),
    ("wrong_shape", "entry = 5", "ours.toml"),
    ("wrong_shape", "entry = [5]", "ours.toml"),
    ("wrong_shape", toml(shown()) + "\n[more]\n", "ours.toml"),
    ("wrong_shape", "[[contact]]\nid = 'a'", "ours.toml"),
    ("too_large", b"#" * 500_001, "ours.toml"),
    ("too_large", "[[entry]]\n" * 1_001, "ours.toml"),
    ("too_large", ".".join(["a"] * 20_000) + " = 1", "ours.toml"),
    ("too_large", ".".join(["a"] * 2_000) + " = 1", "ours.toml"),
    ("too_large", f"a = '{'b' * 10_000}'", "ours.toml"),
    ("twice", toml(shown(), shown()), "ours.toml"),
    ("wrong_name", toml(shown()), "our file.toml"),
    ("emergency_fixed", toml(renewed("police-102", policy="do_not_show")), "ours.toml"),
    ("wrong_year", AMOUNT.replace("2027", "1999", 1), "ours.toml"),
    ("wrong_amount", AMOUNT.replace("4500", "-1"), "ours.toml"),
]


@pytest.mark.parametrize(("code", "content", "name"), BAD_FILES)
def test_a_file_that_is_no_directory_is_refused(tmp_path: Path, code: str, content: str | bytes, name: str) -> None:
    assert found_in(tmp_path, content, name) == [code]


def test_a_folder_or_a_pipe_in_place_of_a_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "directory" / "folder.toml").mkdir(parents=True)
    os.mkfifo(tmp_path / "directory" / "pipe.toml")
    (tmp_path / "directory" / "gone.toml").symlink_to(tmp_path / "nowhere")
    (tmp_path / "directory" / ".draft.toml").write_text("not yet")
    found = live(tmp_path)
    assert sorted(codes(found.problems)) == ["unreadable"] * 3
    assert {problem.file for problem in found.problems} == {
        f"directory/{name}.toml" for name in ("folder", "pipe", "gone")
    }


def test_one_id_in_two_files_is_refused_in_the_second(tmp_path: Path) -> None:
    write(tmp_path, "a.toml", toml(renewed("helpline-150", cost="charged")))
    write(tmp_path, "b.toml", toml(renewed("helpline-150", cost="free")))
    found = live(tmp_path)
    assert [(problem.file, problem.code) for problem in found.problems] == [("directory/b.toml", "twice")]
    contact = found.current.hotline("helpline-150")
    assert contact is not None
    assert contact.cost == "charged"


CHANGES: list[dict[str, Any]] = [
    {"policy": "do_not_show", "why": "We think so."},
    {"policy": "hold_until_called", "why": "We think so."},
    {"policy": "route_111", "why": "We think so.", "region": "KZ-75"},
    {"policy": "show"},
    {"lines": [{"number": "+7 700 000 00 00", "by": "call"}]},
    {"lines": []},
    {"hours": "office"},
    {"cost": "charged"},
    {"region": "KZ-75"},
    {"kind": "forensic"},
    {"name": three()},
    {"what_for": three()},
    {"confidence": "low"},
]


@pytest.mark.parametrize("entry", EMERGENCY)
@pytest.mark.parametrize("change", CHANGES)
def test_nothing_removes_hides_or_renumbers_an_emergency_number(
    tmp_path: Path, entry: str, change: dict[str, Any]
) -> None:
    assert found_in(tmp_path, toml(renewed(entry, **change))) == ["emergency_fixed"]
    assert emergency_holds(live(tmp_path).current)


@pytest.mark.parametrize("entry", EMERGENCY)
def test_the_date_of_an_emergency_number_can_be_renewed(tmp_path: Path, entry: str) -> None:
    assert found_in(tmp_path, toml(renewed(entry))) == []
    found = live(tmp_path).current.hotline(entry)
    assert found is not None
    assert found.read == READ
    assert [line.number for line in found.lines] == [EMERGENCY[entry]]


def test_losing_an_emergency_number_would_be_noticed() -> None:
    whole = shipped().directory()
    one = whole.shown["police-102"]
    assert isinstance(one, Contact)
    renumbered = {**whole.shown, one.id: replace(one, lines=(Line("103", one.lines[0].by),))}
    removed = {entry: other for entry, other in whole.shown.items() if entry != one.id}
    assert emergency_holds(whole)
    assert not emergency_holds(Directory(renumbered))
    assert not emergency_holds(Directory(removed))


def test_an_override_brings_its_own_date_and_sources(tmp_path: Path) -> None:
    assert found_in(tmp_path, toml({"id": "gov-1414", "cost": "charged"})) == ["no_date", "no_source"]


def test_a_check_in_the_future_and_what_leans_on_a_hidden_entry_are_told(tmp_path: Path) -> None:
    write(
        tmp_path, "a.toml", toml(shown(read=date(2030, 1, 1)), renewed("gov-1414", policy="do_not_show", why="Dead."))
    )
    found = checks.problems(live(tmp_path), date(2027, 1, 15))
    assert [(problem.entry, problem.code) for problem in found] == [
        ("our-line", "future_date"),
        ("family-support-centres", "silenced"),
    ]


def test_every_code_that_can_be_told_is_planted_above() -> None:
    package = Path(checks.__file__).parent
    source = "\n".join(path.read_text(encoding="utf-8") for path in package.glob("*.py"))
    told = set(re.findall(r'(?:refuse\(|Problem\([^"()]*(?:""|\.entry|\.id|entry|name)?, *)\s*"(\w+)"', source))
    planted = {code for code, *_ in [*BAD, *BAD_FILES]} | {code for codes, _ in NOT_OVER for code in codes}
    elsewhere = {"unreadable", "future_date", "silenced", "emergency_lost", "no_book", "never_read"}
    assert told >= planted
    assert told - planted - elsewhere == set()


def test_what_cannot_be_shown_cannot_even_be_written() -> None:
    telling = {"lines", "through", "address", "hours"}
    for policy in Policy:
        can = policy in {Policy.SHOW, Policy.SHOW_WITH_CAVEAT}
        assert KEYS[policy] & telling == (telling if can else set())
        assert ("to_confirm" in KEYS[policy]) is (policy in {Policy.HOLD, Policy.HIDE})
