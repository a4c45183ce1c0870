"""A body is read exactly as it was written, or it is no update: there is nothing in between."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.telegram.webhook import DEEPEST, parse

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=8,
)


@given(st.dictionaries(st.text(), JSON, max_size=4), st.booleans())
def test_whatever_an_update_holds_is_read_as_it_was_written(update: dict[str, Any], ascii_only: bool) -> None:
    assert parse(json.dumps(update, ensure_ascii=ascii_only).encode()) == update


def test_half_a_character_is_read() -> None:
    assert parse(b'{"text": "\\ud83d"}') == {"text": "\ud83d"}


@given(st.binary() | JSON.map(lambda value: json.dumps(value).encode()[:-1]))
def test_bytes_of_any_kind_are_an_object_or_one_kind_of_error(body: bytes) -> None:
    try:
        found = parse(body)
    except ValueError:
        return
    assert isinstance(found, dict)


@pytest.mark.parametrize("kind", ["{}", "[]"])
@pytest.mark.parametrize(("levels", "good"), [(DEEPEST, True), (DEEPEST + 1, False), (900, False), (50_000, False)])
def test_depth_has_an_end(kind: str, levels: int, good: bool) -> None:
    opened, closed = ('{"a":', "}") if kind == "{}" else ("[", "]")
    body = ('{"a":' + opened * (levels - 1) + "1" + closed * (levels - 1) + "}").encode()
    if good:
        assert isinstance(parse(body), dict)
        return
    with pytest.raises(ValueError, match="deep"):
        parse(body)
