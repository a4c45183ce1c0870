"""What typed words mean in three languages and two scripts, also with slips; and that nothing typed can break it."""

import string

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from bot.dialog.engine import Meaning
from bot.i18n import LANGUAGES
from bot.understanding import READ_AT_MOST, Heard, fold, understand
from bot.understanding.words import EXIT_MARKS, EXIT_WORDS, URGENT_TOGETHER, URGENT_WORDS

TOGETHER = frozenset(" ".join(sorted(words)) for words in URGENT_TOGETHER)
EXIT, URGENT, OTHER = Heard(Meaning.EXIT), Heard(Meaning.URGENT), Heard(Meaning.OTHER)

LEAVING = {
    "ru": ["выход", "Выход!", "ВЫЙТИ", "закрыть", "Закрой.", "вызод", "выхд", "вхыод", "выходд"],
    "ru in Latin": ["vyhod", "VYYTI", "zakryt", "zakroy"],
    "kk": ["шығу", "Шығу.", "ШЫҒУ", "шық", "жабу", "жап", "ШЫҒЫП"],
    "kk without its letters": ["шыгу", "ШЫГУ", "шык"],
    "kk in Latin": ["shyghu", "Shygu", "shyǵu", "jabu", "zhabu"],
    "en": ["exit", "EXIT", "Exit!", "close", "quit", "exti", "clos", "exiit"],
    "marks": [".", " . ", ".\n", "..", "...", "…", "✖", "✖️", "❌", "×"],
    "commands": [
        "/exit",
        "/выход",
        "/шығу",
        "/x",
        "/close",
        "/stop",
        "/EXIT",
        "/exit@a_bot",
        "/exit now",
        "/exit\nnow",
        "/exit\tnow",
        " /x ",
    ],
}
NUMBERS_SHOWN = {
    "numbers": ["102", "112!", "103", "111?", "101", "+102", "звоните 102", "102.", "SOS", "сос"],
    "ru": [
        "помогите",
        "Помогите!!!",
        "ПОМОЩЬ",
        "помоги мне",
        "спасите",
        "срочно",
        "полиция",
        "он меня бьёт",
        "он меня бьет",
    ],
    "ru with a slip": ["помгите", "помогте", "помогитте", "опмогите", "помощт", "полицыя"],
    "ru in Latin": ["pomogite", "Pomosh", "spasite", "srochno", "politsia"],
    "kk": ["көмек", "КӨМЕК", "көмектесіңіз", "құтқар", "құтқарыңыз", "шұғыл", "мені ұрып жатыр", "Өлтіремін дейді"],
    "kk without its letters": ["комек", "комектесиниз", "куткар", "шугыл", "мени урып жатыр"],
    "kk in Latin": ["komek", "kömek", "KOMEK", "qutqar", "kutkar", "shughyl"],
    "en": ["help", "HELP!!", "please help me", "emergency", "Urgent", "call the police", "save me", "he is hitting me"],
    "en with a slip": ["emergancy", "urgnet", "emergecy"],
    "full width": ["１０２", "ＨＥＬＰ"],
    "invisible letters within": ["по\u200bмогите", "he\u00adlp", "\u202eкөмек", "10\u20602"],
    "commands": ["/urgent", "/sos", "/help", "/102", "/112", "/103", "/111", "/URGENT@a_bot", "/102\n"],
    "commands in other letters": ["/помогите", "/көмек"],
    "words in any order": ["меня муж бьёт", "бьет он меня", "he is going to kill me", "ол мені қатты ұрып"],
    "among other words": ["ол үйде, көмек керек еді", "мне нужна помощь сейчас", "I am scared, help"],
}
ANYTHING_ELSE = {
    "greetings": ["Сәлем", "привет", "hello", "/start", "/start abc_123", "/START@other_bot", "Кто здесь?"],
    "near, but other words": ["hel", "жан", "жай", "1020", "10", "2", "up", "выступить", "поможем"],
    "one slip away from leaving": ["вход", "войти", "жазу", "quiet", "quite", "шығыс", "next"],
    "leaving among other words": ["я выход не нашла", "exit here", "мен шығу керек пе"],
    "nothing": ["", " ", "\n\t", "\u200b\u200d\ufeff", "\u2800", "\u00a0", "----", "?!", "🙏", "/", "/ ", "/@bot"],
    "unknown commands": ["/fly", "/language", "/language de", "/language kk ru", "/start /exit"],
    "tricks": ["{0.__class__}", "%s%n", "<b>x</b>", "'; drop table routing; --", "\x00", "\ud83d", "\u202e" * 50],
}


def cases(table: dict[str, list[str]]) -> list[str]:
    return [text for texts in table.values() for text in texts]


@pytest.mark.parametrize("text", cases(LEAVING))
def test_it_closes(text: str) -> None:
    assert understand(text) == EXIT


@pytest.mark.parametrize("text", cases(NUMBERS_SHOWN))
def test_it_shows_the_numbers(text: str) -> None:
    assert understand(text) == URGENT


@pytest.mark.parametrize("text", cases(ANYTHING_ELSE), ids=ascii)
def test_it_means_nothing_special(text: str) -> None:
    assert understand(text) == OTHER


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_language_can_be_typed(language: str) -> None:
    heard = Heard(Meaning.LANGUAGE, language)
    typed = [f"/language {language}", f"/Language@a_bot  {language.upper()} ", f"/language\n{language}"]
    assert [understand(text) for text in typed] == [heard] * 3


def test_every_listed_word_for_leaving_closes() -> None:
    for word in EXIT_MARKS | EXIT_WORDS:
        for text in (word, word.upper(), f" {word}\n"):
            assert understand(text) == EXIT, text


def test_every_listed_word_for_help_shows_the_numbers() -> None:
    for word in URGENT_WORDS | TOGETHER:
        for text in (word, word.upper(), f"«{word}»!", f"аа {word} бб", word.replace(" ", "\n")):
            assert understand(text) == URGENT, text


def test_the_lists_are_written_as_typed_words_are_folded() -> None:
    words = EXIT_WORDS | URGENT_WORDS | TOGETHER
    assert {fold(word) for word in words} == words


@pytest.mark.parametrize("word", ["шугып", "шыгыл"])
def test_leaving_wins_when_a_word_is_near_both(word: str) -> None:
    assert understand(word) == EXIT
    assert understand(f"{word} {word}") == URGENT


def slipped(word: str, place: int, letter: str, kind: str) -> str:
    """The word as it comes out in a hurry: one letter lost, doubled in, wrong, or swapped with the next."""
    place %= len(word)
    head, tail = word[:place], word[place:]
    return {
        "lost": head + tail[1:],
        "added": head + letter + tail,
        "wrong": head + letter + tail[1:],
        "swapped": head + tail[1:2] + tail[:1] + tail[2:],
    }[kind]


@given(
    st.sampled_from(sorted(word for word in URGENT_WORDS if len(word) >= 5)),
    st.integers(0, 20),
    st.sampled_from("абвгдеиоуы" + string.ascii_lowercase),
    st.sampled_from(["lost", "added", "wrong", "swapped"]),
)
def test_one_slip_in_a_word_of_five_letters_still_shows_the_numbers(
    word: str, place: int, letter: str, kind: str
) -> None:
    typed = slipped(word, place, letter, kind)
    assume(len(typed) >= 5)
    assert understand(f"аа {typed} бб") == URGENT


INVISIBLE = "\u200b\u200c\u200d\u2060\ufeff\u00ad\u202a\u202b\u202e\u2066\u2069"
ANY_TEXT = st.one_of(
    st.text(),
    st.text(st.characters(), max_size=200),
    st.text(st.characters(categories=["Cs"]) | st.sampled_from("\x00/.@ " + INVISIBLE)),
    st.text(st.sampled_from("/.@ \n" + string.ascii_lowercase + "көмексшығупомогите"), max_size=80),
    st.builds(lambda text, times: (text * times)[:5000], st.text(st.characters(), min_size=1), st.integers(1, 5000)),
)


@given(ANY_TEXT)
@example("\ufdfa" * 4096)
@example("\U0001f468\u200d\U0001f469\u200d\U0001f467\u200d\U0001f466" * 500)
@example("Z\u0351\u036b\u0343" * 1000)
def test_nothing_that_can_be_typed_breaks_it(text: str) -> None:
    heard = understand(text)
    assert isinstance(heard.meaning, Meaning)
    assert heard.language in ({None} if heard.meaning is not Meaning.LANGUAGE else set(LANGUAGES))


@given(st.text(min_size=1), st.sampled_from(["помогите", "102", "exit"]))
def test_what_comes_after_telegrams_own_limit_is_not_read(start: str, word: str) -> None:
    long = "а" * (READ_AT_MOST - 1) + " "
    assert understand(long + word) == OTHER
    assert understand((start + " ") * READ_AT_MOST) == understand(((start + " ") * READ_AT_MOST)[:READ_AT_MOST])


@given(st.sampled_from(sorted(URGENT_WORDS)), st.lists(st.tuples(st.integers(0, 9), st.sampled_from(INVISIBLE))))
def test_invisible_letters_change_nothing(word: str, invisible: list[tuple[int, str]]) -> None:
    for place, character in invisible:
        word = word[:place] + character + word[place:]
    assert understand(word) == URGENT
