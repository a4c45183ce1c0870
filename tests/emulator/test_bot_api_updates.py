"""The queue of updates: what a bot gets, what it confirms, and what is too old."""

import json
import random
from typing import Any

import pytest

from bot.demo.bot_api.updates import MAX_WAITING, UpdateQueue
from tests.emulator.emulator_client import NOON, Client, StoppedClock


async def polled(client: Client, **params: Any) -> list[dict[str, Any]]:
    """Updates asked for at leisure, so that no rule about hurry applies."""
    assert isinstance(client.world.clock, StoppedClock)
    client.world.clock.wait(4)
    result: list[dict[str, Any]] = await client.call("getUpdates", **params)
    return result


def texts(updates: list[dict[str, Any]]) -> list[str]:
    return [update["message"]["text"] for update in updates]


async def test_updates_come_in_order_and_stay_until_confirmed(client: Client) -> None:
    for word in ("one", "two", "three"):
        client.world.send(1001, word)
    first = await polled(client)
    assert texts(first) == ["one", "two", "three"]
    assert texts(await polled(client)) == ["one", "two", "three"]
    assert texts(await polled(client, offset=first[1]["update_id"])) == ["two", "three"]
    assert client.world.bot().queue.confirmed == first[0]["update_id"]
    assert texts(await polled(client, offset=first[2]["update_id"] + 1)) == []
    assert client.world.pending() == 0


async def test_limit(client: Client) -> None:
    for number in range(5):
        client.world.send(1001, str(number))
    assert texts(await polled(client, limit=2)) == ["0", "1"]
    assert len(await polled(client, limit=0)) == 1, "Telegram moves a limit into 1..100"


async def test_ids_begin_at_a_random_number_and_go_up_by_one() -> None:
    firsts = set()
    for seed in range(20):
        queue = UpdateQueue(random.Random(seed))
        ids = [queue.push("message", {"message": {}}, NOON, 1) for _ in range(3)]
        assert ids[0] is not None
        assert ids == [ids[0], ids[0] + 1, ids[0] + 2]
        assert 200_000 < ids[0] <= 1_000_000_000
        firsts.add(ids[0])
    assert len(firsts) == 20


async def test_ids_may_start_again_below(client: Client) -> None:
    before = client.world.send(1001, "x").update_id
    assert before is not None
    with pytest.raises(ValueError, match="waiting"):
        client.world.bot().queue.restart_ids()
    await polled(client, offset=before + 1)
    client.world.bot().queue.restart_ids()
    after = client.world.send(1001, "y").update_id
    assert after not in {before, before + 1}
    assert texts(await polled(client, offset=before + 1)) == ["y"], "the old offset loses nothing"


@pytest.mark.parametrize("beyond", [11, 12, 5000])
async def test_an_offset_far_beyond_the_end_forgets_nothing(client: Client, beyond: int) -> None:
    last = client.world.send(1001, "keep").update_id
    assert last is not None
    assert texts(await polled(client, offset=last + 1 + beyond)) == ["keep"]


async def test_an_offset_ten_beyond_the_end_confirms(client: Client) -> None:
    last = client.world.send(1001, "gone").update_id
    assert last is not None
    assert texts(await polled(client, offset=last + 1 + 10)) == []
    assert client.world.pending() == 0


async def test_an_offset_far_before_the_beginning_forgets_nothing(client: Client) -> None:
    client.world.send(1001, "keep")
    assert texts(await polled(client, offset=1)) == ["keep"]


async def test_a_negative_offset_keeps_the_last_ones(client: Client) -> None:
    for number in range(5):
        client.world.send(1001, str(number))
    assert texts(await polled(client, offset=-2)) == ["3", "4"]
    assert client.world.pending() == 2


async def test_messages_expire_after_a_day_and_taps_after_150_seconds(client: Client, clock: StoppedClock) -> None:
    client.world.start(1001)
    sent = await client.call("sendMessage", chat_id=1001, text="?", reply_markup=one_button("a"))
    client.world.tap(1001, sent["message_id"], "a")
    assert client.world.pending() == 2
    clock.wait(150)
    assert client.world.pending() == 2
    clock.wait(1)
    assert client.world.pending() == 1
    assert texts(await polled(client)) == ["/start"], "the tap behind it is too old"
    clock.wait(86_400 - 151 - 4 - 1)
    assert client.world.pending() == 1
    clock.wait(2)
    assert client.world.pending() == 0
    assert await polled(client) == []


async def test_a_message_is_counted_from_its_own_date(client: Client) -> None:
    client.world.send(1001, message={"text": "late", "date": int(NOON) - 25 * 3600})
    client.world.send(1001, message={"text": "just", "date": int(NOON) - 23 * 3600})
    assert texts(await polled(client)) == ["just"]


async def test_an_edit_is_counted_from_the_edit(client: Client, clock: StoppedClock) -> None:
    sent = client.world.send(1001, "first")
    clock.wait(20 * 3600)
    client.world.edit(1001, sent.message_id, "second")
    clock.wait(10 * 3600)
    (update,) = await polled(client)
    assert update["edited_message"]["text"] == "second"
    assert update["edited_message"]["edit_date"] - update["edited_message"]["date"] == 20 * 3600


@pytest.mark.parametrize(("kind", "seconds"), [("inline_query", 30), ("chosen_inline_result", 600), ("poll", 86_400)])
async def test_other_kinds_expire_too(client: Client, clock: StoppedClock, kind: str, seconds: int) -> None:
    client.world.inject({kind: {"id": "1"}})
    clock.wait(seconds)
    assert client.world.pending() == 1
    clock.wait(1)
    assert client.world.pending() == 0


async def test_the_same_offset_again_at_once_gives_one_update(client: Client, clock: StoppedClock) -> None:
    for number in range(5):
        client.world.send(1001, str(number))
    assert len(await polled(client)) == 5
    clock.wait(0.4)
    assert len(await client.call("getUpdates")) == 1
    clock.wait(0.5)
    assert len(await client.call("getUpdates")) == 5


async def test_allowed_updates_leave_out_and_stay(client: Client) -> None:
    assert await polled(client, allowed_updates=["callback_query"]) == []
    assert client.world.send(1001, "unheard").update_id is None
    assert await polled(client) == [], "the list stays until another one is given"
    assert client.world.send(1001, "unheard").update_id is None
    await polled(client, allowed_updates=[])
    client.world.send(1001, "heard")
    assert texts(await polled(client)) == ["heard"]


@pytest.mark.parametrize("kind", ["message_reaction", "message_reaction_count", "chat_member"])
def test_some_kinds_must_be_asked_for(kind: str) -> None:
    queue = UpdateQueue(random.Random(1))
    assert not queue.wants(kind)
    assert queue.wants("my_chat_member")
    queue.allow([kind])
    assert queue.wants(kind)
    assert not queue.wants("message")
    queue.allow("nonsense")
    assert queue.wants(kind)


def test_at_most_100000_wait() -> None:
    queue = UpdateQueue(random.Random(1))
    for _ in range(MAX_WAITING):
        assert queue.push("message", {}, NOON, 1) is not None
    assert queue.push("message", {}, NOON, 1) is None


async def test_injected_updates_are_queued_like_others(client: Client) -> None:
    number = client.world.inject({"quantum_message": {"a": 1}, "update_id": 5})
    assert await polled(client) == [{"update_id": number, "quantum_message": {"a": 1}}]
    two = client.world.inject({"message": {"text": "a"}, "edited_message": {"text": "b"}})
    assert (await polled(client))[1] == {"update_id": two, "message": {"text": "a"}, "edited_message": {"text": "b"}}


async def test_whole_updates_keep_their_ids_and_can_be_confirmed(client: Client) -> None:
    client.world.inject_whole([{"update_id": 50, "message": {"text": "a"}}, {"update_id": 7, "message": {"text": "b"}}])
    client.world.inject_whole([{"update_id": 7, "message": {"text": "c"}}])
    assert texts(await polled(client)) == ["a", "b", "c"]
    assert texts(await polled(client, offset=51)) == ["b", "c"]
    assert texts(await polled(client, offset=8)) == []
    client.world.send(1001, "d")
    assert texts(await polled(client, offset=8)) == ["d"], "an offset of another series confirms nothing more"


async def test_an_update_without_a_number_is_delivered_once(client: Client) -> None:
    client.world.inject_whole(["nonsense", {"update_id": "x"}, {"update_id": True}, None])
    client.world.send(1001, "next")
    assert len(await polled(client)) == 5
    assert texts(await polled(client)) == ["next"]


async def test_what_is_no_unicode_and_no_number_arrives_escaped(client: Client) -> None:
    client.world.inject({"message": {"text": "\ud83d", "date": float("nan"), "big": 10**30}})
    response = await client.http.get(f"/bot{client.token}/getUpdates")
    assert response.headers["content-type"].startswith("application/json")
    assert response.content.isascii()
    (update,) = json.loads(response.content)["result"]
    assert update["message"]["text"] == "\ud83d"
    assert update["message"]["big"] == 10**30


async def test_taps_have_another_lane_than_messages(client: Client) -> None:
    client.world.start(1001)
    sent = await client.call("sendMessage", chat_id=1001, text="?", reply_markup=one_button("a"))
    client.world.tap(1001, sent["message_id"], "a")
    client.world.send(1001, "after")
    client.world.send(1002, "other")
    lanes = [event.lane for event in client.world.bot().queue.peek()]
    assert lanes == [1001, 1001 + (3 << 33), 1001, 1002]


def one_button(data: str) -> dict[str, Any]:
    return {"inline_keyboard": [[{"text": "Button", "callback_data": data}]]}
