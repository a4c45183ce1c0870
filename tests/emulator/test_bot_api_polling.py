"""Long polling over real HTTP: waiting, waking, and two bots with one token."""

import asyncio
import time
from typing import Any

import httpx

from bot.demo.bot_api import World
from bot.demo.bot_api.refusals import OTHER_POLLER, WEBHOOK_ACTIVE, WEBHOOK_SET
from tests.emulator.emulator_client import TOKEN, Emulator, client_of


async def poll(http: httpx.AsyncClient, emulator: Emulator, **params: Any) -> httpx.Response:
    return await http.get(f"{emulator.bot_url}{TOKEN}/getUpdates", params=params)


async def test_a_long_poll_ends_with_the_first_update(emulator: Emulator) -> None:
    emulator.world.add_person("First")
    async with httpx.AsyncClient(timeout=20) as http:
        waiting = asyncio.create_task(poll(http, emulator, timeout=10))
        await asyncio.sleep(0.2)
        assert not waiting.done()
        began = time.monotonic()
        emulator.world.send(1001, "one")
        for _ in range(10):
            await asyncio.sleep(0)
        emulator.world.send(1001, "two")
        updates = (await waiting).json()["result"]
    assert time.monotonic() - began < 1
    assert [update["message"]["text"] for update in updates] == ["one", "two"], "what comes together is read together"


async def test_a_long_poll_ends_empty_in_time(emulator: Emulator) -> None:
    async with httpx.AsyncClient(timeout=20) as http:
        began = time.monotonic()
        answer = (await poll(http, emulator, timeout=1)).json()
    assert answer == {"ok": True, "result": []}
    assert 0.9 < time.monotonic() - began < 3


async def test_a_hasty_repetition_waits_three_seconds(emulator: Emulator) -> None:
    async with httpx.AsyncClient(timeout=20) as http:
        await poll(http, emulator)
        began = time.monotonic()
        await poll(http, emulator)
    assert 2.9 < time.monotonic() - began < 5


async def test_the_second_poller_ends_the_first(emulator: Emulator) -> None:
    emulator.world.add_person("First")
    async with httpx.AsyncClient(timeout=20) as http:
        first = asyncio.create_task(poll(http, emulator, timeout=10))
        await asyncio.sleep(0.2)
        second = asyncio.create_task(poll(http, emulator, timeout=10))
        ended = await first
        assert (ended.status_code, ended.json()) == (
            409,
            {"ok": False, "error_code": 409, "description": f"Conflict: {OTHER_POLLER}"},
        )
        assert not second.done()
        emulator.world.send(1001, "hello")
        assert len((await second).json()["result"]) == 1


async def test_a_second_conflict_within_three_seconds_is_told_late(emulator: Emulator) -> None:
    async with httpx.AsyncClient(timeout=20) as http:
        tasks = []
        for _ in range(3):
            tasks.append(asyncio.create_task(poll(http, emulator, timeout=10)))
            await asyncio.sleep(0.2)
        assert (await tasks[0]).status_code == 409
        began = time.monotonic()
        assert (await tasks[1]).status_code == 409
        assert time.monotonic() - began > 2
        await emulator.world.close()
        assert (await tasks[2]).status_code == 200


async def test_a_poller_that_went_away_is_nobody(emulator: Emulator) -> None:
    async with httpx.AsyncClient(timeout=20) as http:
        gone = asyncio.create_task(poll(http, emulator, timeout=10))
        await asyncio.sleep(0.2)
        gone.cancel()
        await asyncio.sleep(0.2)
        assert emulator.world.bot().poller._waiter is None
        assert (await poll(http, emulator, timeout=1, offset=-1)).status_code == 200


async def test_setting_a_webhook_ends_the_poll_and_keeps_pollers_out(emulator: Emulator) -> None:
    async with httpx.AsyncClient(timeout=20) as http:
        first = asyncio.create_task(poll(http, emulator, timeout=10))
        await asyncio.sleep(0.2)
        await http.post(f"{emulator.bot_url}{TOKEN}/setWebhook", data={"url": "https://example.org/hook"})
        assert (await first).json()["description"] == f"Conflict: {WEBHOOK_SET}"
        assert (await poll(http, emulator)).json()["description"] == f"Conflict: {WEBHOOK_ACTIVE}"


async def test_every_token_is_its_own_bot() -> None:
    world = World(TOKEN, seed=1)
    world.add_person("First")
    async with client_of(world) as client:
        client.token = "42:other"
        assert (await client.call("getMe"))["id"] == 42
        world.send(1001, "for the other", bot_id=42)
        assert world.pending() == 0
        assert world.pending(bot_id=42) == 1
        assert len(await client.call("getUpdates")) == 1


async def test_closing_the_world_lets_everybody_go(emulator: Emulator) -> None:
    async with httpx.AsyncClient(timeout=20) as http:
        waiting = asyncio.create_task(poll(http, emulator, timeout=30))
        await asyncio.sleep(0.2)
        await emulator.world.close()
        assert (await waiting).json()["result"] == []
