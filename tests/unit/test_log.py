"""What the log may hold: the names of events and small plain values; never words, names, ids, phones or tokens."""

import io
import json
import logging
import math
import re
import string
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot import log

TOKEN = "123456789:AAE-secret_part"
URL = f"https://api.telegram.org/bot{TOKEN}/getMe"
LIBRARIES = [
    "aiohttp.client",
    "aiohttp.access",
    "httpx",
    "httpcore.connection",
    "telegram.Bot",
    "telegram.ext.Application",
    "sqlalchemy.engine.Engine",
    "uvicorn.error",
    "asyncio",
    "py.warnings",
    "pana.child",
]
Line = dict[str, Any]


@contextmanager
def written(level: str = "DEBUG") -> Iterator[list[Line]]:
    """The lines that are written inside the block, without their time; the log is as before afterwards."""
    root, pana, stream, lines = logging.getLogger(), logging.getLogger("pana"), io.StringIO(), list[Line]()
    before = root.handlers[:], root.level, pana.level, logging.raiseExceptions
    log.start(level, stream)
    try:
        yield lines
    finally:
        root.handlers[:], logging.raiseExceptions = before[0], before[3]
        root.setLevel(before[1])
        pana.setLevel(before[2])
    for text in stream.getvalue().splitlines():
        line = json.loads(text)
        assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", line.pop("time"))
        assert text.isascii()
        lines.append(line)


def raised(error: Exception) -> Exception:
    """The error as it is after having been raised here."""
    with pytest.raises(type(error)) as caught:
        raise error
    return caught.value


def test_an_event_is_one_line_with_its_listed_fields() -> None:
    with written() as lines:
        log.event("tidy", count=3)
        log.event("slow", "warning", seconds=0.25, method="getMe", status=200)
        log.event("ready", "debug")
    assert lines == [
        {"level": "info", "event": "tidy", "count": 3},
        {"level": "warning", "event": "slow", "seconds": 0.25, "method": "getMe", "status": 200},
        {"level": "debug", "event": "ready"},
    ]


def test_what_is_below_the_level_is_not_written() -> None:
    with written("WARNING") as lines:
        log.event("quiet")
        log.event("loud", "warning")
    assert lines == [{"level": "warning", "event": "loud"}]


def test_a_field_that_is_not_listed_is_left_out() -> None:
    with written() as lines:
        log.event("sent", chat=1, text="hello", user="aigerim", message_id=12, kind="words")
    assert lines == [{"level": "info", "event": "sent", "kind": "words"}]


@pytest.mark.parametrize(
    "value",
    [
        100_000,
        -100_000,
        700_123_456,
        10**400,
        700_123_456.0,
        99_999.9999,
        math.nan,
        math.inf,
        -math.inf,
        "12345",
        "bot123456:x",
        "8.701.123.45.67",
        "+7-701-123",
        "87-01-12-34",
        "two words",
        "line\nbreak",
        "Айгерім",
        "kömek",
        "a" * 61,
        "name@example",
        TOKEN,
        "\x00",
        "\ud83d",
        None,
        ["a"],
        {"a": 1},
        b"a",
    ],
)
def test_a_value_that_could_be_somebodys_is_replaced(value: Any) -> None:
    with written() as lines:
        log.event("sent", kind=value)
    assert lines == [{"level": "info", "event": "sent", "kind": "-"}]


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        *(
            (value, value)
            for value in (99_999, -99_999, True, 0, 99_999.5, "", "victim.py", "22.8.1", "a" * 60, "1234")
        ),
        ("urgent.numbers", "urgent.numbers"),
        (1 / 3, 0.333),
    ],
)
def test_a_plain_value_is_written(value: Any, shown: object) -> None:
    with written() as lines:
        log.event("sent", kind=value)
    assert lines == [{"level": "info", "event": "sent", "kind": shown}]


def is_harmless(value: object) -> bool:
    """A small number, or one short name of a thing without many digits: stated here again, independently."""
    if isinstance(value, int | float):
        return -100_000 < value < 100_000
    assert isinstance(value, str)
    allowed = set(string.ascii_letters + string.digits + "_.:/-")
    digits = sum(character.isdigit() for character in value)
    return len(value) <= 60 and set(value) <= allowed and digits < 7 and not re.search(r"\d\d\d\d\d", value)


ANYTHING = st.text() | st.text(string.printable) | st.text(string.digits + "-. :") | st.integers() | st.floats()


@given(st.text() | st.text(string.printable), st.dictionaries(st.sampled_from([*log.FIELDS, "text", "chat"]), ANYTHING))
def test_whatever_is_logged_only_listed_fields_and_harmless_values_get_out(name: str, fields: dict[str, Any]) -> None:
    with written() as lines:
        log.event(name, **fields)
    assert len(lines) == 1
    assert set(lines[0]) == {"level", "event"} | (set(fields) & log.FIELDS)
    assert [value for value in lines[0].values() if not is_harmless(value)] == []
    assert lines[0]["event"] in {name, "unnamed"}


@given(st.text())
def test_an_error_is_written_as_its_class_and_place_without_its_words(words: str) -> None:
    with written() as lines:
        log.failure("broke", raised(ValueError(words, f"{words} {TOKEN}")), attempt=2)
    assert isinstance(line := lines[0].pop("line"), int)
    assert line > 0
    assert lines == [{"level": "error", "event": "broke", "error": "ValueError", "module": "test_log.py", "attempt": 2}]


def test_an_error_that_was_never_raised_has_no_place() -> None:
    with written() as lines:
        log.failure("broke", KeyError(TOKEN))
    assert lines == [{"level": "error", "event": "broke", "error": "KeyError", "module": "unknown", "line": 0}]


def test_a_class_named_after_somebody_is_not_written() -> None:
    named = raised(type("Айгерім", (Exception,), {})("x"))
    with written() as lines:
        log.failure("broke", named)
        logging.getLogger("asyncio").error("x", exc_info=named)
    assert [line["error"] for line in lines] == ["-", "-"]


@pytest.mark.parametrize("name", LIBRARIES)
def test_a_librarys_line_is_reduced_to_its_logger_and_level(name: str) -> None:
    library = logging.getLogger(name)
    with written() as lines:
        library.error("HTTP Request: POST %s text=%s", URL, "ол мені ұрып жатыр")
        library.warning(URL, extra={"fields": {"kind": TOKEN}, "text": TOKEN})
        library.critical({"url": URL}, exc_info=raised(OSError(URL)), stack_info=True)
        library.error("%d", "not a number")
    assert lines == [
        {"level": "error", "event": "library", "module": name},
        {"level": "warning", "event": "library", "module": name},
        {"level": "critical", "event": "library", "module": name, "error": "OSError"},
        {"level": "error", "event": "library", "module": name},
    ]


@pytest.mark.parametrize("name", LIBRARIES[:-1])
def test_a_librarys_chatter_is_not_written_even_when_we_debug(name: str) -> None:
    with written("DEBUG") as lines:
        logging.getLogger(name).info("HTTP Request: POST %s", URL)
        logging.getLogger(name).debug(URL)
    assert lines == []


@pytest.mark.parametrize("name", [f"telegram.bot{TOKEN}", "айгерім", "700123456", "a logger with a sentence"])
def test_a_logger_named_after_somebody_is_not_written(name: str) -> None:
    with written() as lines:
        logging.getLogger(name).error("x")
    assert lines == [{"level": "error", "event": "library", "module": "-"}]


@given(st.text(min_size=1), st.lists(st.text()), st.sampled_from(LIBRARIES))
def test_whatever_a_library_says_does_not_get_out(words: str, arguments: list[str], name: str) -> None:
    with written() as lines:
        logging.getLogger(name).error(words, *arguments)
    assert lines == [{"level": "error", "event": "library", "module": name}]


def test_a_broken_stream_does_not_print_what_was_to_be_written(capsys: pytest.CaptureFixture[str]) -> None:
    stream = io.StringIO()
    stream.close()
    with written():
        log.start("INFO", stream)
        logging.getLogger("httpx").error("POST %s", URL)
        log.event("ready")
    assert capsys.readouterr() == ("", "")
