"""What a button carries comes back whole; what is old, broken or forged lands on a living screen, never on an error."""

import base64
import string
from functools import reduce

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.dialog.codec import DATA_LIMIT, Reader, Tap, encode
from bot.dialog.engine import EXIT_KEY, URGENT_KEY, card_key, language_key, own_keys, pressed
from bot.dialog.model import HOME, Choice, Flow, Screen, Session
from bot.dialog.view import draw
from bot.domain.situation import PLAN_ITEMS, REGIONS, WHEN, WHO, Situation
from bot.domain.triage import Answer, Fact
from bot.i18n import LANGUAGES, Text
from tests.books import BOOK
from tests.unit.small_book import ABOUT_FLOW, GUARD, HOME_FLOW, PHONE_FLOW, SMALL, URGENT_FLOW, at, book_of

READER = Reader(BOOK, own_keys(BOOK))
SMALL_READER = Reader(SMALL, own_keys(SMALL))
ADDRESSES = st.sampled_from(list(BOOK))
FLAGS = (st.booleans(), st.booleans(), st.booleans())
ONE_THING = st.sampled_from(
    [*(("who", one) for one in WHO), *(("when", one) for one in WHEN), *(("region", one) for one in REGIONS)]
    + [(fact.value, answer.name.lower()) for fact in Fact for answer in Answer]
)
SITUATIONS = st.builds(
    lambda told, items: reduce(Situation.tick, items, Situation().tell(dict(told))),
    st.lists(ONE_THING, max_size=30),
    st.lists(st.integers(0, PLAN_ITEMS - 1), max_size=5, unique=True),
)
SESSIONS = st.builds(Session, st.sampled_from(list(LANGUAGES)), ADDRESSES, st.none() | ADDRESSES, *FLAGS, SITUATIONS)
FULL_SESSIONS = st.builds(Session, st.sampled_from(list(LANGUAGES)), ADDRESSES, ADDRESSES, *FLAGS, SITUATIONS)
TOLD = Situation().tell({"who": "partner", "neck": "yes", "when": "days", "region": "KZ-75"})
BASE64 = string.ascii_letters + string.digits + "-_=+/"


def choices_of(address: str) -> list[str]:
    """Every choice that a button on that screen may carry."""
    return [*sorted(own_keys(BOOK)), *(choice.name for choice in BOOK.screen(address).choices)]


def packed(data: str) -> bytes:
    return base64.urlsafe_b64decode(data + "=" * (-len(data) % 4))


def unpacked(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


@given(SESSIONS, st.data())
def test_a_button_comes_back_as_it_was_made_and_fits(session: Session, data: st.DataObject) -> None:
    choice = data.draw(st.sampled_from(choices_of(session.screen)))
    made = encode(session, choice)
    assert READER.read(made) == Tap(session, choice)
    assert made.isascii()
    assert len(made) <= DATA_LIMIT == 64


@pytest.mark.parametrize(
    ("data", "tap"),
    [
        ("AgE6yqZyskk", Tap(Session("ru", HOME), URGENT_KEY)),
        ("AoCo1ci5ZV06yqZy", Tap(Session("kk", "urgent.silent", HOME), "trusted")),
        (
            "Ap7heJ_FyarB1Hfe",
            Tap(Session("en", "phone.ask", "about.what", asked=True, typed=True, direct=True), EXIT_KEY),
        ),
        ("AqH9_ss9AOwA7KZyAAAAAAAIIVM", Tap(Session("ru", "directory.kz-75", "people.start", told=TOLD), "people")),
        (
            "AuH9_ss9AOwA7KZyAAAAAAAIIVOAAAAAAAAAAQ",
            Tap(Session("ru", "directory.kz-75", "people.start", told=TOLD.tick(0).tick(63)), "people"),
        ),
    ],
)
def test_buttons_in_peoples_chats_keep_their_meaning_in_later_releases(data: str, tap: Tap) -> None:
    assert READER.read(data) == tap
    assert encode(tap.session, tap.choice) == data


@pytest.mark.parametrize(
    ("data", "tap"),
    [
        ("AQE6yqZyskk", Tap(Session("ru", HOME), URGENT_KEY)),
        ("AQCo1ci5ZV06yqZy", Tap(Session("kk", "urgent.silent", HOME), "trusted")),
        (
            "AR7heJ_FyarB1Hfe",
            Tap(Session("en", "phone.ask", "about.what", asked=True, typed=True, direct=True), EXIT_KEY),
        ),
    ],
)
def test_buttons_of_version_1_still_mean_what_they_meant(data: str, tap: Tap) -> None:
    assert READER.read(data) == tap


@given(FULL_SESSIONS, st.binary(max_size=20))
def test_bytes_of_later_versions_at_the_end_are_ignored(session: Session, more: bytes) -> None:
    assert READER.read(unpacked(packed(encode(session, URGENT_KEY)) + more)) == Tap(session, URGENT_KEY)


def forged_data() -> st.SearchStrategy[str]:
    real = st.tuples(SESSIONS, st.sampled_from([EXIT_KEY, "what", "gone"])).map(lambda made: encode(*made))
    raw = st.binary(max_size=60).map(unpacked)
    heads = st.sampled_from([b"\x01", b"\x02"])
    ours = st.builds(lambda head, rest: unpacked(head + rest), heads, st.binary(max_size=47))
    changed = st.tuples(real, st.integers(0, 15), st.sampled_from(BASE64)).map(
        lambda made: made[0][: made[1]] + made[2] + made[0][made[1] + 1 :]
    )
    cut = st.tuples(real, st.integers(0, 16)).map(lambda made: made[0][: made[1]])
    return st.one_of(st.text(), st.text(BASE64, max_size=70), st.characters(categories=["Cs"]), raw, ours, changed, cut)


@given(forged_data())
def test_forged_data_of_any_kind_shows_a_living_screen_or_is_not_ours(data: str) -> None:
    tap = READER.read(data)
    if tap is None:
        return
    assert tap.session.language in LANGUAGES
    assert tap.session.screen in BOOK
    assert tap.session.came_from is None or tap.session.came_from in BOOK
    assert tap.choice in {"", *choices_of(tap.session.screen)}
    after = pressed(BOOK, tap.session, tap.choice).session
    assert after is None or draw(BOOK, after, {"hours": 24}).text


GOOD = encode(Session("kk", HOME), URGENT_KEY)


@pytest.mark.parametrize(
    "data",
    {
        "empty": "",
        "too short": unpacked(packed(GOOD)[:7]),
        "too long": unpacked(packed(GOOD) + bytes(41)),
        "another version": unpacked(b"\x03" + packed(GOOD)[1:]),
        "a fourth language": unpacked(b"\x02\x03" + packed(GOOD)[2:]),
        "not base64": "!" + GOOD[1:],
        "one letter left over": GOOD + "AA",
        "with a line break": GOOD + "\n",
        "not ASCII": "ә" + GOOD[1:],
        "a lone surrogate": "\ud83d" + GOOD[1:],
        "another program's": "menu:42",
    }.values(),
)
def test_what_is_not_ours_is_nothing(data: str) -> None:
    assert READER.read(data) is None


OLD_CHOICE = Choice("after", Text("After"), to="urgent.after")
GONE = {
    "a removed screen becomes the first of its flow": (at("about.old"), "kept", Tap(at("about.what"), "")),
    "a removed flow becomes home": (at("old.start"), "what", Tap(at(HOME), "")),
    "a removed screen's choice is not taken for one of the same name": (
        at("about.old"),
        OLD_CHOICE.name,
        Tap(at("about.what"), ""),
    ),
    "a removed choice shows its screen again": (at("about.kept"), "old", Tap(at("about.kept"), "")),
    "a removed origin becomes the first of its flow": (
        at("urgent.silent", "about.old"),
        "traces",
        Tap(at("urgent.silent", "about.what"), "traces"),
    ),
    "an origin in a removed flow becomes home": (
        at("urgent.silent", "old.start"),
        "traces",
        Tap(at("urgent.silent", HOME), "traces"),
    ),
    "Urgent works on a removed screen": (at("about.old"), URGENT_KEY, Tap(at("about.what"), URGENT_KEY)),
    "Close works in a removed flow": (at("old.start"), EXIT_KEY, Tap(at(HOME), EXIT_KEY)),
    "the language changes on a removed screen": (
        at("about.old"),
        language_key("kk"),
        Tap(at("about.what"), language_key("kk")),
    ),
    "a card of a removed number is no choice": (at(GUARD), card_key("999"), Tap(at(GUARD), "")),
    "what she told about herself is kept": (
        at("about.old", HOME, asked=True, typed=True, direct=True),
        "kept",
        Tap(at("about.what", HOME, asked=True, typed=True, direct=True), ""),
    ),
}


@pytest.mark.parametrize("name", GONE)
def test_of_an_earlier_release(name: str) -> None:
    session, choice, tap = GONE[name]
    assert SMALL_READER.read(encode(session, choice)) == tap


def test_a_button_outlives_a_release_that_adds_screens_and_moves_them() -> None:
    later = book_of(
        ABOUT_FLOW,
        Flow("urgent", URGENT_FLOW.screens[0], Screen("new", Text("New.")), *URGENT_FLOW.screens[1:]),
        PHONE_FLOW,
        Flow("new", Screen("start", Text("New."))),
        HOME_FLOW,
    )
    session = at("urgent.silent", "about.kept", asked=True)
    assert Reader(later, own_keys(later)).read(encode(session, "traces")) == Tap(session, "traces")
