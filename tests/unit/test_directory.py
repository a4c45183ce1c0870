"""The directory that is shipped: what screens can ask it, what they cannot get, and when its words must soften."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from bot.dialog.model import Checked
from bot.flows.directory import Contact, NamedPlace, too_old
from bot.flows.directory.contacts import (
    PUBLIC_OFFICES,
    By,
    Confidence,
    Duty,
    Hours,
    Kind,
    Opening,
    Policy,
    Unnamed,
    Withheld,
    day,
)
from bot.flows.directory.loading import SHIPPED, emergency_holds, shipped
from bot.flows.directory.regions import Region, in_order, regions
from bot.flows.sheets import checked, read_on
from bot.i18n import LANGUAGES, Words

HOLDINGS = shipped()
DIRECTORY = HOLDINGS.directory()
EMERGENCY_CONTACTS = DIRECTORY.emergency()
CODES = "10 11 15 19 23 27 31 33 35 39 43 47 55 59 61 62 63 71 75 79".split()


def at(moment: str) -> int:
    """Seconds since 1970 of a moment in UTC."""
    return int(datetime.fromisoformat(moment).replace(tzinfo=UTC).timestamp())


def test_the_four_emergency_numbers_stand_first_and_are_free_at_any_hour() -> None:
    assert [[line.number for line in one.lines] for one in EMERGENCY_CONTACTS] == [["102"], ["112"], ["103"], ["111"]]
    assert {(one.hours, one.cost, one.policy) for one in EMERGENCY_CONTACTS} == {
        (Hours(Opening.ALWAYS), "free", Policy.SHOW)
    }
    assert emergency_holds(DIRECTORY)


def test_everything_known_is_in_the_files() -> None:
    files = [one.file for one in HOLDINGS.entries.values()]
    assert [files.count(name) for name in SHIPPED] == [4, 27, 36, 20, 0]
    policies = [one.policy for one in HOLDINGS.entries.values() if one.file in {"emergency.toml", "hotlines.toml"}]
    assert [policies.count(policy) for policy in Policy] == [5, 10, 0, 0, 12, 4]
    policies = [one.policy for one in HOLDINGS.entries.values() if one.file == "places.toml"]
    assert [policies.count(policy) for policy in Policy] == [0, 0, 17, 2, 15, 2]


@pytest.mark.parametrize("policy", Policy)
def test_each_policy_has_a_type_that_lacks_what_may_not_be_shown(policy: Policy) -> None:
    entries = [one for one in HOLDINGS.entries.values() if one.policy is policy]
    expected = {
        Policy.SHOW: Contact,
        Policy.SHOW_WITH_CAVEAT: Contact,
        Policy.NAME_AND_CITY: NamedPlace,
        Policy.ROUTE_111: Unnamed,
        Policy.HOLD: Withheld,
        Policy.HIDE: Withheld,
    }[policy]
    assert entries
    assert {type(one) for one in entries} == {expected}
    telling = {"lines", "address", "hours", "through", "to_confirm"}
    allowed = {Contact: telling - {"to_confirm"}, Withheld: {"to_confirm"}}.get(expected, set())
    assert {name for name in telling for one in entries if hasattr(one, name)} == allowed


def test_what_is_held_back_cannot_be_asked_for() -> None:
    withheld = {one.id for one in HOLDINGS.entries.values() if isinstance(one, Withheld | Unnamed)}
    assert len(withheld) == 55
    assert withheld & set(DIRECTORY.shown) == set()
    named = {entry for entry, one in DIRECTORY.shown.items() if isinstance(one, NamedPlace)}
    assert [entry for entry in withheld | named if DIRECTORY.hotline(entry) is not None] == []
    listed = {one.id for code in CODES for one in (*in_region(code)[0], *in_region(code)[1])}
    assert listed | {one.id for one in (*DIRECTORY.hotlines(), *EMERGENCY_CONTACTS)} == set(DIRECTORY.shown)


def in_region(code: str) -> tuple[tuple[Contact, ...], tuple[NamedPlace, ...]]:
    found = DIRECTORY.for_region(f"KZ-{code}")
    assert found is not None
    assert found.route.id == "contact-centre-111"
    return found.contacts, found.places


def test_the_places_of_a_region_are_named_and_lead_to_111() -> None:
    assert [one.id for one in in_region("71")[1]] == ["astana-umit", "astana-korgau"]
    assert [code for code in CODES if not in_region(code)[1]] == ["15", "23", "43", "47", "59", "63"]
    assert [code for code in CODES if in_region(code)[0]] == []
    assert DIRECTORY.for_region("KZ-99") is None
    assert DIRECTORY.for_region("") is None


def test_150_is_never_a_line_for_the_night() -> None:
    found = DIRECTORY.hotline("helpline-150")
    assert found is not None
    assert found.hours == Hours(Opening.CONFLICTING)
    assert found.caveat is not None
    assert [(line.number, line.by) for line in found.lines] == [
        ("150", By.CALL),
        ("+7 708 106 08 10", By.WHATSAPP),
    ]
    assert "Ночь" in found.caveat.ru
    assert "Түнде" in found.caveat.kk


def test_what_leads_to_a_contact_is_itself_shown() -> None:
    centres = DIRECTORY.hotline("family-support-centres")
    assert centres is not None
    assert [one.id for one in DIRECTORY.through(centres)] == ["contact-centre-111", "gov-1414"]
    for one in DIRECTORY.hotlines():
        assert one.lines or DIRECTORY.through(one) or one.kind is Kind.APP


def test_whom_a_service_must_tell_is_said_for_everything_shown() -> None:
    duties = {entry: [*one.informs] for entry, one in DIRECTORY.shown.items()}
    assert [entry for entry, found in duties.items() if not found] == []
    assert duties["contact-centre-111"] == [Duty.PASSES_ON]
    assert duties["family-support-centres"] == [Duty.POLICE]
    assert duties["ambulance-103"] == [Duty.POLICE_IF_HURT]
    assert all(duties[one.id] == [Duty.POLICE] for one in DIRECTORY.shown.values() if isinstance(one, NamedPlace))


def test_no_forensic_institute_is_shown_until_somebody_has_called() -> None:
    assert [DIRECTORY.forensic_for(f"KZ-{code}") for code in CODES] == [None] * 20


def test_only_what_has_sources_and_enough_confidence_is_shown() -> None:
    for one in DIRECTORY.shown.values():
        assert one.sources, one.id
        assert all((source.title or source.url) and source.date for source in one.sources), one.id
        assert one.confidence is not Confidence.LOW or one.policy is Policy.SHOW_WITH_CAVEAT, one.id
        assert not isinstance(one, Contact) or (one.caveat is None) == (one.policy is Policy.SHOW), one.id


def test_only_public_offices_could_have_a_street_and_none_has() -> None:
    assert {Kind.REFUGE, Kind.MOTHER_AND_BABY, Kind.TRAFFICKING, Kind.HARDSHIP} & PUBLIC_OFFICES == set()
    assert [one.id for one in DIRECTORY.shown.values() if isinstance(one, Contact) and one.address] == []


@pytest.mark.parametrize(
    ("text", "hours"),
    [
        ("24/7", Hours(Opening.ALWAYS)),
        ("not known", Hours(Opening.NOT_KNOWN)),
        ("Mon-Fri 09:00-18:00", Hours(Opening.WEEKLY, "Mon-Fri", "09:00", "18:00")),
        ("Sat 00:00-24:00", Hours(Opening.WEEKLY, "Sat", "00:00", "24:00")),
    ],
)
def test_hours_that_can_be_written(text: str, hours: Hours) -> None:
    assert Hours.parse(text) == hours


@pytest.mark.parametrize("text", ["", "weekly", "always", "Mon-Fri", "Mon-Fri 9-18", "Mon-Fri 09:00-25:00", "24/7 "])
def test_hours_that_cannot(text: str) -> None:
    with pytest.raises(ValueError):
        Hours.parse(text)


def test_the_regions_are_those_of_iso_3166_2_in_three_languages() -> None:
    assert [region.code for region in regions()] == [f"KZ-{code}" for code in CODES]
    for language in LANGUAGES:
        names = [region.name.say(language) for region in regions()]
        assert len({*names}) == 20
        assert [name for name in names if not name.strip() or len(name) > 34] == []
    assert all(40 < region.latitude < 56 and 46 < region.longitude < 88 for region in regions())


IN_ORDER = {
    "kk": "Абай Ақмола Ақтөбе Алматы Алматы Астана Атырау Батыс Жамбыл Жетісу Қарағанды Қостанай Қызылорда Маңғыстау "
    "Павлодар Солтүстік Түркістан Ұлытау Шығыс Шымкент",
    "ru": "Абай Акмолинская Актюбинская Алматинская Алматы Астана Атырауская Восточно-Казахстанская Жамбылская Жетісу "
    "Западно-Казахстанская Карагандинская Костанайская Кызылординская Мангистауская Павлодарская "
    "Северо-Казахстанская Туркестанская Ұлытау Шымкент",
    "en": "Abai Akmola Aktobe Almaty Almaty Astana Atyrau East Karaganda Kostanay Kyzylorda Mangystau North Pavlodar "
    "Shymkent Turkistan Ulytau West Zhambyl Zhetisu",
}


@pytest.mark.parametrize("language", LANGUAGES)
def test_regions_stand_where_somebody_looks_for_them(language: str) -> None:
    names = [region.name.say(language) for region in DIRECTORY.regions_in_order(language)]
    proper = [name.removeprefix("область ").removeprefix("город ").split()[0] for name in names]
    assert proper == IN_ORDER[language].split()


def test_regions_of_one_name_stand_in_the_order_of_the_word_after_it() -> None:
    names = [region.name.kk for region in DIRECTORY.regions_in_order("kk")]
    assert names[3:5] == ["Алматы қаласы", "Алматы облысы"]
    assert sorted(names[3:5]) != names[3:5]  # by their codes Қ would stand behind О


def test_kazakh_letters_stand_in_the_order_of_the_kazakh_alphabet() -> None:
    letters = "АӘБВГҒДЕЁЖЗИЙКҚЛМНҢОӨПРСТУҰҮФХҺЦЧШЩЪЫІЬЭЮЯ"
    made = [
        Region(letter, found, found, found, 0, 0) for letter, found in ((one, words(one)) for one in reversed(letters))
    ]
    assert "".join(region.code for region in in_order(made, "kk")) == letters
    assert sorted(letters) != list(letters)


def words(text: str) -> Words:
    return Words(text, text, text)


@pytest.mark.parametrize(
    ("moment", "late"),
    [
        ("2026-11-23T00:00", False),
        ("2027-02-21T18:59:59", False),  # the 90th day ends at midnight in Kazakhstan, 19:00 in UTC
        ("2027-02-21T19:00", True),
        ("2030-01-01T00:00", True),
        ("2026-11-22T12:00", False),  # a clock may be a day behind
        ("2026-11-21T12:00", True),  # a check in the future is none
        ("1970-01-01T00:00", True),
    ],
)
def test_after_90_days_the_words_soften(moment: str, late: bool) -> None:
    entry = EMERGENCY_CONTACTS[0]
    assert entry.read == date(2026, 11, 23)
    assert entry.due == date(2027, 2, 21)
    assert too_old(entry.read, at(moment)) is late
    shown = checked([*DIRECTORY.shown.values()], at(moment))
    assert shown is not None
    assert shown.overdue is late


def test_a_screen_about_several_entries_is_as_old_as_the_oldest() -> None:
    old, new = EMERGENCY_CONTACTS[0], replace(EMERGENCY_CONTACTS[1], read=date(2027, 2, 1))
    moment = at("2027-03-01T12:00")
    assert checked((old, new), moment) == Checked(2026, 11, overdue=True)
    assert checked((new,), moment) == Checked(2027, 2)
    assert checked((), moment) is None


def test_a_day_in_the_future_is_none_and_its_month_is_not_shown() -> None:
    old, ahead = EMERGENCY_CONTACTS[0], replace(EMERGENCY_CONTACTS[1], read=date(2099, 1, 1))
    nobody_knows = Checked(None, None, overdue=True)
    assert checked((old, ahead), at("2026-12-01T12:00")) == nobody_knows
    assert read_on(date(2026, 11, 23), at("2026-12-01T12:00"), [ahead]) == nobody_knows
    assert read_on(date(2026, 11, 23), at("2026-11-01T12:00")) == nobody_knows


@pytest.mark.parametrize("now", [-(10**18), -1, 0, 10**12, 10**30])
def test_no_clock_is_too_wrong(now: int) -> None:
    assert isinstance(day(now), date)
    for read in (date.min, date.max - timedelta(days=1), date.max):
        assert isinstance(too_old(read, now), bool)
