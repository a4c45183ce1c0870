"""What Telegram says is read as it was said; what is no answer is one kind of error that does not repeat it."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from telegram.error import TelegramError

from bot.telegram.request import parse


@pytest.mark.parametrize(
    ("payload", "found"),
    [
        (b"{}", {}),
        (b' {"a": [1, 2.5, null, true, "\xd2\x9b"]} ', {"a": [1, 2.5, None, True, "қ"]}),
        (b'{"text": "\\ud83d"}', {"text": "\ud83d"}),
        (b'{"text": "\\ud83d\\ude00"}', {"text": "\U0001f600"}),
        (b'{"text": "\xff"}', {"text": "\ufffd"}),
        (b'{"text": "\\u0000"}', {"text": "\x00"}),
        (b'{"a": Infinity}', {"a": float("inf")}),
        (b'{"a": 1, "a": 2}', {"a": 2}),
        (b'{"a": 36893488147419103232, "b": "\\ud83d"}', {"a": 2**65, "b": "\ud83d"}),
    ],
)
def test_an_answer_is_read(payload: bytes, found: dict[str, Any]) -> None:
    assert parse(payload) == found


@pytest.mark.parametrize(
    "payload",
    {
        "nothing": b"",
        "a space": b" ",
        "half an object": b'{"ok": true',
        "something after it": b"{} x",
        "a page": b"<html>",
        "no text": b"\xff\xfe",
        "a mark before it": b"\xef\xbb\xbf{}",
        "a list": b"[]",
        "a word": b'"ok"',
        "a number": b"7",
        "null": b"null",
        "NaN": b"NaN",
        "very deep": b'{"a":' * 10_000 + b"1" + b"}" * 10_000,
        "deep and with half a character": b'{"a":["\\ud83d",' + b"[" * 100_000 + b"]" * 100_000 + b"]}",
        "a very long number": b'{"a": ' + b"9" * 5000 + b', "b": "\\ud83d"}',
    }.values(),
    ids=lambda payload: repr(payload[:12]),
)
def test_what_is_no_object_is_an_error_that_does_not_repeat_it(payload: bytes) -> None:
    with pytest.raises(TelegramError) as caught:
        parse(payload)
    assert (type(caught.value), str(caught.value)) == (TelegramError, "Invalid server response")
    assert caught.value.__suppress_context__ or caught.value.__context__ is None


JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**63), 2**63) | st.floats(allow_nan=False) | st.text(st.characters()),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(st.characters()), inner, max_size=3),
    max_leaves=8,
)


@given(st.dictionaries(st.text(st.characters()), JSON, max_size=4))
def test_whatever_telegram_can_say_is_read_as_it_was_said(payload: dict[str, Any]) -> None:
    assert parse(json.dumps(payload).encode()) == payload


@given(st.binary() | JSON.map(lambda value: json.dumps(value).encode()[:-1]))
def test_bytes_of_any_kind_are_an_object_or_one_kind_of_error(payload: bytes) -> None:
    try:
        found = parse(payload)
    except TelegramError:
        return
    assert isinstance(found, dict)
