"""The model of the Bot API that our calls are held against notices what is wrong."""

import pytest

from bot.demo.bot_api.calls import Call
from tests.emulator.valid_calls import wrong_calls


@pytest.mark.parametrize(
    ("method", "params", "wrong"),
    [
        ("sendMessage", {"chat_id": 1, "text": "a"}, []),
        ("sendMesage", {}, ["sendMesage is no method of the Bot API"]),
        ("sendMessage", {"chat_id": 1, "text": "a", "silent": True}, ["sendMessage has no parameter silent"]),
        ("sendMessage", {"chat_id": 1}, ["sendMessage: text: Field required"]),
    ],
)
def test_a_wrong_call_is_noticed(method: str, params: dict[str, object], wrong: list[str]) -> None:
    assert (
        wrong_calls([Call(n=1, at=0, method=method, params=params, ok=True, error_code=None, description="")]) == wrong
    )
