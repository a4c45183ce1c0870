"""How fast a bot may send."""

import httpx
import pytest

from bot.demo.bot_api import World
from bot.demo.bot_api.floods import Limits
from tests.emulator.emulator_client import TOKEN, Client, StoppedClock, client_of


async def burst(client: Client, chat_id: int, most: int = 100) -> int:
    """How many messages go out at once."""
    for sent in range(most):
        response = await client.raw("sendMessage", chat_id=chat_id, text="x")
        if response.status_code == 429:
            return sent
    return most


async def test_a_person_gets_a_short_burst_and_then_one_a_second(client: Client, clock: StoppedClock) -> None:
    client.world.start(1001)
    assert await burst(client, 1001) == 8
    refused = await client.refused("sendMessage", chat_id=1001, text="x")
    assert (refused.code, refused.description, refused.retry_after) == (
        429,
        "Too Many Requests: retry after 1",
        1,
    )
    clock.wait(1)
    assert await burst(client, 1001) == 1
    clock.wait(3)
    assert await burst(client, 1001) == 3
    clock.wait(1000)
    assert await burst(client, 1001) == 8, "patience is not saved up beyond the burst"


async def test_one_person_does_not_slow_another(client: Client) -> None:
    client.world.start(1001)
    client.world.start(1002)
    assert await burst(client, 1001) == 8
    assert await burst(client, 1002) == 8


async def test_all_together_get_thirty_a_second_and_a_burst(client: Client, clock: StoppedClock) -> None:
    for number in range(20):
        client.world.start(client.world.add_person(str(number)).id)
    sent = sum([await burst(client, 1003 + number) for number in range(20)])
    assert sent == 50
    clock.wait(1)
    assert sum([await burst(client, 1010 + number) for number in range(13)]) == 30


async def test_a_group_gets_twenty_a_minute(client: Client, clock: StoppedClock) -> None:
    client.world.add_group(-100555, "A group")
    assert await burst(client, -100555) == 20
    refused = await client.refused("sendMessage", chat_id=-100555, text="x")
    assert refused.retry_after == 3
    clock.wait(3)
    assert await burst(client, -100555) == 1


async def test_the_whole_refusal(client: Client) -> None:
    client.world.start(1001)
    await burst(client, 1001)
    response: httpx.Response = await client.raw("sendContact", chat_id=1001, phone_number="102", first_name="x")
    assert response.status_code == 429
    assert response.headers["retry-after"] == "1"
    assert response.json() == {
        "ok": False,
        "error_code": 429,
        "description": "Too Many Requests: retry after 1",
        "parameters": {"retry_after": 1},
    }


async def test_copies_count_one_by_one(client: Client, clock: StoppedClock) -> None:
    client.world.start(1001)
    client.world.start(1002)
    numbers = [client.world.send(1001, str(number)).message_id for number in range(6)]
    copies = {"chat_id": 1002, "from_chat_id": 1001, "message_ids": numbers}
    assert len(await client.call("copyMessages", **copies)) == 6
    assert (await client.refused("copyMessages", **copies)).retry_after == 4
    assert await burst(client, 1002) == 2, "a refused batch costs nothing"


async def test_copies_count_for_all_together_too(client: Client) -> None:
    client.world.start(1001)
    client.world.start(1002)
    client.world.limits.chat_burst = 100
    numbers = [client.world.send(1001, str(number)).message_id for number in range(40)]
    copies = {"chat_id": 1002, "from_chat_id": 1001, "message_ids": numbers}
    assert len(await client.call("copyMessages", **copies)) == 40
    assert (await client.refused("copyMessages", **copies)).code == 429


async def test_other_calls_are_not_counted(client: Client) -> None:
    client.world.start(1001)
    assert await burst(client, 1001) == 8
    message = client.world.messages(1001)[-1]["message_id"]
    await client.call("sendChatAction", chat_id=1001, action="typing")
    await client.call("editMessageText", chat_id=1001, message_id=message, text="y")
    await client.call("deleteMessages", chat_id=1001, message_ids=[message])


async def test_refused_messages_are_not_counted(client: Client) -> None:
    client.world.start(1001)
    for _ in range(20):
        assert (await client.refused("sendMessage", chat_id=1001, text="")).code == 400
    assert await burst(client, 1001) == 8


@pytest.mark.parametrize("limits", [Limits(enabled=False), Limits(chat_burst=500, send_burst=500)])
async def test_limits_can_be_changed_and_switched_off(limits: Limits) -> None:
    world = World(TOKEN, clock=StoppedClock(), limits=limits)
    world.start(world.add_person("First").id)
    async with client_of(world) as client:
        assert await burst(client, 1001, most=200) == 200
        world.limits.enabled, world.limits.chat_burst = True, 3
        assert await burst(client, 1001) <= 3


async def test_a_clock_set_back_blocks_nobody(client: Client, clock: StoppedClock) -> None:
    client.world.start(1001)
    await burst(client, 1001)
    clock.advance(-3600)
    assert (await client.refused("sendMessage", chat_id=1001, text="x")).retry_after == 1
    clock.wait(2)
    assert await burst(client, 1001) == 2
