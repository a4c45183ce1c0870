"""Every rule of writing finds a planted mistake, in each language it is written for, and none in the real book."""

from dataclasses import replace

import pytest

from bot.dialog.model import HOME, URGENT, Choice, Flow, Screen, Session
from bot.dialog.view import Button, View
from bot.flows import proof
from bot.flows.directory import shipped
from bot.flows.proof import Page, problems, proofread
from bot.i18n import LANGUAGES, Text
from tests.books import BOOK
from tests.unit.small_book import ABOUT_FLOW, PHONE_FLOW, URGENT_FLOW, book_of

NAMES = [one.name for one in shipped().directory().shown.values()]
CLEAN = {"kk": "Сәлем. Мұнда 3 нөмір бар.", "ru": "Привет. Здесь 3 номера.", "en": "Hello. Here are 3 numbers."}


def page(language: str, text: str, address: str = "about.what", *labels: str) -> Page:
    """One screen in one language with buttons named by their labels."""
    rows = tuple((Button(label, data="x", key=f"key{place}"),) for place, label in enumerate(labels))
    return Page(address, language, View(Session(language, address), text, rows))


def findings(language: str, text: str, address: str = "about.what", *labels: str) -> list[str]:
    """What is found when one language says this and the others are clean, without where it was found."""
    words = {**CLEAN, language: text}
    pages = [
        page(code, words[code], address, *(labels if code == language else labels and ["Ok"])) for code in LANGUAGES
    ]
    found = proofread(pages)
    where = f"{address} ({language}): "
    assert [finding for finding in found if not finding.startswith(where)] == []
    return [finding.removeprefix(where) for finding in found]


def words(count: int, last: str = "3.") -> str:
    """A sentence of so many words."""
    return " ".join([*(["aa"] * (count - 1)), last])


def test_clean_pages_pass() -> None:
    assert [findings(language, CLEAN[language]) for language in LANGUAGES] == [[], [], []]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(("address", "limit"), [("about.what", 350), (URGENT, 240)])
def test_a_text_that_is_too_long_for_a_small_screen(language: str, address: str, limit: int) -> None:
    just = "3 " + "a" * (limit - 2)
    assert findings(language, just, address) == []
    assert findings(language, just + "a", address) == [f"{limit + 1} characters, at most {limit}"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_text_to_copy_may_be_long_and_have_many_sentences_but_not_endlessly(language: str) -> None:
    screen = Screen("what", Text("Aa."), sample=True)
    just = "3. " * 900 + "a" * 300
    pages = {code: replace(page(code, just), screen=screen) for code in LANGUAGES}
    long = {**pages, language: replace(page(language, just + "a"), screen=screen)}
    assert [one for one in proofread(list(pages.values())) if not one.endswith("is not translated")] == []
    assert f"about.what ({language}): 3001 characters, at most 3000" in proofread(list(long.values()))


@pytest.mark.parametrize("language", LANGUAGES)
def test_more_sentences_than_can_be_taken_in(language: str) -> None:
    assert findings(language, "3. Aa. Aa. Aa. Aa.") == []
    assert findings(language, "3. Aa. Aa? Aa. Aa. Aa.") == ["6 sentences, at most 5"]
    assert findings(language, "3. Aa. Aa. Aa. Aa.\nChecked") == []


@pytest.mark.parametrize(("language", "limit"), [("kk", 16), ("ru", 18), ("en", 20)])
def test_a_sentence_of_too_many_words(language: str, limit: int) -> None:
    assert findings(language, f"{words(limit)} {words(limit, 'a?')}\n{words(limit)}") == []
    long = words(limit + 1)
    expected = f"a sentence of {limit + 1} words, at most {limit}: {long}"
    assert findings(language, f"Aa. {long} Aa.") == [expected]


@pytest.mark.parametrize("language", LANGUAGES)
def test_words_that_do_not_fit_on_a_button(language: str) -> None:
    limit = proof.LONGEST_LABEL
    assert findings(language, CLEAN[language], "about.what", "a" * limit) == []
    long = "a" * (limit + 1)
    expected = f"the button {long!r} has {limit + 1} characters, at most {limit}"
    assert findings(language, CLEAN[language], "about.what", long) == [expected]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Aa 3? Aa?", ["more than one question"]),
        ("Aa 3? Aa.", []),
        ("Aa 3!", ["an exclamation mark"]),
        ("Aa 3 ☎️.", ["an emoji in the text"]),
        ("Aa 3 🙏.", ["an emoji in the text"]),
        ("Aa → “3” — ‹…›.", []),
    ],
)
def test_marks_that_shout_or_press(language: str, text: str, found: list[str]) -> None:
    assert findings(language, text) == found


@pytest.mark.parametrize(
    ("language", "text", "word"),
    [
        ("ru", "Почему вы здесь", "почему"),
        ("ru", "Зачем это", "зачем"),
        ("ru", "Вы не виноваты", "виноват"),
        ("ru", "Вы его спровоцировали", "спровоцир"),
        ("ru", "Не терпите", "терпи"),
        ("ru", "Семейный скандал", "скандал"),
        ("ru", "После ссоры", "ссор"),
        ("ru", "Вы должны", "должны"),
        ("ru", "Вы обязаны", "обязаны"),
        ("ru", "Срочно уходите", "срочно уходите"),
        ("ru", "Для жертвы", "жертв"),
        ("ru", "Он абьюзер", "абьюз"),
        ("ru", "Мы гарантируем", "гарантир"),
        ("kk", "Неге келдіңіз", "неге"),
        ("kk", "Неліктен", "неліктен"),
        ("kk", "Шыдаңыз", "шыда"),
        ("kk", "Отбасылық жанжал", "жанжал"),
        ("kk", "Ұрыс-керіс болса", "ұрыс-керіс"),
        ("kk", "Сіз міндеттісіз", "міндеттісіз"),
        ("kk", "Сіз тиіссіз", "тиіссіз"),
        ("kk", "Құрбан емессіз", "құрбан"),
        ("kk", "Кепілдік береміз", "кепілдік"),
        ("en", "Why are you here", "why"),
        ("en", "Did you provoke it", "provoke"),
        ("en", "After an argument", "argument"),
        ("en", "You must go", "must"),
        ("en", "You should have gone", "should have"),
        ("en", "For a victim", "victim"),
        ("en", "We guarantee it", "guarantee"),
        ("ru", "Это 100% тайна", "100%"),
        ("kk", "Бұл 100 % құпия", "100 %"),
    ],
)
def test_words_that_blame_command_or_promise(language: str, text: str, word: str) -> None:
    padded = f"3 {'a' * 40} {text}"
    assert f"the word {word!r} is not used here" in findings(language, padded)


def test_the_approved_sentence_that_takes_blame_away_is_allowed() -> None:
    assert findings("ru", "3 Вы в этом не виноваты") == []
    assert findings("ru", "3 Вы в этом виноваты") != []


@pytest.mark.parametrize("text", ["Mustard is allowed", "Anywhy is no word", "I should stay"])
def test_a_word_is_found_whole_or_at_its_beginning_only(text: str) -> None:
    assert findings("en", f"3 {text}") == []


def tells(language: str, text: str, address: str = "about.what", *labels: str) -> bool:
    """Whether somebody else could learn from it what the chat is about."""
    return any("can be seen by somebody else" in finding for finding in findings(language, text, address, *labels))


TELLING = {
    "en": "violence violent abuse assaulted beaten police crisis shelter victims hurt dangerous safety weapons rape",
    "ru": "насилие избивает побои бьёт бьет полиция полицию кризисный приют убежище жертва опасность безопасно "
    "оружие агрессор абьюзер",
    "kk": "зорлық зорлық-зомбылық зомбылыққа ұрып ұрды полицияға дағдарыс баспана құрбаны қауіпті қару қорлау",
}


@pytest.mark.parametrize(("language", "word"), [(code, word) for code in TELLING for word in TELLING[code].split()])
def test_a_word_that_tells_somebody_else_is_found_at_the_beginning(language: str, word: str) -> None:
    assert tells(language, f"3 {word.upper()}")
    assert not tells(language, f"3 {'a' * 38} {word}")


def test_what_tells_counts_up_to_the_fortieth_character() -> None:
    at_the_edge = f"3 {'a' * 31} police"
    assert len(at_the_edge) == 40
    assert tells("en", at_the_edge)
    assert not tells("en", f"3 {'a' * 32} police")


@pytest.mark.parametrize("language", LANGUAGES)
def test_on_home_nothing_tells_at_all_not_even_a_button(language: str) -> None:
    assert tells(language, f"3 {'a' * 60} полиция", HOME)
    assert tells(language, CLEAN[language], HOME, "Полиция")
    assert not tells(language, CLEAN[language], "about.what", "Полиция")


@pytest.mark.parametrize("language", ["kk", "ru"])
def test_languages_that_do_not_say_the_same(language: str) -> None:
    assert findings(language, "Aa 3, 4.") == ["has the numbers ['3', '4'], English has ['3']"]
    assert findings(language, "Aa.") == ["has the numbers [], English has ['3']"]
    assert findings(language, CLEAN["en"]) == ["is not translated"]


def test_a_button_that_one_language_lacks() -> None:
    pages = [
        page("kk", CLEAN["kk"], "about.what"),
        page("ru", CLEAN["ru"], "about.what", "Ok"),
        page("en", CLEAN["en"], "about.what", "Ok"),
    ]
    assert proofread(pages) == ["about.what (kk): has other buttons than English"]


def test_a_mistake_in_the_words_of_a_book_is_found_with_its_place() -> None:
    start = Screen("start", Text("Hello!"), Choice("what", Text("What"), to="about.what"))
    book = book_of(Flow("home", start), URGENT_FLOW, PHONE_FLOW, ABOUT_FLOW)
    here = [finding for finding in problems(book) if finding.startswith(HOME)]
    assert here == [
        "home.start (kk): an exclamation mark",
        "home.start (ru): an exclamation mark",
        "home.start (en): an exclamation mark",
        "home.start (kk): is not translated",
        "home.start (ru): is not translated",
    ]


def test_a_book_that_does_not_hold_together_is_not_read_aloud() -> None:
    start = Screen("start", Text("Hello!"), Choice("what", Text("What"), to="about.gone"))
    book = book_of(Flow("home", start), URGENT_FLOW, PHONE_FLOW)
    assert problems(book) == ["home.start: the choice what leads to about.gone, which does not exist"]


def test_the_real_book_has_no_problems() -> None:
    assert problems(BOOK, NAMES) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_urgent_screen_that_a_small_phone_cannot_show_at_once(language: str) -> None:
    lines = "\n".join(["3", *["a"] * 25])
    assert findings(language, lines, "urgent.numbers") == ["about 592 px high on a small phone, at most 500"]
