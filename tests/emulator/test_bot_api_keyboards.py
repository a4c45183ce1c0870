"""Which buttons Telegram accepts, and which addresses behind them."""

from typing import Any

import pytest

from bot.demo.bot_api.keyboards import inline_rows
from bot.demo.bot_api.links import check_link
from bot.demo.bot_api.refusals import Refusal
from tests.emulator.emulator_client import Client


def rows(*buttons: dict[str, Any]) -> Any:
    return inline_rows({"inline_keyboard": [list(buttons)]})


def reason(*buttons: dict[str, Any]) -> str:
    with pytest.raises(Refusal) as caught:
        rows(*buttons)
    assert caught.value.code == 400
    return caught.value.description.removeprefix("Bad Request: ")


@pytest.mark.parametrize("data", ["x" * 64, "ж" * 32, "a"])
def test_callback_data_of_64_bytes(data: str) -> None:
    assert rows({"text": "A", "callback_data": data}) == [[{"text": "A", "callback_data": data}]]


@pytest.mark.parametrize("data", ["x" * 65, "ж" * 33, "👍" * 17])
def test_callback_data_over_64_bytes(data: str) -> None:
    assert reason({"text": "A", "callback_data": data}) == "BUTTON_DATA_INVALID"


def test_text_to_copy_has_1_to_256_characters() -> None:
    assert rows({"text": "A", "copy_text": {"text": "ж" * 256}})
    assert reason({"text": "A", "copy_text": {"text": "ж" * 257}}) == "BUTTON_COPY_TEXT_INVALID"
    assert reason({"text": "A", "copy_text": {"text": ""}}) == "BUTTON_COPY_TEXT_INVALID"


@pytest.mark.parametrize("button", [{"text": "A"}, {"text": "A", "callback_data": ""}, {"text": "A", "url": ""}])
def test_a_button_without_an_action(button: dict[str, Any]) -> None:
    assert reason(button).endswith("Text buttons are unallowed in the inline keyboard")


@pytest.mark.parametrize(
    "button",
    [
        {"text": "A", "callback_data": "a", "url": "https://example.org"},
        {"text": "A", "callback_data": "a", "copy_text": {"text": "x"}},
        {"text": "A", "pay": True, "url": "https://example.org"},
    ],
)
def test_a_button_with_several_actions(button: dict[str, Any]) -> None:
    assert "Exactly one" in reason(button)


@pytest.mark.parametrize("button", ["A", {"callback_data": "a"}, {"text": 5, "callback_data": "a"}, None])
def test_a_button_that_is_none(button: Any) -> None:
    assert reason(button).startswith("can't parse inline keyboard button")


def test_styles() -> None:
    for style in ("danger", "success", "primary"):
        assert rows({"text": "A", "callback_data": "a", "style": style})[0][0]["style"] == style
    assert "style" in reason({"text": "A", "callback_data": "a", "style": "pink"})


def test_a_hundred_buttons_and_no_more() -> None:
    button = {"text": "A", "callback_data": "a"}
    assert inline_rows({"inline_keyboard": [[button] * 10] * 10})
    with pytest.raises(Refusal, match="reply markup is too long"):
        inline_rows({"inline_keyboard": [*([[button] * 10] * 10), [button]]})


def test_nine_buttons_in_a_row_are_fine_and_the_thirteenth_is_dropped() -> None:
    button = {"text": "A", "callback_data": "a"}
    assert len(rows(*[button] * 9)[0]) == 9
    assert len(rows(*[button] * 13)[0]) == 12


def test_blank_buttons_and_empty_keyboards_vanish() -> None:
    assert rows({"text": "", "callback_data": "a"}) is None
    assert inline_rows({"inline_keyboard": []}) is None
    assert inline_rows({"inline_keyboard": [[], []]}) is None
    assert inline_rows(None) is None


@pytest.mark.parametrize("keyboard", [{"inline_keyboard": {}}, {"inline_keyboard": ["A"]}, {"keyboard": ["A"]}, "x"])
def test_a_keyboard_that_is_none(keyboard: Any) -> None:
    with pytest.raises(Refusal):
        inline_rows(keyboard)


def test_other_keyboards_are_accepted_and_not_shown() -> None:
    assert inline_rows({"keyboard": [["A"], [{"text": "B"}]]}) is None
    assert inline_rows({"remove_keyboard": True}) is None


@pytest.mark.parametrize(
    ("link", "stored"),
    [
        ("https://example.org", "https://example.org/"),
        ("HTTP://example.org/a?b=c#d", "http://example.org/a?b=c#d"),
        ("example.org", "http://example.org/"),
        ("example.org?x=1", "http://example.org/?x=1"),
        ("https://example.org:8443/x", "https://example.org:8443/x"),
        ("https://қазақша.қаз/x", "https://қазақша.қаз/x"),
        ("http://127.0.0.1:8800/x", "http://127.0.0.1:8800/x"),
        ("http://[::1]:8800/x", "http://[::1]:8800/x"),
        ("https://name:word@example.org/", "https://name:word@example.org/"),
        ("tg://resolve?domain=x", "tg://resolve?domain=x"),
        ("tg:resolve?domain=x", "tg://resolve?domain=x"),
        ("ton://transfer/x", "ton://transfer/x"),
        ("tonsite://example.ton/x", "tonsite://example.ton/x"),
    ],
)
def test_addresses_that_a_button_may_open(link: str, stored: str) -> None:
    assert check_link(link) == stored


@pytest.mark.parametrize(
    ("link", "why"),
    [
        ("tel:102", "Wrong HTTP URL"),
        ("tel:+77000000000", "Wrong port number specified in the URL"),
        ("tel://102", "Unsupported URL protocol"),
        ("mailto:me@example.org", "Unsupported URL protocol"),
        ("ftp://example.org", "Unsupported URL protocol"),
        ("javascript://example.org", "Unsupported URL protocol"),
        ("http://localhost", "Wrong HTTP URL"),
        ("http://localhost:8800/x", "Wrong HTTP URL"),
        ("https://hotline", "Wrong HTTP URL"),
        ("https://", "URL host is empty"),
        ("https:///x", "URL host is empty"),
        ("https://example.org:0", "Wrong port number specified in the URL"),
        ("https://example.org:99999", "Wrong port number specified in the URL"),
        ("https://exa mple.org", "Unallowed characters in URL host"),
        ("tg://a b", "Unallowed characters in URL host"),
    ],
)
def test_addresses_that_no_button_may_open(link: str, why: str) -> None:
    with pytest.raises(Refusal) as caught:
        check_link(link)
    assert caught.value.description == f"Bad Request: inline keyboard button URL '{link}' is invalid: {why}"


def test_web_apps_need_https() -> None:
    assert rows({"text": "A", "web_app": {"url": "https://example.org"}})
    assert "Only HTTPS" in reason({"text": "A", "web_app": {"url": "http://example.org"}})
    assert "Only HTTPS" in reason({"text": "A", "login_url": None, "web_app": {}})


async def test_a_refused_button_refuses_the_message(client: Client) -> None:
    client.world.start(1001)
    keyboard = {"inline_keyboard": [[{"text": "Call", "url": "tel:102"}]]}
    refused = await client.refused("sendMessage", chat_id=1001, text="x", reply_markup=keyboard)
    assert refused.description == "Bad Request: inline keyboard button URL 'tel:102' is invalid: Wrong HTTP URL"
    assert len(client.world.messages(1001)) == 1
