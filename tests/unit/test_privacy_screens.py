"""What is kept, by whom and until when: from the settings and `organisation.toml`, honest where that says nothing."""

import pytest

from bot.dialog.model import Book, Session
from bot.dialog.view import draw
from bot.flows.directory import shipped
from bot.flows.directory.contacts import Hours, Opening
from bot.flows.organisation import Helpline, Minors, Organisation, Reporting
from bot.flows.proof import problems
from bot.i18n import LANGUAGES, Words
from tests.books import BOOK, PINNED, book_at

NAME = Words("Мысал қоры", "Фонд «Пример»", "Example fund")
FUNDING = Words("Мүшелері қаржыландырады", "Живёт на взносы", "Paid by its members")
WHOLE = Organisation(
    name=NAME,
    bin="000000000000",
    responsible="Директор",
    helpline=Helpline("+7 700 000 00 00", Hours(Opening.ALWAYS)),
    regions=("KZ-75", "KZ-19"),
    reporting=Reporting.HELP_ORGANISATION,
    minors=Minors.NUMBERS_ONLY,
    funding=FUNDING,
)
SILENT = {"kk": "Жазылмаған", "ru": "Не указано", "en": "Not written"}

every_language = pytest.mark.parametrize("language", LANGUAGES)


def text(address: str, language: str, book: Book = BOOK, hours: int = 24) -> str:
    return draw(book, Session(language, address), {"hours": hours}).text


@every_language
@pytest.mark.parametrize("hours", [1, 24, 46])
def test_how_long_follows_the_settings(language: str, hours: int) -> None:
    assert f" {hours} " in text("privacy.kept", language, hours=hours)


@every_language
def test_everything_that_the_organisation_says_is_shown(language: str) -> None:
    said = text("privacy.who", language, book_at(PINNED, WHOLE))
    regions = {one.code: one.name.say(language) for one in shipped().directory().regions_in_order(language)}
    wanted = [NAME.say(language), "000000000000", "Директор", FUNDING.say(language)]
    assert [one for one in [*wanted, regions["KZ-75"], regions["KZ-19"]] if one not in said] == []
    assert SILENT[language] not in said


def test_its_number_stands_only_behind_whom_they_tell_and_when_they_answer() -> None:
    book = book_at(PINNED, WHOLE)
    who = book.screen("privacy.who")
    assert ([choice.to for choice in who.choices], who.numbers) == (["people.own"], ())
    assert [one for one in LANGUAGES if "+7 700" in text("privacy.who", one, book)] == []
    assert BOOK.screen("privacy.who").choices == ()


@every_language
def test_what_it_does_not_say_is_named(language: str) -> None:
    said = text("privacy.who", language, book_at(PINNED, Organisation(name=NAME)))
    assert said.split("\n")[-1].startswith(SILENT[language])
    assert said.split("\n")[-1].count(",") == 3


@every_language
def test_without_a_file_it_says_that_nothing_is_known(language: str) -> None:
    said = text("privacy.who", language)
    assert all(number in said for number in ("102", "112", "103", "111"))
    assert SILENT[language] not in said


@every_language
@pytest.mark.parametrize("part", ["reporting", "minors"])
def test_each_rule_of_the_organisation_reads_differently(language: str, part: str) -> None:
    rules: list[Reporting | Minors | None] = [None, *(Reporting if part == "reporting" else Minors)]
    made = [book_at(PINNED, Organisation(**{part: rule})) for rule in rules]  # type: ignore[arg-type]
    assert len({text("privacy.told", language, book) for book in made}) == len(rules)


@pytest.mark.parametrize("reporting", [None, *Reporting])
@pytest.mark.parametrize("minors", [None, *Minors])
def test_every_combination_keeps_the_rules_of_writing(reporting: Reporting | None, minors: Minors | None) -> None:
    directory = shipped().directory()
    names = [NAME, FUNDING, *(one.name for one in directory.shown.values())]
    for organisation in (
        Organisation(reporting=reporting, minors=minors),
        Organisation(name=NAME, helpline=WHOLE.helpline, reporting=reporting, minors=minors),
    ):
        assert problems(book_at(PINNED, organisation), names) == []


@every_language
def test_it_says_that_answers_are_in_the_buttons_at_telegram(language: str) -> None:
    assert "Telegram" in text("privacy.answers", language)
