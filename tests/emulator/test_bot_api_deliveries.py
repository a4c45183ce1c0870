"""Calls to a webhook: in order, one at a time for each person, and again after a failure, as Telegram does it."""

import asyncio
from collections.abc import AsyncIterator

import pytest
from starlette.responses import Response

from bot.demo.bot_api import World
from bot.demo.bot_api.actions import send
from bot.demo.bot_api.deliveries import GONE_FOR
from tests.emulator.emulator_client import NOON, Client, StoppedClock
from tests.emulator.hook import Hook, Visit, hooked
from tests.emulator.living import until

MINUTE, DAY = 60.0, 86_400.0


@pytest.fixture
async def hook(clock: StoppedClock) -> AsyncIterator[Hook]:
    async with hooked() as running:
        running.ticks = clock.ticks
        yield running


async def set_hook(client: Client, hook: Hook, **more: object) -> None:
    await client.call("setWebhook", url=hook.url, **more)


async def calls(hook: Hook, number: int) -> None:
    """Waits for so many calls, and a little for one too many."""
    await until(lambda: len(hook.visits) >= number, f"{len(hook.visits)} calls came, not {number}")
    await asyncio.sleep(0.1)
    assert len(hook.visits) == number


async def empty(world: World) -> None:
    await until(lambda: world.pending() == 0, "something still waits")


def refuse(status: int, **headers: str) -> Response:
    return Response(status_code=status, headers={name.replace("_", "-"): value for name, value in headers.items()})


async def test_what_waits_and_what_comes_is_delivered_once_in_order(client: Client, hook: Hook) -> None:
    first = client.world.send(1001, "one").update_id
    await set_hook(client, hook, secret_token="s-1")
    client.world.send(1001, "two")
    await empty(client.world)
    assert hook.texts() == ["one", "two"]
    assert [visit.update["update_id"] for visit in hook.visits] == [first, (first or 0) + 1]
    headers = hook.visits[0].headers
    assert headers["x-telegram-bot-api-secret-token"] == "s-1"
    assert headers["content-type"] == "application/json"
    assert "last_error_date" not in await client.call("getWebhookInfo")


async def test_without_a_secret_there_is_no_such_header(client: Client, hook: Hook) -> None:
    await set_hook(client, hook)
    client.world.send(1001, "one")
    await empty(client.world)
    assert "x-telegram-bot-api-secret-token" not in hook.visits[0].headers


async def test_one_message_of_a_chat_is_on_its_way_and_other_people_do_not_wait(client: Client, hook: Hook) -> None:
    hook.gate.clear()
    await set_hook(client, hook)
    for text in ("a", "b", "c"):
        client.world.send(1001, text)
        client.world.send(1002, text.upper())
    await calls(hook, 2)
    assert sorted(hook.texts()) == ["A", "a"]
    hook.gate.set()
    await empty(client.world)
    assert [text for text in hook.texts() if text.islower()] == ["a", "b", "c"]
    assert [text for text in hook.texts() if text.isupper()] == ["A", "B", "C"]


async def test_a_tap_does_not_wait_for_the_message_before_it(client: Client, hook: Hook) -> None:
    client.world.start(1001)
    keyboard = {"inline_keyboard": [[{"text": "x", "callback_data": "x"}]]}
    message = await client.call("sendMessage", chat_id=1001, text="screen", reply_markup=keyboard)
    hook.gate.clear()
    await set_hook(client, hook)
    client.world.tap(1001, message["message_id"], "x")
    client.world.tap(1001, message["message_id"], "x")
    client.world.block(1001)
    await calls(hook, 3)
    kinds = [next(name for name in visit.update if name != "update_id") for visit in hook.visits]
    assert sorted(kinds) == ["callback_query", "message", "my_chat_member"], "the second tap waits for the first"


@pytest.mark.parametrize("connections", [1, 3])
async def test_no_more_connections_than_were_asked_for(client: Client, hook: Hook, connections: int) -> None:
    people = [client.world.add_person("Zkq").id for _ in range(10)]
    hook.gate.clear()
    await set_hook(client, hook, max_connections=connections)
    for person in people:
        client.world.send(person, str(person))
    await calls(hook, connections)
    hook.gate.set()
    await empty(client.world)
    assert hook.most_at_once == connections
    assert sorted(hook.texts()) == [str(person) for person in people]


async def test_it_comes_again_at_once_and_then_after_two_four_and_eight_seconds(
    client: Client, hook: Hook, clock: StoppedClock
) -> None:
    hook.answer = lambda _: refuse(500)
    await set_hook(client, hook)
    client.world.send(1001, "one")
    client.world.send(1001, "two")
    await calls(hook, 2)
    for number, pause in enumerate((2, 4, 8), start=3):
        clock.wait(pause - 0.1)
        await asyncio.sleep(0.12)
        assert len(hook.visits) == number - 1
        clock.wait(0.1)
        await calls(hook, number)
    assert [visit.at for visit in hook.visits] == pytest.approx([0, 0, 2, 6, 14])
    info = await client.call("getWebhookInfo")
    assert info["last_error_message"] == "Wrong response from the webhook: 500 Internal Server Error"
    assert info["last_error_date"] == int(NOON + 14)
    hook.answer = lambda _: Response()
    clock.wait(16)
    await empty(client.world)
    assert hook.texts() == ["one"] * 6 + ["two"], "what failed holds up its own lane, and the next begins afresh"


async def test_the_pause_never_exceeds_two_minutes(client: Client, hook: Hook, clock: StoppedClock) -> None:
    hook.answer = lambda _: refuse(500)
    await set_hook(client, hook)
    client.world.send(1001, "one")
    await calls(hook, 2)
    for number in range(3, 14):
        clock.wait(120)
        await calls(hook, number)


async def test_retry_after_is_honoured(client: Client, hook: Hook, clock: StoppedClock) -> None:
    hook.answer = lambda visit: refuse(503, Retry_After="1") if len(hook.visits) < 4 else Response()
    await set_hook(client, hook)
    client.world.send(1001, "one")
    for number in range(1, 5):
        await calls(hook, number)
        clock.wait(1)
    await empty(client.world)
    assert [visit.at for visit in hook.visits] == [0, 1, 2, 3]


async def test_silence_is_a_failure(client: Client, hook: Hook, clock: StoppedClock) -> None:
    client.world.limits.webhook_idle = 0.2
    hook.gate.clear()
    await set_hook(client, hook)
    client.world.send(1001, "one")
    await until(lambda: len(hook.visits) == 2, "it did not come again")
    assert (await client.call("getWebhookInfo"))["last_error_message"] == "Read timeout expired"
    hook.gate.set()
    await empty(client.world)


async def test_a_program_that_is_not_there_gets_it_later(client: Client, hook: Hook, clock: StoppedClock) -> None:
    await client.call("setWebhook", url="http://127.0.0.1:9/hook")
    client.world.send(1001, "one")
    await until(lambda: client.world.bot().deliveries.last_error is not None, "nothing was tried")
    assert (await client.call("getWebhookInfo"))["last_error_message"] == "Connection refused"
    clock.wait(1)
    await set_hook(client, hook)
    await empty(client.world)
    assert hook.texts() == ["one"]
    assert "last_error_date" not in await client.call("getWebhookInfo"), "a new webhook has no past"


async def test_what_is_too_old_is_dropped_and_the_next_comes(client: Client, hook: Hook, clock: StoppedClock) -> None:
    hook.answer = lambda visit: refuse(500) if visit.update["message"]["text"] == "old" else Response()
    client.world.send(1001, "never")
    clock.wait(DAY + 1)
    client.world.send(1001, "old")
    await set_hook(client, hook)
    await calls(hook, 2)
    clock.wait(DAY - 1)
    await until(lambda: client.world.pending() == 0 or len(hook.visits) > 2, "not dropped")
    client.world.send(1001, "new")
    await empty(client.world)
    assert set(hook.texts()) == {"old", "new"}


async def test_one_lane_that_fails_holds_up_nobody_but_as_many_as_are_loaded_do(client: Client, hook: Hook) -> None:
    """The reason why a bot must not refuse for ever what it cannot read."""
    people = [client.world.add_person("Zkq").id for _ in range(4)]
    hook.answer = lambda visit: refuse(500) if visit.update["message"]["text"] == "bad" else Response()
    await set_hook(client, hook, max_connections=1)
    client.world.send(people[0], "bad")
    client.world.send(people[1], "good")
    await until(lambda: client.world.pending() == 1, "held up by somebody else")
    client.world.send(people[2], "bad")
    client.world.send(people[3], "good")
    await asyncio.sleep(0.2)
    assert client.world.pending() == 3


async def test_a_day_of_gone_deletes_the_webhook(client: Client, hook: Hook, clock: StoppedClock) -> None:
    hook.answer = lambda _: refuse(410)
    await set_hook(client, hook)
    client.world.send(1001, "one")
    await calls(hook, 2)
    clock.wait(GONE_FOR)
    await calls(hook, 3)
    assert (await client.call("getWebhookInfo"))["url"] == hook.url
    clock.wait(10)
    await until(lambda: client.world.bot().webhook.url == "", "it is still set")
    clock.wait(1)
    assert [update["message"]["text"] for update in await client.call("getUpdates")] == ["one"]


async def test_a_deleted_webhook_is_called_no_more(client: Client, hook: Hook, clock: StoppedClock) -> None:
    hook.gate.clear()
    await set_hook(client, hook)
    client.world.send(1001, "one")
    await calls(hook, 1)
    await client.call("deleteWebhook")
    hook.gate.set()
    client.world.send(1001, "two")
    await calls(hook, 1)
    assert [update["message"]["text"] for update in await client.call("getUpdates")] == ["one", "two"]


async def test_another_bot_has_its_own_webhook(client: Client, hook: Hook) -> None:
    other = client.world.account("8000000001:other")
    await set_hook(client, hook)
    client.world.send(1001, "for the first")
    send(other, other.chat_with(client.world.person(1001)), text="for the other")
    await empty(client.world)
    assert hook.texts() == ["for the first"]
    assert other.queue.waiting(client.world.clock.now()) == 1


async def test_broken_updates_are_delivered_as_they_are(client: Client, hook: Hook) -> None:
    await set_hook(client, hook)
    client.world.inject({"message": {"text": "x", "odd": [None]}})
    client.world.inject_whole([{"quantum": 1}])
    await empty(client.world)
    assert [{key: value for key, value in v.update.items() if key != "update_id"} for v in hook.visits] == [
        {"message": {"text": "x", "odd": [None]}},
        {"quantum": 1},
    ]
    assert isinstance(hook.visits[0], Visit)
