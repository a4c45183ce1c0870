"""The directory on screens: all that may be shown, nothing that may not, and whom they tell before each number."""

import re
from dataclasses import replace

import pytest

from bot.dialog.model import Book, Session
from bot.dialog.view import View, draw
from bot.flows import sheets, write_book
from bot.flows.directory import Contact, Directory, NamedPlace, shipped
from bot.flows.directory.contacts import EMERGENCY, Cost, Hours, Opening, Withheld
from bot.flows.directory.numbers import digits, refused
from bot.flows.organisation import Helpline, Organisation, Reporting
from bot.i18n import LANGUAGES, Words, translator
from tests.books import BOOK, PINNED, book_at

HOLDINGS = shipped()
DIRECTORY = HOLDINGS.directory()
CONTACTS = {one.id: one for one in DIRECTORY.shown.values() if isinstance(one, Contact) and one.region is None}
SHEETS = sorted(set(CONTACTS) - {"police-102", "emergency-112", "ambulance-103"})
PLACES = [one for one in DIRECTORY.shown.values() if isinstance(one, NamedPlace)]
VALUES = {"hours": 24}
DAY = 86400
EVERY = [(address, language) for address in BOOK for language in LANGUAGES]
TELLS = {"kk": "кімге хабарлайды:", "ru": "кому сообща", "en": "whom "}

every_language = pytest.mark.parametrize("language", LANGUAGES)


def shown(address: str, language: str, book: Book = BOOK) -> View:
    return draw(book, Session(language, address), VALUES)


def everything(view: View) -> str:
    """All that can be read on a screen or that leaves it by a button."""
    return "\n".join([view.text, *(" ".join(filter(None, (b.words, b.copies, b.opens))) for b in view.buttons())])


def test_every_contact_has_a_screen_that_a_choice_leads_to() -> None:
    led_to = {choice.to for address in BOOK for choice in BOOK.screen(address).choices}
    assert {f"people.entry.{one}" for one in SHEETS} <= led_to & set(BOOK)
    assert {f"directory.kz-{region.code[3:]}" for region in DIRECTORY.regions_in_order("en")} <= led_to & set(BOOK)


@every_language
def test_a_place_says_in_which_year_it_was_last_heard_of_where_that_is_known(language: str) -> None:
    text = {one.id: translator(language).say(sheets.place(one)) for one in PLACES}
    assert "2022" in text["almaty-zhan-saya"]
    assert "2022" in shown("directory.kz-75", language).text
    assert "20" not in text["karaganda-temirtau-korgau"]  # an archived copy without a date is no sign of a year
    said = translator(language).say(sheets.HEARD_OF, {"year": "2022"})
    assert text["almaty-zhan-saya"].endswith(f" {said}")


@pytest.mark.parametrize(
    ("evidence", "year"),
    [
        ("2022", 2022),
        ("2026-02", 2026),
        ("2026 (inferred)", 2026),
        ("undated (archived copy 2026-02)", None),
        ("", None),
        ("20261", None),
        ("2027", None),  # after the day on which it was read
    ],
)
def test_the_year_of_the_last_sign(evidence: str, year: int | None) -> None:
    assert replace(PLACES[0], evidence=evidence).heard_of == year


@every_language
@pytest.mark.parametrize("entry", SHEETS)
def test_a_contact_is_shown_whole_with_its_caveat_and_its_month(entry: str, language: str) -> None:
    contact, text = CONTACTS[entry], shown(f"people.entry.{entry}", language).text
    wanted = [contact.name, contact.what_for, *([contact.caveat] if contact.caveat else [])]
    assert [words.say(language) for words in wanted if words.say(language) not in text] == []
    assert [line.number for line in contact.lines if line.number not in text] == []
    assert text.endswith("11.2026")


@every_language
@pytest.mark.parametrize("entry", SHEETS)
def test_whom_they_tell_stands_before_the_number(entry: str, language: str) -> None:
    view, contact = shown(f"people.entry.{entry}", language), CONTACTS[entry]
    last = view.text.split("\n\n")[-1]
    told = "\n\n".join(view.text.split("\n\n")[:-1])
    if BOOK.screen(f"people.entry.{entry}").numbers:
        assert TELLS[language] in told.lower()
        assert TELLS[language] not in last.lower()
        numbers = [line.number for one in (contact, *DIRECTORY.through(contact)) for line in one.lines]
        assert [number for number in numbers if number in last] != []


@every_language
def test_the_hours_of_150_are_said_to_be_in_conflict_and_never_to_cover_the_night(language: str) -> None:
    text = shown("people.entry.helpline-150", language).text
    say = translator(language).say
    assert say(sheets.opening(Hours(Opening.CONFLICTING))) in text
    for address in BOOK:
        if address.startswith("people.") and "150" in address:
            assert say(sheets.opening(Hours(Opening.ALWAYS))) not in shown(address, language).text


@every_language
def test_every_place_is_named_with_its_town_and_leads_to_111_and_to_nothing_else(language: str) -> None:
    for one in PLACES:
        pages = [address for address in BOOK if address.startswith(f"directory.{str(one.region).lower()}")]
        texts = [shown(address, language).text for address in pages]
        found = [text for text in texts if one.name.say(language) in text]
        assert found, one.id
        assert all(one.city.say(language) in text and "111" in text for text in found), one.id
    for address in BOOK:
        if re.match(r"directory\.kz-", address):
            assert {number.number for number in BOOK.screen(address).numbers} == {"111"}, address


@every_language
def test_a_place_without_a_name_and_a_line_of_ones_own_are_not_said_to_be_nothing(language: str) -> None:
    nothing, unnamed = shown("directory.kz-15", language).text, shown("directory.kz-43", language).text
    assert (DIRECTORY.unnamed, nothing.count("\n")) == (frozenset({"KZ-43", "KZ-63"}), unnamed.count("\n"))
    told = [text.split("\n")[1] for text in (nothing, unnamed)]
    assert told[0] != told[1]
    here = {f"line-{code}": replace(CONTACTS["gov-1414"], id=f"line-{code}", region=f"KZ-{code}") for code in (15, 43)}
    book = write_book(replace(DIRECTORY, shown={**DIRECTORY.shown, **here}), Organisation(), PINNED)
    for code, words in zip((15, 43), told, strict=True):
        below, then = shown(f"directory.kz-{code}", language, book).text.split("\n")[1:3]
        assert then == words
        assert below not in unnamed + nothing


@every_language
def test_places_are_on_as_many_screens_as_can_be_read_at_once(language: str) -> None:
    long = replace(PLACES[0], what_for=Words("ұ" * 190, "д" * 190, "l" * 190))
    here = {f"place-{number}": replace(long, id=f"place-{number}", region="KZ-15") for number in range(3)}
    book = write_book(replace(DIRECTORY, shown={**DIRECTORY.shown, **here}), Organisation(), PINNED)
    for address in ("directory.kz-15", "directory.kz-15-2", "directory.kz-15-3"):
        assert len(shown(address, language, book).text) <= 600


@every_language
def test_where_nothing_could_be_checked_that_is_said(language: str) -> None:
    empty = [r for r in DIRECTORY.regions_in_order("en") if not DIRECTORY.for_region(r.code).places]  # type: ignore[union-attr]
    assert len(empty) == 6
    for region in empty:
        text = shown(f"directory.{region.code.lower()}", language).text
        assert text.startswith(region.name.say(language))
        assert "111" in text


@pytest.mark.parametrize(("address", "language"), EVERY, ids=[f"{a}-{code}" for a, code in EVERY])
def test_nothing_that_is_withheld_or_refused_is_on_any_screen(address: str, language: str) -> None:
    text = everything(shown(address, language))
    assert refused().found_in(text) == 0
    withheld = [one for one in HOLDINGS.entries.values() if isinstance(one, Withheld)]
    assert [one.id for one in withheld if one.name is not None and one.name.say(language) in text] == []
    said = {digits(number) for number in re.findall(r"[0-9](?:[ ()+.–-]{0,2}[0-9]){2,}", text)}
    assert [one.id for one in withheld for number in one.to_confirm if digits(number) in said] == []


@pytest.mark.parametrize(("address", "language"), EVERY, ids=[f"{a}-{code}" for a, code in EVERY])
def test_every_number_on_a_screen_is_a_line_of_the_directory(address: str, language: str) -> None:
    lines = {line.number for one in CONTACTS.values() for line in one.lines}
    view = shown(address, language)
    heard_of = "|".join(translator(language).say(sheets.HEARD_OF, {"year": r"\d{4}"}) for language in LANGUAGES)
    neither_month_nor_amount = re.sub(rf"\d\d\.\d{{4}}|\([\d ,]+ (?:tenge|теңге|тенге)\)|{heard_of}", "", view.text)
    said = re.findall(r"\+?\d[\d ]{2,}\d", neither_month_nor_amount)
    assert {one.strip() for one in said} - lines == set()
    assert {button.copies for button in view.buttons() if button.copies} <= lines


@pytest.mark.parametrize(("address", "language"), EVERY, ids=[f"{a}-{code}" for a, code in EVERY])
def test_a_screen_with_facts_has_a_month_and_softens_when_it_is_overdue(address: str, language: str) -> None:
    """Promise P10, with a clock that goes on: 90 days count, 91 do not."""
    read = CONTACTS["contact-centre-111"].read
    in_time, too_late = (int(_noon(read) + days * DAY) for days in (90, 91))
    fresh, stale = (shown(address, language, book_at(now)).text for now in (in_time, too_late))
    if BOOK.screen(address).checked is None:
        assert fresh == stale
        assert address.split(".", maxsplit=1)[0] not in {"people", "directory", "urgent"} or address in WITHOUT_FACTS
        return
    month = f"{read.month:02}.{read.year}"
    assert month in fresh and month in stale and fresh != stale
    assert "111" in stale.split("\n")[-1]


WITHOUT_FACTS = {
    *("people.start", "people.others", "people.writing", "people.offices"),
    *("directory.start", "urgent.trusted", "urgent.traces"),
}
"""Screens of these conversations that only lead on, or say nothing that could grow old."""


def _noon(day: object) -> float:
    from datetime import UTC, datetime

    return datetime.fromisoformat(f"{day}T12:00").replace(tzinfo=UTC).timestamp()


def test_one_overdue_entry_softens_its_own_screens_only() -> None:
    old = replace(CONTACTS["helpline-150"], read=CONTACTS["helpline-150"].read.replace(year=2025))
    book = write_book(Directory({**DIRECTORY.shown, "helpline-150": old}), Organisation(), PINNED)
    softened = {a for a in book if (screen := book.screen(a)).checked is not None and screen.checked.overdue}
    assert softened == {"people.entry.helpline-150", "people.entry.union-crisis-centres"}


@every_language
def test_a_line_of_the_organisation_itself_comes_first_and_says_whom_it_tells(language: str) -> None:
    own = Helpline("+7 700 000 00 00", Hours(Opening.WEEKLY, "Mon-Fri", "09:00", "18:00"), Cost.FREE, ("kk", "ru"))
    book = book_at(PINNED, Organisation(helpline=own, reporting=Reporting.HELP_ORGANISATION))
    assert book.screen("people.start").choices[0].to == "people.own"
    text = shown("people.own", language, book).text
    days = {"kk": "Дс–Жм", "ru": "Пн–Пт", "en": "Mon–Fri"}[language]
    rest = {"kk": "тегін · қазақша, орысша", "ru": "бесплатно · по-казахски, по-русски", "en": "free · Kazakh, Russian"}
    assert f"{days} 09:00–18:00 · {rest[language]}" in text
    assert 0 < text.lower().index(TELLS[language]) < text.index("+7 700")
    assert "people.own" not in BOOK


@pytest.mark.parametrize("entry", EMERGENCY)
def test_no_emergency_number_can_be_taken_off_the_first_screens(entry: str) -> None:
    number = CONTACTS[entry].lines[0].number
    assert number in {one.number for one in BOOK.screen("urgent.numbers").numbers}
