"""Numbers as they can be dialled, and refused ones found however somebody writes them."""

import pytest

from bot.flows.directory.numbers import Refused, is_number


@pytest.mark.parametrize(
    "text",
    [
        "102",
        "1414",
        "116 16",
        "12345",
        "+7 700 000 00 00",
        "+77000000000",
        "+7 7172 556200",
        "8 800 000 00 00",
        "+44 20 0000 0000",
    ],
)
def test_numbers_that_can_be_dialled(text: str) -> None:
    assert is_number(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "1",
        "12",
        "123456",
        "54-03-03",
        "+7 700",
        "700 000 00 00",
        "+7  700 000 00 00",
        "+7 700 000 00 00 00 000",
        "١١١",
        "+7(700)0000000",
        "111 ",
        "8 700 000 00 00 доб. 5",
    ],
)
def test_what_is_no_number(text: str) -> None:
    assert not is_number(text)


MADE_UP = Refused("salt", frozenset({Refused("salt", frozenset()).fingerprint(one) for one in ("7000000000", "999")}))


@pytest.mark.parametrize(
    "text",
    [
        "+7 700 000 00 00",
        "87000000000",
        "8 (700) 000-00-00",
        "7000000000",
        "call +7-700-000-00-00 now",
        "999",
        "999-ға",
        "(999)",
        "Call 999.",
        "8\u00a0700\u00a0000\u00a000\u00a000",
        "12 8 700 000 00 00",
    ],
)
def test_a_refused_number_is_found_however_it_is_written(text: str) -> None:
    assert MADE_UP.found_in(text)


@pytest.mark.parametrize(
    "text", ["", "9990", "1999", "2026-9-99", "/999/", "?id=999", "+7 700 000 00 01", "9 99", "998"]
)
def test_another_number_is_not_taken_for_a_refused_one(text: str) -> None:
    assert not MADE_UP.found_in(text)


def test_a_refused_chat_address_is_found() -> None:
    address = Refused("salt", frozenset({Refused("salt", frozenset()).fingerprint("@some_bot")}))
    assert address.found_in("write to @Some_Bot")
    assert not address.found_in("write to @Some_Bot2")
