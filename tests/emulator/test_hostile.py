"""Anything that Telegram, or somebody who pretends to be Telegram, may send: an answer or a silence, never a stop."""

import json
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from bot.dialog.model import HOME
from tests.emulator.emulator_client import Emulator
from tests.emulator.living import Living, living
from tests.emulator.test_journeys import BOTH_WAYS, text_of
from tests.torture.feeding import Feeder, troubles
from tests.unit.update_kinds import MALFORMED

MUTATIONS = 2000


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
async def test_two_thousand_mutants_break_nothing_and_block_nobody(alive: Living) -> None:
    """The beginning of `make torture`: every valid example, then what is made of them."""
    feeder = Feeder(alive.emulator.world, 5, lambda: len(troubles(alive.log.getvalue())))
    figures = await feeder.feed(0, feeder.kinds + MUTATIONS)
    print(f"\n{figures.line('here', 5)}")
    assert (figures.breaking, troubles(alive.log.getvalue())) == ([], [])
