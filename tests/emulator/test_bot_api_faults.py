"""Trouble on demand, over real HTTP."""

import asyncio
import time
from collections.abc import AsyncIterator
from typing import Any

import httpx
import pytest

from bot.demo.bot_api import World
from bot.demo.bot_api.faults import NGINX_502
from tests.emulator.emulator_client import TOKEN, Client, Emulator, StoppedClock, client_of, served


@pytest.fixture
async def bot(emulator: Emulator) -> AsyncIterator[Client]:
    emulator.world.limits.enabled = False
    for name in ("First", "Second"):
        emulator.world.start(emulator.world.add_person(name).id)
    async with httpx.AsyncClient(base_url=emulator.url, timeout=0.5) as http:
        yield Client(http, emulator.world)


def hello(chat_id: int = 1001) -> dict[str, Any]:
    return {"chat_id": chat_id, "text": "x"}


def received(bot: Client, person: int = 1001) -> int:
    return len(bot.world.messages(person)) - 1


@pytest.mark.parametrize(
    ("kind", "code", "description"),
    [
        ("429", 429, "Too Many Requests: retry after 9"),
        ("403", 403, "Forbidden: bot was blocked by the user"),
        ("400", 400, "Bad Request: chat not found"),
        ("500", 500, "Internal Server Error"),
    ],
)
async def test_refusals(bot: Client, kind: str, code: int, description: str) -> None:
    bot.world.faults.add("sendMessage", kind, 2, retry_after=9)
    for _ in range(2):
        refused = await bot.refused("sendMessage", **hello())
        assert (refused.code, refused.description) == (code, description)
        assert refused.retry_after == (9 if kind == "429" else None)
    assert received(bot) == 0
    await bot.call("sendMessage", **hello())
    assert received(bot) == 1


async def test_refusals_may_have_other_words(bot: Client) -> None:
    bot.world.faults.add("sendMessage", "400", description="Bad Request: VOICE_MESSAGES_FORBIDDEN")
    assert (await bot.refused("sendMessage", **hello())).description == "Bad Request: VOICE_MESSAGES_FORBIDDEN"


async def test_a_gateway_answers_with_a_page(bot: Client) -> None:
    bot.world.faults.add("sendMessage", "502")
    response = await bot.raw("sendMessage", **hello())
    assert (response.status_code, response.text) == (502, NGINX_502)
    assert response.headers["content-type"].startswith("text/html")
    assert received(bot) == 0


async def test_a_call_may_hang_before_it_is_performed(bot: Client) -> None:
    bot.world.faults.add("sendMessage", "hang")
    with pytest.raises(httpx.ReadTimeout):
        await bot.raw("sendMessage", **hello())
    assert received(bot) == 0
    assert [(call.ok, call.description) for call in bot.world.calls("sendMessage")] == [(False, "hang")]


async def test_a_call_may_hang_after_it_was_performed(bot: Client) -> None:
    bot.world.faults.add("sendMessage", "hang_after_accept")
    with pytest.raises(httpx.ReadTimeout):
        await bot.raw("sendMessage", **hello())
    assert received(bot) == 1
    assert [call.ok for call in bot.world.calls("sendMessage")] == [True]


async def test_hanging_ends_when_all_trouble_ends(bot: Client) -> None:
    bot.world.faults.add("sendMessage", "hang", None)
    async with httpx.AsyncClient(base_url=bot.http.base_url, timeout=10) as http:
        patient = asyncio.create_task(Client(http, bot.world).raw("sendMessage", **hello()))
        await asyncio.sleep(0.2)
        began = time.monotonic()
        bot.world.faults.clear()
        with pytest.raises(httpx.TransportError):
            await patient
        assert time.monotonic() - began < 1
    await bot.call("sendMessage", **hello())


async def test_a_connection_may_break(bot: Client) -> None:
    bot.world.faults.add("sendMessage", "reset")
    with pytest.raises((httpx.RemoteProtocolError, httpx.ReadError)):
        await bot.raw("sendMessage", **hello())
    assert received(bot) == 0
    await bot.call("sendMessage", **hello())


async def test_a_broken_connection_is_an_exception_without_a_socket() -> None:
    world = World(TOKEN)
    async with client_of(world) as client:
        world.faults.add("getMe", "reset")
        with pytest.raises(ConnectionResetError):
            await client.raw("getMe")


async def test_only_that_method_and_that_chat(bot: Client) -> None:
    bot.world.faults.add("sendMessage", "500", None, chat_id=1002)
    await bot.call("sendMessage", **hello())
    await bot.call("sendChatAction", chat_id=1002, action="typing")
    for _ in range(3):
        assert (await bot.refused("sendMessage", **hello(1002))).code == 500
    bot.world.faults.clear()
    await bot.call("sendMessage", **hello(1002))


async def test_every_method_at_once(bot: Client) -> None:
    bot.world.faults.add("*", "500", 3)
    for method in ("getMe", "getUpdates", "sendMessage"):
        assert (await bot.refused(method, **hello())).code == 500
    await bot.call("getMe")


async def test_faults_come_in_the_order_they_were_asked_for(bot: Client) -> None:
    bot.world.faults.add("getMe", "500")
    bot.world.faults.add("*", "429")
    assert [(await bot.refused("getMe")).code for _ in range(2)] == [500, 429]
    await bot.call("getMe")


async def test_a_probability_is_kept_and_repeatable() -> None:
    async def codes(seed: int) -> list[int]:
        world = World(TOKEN, seed=seed)
        world.faults.add("getMe", "500", None, probability=0.3)
        async with client_of(world) as client:
            return [(await client.raw("getMe")).status_code for _ in range(300)]

    first = await codes(1)
    assert 60 < first.count(500) < 120
    assert first == await codes(1)
    assert first != await codes(2)


def test_an_unknown_kind_is_an_error() -> None:
    with pytest.raises(ValueError, match="unknown"):
        World(TOKEN).faults.add("getMe", "earthquake")


async def test_a_batch_is_delivered_twice_although_confirmed(emulator: Emulator) -> None:
    world = emulator.world
    world.add_person("First")
    world.faults.add("getUpdates", "duplicate", 1)
    first = world.send(1001, "a").update_id
    assert first is not None
    async with httpx.AsyncClient(base_url=emulator.url, timeout=10) as http:
        bot = Client(http, world)
        batch = await bot.call("getUpdates", timeout=1)
        assert [update["update_id"] for update in batch] == [first]
        again = await bot.call("getUpdates", offset=first + 1, timeout=1)
        assert again == batch
        assert world.pending() == 0
        world.send(1001, "b")
        after = await bot.call("getUpdates", offset=first + 1, timeout=1)
        assert [update["message"]["text"] for update in after] == ["b"], "only once more"


async def test_two_batches_are_each_delivered_twice() -> None:
    clock = StoppedClock()
    world = World(TOKEN, clock=clock)
    world.add_person("First")
    world.faults.add("getUpdates", "duplicate", 2)
    seen = []
    async with client_of(world) as bot:
        offset = 0
        for number in range(6):
            clock.wait(4)
            if number % 2 == 0:
                world.send(1001, str(number))
            updates = await bot.call("getUpdates", offset=offset)
            offset = updates[-1]["update_id"] + 1 if updates else offset
            seen.append([update["message"]["text"] for update in updates])
    assert seen == [["0"], ["0"], ["2"], ["2"], ["4"], []]


async def test_polls_have_trouble_too() -> None:
    async with served(World(TOKEN)) as emulator, httpx.AsyncClient(base_url=emulator.url, timeout=0.5) as http:
        bot = Client(http, emulator.world)
        emulator.world.faults.add("getUpdates", "502")
        assert (await bot.raw("getUpdates")).status_code == 502
        emulator.world.faults.add("getUpdates", "hang")
        with pytest.raises(httpx.ReadTimeout):
            await bot.raw("getUpdates")
        emulator.world.faults.add("getUpdates", "reset")
        with pytest.raises(httpx.TransportError):
            await bot.raw("getUpdates")
        assert emulator.world.calls() == [], "polls are not in the log"
