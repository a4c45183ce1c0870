"""Thousands of updates and calls are no burden."""

import time

import httpx

from tests.emulator.emulator_client import Client, Emulator

UPDATES = 2_000
SECONDS = 30.0
"""Far above what a shared machine needs (about two), far below what a quadratic queue would."""


async def test_two_thousand_updates_are_polled_answered_and_confirmed(emulator: Emulator) -> None:
    world = emulator.world
    world.limits.enabled = False
    people = [world.add_person(str(number)).id for number in range(100)]
    began = time.monotonic()
    for number in range(UPDATES):
        world.send(people[number % 100], f"{number} /start")
    offset, seen = 0, 0
    async with httpx.AsyncClient(base_url=emulator.url, timeout=20) as http:
        bot = Client(http, world)
        while seen < UPDATES:
            updates = await bot.call("getUpdates", offset=offset, limit=100, timeout=5)
            for update in updates:
                assert update["message"]["text"] == f"{seen} /start"
                seen += 1
                if seen % 10 == 0:
                    await bot.call("sendMessage", chat_id=update["message"]["chat"]["id"], text="x")
            offset = updates[-1]["update_id"] + 1
        assert await bot.call("getUpdates", offset=offset) == []
    assert world.pending() == 0
    assert world.bot().calls.well["sendMessage"] == UPDATES // 10
    assert time.monotonic() - began < SECONDS


def test_a_queue_of_forty_thousand_is_read_in_steps(emulator: Emulator) -> None:
    queue = emulator.world.bot().queue
    began = time.monotonic()
    for _ in range(40_000):
        queue.push("message", {"message": {"text": "x"}}, 2e9, 1)
    offset = queue.head()
    for _ in range(400):
        offset = queue.take(offset, 100, 1e9)[-1].number + 1
    assert queue.take(offset, 100, 1e9) == []
    assert time.monotonic() - began < SECONDS
