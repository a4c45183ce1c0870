"""How a screen is drawn: which buttons stand where, and that Urgent and Close are always in the same place."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.dialog.codec import Reader
from bot.dialog.engine import card_key, is_pending, own_keys
from bot.dialog.model import HOME, URGENT, Book, Choice, Flow, Number, Screen, Session
from bot.dialog.view import Button, draw
from bot.flows.phrases import WE_WERE_AWAY
from bot.i18n import LANGUAGES, Text, Words
from tests.books import BOOK
from tests.unit.small_book import GUARD, SMALL, at, book_of

READER = Reader(BOOK, own_keys(BOOK))
VALUES = {"hours": 24}
ADDRESSES = st.sampled_from(list(BOOK))
SESSIONS = st.builds(
    Session,
    st.sampled_from(list(LANGUAGES)),
    ADDRESSES,
    st.none() | ADDRESSES,
    st.booleans(),
    st.booleans(),
    st.booleans(),
)


def keys(book: Book, session: Session) -> list[list[str]]:
    """The names of the buttons, row by row; of a button that copies, what it copies."""
    return [[button.copies or button.key for button in row] for row in draw(book, session, VALUES).rows]


FRAME = [["_back", "_kk", "_ru"], ["_urgent", "_exit"]]


@pytest.mark.parametrize(
    ("session", "rows"),
    [
        (at(HOME), [["what"], ["_kk", "_ru"], ["_urgent", "_exit"]]),
        (
            at(URGENT),
            [
                ["_card102", "_card112", "_card103"],
                ["102", "112", "103"],
                ["silent"],
                ["after", "phone"],
                ["_back", "_kk", "_ru"],
                ["_urgent", "_exit"],
            ],
        ),
        (
            at(URGENT, typed=True),
            [
                ["_card102", "_card112", "_card103"],
                ["102", "112", "103"],
                ["silent"],
                ["after", "phone"],
                ["_not"],
                ["_back", "_kk", "_ru"],
                ["_urgent", "_exit"],
            ],
        ),
        (at("urgent.after"), FRAME),
        (at("about.what"), [["kept"], ["after"], ["shared"], *FRAME]),
        (at(GUARD), [["shared"], *FRAME]),
        (at(GUARD, "urgent.after"), [["shared"], ["_on"], *FRAME]),
        (at("phone.shared", "urgent.after", typed=True), [["home"], ["_on"], ["_not"], *FRAME]),
        (Session("kk", "urgent.after"), [["_back", "_ru", "_en"], ["_urgent", "_exit"]]),
        (Session("ru", "urgent.after"), [["_back", "_kk", "_en"], ["_urgent", "_exit"]]),
    ],
)
def test_the_rows_of_a_screen(session: Session, rows: list[list[str]]) -> None:
    assert keys(SMALL, session) == rows


@given(SESSIONS)
def test_urgent_and_close_are_the_last_row_of_every_screen(session: Session) -> None:
    rows = keys(BOOK, session)
    back = [] if session.screen == HOME else ["_back"]
    others = [f"_{language}" for language in LANGUAGES if language != session.language]
    assert rows[-2:] == [[*back, *others], ["_urgent", "_exit"]]


@given(SESSIONS)
def test_the_authors_buttons_come_in_their_order_and_the_engines_beneath(session: Session) -> None:
    screen = BOOK.screen(session.screen)
    drawn = [button.copies or button.key for button in draw(BOOK, session, VALUES).buttons()]
    authored = [*_numbers(screen), *(choice.name for choice in screen.choices)]
    own = [*["_on"] * is_pending(BOOK, session), *["_not"] * session.typed]
    shown = drawn[: len(authored) + len(own)]
    assert sorted(shown) == sorted(authored + own) if screen.alphabetical else shown == authored + own


def _numbers(screen: Screen) -> list[str]:
    """Cards and copies of short numbers side by side, then each long one by itself."""
    short = [one.number for one in screen.numbers if len(one.number) <= 5]
    short = short if len(short) > 1 else []
    long = [one for one in screen.numbers if one.number not in short]
    alone = [[f"_card{one.number}" if not one.whatsapp else "_whatsapp", one.number] for one in long]
    return [*(f"_card{number}" for number in short), *short, *(key for keys in alone for key in keys)]


@pytest.mark.parametrize(
    ("language", "order"), [("kk", ["a", "d", "b", "c"]), ("ru", ["b", "c", "a", "d"]), ("en", ["d", "c", "b", "a"])]
)
def test_an_alphabetical_list_is_in_the_alphabet_of_the_reader_two_in_a_row(language: str, order: list[str]) -> None:
    names = {
        "a": Words("Абай", "Ёлка", "Oral"),
        "b": Words("Қостанай", "Ақтау", "Kostanay"),
        "c": Words("Орал", "Аягөз", "Jezkazgan"),
        "d": Words("Әулие", "Орал", "Aulie"),
    }
    choices = [Choice(key, said, to=HOME) for key, said in names.items()]
    listing = Screen("list", Text("Choose."), *choices, alphabetical=True)
    book = book_of(Flow("home", Screen("start", Text("Home."))), Flow("some", listing))
    rows = [[button.key for button in row] for row in draw(book, Session(language, "some.list")).rows]
    assert rows[:2] == [order[:2], order[2:]]


def test_long_numbers_stand_alone_and_one_for_whatsapp_opens_that_app() -> None:
    both = (Number("+7 700 000 00 00"), Number("111"), Number("+7 700 000 00 01", whatsapp=True))
    book = book_of(Flow("home", Screen("start", Text("Home."), numbers=both)))
    rows = draw(book, at(HOME)).rows[:4]
    assert [[button.words for button in row] for row in rows] == [
        ["Tel. +7 700 000 00 00"],
        ["+7 700 000 00 00"],
        ["Tel. 111", "111"],
        ["Open WhatsApp", "+7 700 000 00 01"],
    ]
    assert rows[3][0].opens == "https://wa.me/77000000001"
    assert card_key("+7 700 000 00 01") not in own_keys(book)


@given(SESSIONS)
def test_every_button_does_one_thing_and_no_two_the_same(session: Session) -> None:
    buttons = draw(BOOK, session, VALUES).buttons()
    assert {sum(one is not None for one in (button.data, button.copies, button.opens)) for button in buttons} == {1}
    assert len({button.data or button.copies or button.opens for button in buttons}) == len(buttons)
    for button in buttons:
        assert button.words.strip() == button.words != ""
        tap = READER.read(button.data or "")
        assert (tap and (tap.session, tap.choice)) == (None if button.data is None else (session, button.key))


def test_a_number_is_copied_and_sent_as_a_card_under_its_own_digits() -> None:
    cards, copies = draw(SMALL, at(URGENT)).rows[:2]
    assert copies[0] == Button("102", copies="102")
    assert [(card.words, card.key) for card in cards] == [(f"Tel. {n}", f"_card{n}") for n in (102, 112, 103)]


@pytest.mark.parametrize(
    ("session", "text"),
    [
        (at("about.what"), "About."),
        (at("about.kept"), "Kept 24 hours."),
        (at("urgent.after"), "After.\nSources checked: 03.2026"),
        (at("urgent.traces"), "Traces.\nFrom 12.2025. Ask 111 to be sure."),
    ],
)
def test_the_text_of_a_screen(session: Session, text: str) -> None:
    assert draw(SMALL, session, VALUES).text == text


def test_a_missing_value_is_a_mistake_of_ours_and_is_not_hidden() -> None:
    with pytest.raises(KeyError, match="hours"):
        draw(SMALL, at("about.kept"))


def test_a_sentence_put_above_a_screen_changes_nothing_else() -> None:
    view = draw(SMALL, at("about.what"))
    above = view.with_first_line(WE_WERE_AWAY)
    assert above.text == "Sorry, we could not answer for a while.\n\nAbout."
    assert (above.session, above.rows) == (view.session, view.rows)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_screen_speaks_one_language_but_names_the_others_in_their_own(language: str) -> None:
    way = draw(BOOK, Session(language, HOME)).rows[-2]
    assert [button.words for button in way] == [name for code, name in LANGUAGES.items() if code != language]
