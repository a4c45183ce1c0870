"""How a screen is drawn: which buttons stand where, and that Urgent and Close are always in the same place."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.dialog.codec import Reader
from bot.dialog.engine import is_pending, own_keys
from bot.dialog.model import HOME, URGENT, Book, Session
from bot.dialog.view import Button, draw
from bot.flows import BOOK
from bot.flows.phrases import WE_WERE_AWAY
from bot.i18n import LANGUAGES
from tests.unit.small_book import GUARD, SMALL, at

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
    numbers = [number.number for number in screen.numbers]
    authored = [*(f"_card{number}" for number in numbers), *numbers, *(choice.name for choice in screen.choices)]
    own = [*["_on"] * is_pending(BOOK, session), *["_not"] * session.typed]
    assert drawn[: len(authored) + len(own)] == authored + own


@given(SESSIONS)
def test_every_button_does_one_thing_and_no_two_the_same(session: Session) -> None:
    buttons = draw(BOOK, session, VALUES).buttons()
    assert [button for button in buttons if (button.data is None) == (button.copies is None)] == []
    assert len({button.data or button.copies for button in buttons}) == len(buttons)
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
