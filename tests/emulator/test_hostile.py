"""Anything that Telegram, or somebody who pretends to be Telegram, may send: an answer or a silence, never a stop."""

import json
import random
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from bot.dialog.model import HOME
from tests.emulator.emulator_client import Emulator
from tests.emulator.living import Living, living
from tests.emulator.test_journeys import BOTH_WAYS, text_of

MUTATIONS = 2000

MALFORMED: list[Any] = [
    {},
    {"quantum_message": {"x": 1}},
    {"message": []},
    {"message": "text"},
    {"message": None},
    {"message": {"chat": {"id": "1", "type": "private"}}},
    {"message": {"chat": {"id": {"a": 1}, "type": "private"}, "from": {"id": []}, "message_id": 1, "date": 1}},
    {"message": {"chat": {"id": 10**400, "type": "private"}, "message_id": -1, "date": "now"}},
    {"message": {"chat": {"id": True, "type": "private"}, "message_id": 1.5, "date": 10**14}},
    {"callback_query": {}},
    {"callback_query": {"id": "1", "from": {"id": 5}, "data": "x"}},
    {"callback_query": {"id": "1", "from": {"id": 5}, "inline_message_id": "a", "game_short_name": "g"}},
    {"callback_query": {"id": {}, "from": None, "message": [], "data": []}},
    {"my_chat_member": {"chat": {"id": 5, "type": "private"}}},
    {"my_chat_member": {"chat": {"id": -5, "type": "supergroup"}, "new_chat_member": {"status": "member"}}},
    {"pre_checkout_query": {"id": "7", "currency": "XTR"}},
    {"pre_checkout_query": []},
    {"inline_query": {"id": "1", "query": "help"}},
    {"channel_post": {"chat": {"id": -100, "type": "channel"}}},
    {"message": {"chat": {"id": -7, "type": "group"}, "message_id": 1, "date": 1, "text": "help"}},
    {"poll": {"id": "1"}},
    {"business_message": {"text": "help"}},
    {"chat_member": {}, "message": {}, "callback_query": {}},
]


@pytest.fixture
async def alive(emulator: Emulator, tmp_path: Path, request: pytest.FixtureRequest) -> AsyncIterator[Living]:
    emulator.world.limits.enabled = False
    async with living(emulator, tmp_path, delivery=getattr(request, "param", "polling")) as running:
        yield running


@BOTH_WAYS
@pytest.mark.parametrize("odd", MALFORMED, ids=lambda odd: json.dumps(odd)[:50])
async def test_an_odd_update_stops_nobody(alive: Living, odd: dict[str, Any]) -> None:
    phone = alive.phone("ru")
    alive.emulator.world.inject(odd)
    await phone.start()
    assert [message["text"] for message in phone.bots] == [text_of(HOME, "ru")]
    assert "crashed" not in alive.log.getvalue()
    assert "poison" not in alive.log.getvalue()


async def test_a_bot_in_a_group_leaves_it_without_a_word(alive: Living) -> None:
    alive.emulator.world.add_group(-4001, "group")
    group = {"chat": {"id": -4001, "type": "supergroup", "title": "group"}}
    alive.emulator.world.inject({"my_chat_member": {**group, "new_chat_member": {"status": "member"}}})
    await alive.settled()
    assert [call.method for call in alive.emulator.world.calls() if call.method.startswith(("send", "leave"))] == [
        "leaveChat"
    ]


@BOTH_WAYS
async def test_two_thousand_mutated_updates_raise_nothing_and_block_nobody(alive: Living) -> None:
    phone = alive.phone("ru")
    await phone.start()
    await phone.say("сәлем")
    seeds = [_message(phone.id), _press(phone.id, phone.screen["message_id"]), *MALFORMED]
    rng = random.Random(5)
    for _ in range(MUTATIONS):
        alive.emulator.world.inject(_mutated(rng.choice(seeds), rng))
    other = alive.phone("kk")
    alive.emulator.world.start(other.id)
    await alive.settled(patience=60)
    assert [message["text"] for message in other.bots] == [text_of(HOME, "kk")]
    assert "poison" not in alive.log.getvalue()
    assert "unreadable_update" not in alive.log.getvalue()
    assert alive.emulator.world.bot().deliveries.last_error is None


def _message(chat: int) -> dict[str, Any]:
    person = {"id": chat, "is_bot": False, "first_name": "Zkq", "language_code": "ru"}
    content = {"text": "hello", "entities": [{"type": "bold", "offset": 0, "length": 5}]}
    return {"message": {"message_id": 9, "date": 1, "chat": {"id": chat, "type": "private"}, "from": person, **content}}


def _press(chat: int, message_id: int) -> dict[str, Any]:
    message = {"message_id": message_id, "date": 0, "chat": {"id": chat, "type": "private"}}
    return {"callback_query": {"id": "5", "from": {"id": chat, "is_bot": False}, "message": message, "data": "AQEC"}}


def _mutated(value: Any, rng: random.Random) -> Any:
    """The same shape with something in it changed, lost, or of another kind."""
    strange: list[Any] = [None, True, -1, 0, 2**63, 1e308, "", "x" * 300, [], {}, [[]], {"id": 1}, "\ud83d"]
    if isinstance(value, dict):
        out = {key: _mutated(inner, rng) for key, inner in value.items() if rng.random() > 0.04}
        return (
            out if rng.random() > 0.03 else {**out, rng.choice(["photo", "from", "chat", "text"]): rng.choice(strange)}
        )
    if isinstance(value, list):
        return [_mutated(inner, rng) for inner in value]
    return rng.choice(strange) if rng.random() < 0.06 else value
