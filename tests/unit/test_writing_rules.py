"""The rules of writing that look at more than one sentence, in all languages; each finds a planted mistake.

Rules: `safety_content` section 4, by number. The others are proved on every screen by `bot.flows.proof` and
`bot.flows.reading` (1 to 6, 11, 13 to 15), and a way out of each screen (9) by the walks of the emulator.
"""

import re
from collections.abc import Iterator

import pytest

from bot.dialog.model import HOME, Book, Session
from bot.dialog.view import draw
from bot.flows import reading
from bot.flows.proof import forms, prose, sentences
from bot.i18n import LANGUAGES
from tests.books import BOOK

every_language = pytest.mark.parametrize("language", LANGUAGES)

FIRST = {
    "kk": (
        "Жазғаныңызға рақмет.",
        "Бұған сіз кінәлі емессіз.",
        "Сізге сенеміз.",
        "Жазғаның дұрыс болды.",
        "Бұл сенің кінәң емес.",
    ),
    "ru": (
        "Спасибо, что написали.",
        "Вы в этом не виноваты.",
        "Вам верят.",
        "Хорошо, что ты пишешь.",
        "Это не твоя вина.",
    ),
    "en": ("Thank you for telling us.", "This is not your fault.", "We believe you.", "It is good that you wrote."),
}
"""Rule 7: sentences that are approved to begin with; the last ones are for children."""

BEGIN_KINDLY = (
    "check.signs check.medical check.high check.elevated assault.start assault.young dark.start young.start "
    "young.mother injury.start private.told"
).split()
"""Rule 7: where somebody has just told something that is hard to tell."""

NOTICE = "check.notice"
HEAVY = (
    "check.neck check.signs check.threats check.weapon check.worse check.control check.locked check.forced "
    "check.lately check.fear check.hit check.separated"
).split()
"""Rule 8: questions that are asked only after the notice, and that can each be left out."""

PROMISES = {
    "kk": r"сіз қауіпсізсіз|полиция (?:келеді|көмектеседі|қорғайды)|ешкім білмейді|бәрі жақсы болады",
    "ru": r"вы в безопасности|полиция (?:приедет|поможет|защитит)|(?:он|никто) не узнает|обязательно помо|будет хорошо",
    "en": r"you are safe\b|police will|(?:he|nobody) will (?:not |never )?(?:find|know)|won't find|will be fine",
}
MINUTES = {"kk": r"\d+ минут", "ru": r"\d+ минут", "en": r"\d+ minutes"}
"""Rule 10: what nobody can promise."""

RELATIONS = {
    "kk": r"күйеу|\bәйел(?:ің|ім|і)|жұбай",
    "ru": r"\bмуж(?!чин)|\bжен[аыуе]\b|супруг|парт?н[её]р",
    "en": r"husband|wife|partner|spouse",
}
SAID_BEFORE = {"assault.decide", "family.start", "family.child", "money.alimony"}
"""Rule 12: who reads these has pressed "I live with his family", or reads what a law says of spouses."""

FEMALE = r"\bвы (?:\w+ )?\w+(?:ла|лась)\b"
ABBREVIATIONS = {"VIII", "АИТВ", "ХҚКО"}
WITHOUT_DECORATION = ("check.", "dark.", "assault.", "young.", "urgent.")
WITHOUT_A_MONTH = {
    "directory": "start",
    "home": "start unread removed",
    "urgent": "trusted",
    "phone": "ask",
    "about": "what",
    "topics": "start more",
    "people": "start others writing offices",
    "place": "start ask harder",
    "injury": "start",
    "plan": "start empty kept",
    "digital": "start",
    "money": "bank",
    "papers": "start",
    "check": "start later now who notice neck signs threats weapon worse control locked forced fear hit lately "
    "separated about high elevated unknown",
    "paths": "start deaf",
    "young": "say mother what",
    "staying": "start now word",
    "private": "keep told",
    "stalking": "keep",
    "someone": "start talk missing",
    "change": "start",
    "police": "start",
    "case": "start",
    "useful": "ask thanks number noted",
    "privacy": "kept answers who",
}
"""Rule 16: screens that say nothing of law, medicine, prices or hours, and no number but the four that hold everywhere.

A new screen without a month is added here by who has read it with that question.
"""

LOUD = re.compile("[\U0001f300-\U0001faff☀-➿]")


def texts(language: str, book: Book = BOOK) -> Iterator[tuple[str, str]]:
    """Every form of every screen of a book: its address and what it says."""
    for address in book:
        for told in forms(book.screen(address)):
            yield address, draw(book, Session(language, address, told=told), {"hours": 24}).text


def saying(pattern: str, language: str) -> set[str]:
    """Screens of the helpline's own words that say it; the sheets of others are theirs."""
    found = ((at, text) for at, text in texts(language) if not BOOK.screen(at).sheet)
    return {address for address, text in found if re.search(pattern, text, re.IGNORECASE)}


@every_language
def test_1_and_4_what_is_said_can_be_read_when_tired(language: str) -> None:
    assert reading.too_hard(prose(BOOK)[language], language) is None
    hard = {"kk": "конституциялық", "ru": "правоприменительная", "en": "constitutionality"}[language]
    long = reading.counted(f"{hard} {hard}. " * 60, language)
    assert str(reading.too_hard(long, language)).startswith("all screens together: ")


@every_language
def test_7_who_told_something_hard_is_met_kindly_first_and_once(language: str) -> None:
    for address in BEGIN_KINDLY:
        said = sentences(draw(BOOK, Session(language, address), {"hours": 24}).text)
        assert said[0] in FIRST[language], f"{address}: {said[0]}"
    for address, text in texts(language):
        kind = [sentence for sentence in sentences(text) if sentence in FIRST[language][:3]]
        assert len(kind) <= 1, f"{address}: {kind}"


def test_8_heavy_questions_come_after_the_notice_and_can_be_left_out() -> None:
    assert set(HEAVY) <= reached(HOME)
    assert reached(HOME, without=NOTICE).isdisjoint(HEAVY)
    for address in HEAVY:
        assert BOOK.screen(address).choice("skip"), address
    assert BOOK.screen(NOTICE).choices


def reached(start: str, without: str = "") -> set[str]:
    """Screens that can be reached by taps, with one of them taken out."""
    found, ahead = {without}, [start]
    while ahead:
        address = ahead.pop()
        if address in found:
            continue
        found.add(address)
        branch = BOOK.branches().get(address)
        ahead += branch.roads if branch else (choice.to for choice in BOOK.screen(address).choices)
    return found - {without}


@every_language
def test_10_nothing_is_promised_that_nobody_can_keep(language: str) -> None:
    assert saying(PROMISES[language], language) == set()
    assert saying(MINUTES[language], language) == set()
    planted = {"kk": "Полиция келеді.", "ru": "Полиция приедет.", "en": "The police will come."}[language]
    assert re.search(PROMISES[language], planted, re.IGNORECASE)


def test_12_nothing_is_assumed_of_who_reads_or_of_whom_it_is_about() -> None:
    everywhere = set().union(*(saying(RELATIONS[code], code) for code in LANGUAGES))
    assert everywhere == SAID_BEFORE
    assert re.search(FEMALE, "если вы ушла")
    assert saying(FEMALE, "ru") == set()


@every_language
def test_15_no_word_is_shouted_and_no_button_is_decorated_where_it_is_hard(language: str) -> None:
    for address, text in texts(language):
        if not BOOK.screen(address).sheet:
            shouted = {word for word in re.findall(r"[^\W\d_]{4,}", text) if word.isupper()}
            assert shouted <= ABBREVIATIONS, f"{address}: {shouted}"
        if address.startswith(WITHOUT_DECORATION):
            buttons = draw(BOOK, Session(language, address), {"hours": 24}).buttons()
            loud = [b.words for b in buttons if not b.key.startswith("_") and LOUD.search(b.words)]
            assert loud == [], address


def test_16_what_is_said_of_law_and_contacts_stands_under_its_month() -> None:
    undated = {address for address in BOOK if BOOK.screen(address).checked is None}
    read = {f"{flow}.{name}" for flow, names in WITHOUT_A_MONTH.items() for name in names.split()}
    assert undated == read
    for address, text in texts("en"):
        if address in undated and not address.startswith("privacy."):
            legal = re.findall(r"\b(?:article|code|Law \d|\d+ days|\d+ hours|tenge|court)\b", text, re.IGNORECASE)
            assert not legal, f"{address}: {legal}"
