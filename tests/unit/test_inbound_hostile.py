"""Broken, forged and nonsensical updates are read as something harmless; nothing that JSON can hold raises."""

import copy
import json
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.telegram.inbound import Foreign, Gone, Inbound, Press, Silent, Thing, Words, read, update_id
from tests.unit import update_kinds as kinds
from tests.unit.update_kinds import CHANNEL, CHAT, GROUP, MESSAGE, PERSON, PRIVATE, SENT, membership, message, press

MALFORMED = Silent("malformed")
FORGED = Silent("callback_query", callback_id="42")


def said(text: str) -> Words:
    return Words(CHAT, MESSAGE, text, SENT, "kk")


def sender(**fields: Any) -> dict[str, Any]:
    """A message from a sender with these fields changed."""
    return message(text="a", **{"from": {**PERSON, **fields}})


HOSTILE_WORDS = {
    "nothing visible": "\u200b\u2060\u2800 \u00ad",
    "turned around": "\u202e" * 50 + "\u2066abc\u2069",
    "a family, five hundred times": "\U0001f468\u200d\U0001f469\u200d\U0001f467" * 500,
    "code in many tongues": "<b>{0.__class__}</b> %s '; drop table routing; -- $(id)",
    "NUL": "a\x00b",
    "half a character": "\ud83d",
    "far too long": "a" * 100_000,
    "a payload": "/start " + "A" * 64,
    "a command for another bot": "/START@otherbot",
}


@pytest.mark.parametrize("name", HOSTILE_WORDS)
def test_words_are_handed_on_as_they_are(name: str) -> None:
    words = HOSTILE_WORDS[name]
    assert read(message(text=words)) == said(words)
    assert read(json.loads(json.dumps(message(text=words)))) == said(words)


NOT_A_PERSON = {
    "a bot": sender(is_bot=True),
    "Telegram itself": message(text="a", chat={**PRIVATE, "id": 777000}, **{"from": {**PERSON, "id": 777000}}),
    "somebody else": sender(id=CHAT + 1),
    "an anonymous administrator": sender(id=1087968824, is_bot=True),
    "nobody": message(text="a", **{"from": None}),
    "a null": {"update_id": 1, "message": {**message(text="a")["message"], "from": None}},
    "a list": message(text="a", **{"from": [PERSON]}),
    "a word": message(text="a", **{"from": "Support"}),
    "a sender without a number": message(text="a", **{"from": {"first_name": "Support"}}),
    "a number as a word": sender(id=str(CHAT)),
}


@pytest.mark.parametrize("name", NOT_A_PERSON)
def test_who_is_not_the_one_person_of_the_chat_is_not_answered(name: str) -> None:
    assert read(NOT_A_PERSON[name]) == MALFORMED


WRONG_NUMBERS: list[Any] = [
    0,
    -1,
    2**52,
    10**400,
    -(10**400),
    1.5,
    float("nan"),
    float("inf"),
    True,
    "55",
    None,
    [],
    {},
]


@pytest.mark.parametrize("wrong", WRONG_NUMBERS, ids=lambda wrong: repr(wrong)[:20])
def test_a_number_that_is_none_makes_a_message_malformed_and_a_press_harmless(wrong: Any) -> None:
    broken = message(text="a")["message"]
    assert read({"message": {**broken, "message_id": wrong}}) == MALFORMED
    assert read({"message": {**broken, "chat": {"id": wrong, "type": "private"}}}) == MALFORMED
    beneath = press()["callback_query"]["message"]
    assert read(press(message={**beneath, "message_id": wrong})) == FORGED
    assert read(press(message={**beneath, "chat": {"id": wrong, "type": "private"}})) == FORGED
    assert read(membership({"id": wrong, "type": "private"}, "kicked")) == Silent("my_chat_member")


@pytest.mark.parametrize("wrong", [*WRONG_NUMBERS[:2], 2**40, *WRONG_NUMBERS[3:]], ids=lambda wrong: repr(wrong)[:20])
def test_a_date_that_is_none_makes_a_message_malformed_and_a_pressed_screen_old(wrong: Any) -> None:
    assert read({"message": {**message(text="a")["message"], "date": wrong}}) == MALFORMED
    beneath = press()["callback_query"]["message"]
    assert read(press(message={**beneath, "date": wrong})) == Press(CHAT, MESSAGE, "42", "AQE", None, "kk")


@pytest.mark.parametrize("wrong", [0, -(2**52), -(10**400), 5, 1.5, True, "-5", None, [], {}])
def test_a_group_without_a_usable_number_is_not_left_and_not_answered(wrong: Any) -> None:
    group = {"id": wrong, "type": "group"}
    assert read(message(text="a", chat=group)) == MALFORMED
    assert read(membership(group, "member")) == Silent("my_chat_member")
    assert read({"channel_post": {"chat": {**group, "type": "channel"}}}) == Silent("channel_post")


NO_CHATS: list[Any] = [
    None,
    [],
    "private",
    7,
    {},
    {"id": CHAT},
    *({"id": CHAT, "type": kind} for kind in ("secret", ["private"], None)),
]


@pytest.mark.parametrize("chat", NO_CHATS)
def test_a_chat_that_is_none_is_malformed(chat: Any) -> None:
    assert read({"message": {**message(text="a")["message"], "chat": chat}}) == MALFORMED
    assert read(press(message={"message_id": MESSAGE, "chat": chat, "date": SENT})) == FORGED


@pytest.mark.parametrize("wrong", [None, [], "x", 7, True, 1.5])
def test_a_payload_that_is_no_object_is_silent(wrong: object) -> None:
    assert read({"update_id": 1, "message": wrong}) == MALFORMED
    assert read({"update_id": 1, "callback_query": wrong}) == MALFORMED
    assert read({"update_id": 1, "my_chat_member": wrong}) == MALFORMED
    assert read({"update_id": 1, "channel_post": wrong}) == Silent("channel_post")
    assert read({"update_id": 1, "pre_checkout_query": wrong}) == Silent("pre_checkout_query")
    assert read(wrong) == MALFORMED


@pytest.mark.parametrize("text", [None, 7, True, ["a"], {"a": 1}])
def test_words_that_are_none_are_not_answered(text: object) -> None:
    broken = {**message()["message"], "text": text}
    assert read({"update_id": 1, "message": broken}) == Silent("service")
    assert read({"update_id": 1, "message": {**broken, "photo": text}}) == Thing(
        CHAT, MESSAGE, "photo", SENT, "kk", None
    )


@pytest.mark.parametrize("data", ["", "a" * 64, "\x00", "\ud83d", "қ", "a" * 5000])
def test_forged_data_is_handed_on_to_be_judged(data: str) -> None:
    assert read(press(data=data)) == Press(CHAT, MESSAGE, "42", data, SENT, "kk")


@pytest.mark.parametrize("data", [7, True, ["AQE"], {"a": 1}])
def test_data_that_is_no_text_counts_as_none(data: object) -> None:
    assert read(press(data=data)) == Press(CHAT, MESSAGE, "42", "", SENT, "kk")


@pytest.mark.parametrize("wrong", [None, 7, "", "4" * 65, ["42"]])
def test_what_cannot_be_acknowledged_is_silent(wrong: object) -> None:
    assert read({"callback_query": {**press()["callback_query"], "id": wrong}}) == Silent("callback_query")
    assert read({"pre_checkout_query": {"id": wrong}}) == Silent("pre_checkout_query")


@pytest.mark.parametrize("album", [7, "", "7" * 65, ["7"], None])
def test_an_album_that_cannot_be_named_is_no_album(album: object) -> None:
    update = message(photo=[])
    update["message"]["media_group_id"] = album
    assert read(update) == Thing(CHAT, MESSAGE, "photo", SENT, "kk", None)


@pytest.mark.parametrize("hint", [None, 7, "", ["kk"], {"kk": 1}, "k" * 10_000])
def test_a_hint_may_be_anything(hint: object) -> None:
    assert read(sender(language_code=hint)) == Words(CHAT, MESSAGE, "a", SENT, hint)


@pytest.mark.parametrize("status", [None, 7, "", "creator", ["member"], "unheard of"])
def test_a_membership_of_no_known_kind_is_silent(status: object) -> None:
    for chat in (PRIVATE, GROUP, CHANNEL):
        assert read(membership(chat, status)) == Silent("my_chat_member")


@pytest.mark.parametrize(
    ("update", "inbound"),
    [
        ({}, Silent("empty")),
        ({"update_id": 1}, Silent("empty")),
        ({"update_id": 1, "quantum_message": {"text": "a"}}, Silent("quantum_message")),
        ({"update_id": 1, "q" * 90: {}}, Silent("q" * 40)),
        ({"update_id": 1, "not a name": {}, "": 1, "7": 2}, Silent("empty")),
        ({"update_id": 1, 7: {}, None: 1}, Silent("empty")),
        ({**press(), **message(text="a")}, said("a")),
        ({**message(text="a"), "quantum_message": {}}, said("a")),
        ({**membership(PRIVATE, "kicked"), **press()}, Press(CHAT, MESSAGE, "42", "AQE", SENT, "kk")),
    ],
)
def test_an_unknown_kind_is_named_and_of_two_kinds_the_more_important_counts(update: object, inbound: Inbound) -> None:
    assert read(update) == inbound


FIELDS = sorted(
    {"update_id", "id", "type", "text", "data", "is_bot", "status", "new_chat_member", "language_code"}
    | kinds.ACTED_ON | kinds.NOT_A_KIND | kinds.REMOVED.keys() | kinds.UNREAD.keys()
)  # fmt: skip
VALUES = st.sampled_from(["private", "group", "channel", "kicked", "member", CHAT, MESSAGE, SENT, -100_200, 777000])
LEAVES = st.none() | st.booleans() | st.integers() | st.floats() | st.text() | st.characters(categories=["Cs"]) | VALUES
ANY_JSON = st.recursive(
    LEAVES,
    lambda inner: (
        st.lists(inner, max_size=4) | st.dictionaries(st.sampled_from(FIELDS) | st.text(max_size=8), inner, max_size=6)
    ),
    max_leaves=25,
)
REAL = [
    message(text="a"),
    *(message(**fields) for fields in (kinds.REMOVED | kinds.UNREAD).values()),
    press(),
    membership(PRIVATE, "kicked"),
    membership(GROUP, "member"),
    {"update_id": 1, "channel_post": message(text="a", chat=CHANNEL)["message"]},
    {"update_id": 1, "pre_checkout_query": {"id": "13", "from": PERSON}},
]


def places(value: object, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """The way to every value inside a value."""
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, inner in items:
        yield (*path, key)
        yield from places(inner, (*path, key))


@st.composite
def damaged(draw: st.DrawFn) -> Any:
    """A real update of which one or two values were replaced by something else."""
    update = copy.deepcopy(draw(st.sampled_from(REAL)))
    for _ in range(draw(st.integers(1, 2))):
        *way, last = draw(st.sampled_from(list(places(update))))
        holder: Any = update
        for key in way:
            holder = holder[key]
        holder[last] = draw(ANY_JSON)
    return update


def is_number(value: object, limit: int) -> bool:
    return type(value) is int and 0 < value < limit


def is_sound(inbound: Inbound) -> bool:
    """Whether everything that is acted on is of the kind and size that it is relied on to be."""
    match inbound:
        case Press(chat, message_id, callback_id, data, sent_at):
            place = is_number(chat, 2**52) and is_number(message_id, 2**52) and isinstance(data, str)
            return place and 0 < len(callback_id) <= 64 and (sent_at is None or is_number(sent_at, 2**40))
        case Words(chat, message_id, text, sent_at):
            place = is_number(chat, 2**52) and is_number(message_id, 2**52)
            return place and isinstance(text, str) and is_number(sent_at, 2**40)
        case Thing(chat, message_id, kind, sent_at, _, album):
            place = is_number(chat, 2**52) and is_number(message_id, 2**52) and is_number(sent_at, 2**40)
            return place and kind in {**kinds.REMOVED, **kinds.UNREAD} and (album is None or 0 < len(album) <= 64)
        case Gone(chat):
            return is_number(chat, 2**52)
        case Foreign(chat):
            return is_number(-chat, 2**52)
        case Silent(kind, callback_id, checkout_id):
            return len(kind) <= 40 and all(word is None or 0 < len(word) <= 64 for word in (callback_id, checkout_id))


@given(ANY_JSON | damaged())
def test_nothing_that_json_can_hold_raises_and_what_is_acted_on_is_sound(update: Any) -> None:
    inbound = read(update)
    assert is_sound(inbound)
    number = update_id(update)
    assert number is None or (type(number) is int and 0 <= number < 2**63)
