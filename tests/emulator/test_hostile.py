"""Anything that Telegram, or somebody who pretends to be Telegram, may send: an answer or a silence, never a stop."""

import json
from typing import Any

import pytest

from bot.dialog.model import HOME
from tests.emulator.living import Living
from tests.emulator.test_hostile_inputs import CANARY, SENT, TYPED, Json, shown, unharmed
from tests.emulator.test_journeys import BOTH_WAYS, text_of
from tests.torture.feeding import Feeder, troubles
from tests.unit.update_kinds import MALFORMED

MUTATIONS = 2000


@pytest.mark.parametrize("odd", MALFORMED, ids=lambda odd: json.dumps(odd)[:50])
async def test_an_odd_update_stops_nobody(alive: Living, odd: dict[str, Any]) -> None:
    phone = alive.phone("ru")
    alive.emulator.world.inject(odd)
    await phone.start()
    assert [message["text"] for message in phone.bots] == [text_of(HOME, "ru")]
    assert "crashed" not in alive.log.getvalue()
    assert "poison" not in alive.log.getvalue()


@pytest.mark.parametrize("alive", ["webhook"], indirect=True)
async def test_odd_updates_that_are_brought_one_after_the_other_stop_nobody(alive: Living) -> None:
    for odd in MALFORMED:
        alive.emulator.world.inject(odd)
        phone = alive.phone("ru")
        await phone.start()
        assert [message["text"] for message in phone.bots] == [text_of(HOME, "ru")], odd
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


@pytest.mark.parametrize(
    ("alive", "database"),
    [("polling", "sqlite"), ("webhook", "sqlite"), ("polling", "postgresql"), ("webhook", "postgresql")],
    indirect=True,
)
async def test_everything_strange_at_once_from_as_many_people(alive: Living) -> None:
    """All rows of typed and sent things, each from somebody else in the same moment: each gets what is due to it."""
    typed: list[tuple[Json, str]] = [({"text": text, "entities": []}, screen) for text, screen in TYPED.values()]
    sent = [(alive.phone("ru", name=CANARY), *each) for each in (*typed, *SENT.values())]
    for phone, fields, _ in sent:
        alive.emulator.world.send(phone.id, message=fields)
    await alive.settled()
    assert [shown(phone) for phone, _, _ in sent] == [[screen] for _, _, screen in sent]
    unharmed(alive, rows=len(sent))
    assert alive.rows() == len(sent)


@BOTH_WAYS
async def test_two_thousand_mutants_break_nothing_and_block_nobody(alive: Living) -> None:
    """The beginning of `make torture`: every valid example, then what is made of them."""
    feeder = Feeder(alive.emulator.world, 5, lambda: len(troubles(alive.log.getvalue())))
    await withstood(alive, feeder, 0, feeder.kinds + MUTATIONS)


@pytest.mark.parametrize(("alive", "database"), [("webhook", "postgresql")], indirect=True)
async def test_mutants_break_nothing_with_postgresql_either(alive: Living) -> None:
    """Some more of them, which are not among those above."""
    feeder = Feeder(alive.emulator.world, 5, lambda: len(troubles(alive.log.getvalue())))
    await withstood(alive, feeder, feeder.kinds + MUTATIONS, MUTATIONS // 4)


async def withstood(alive: Living, feeder: Feeder, first: int, count: int) -> None:
    figures = await feeder.feed(first, count)
    print(f"\n{figures.line('here', 5)}")
    assert (figures.breaking, troubles(alive.log.getvalue())) == ([], [])
