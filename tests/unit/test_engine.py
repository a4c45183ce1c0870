"""What each button and each typed meaning leads to, rule by rule, and that the way back always ends at home."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.dialog.engine import (
    BACK_KEY,
    EXIT_KEY,
    GO_ON_KEY,
    NOT_IT_KEY,
    URGENT_KEY,
    Meaning,
    Turn,
    card_key,
    has_back,
    heard,
    is_pending,
    language_key,
    own_keys,
    pressed,
)
from bot.dialog.model import HOME, URGENT, Book, Session
from bot.dialog.view import draw
from bot.domain.events import CardAsked, Dismissed, LanguageChosen, QuickExit
from bot.i18n import LANGUAGES
from tests.books import BOOK
from tests.unit.small_book import GUARD, SMALL, at

SESSIONS = st.builds(
    Session,
    st.sampled_from(list(LANGUAGES)),
    st.sampled_from(list(SMALL)),
    st.none() | st.sampled_from(list(SMALL)),
    st.booleans(),
    st.booleans(),
    st.booleans(),
)


@pytest.mark.parametrize(
    ("meaning", "turn"),
    [
        (Meaning.EXIT, Turn(None, (QuickExit(),))),
        (Meaning.URGENT, Turn(Session("kk", URGENT, typed=True))),
        (Meaning.LANGUAGE, Turn(Session("kk", HOME), (LanguageChosen("kk"),))),
        (Meaning.OTHER, Turn(Session("kk", HOME))),
    ],
)
def test_typed_words_need_no_earlier_screen(meaning: Meaning, turn: Turn) -> None:
    assert heard(meaning, "kk") == turn


@given(SESSIONS)
def test_exit_leaves_from_everywhere_without_a_question(session: Session) -> None:
    assert pressed(SMALL, session, EXIT_KEY) == Turn(None, (QuickExit(),))


@given(SESSIONS)
def test_not_it_takes_away_only_what_answered_typed_words(session: Session) -> None:
    assert pressed(SMALL, session, NOT_IT_KEY) == (Turn(None, (Dismissed(),)) if session.typed else Turn(session))


@given(SESSIONS, st.sampled_from(list(LANGUAGES)))
def test_another_language_changes_the_language_and_nothing_else(session: Session, language: str) -> None:
    turn = Turn(replace(session, language=language), (LanguageChosen(language),))
    assert pressed(SMALL, session, language_key(language)) == turn


@given(SESSIONS, st.text() | st.sampled_from(["", "gone", "_gone", "_de", "_card", "_card999", "_card1022"]))
def test_a_choice_that_the_screen_does_not_have_shows_it_again(session: Session, choice: str) -> None:
    if SMALL.screen(session.screen).choice(choice) is None and choice not in own_keys(SMALL):
        assert pressed(SMALL, session, choice) == Turn(session)


def test_a_choice_of_another_screen_shows_this_one_again() -> None:
    assert pressed(SMALL, at(HOME), "silent") == Turn(at(HOME))


@pytest.mark.parametrize("number", ["102", "112", "103"])
def test_a_card_comes_only_from_the_screen_that_has_its_number(number: str) -> None:
    session = at(URGENT, "about.what", typed=True)
    used = at(URGENT, "about.what")  # who takes a card was understood: nothing is offered to be taken away
    assert pressed(SMALL, session, card_key(number)) == Turn(used, (CardAsked(number),))
    assert pressed(SMALL, at("urgent.silent"), card_key(number)) == Turn(at("urgent.silent"))


MOVES = {
    "into the first screen of another flow": (at(HOME), "what", at("about.what", HOME)),
    "within a flow, keeping the way back out": (
        at("about.what", HOME, asked=True),
        "kept",
        at("about.kept", HOME, asked=True),
    ),
    "within a flow, no longer an answer to typed words": (at(URGENT, typed=True), "silent", at("urgent.silent")),
    "within a flow, no longer direct": (
        at("urgent.silent", "about.kept", direct=True),
        "traces",
        at("urgent.traces", "about.kept"),
    ),
    "into the middle of another flow": (
        at("about.kept", HOME),
        "traces",
        at("urgent.traces", "about.kept", direct=True),
    ),
    "home within the flow": (at("home.unread", "about.what", typed=True), "home", at(HOME)),
    "home from another flow": (at("phone.shared", "about.what", asked=True), "home", at(HOME, asked=True)),
    "to Urgent": (at("about.kept", HOME), URGENT_KEY, at(URGENT, "about.kept")),
    "to Urgent from within it": (
        at("urgent.traces", "about.kept", direct=True),
        URGENT_KEY,
        at(URGENT, "about.kept"),
    ),
    "to Urgent from the phone, which was then asked": (
        at("phone.shared"),
        URGENT_KEY,
        at(URGENT, "phone.shared", asked=True),
    ),
    "to the phone by choice, which is then asked": (at(URGENT, HOME), "phone", at(GUARD, URGENT, asked=True)),
    "to a page about the phone without its question": (
        at("about.what", HOME),
        "shared",
        at("phone.shared", "about.what", direct=True),
    ),
    "to a sensitive screen of the same flow, first time": (at(URGENT, HOME), "after", at(GUARD, "urgent.after")),
    "to a sensitive screen of another flow, first time": (at("about.kept", HOME), "after", at(GUARD, "urgent.after")),
    "to a sensitive screen from where she came directly": (
        at("about.kept", HOME, direct=True),
        "after",
        at(GUARD, "urgent.after"),
    ),
    "to a sensitive screen in answer to typed words": (at(URGENT, typed=True), "after", at(GUARD, "urgent.after")),
    "to a sensitive screen of the same flow, asked already": (
        at(URGENT, HOME, asked=True),
        "after",
        at("urgent.after", HOME, asked=True),
    ),
    "to a sensitive screen of another flow, asked already": (
        at("about.what", HOME, asked=True),
        "after",
        at("urgent.after", "about.what", asked=True, direct=True),
    ),
    "to a page about the phone, still on the way": (
        at(GUARD, "urgent.after"),
        "shared",
        at("phone.shared", "urgent.after"),
    ),
    "to a page about the phone, not on the way": (
        at(GUARD, "about.what", asked=True),
        "shared",
        at("phone.shared", "about.what", asked=True),
    ),
    "to Urgent on the way, which counts as asked": (
        at(GUARD, "urgent.after"),
        URGENT_KEY,
        at(URGENT, GUARD, asked=True),
    ),
    "on to what she wanted": (at(GUARD, "urgent.after"), GO_ON_KEY, at("urgent.after", asked=True)),
    "on from a page about the phone": (at("phone.shared", "urgent.after"), GO_ON_KEY, at("urgent.after", asked=True)),
    "on, forged where there is nothing to go on to": (at("about.what", typed=True), GO_ON_KEY, at(HOME, asked=True)),
}


@pytest.mark.parametrize("name", MOVES)
def test_a_choice_leads(name: str) -> None:
    before, choice, after = MOVES[name]
    assert pressed(SMALL, before, choice) == Turn(after)


BACKS = {
    "from a screen to the first of its flow": (at("urgent.silent", "about.what"), at(URGENT, "about.what")),
    "from a screen to its own parent": (at("urgent.traces", HOME), at("urgent.silent", HOME)),
    "from the first screen to where she came from": (at(URGENT, "about.kept", typed=True), at("about.kept")),
    "from the first screen without an origin to home": (at("about.what", asked=True), at(HOME, asked=True)),
    "from a screen she came to directly": (at("urgent.traces", "about.kept", direct=True), at("about.kept")),
    "from a screen she came to directly, origin lost": (at("urgent.traces", direct=True), at(HOME)),
    "from the question about the phone to above her aim": (at(GUARD, "urgent.after"), at(URGENT, asked=True)),
    "from the question about the phone, forged as direct": (
        at(GUARD, "urgent.after", direct=True),
        at(URGENT, asked=True),
    ),
    "from the question about the phone when she chose it": (
        at(GUARD, "about.what", asked=True),
        at("about.what", asked=True),
    ),
    "from a page about the phone on the way": (at("phone.shared", "urgent.after"), at(GUARD, "urgent.after")),
    "from an answer to something sent": (at("home.unread"), at(HOME)),
    "forged at home": (at(HOME), at(HOME)),
}


@pytest.mark.parametrize("name", BACKS)
def test_back_leads(name: str) -> None:
    before, after = BACKS[name]
    assert pressed(SMALL, before, BACK_KEY) == Turn(after)


def test_back_after_the_question_about_the_phone_stays_in_the_flow_she_wanted() -> None:
    session = at("about.kept", HOME, direct=True)
    for choice in ("after", GO_ON_KEY, BACK_KEY):
        turn = pressed(SMALL, session, choice)
        assert turn.session is not None
        session = turn.session
    assert session == at(URGENT, asked=True)


@pytest.mark.parametrize(
    ("session", "pending"),
    [
        (at(GUARD, "urgent.after"), True),
        (at("phone.shared", "urgent.after"), True),
        (at(GUARD, "urgent.after", asked=True), False),
        (at(GUARD), False),
        (at(GUARD, "about.what"), False),
        (at("urgent.silent", "urgent.after"), False),
        (at("urgent.after", asked=True), False),
    ],
)
def test_she_can_go_on_only_while_she_is_asked_on_the_way_to_a_sensitive_screen(
    session: Session, pending: bool
) -> None:
    assert is_pending(SMALL, session) is pending


@pytest.mark.parametrize("address", list(SMALL))
def test_every_screen_but_home_has_a_way_back(address: str) -> None:
    assert has_back(at(address)) is (address != HOME)


@pytest.mark.parametrize("book", [SMALL, BOOK], ids=["small", "real"])
@given(data=st.data())
def test_back_always_ends_at_home(book: Book, data: st.DataObject) -> None:
    addresses = st.sampled_from(list(book))
    session: Session | None = data.draw(
        st.builds(Session, st.just("en"), addresses, st.none() | addresses, st.booleans(), st.booleans(), st.booleans())
    )
    seen = []
    while session is not None and session.screen != HOME:
        assert session not in seen
        seen.append(session)
        session = pressed(book, session, BACK_KEY).session
    assert session is not None


@pytest.mark.parametrize("book", [SMALL, BOOK], ids=["small", "real"])
@given(start=st.sampled_from([Meaning.OTHER, Meaning.URGENT]), picks=st.lists(st.integers(0, 12), max_size=40))
def test_the_question_about_the_phone_comes_before_anything_sensitive_and_only_once(
    book: Book, start: Meaning, picks: list[int]
) -> None:
    session = heard(start, "en").session
    asked_on_the_way = 0
    for pick in picks:
        assert session is not None
        buttons = [
            button for button in draw(book, session, {"hours": 1}).buttons() if button.key not in {EXIT_KEY, NOT_IT_KEY}
        ]
        before, key = session, buttons[pick % len(buttons)].key
        session = pressed(book, session, key).session
        assert session is not None
        assert session.asked or not book.screen(session.screen).sensitive
        assert session.asked or not before.asked
        asked_on_the_way += is_pending(book, session) and not is_pending(book, before)
    assert asked_on_the_way <= 1
