"""Messages: their numbers, their copies, where they come from, and what becomes of them."""

from typing import Any

import pytest

from tests.emulator.emulator_client import BOT_ID, Client, StoppedClock


@pytest.fixture(autouse=True)
def started(client: Client) -> None:
    """Both people have written; the speed does not matter."""
    client.world.limits.enabled = False
    client.world.start(1001)
    client.world.start(1002)


async def test_one_counter_for_all_private_chats_and_both_sides(client: Client) -> None:
    numbers = [client.world.send(1001, "a").message_id]
    numbers.append((await client.call("sendMessage", chat_id=1002, text="b"))["message_id"])
    numbers.append(client.world.send(1002, "c").message_id)
    numbers.append((await client.call("sendContact", chat_id=1001, phone_number="102", first_name="x"))["message_id"])
    numbers.append(
        (await client.call("copyMessage", chat_id=1002, from_chat_id=1001, message_id=numbers[0]))["message_id"]
    )
    assert numbers == [3, 4, 5, 6, 7], "1 and 2 were the two starts"


async def test_a_group_counts_for_itself(client: Client) -> None:
    client.world.add_group(-100555, "A group")
    assert (await client.call("sendMessage", chat_id=-100555, text="a"))["message_id"] == 1
    assert client.world.send(1001, "b").message_id == 3
    assert await client.call("leaveChat", chat_id=-100555)
    refused = await client.refused("sendMessage", chat_id=-100555, text="a")
    assert refused.description == "Forbidden: bot is not a member of the group chat"
    assert (await client.refused("leaveChat", chat_id=-100555)).code == 403


async def test_an_injected_group_message_makes_the_group_known(client: Client) -> None:
    assert (await client.refused("leaveChat", chat_id=-100777)).description == "Bad Request: chat not found"
    client.world.inject({"message": {"message_id": 1, "chat": {"id": -100777, "type": "group", "title": "G"}}})
    assert await client.call("leaveChat", chat_id=-100777) is True


async def test_the_answer_is_the_whole_message(client: Client, clock: StoppedClock) -> None:
    sent = await client.call(
        "sendMessage",
        chat_id=1001,
        text="Hello",
        protect_content=True,
        reply_parameters={"message_id": 1},
        reply_markup={"inline_keyboard": [[{"text": "A", "callback_data": "a", "style": "danger"}]]},
    )
    reply = sent.pop("reply_to_message")
    assert (reply["message_id"], reply["text"]) == (1, "/start")
    assert sent == {
        "message_id": 3,
        "from": {"id": BOT_ID, "is_bot": True, "first_name": f"Bot {BOT_ID}", "username": f"demo_{BOT_ID}_bot"},
        "chat": {"id": 1001, "first_name": "First", "username": "first_person", "type": "private"},
        "date": clock.seconds(),
        "text": "Hello",
        "has_protected_content": True,
        "reply_markup": {"inline_keyboard": [[{"text": "A", "callback_data": "a", "style": "danger"}]]},
    }


async def test_an_edit_changes_the_screen_and_says_when(client: Client, clock: StoppedClock) -> None:
    keyboard = {"inline_keyboard": [[{"text": "A", "callback_data": "a"}]]}
    sent = await client.call("sendMessage", chat_id=1001, text="one", reply_markup=keyboard)
    clock.wait(5)
    edited = await client.call("editMessageText", chat_id=1001, message_id=sent["message_id"], text="two")
    assert (edited["text"], edited["edit_date"] - edited["date"]) == ("two", 5)
    assert "reply_markup" not in edited, "buttons that are not repeated go away"
    (shown,) = client.world.messages(1001)[1:]
    assert (shown["text"], shown["edited"], shown["buttons"]) == ("two", True, [])


async def test_other_buttons_are_no_other_words(client: Client) -> None:
    sent = await client.call("sendMessage", chat_id=1001, text="one")
    keyboard = {"inline_keyboard": [[{"text": "A", "callback_data": "a"}]]}
    await client.call("editMessageReplyMarkup", chat_id=1001, message_id=sent["message_id"], reply_markup=keyboard)
    (shown,) = client.world.messages(1001)[1:]
    assert (shown["edited"], shown["buttons"][0][0]["data"]) == (False, "a")


async def test_both_sides_are_deleted_and_unknown_ids_skipped(client: Client) -> None:
    hers = client.world.send(1001, "hers").message_id
    its = (await client.call("sendMessage", chat_id=1001, text="its"))["message_id"]
    other = (await client.call("sendMessage", chat_id=1002, text="other"))["message_id"]
    assert await client.call("deleteMessages", chat_id=1001, message_ids=[hers, its, its, other, 9999]) is True
    assert [message["message_id"] for message in client.world.messages(1001)] == [1]
    assert [message["message_id"] for message in client.world.messages(1002)] == [2, other], "another chat's stays"


async def test_what_she_deleted_is_gone_for_the_bot(client: Client) -> None:
    sent = await client.call("sendMessage", chat_id=1001, text="x")
    client.world.delete(1001, sent["message_id"])
    for method in ("editMessageText", "deleteMessage"):
        refused = await client.refused(method, chat_id=1001, message_id=sent["message_id"], text="y")
        assert refused.description.endswith("not found")
    assert client.world.pending() == 2, "the bot was told of the two starts alone"


async def test_what_she_cleared_the_bot_still_has(client: Client) -> None:
    sent = await client.call("sendMessage", chat_id=1001, text="x")
    client.world.clear(1001)
    assert client.world.messages(1001) == []
    await client.call("editMessageText", chat_id=1001, message_id=sent["message_id"], text="y")
    assert client.world.messages(1001) == [], "an edit brings nothing back"
    await client.call("sendMessage", chat_id=1001, text="new")
    assert [message["text"] for message in client.world.messages(1001)] == ["new"]


async def test_a_copy_tells_nothing_of_its_origin(client: Client) -> None:
    target = (await client.call("sendMessage", chat_id=1001, text="asked"))["message_id"]
    hers = client.world.send(
        1001, message={"text": "/help me", "reply_to_message": {"message_id": target}, "sender_boost_count": 3}
    ).message_id
    copy = await client.call("copyMessage", chat_id=1002, from_chat_id=1001, message_id=hers, protect_content=True)
    assert copy == {"message_id": hers + 1}
    client.world.send(1002, message={"text": "?", "reply_to_message": {"message_id": copy["message_id"]}})
    seen = (await client.call("getUpdates"))[-1]["message"]["reply_to_message"]
    assert seen["from"]["id"] == BOT_ID
    assert {"message_id", "from", "chat", "date", "text", "entities", "has_protected_content"} >= set(seen)
    assert seen["text"] == "/help me"


async def test_a_copied_picture_may_get_other_words(client: Client) -> None:
    photo = client.world.send(1001, "caption", kind="photo").message_id
    source: dict[str, Any] = {"chat_id": 1002, "from_chat_id": 1001}
    await client.call("copyMessage", **source, message_id=photo)
    await client.call("copyMessage", **source, message_id=photo, caption="")
    await client.call("copyMessage", **source, message_id=photo, caption="<b>other</b>", parse_mode="HTML")
    await client.call("copyMessages", **source, message_ids=[photo], remove_caption=True)
    assert [message["text"] for message in client.world.messages(1002)[1:]] == ["caption", "", "other", ""]
    assert {message["kind"] for message in client.world.messages(1002)[1:]} == {"photo"}


async def test_many_copies_skip_what_is_not_there(client: Client) -> None:
    first, second = (client.world.send(1001, text).message_id for text in ("a", "b"))
    note = client.world.send(1001, message={"pinned_message": {"message_id": 1}}).message_id
    copies = await client.call(
        "copyMessages", chat_id=1002, from_chat_id=1001, message_ids=[first, second, note, note + 500]
    )
    assert [copy["message_id"] for copy in copies] == [note + 1, note + 2]
    assert [message["text"] for message in client.world.messages(1002)[1:]] == ["a", "b"]


@pytest.mark.parametrize(
    "content", [{"pinned_message": {"message_id": 1}}, {"successful_payment": {}}, {"users_shared": {}}, {"gift": {}}]
)
async def test_notes_of_telegram_are_neither_copied_nor_forwarded(client: Client, content: dict[str, Any]) -> None:
    note = client.world.send(1001, message=content).message_id
    source: dict[str, Any] = {"chat_id": 1002, "from_chat_id": 1001, "message_id": note}
    assert (await client.refused("copyMessage", **source)).description == "Bad Request: message can't be copied"
    assert (await client.refused("forwardMessage", **source)).description == "Bad Request: message can't be forwarded"


async def test_a_forwarded_message_names_its_author(client: Client) -> None:
    hers = client.world.send(1001, "hers").message_id
    source: dict[str, Any] = {"chat_id": 1002, "from_chat_id": 1001}
    forwarded = await client.call("forwardMessage", **source, message_id=hers)
    assert forwarded["forward_origin"]["sender_user"]["first_name"] == "First"
    assert forwarded["forward_from"]["id"] == 1001
    assert forwarded["from"]["id"] == BOT_ID
    again = await client.call("forwardMessage", chat_id=1001, from_chat_id=1002, message_id=forwarded["message_id"])
    assert again["forward_origin"] == forwarded["forward_origin"], "the first author stays"
    edit = {"chat_id": 1002, "message_id": forwarded["message_id"], "text": "x"}
    assert (await client.refused("editMessageText", **edit)).description == "Bad Request: message can't be edited"


async def test_a_protected_message_is_not_forwarded(client: Client) -> None:
    sent = await client.call("sendMessage", chat_id=1001, text="x", protect_content=True)
    source: dict[str, Any] = {"chat_id": 1002, "from_chat_id": 1001, "message_id": sent["message_id"]}
    assert (await client.refused("forwardMessage", **source)).code == 400
    assert (await client.call("copyMessage", **source))["message_id"]


async def test_typing_shows_until_the_next_message_or_five_seconds(client: Client, clock: StoppedClock) -> None:
    await client.call("sendChatAction", chat_id=1001, action="typing")
    assert client.world.view(1001)["typing"] is True
    clock.wait(5)
    assert client.world.view(1001)["typing"] is False
    await client.call("sendChatAction", chat_id=1001, action="typing")
    await client.call("sendMessage", chat_id=1001, text="x")
    assert client.world.view(1001)["typing"] is False


async def test_a_chat_keeps_only_so_many_messages(client: Client) -> None:
    client.world.limits.kept_messages = 10
    for number in range(15):
        client.world.send(1001, str(number))
    assert [message["text"] for message in client.world.messages(1001)] == [str(number) for number in range(5, 15)]
    assert (await client.refused("deleteMessage", chat_id=1001, message_id=1)).description.endswith("not found")


@pytest.mark.parametrize("way", ["query", "form", "multipart", "json", "json strings"])
async def test_every_way_to_write_parameters(client: Client, way: str) -> None:
    path = f"/bot{client.token}/sendMessage"
    keyboard = '{"inline_keyboard":[[{"text":"A","callback_data":"a"}]]}'
    fields = {"chat_id": "1001", "text": "[1]", "disable_notification": "true", "reply_markup": keyboard}
    if way == "query":
        response = await client.http.get(path, params=fields)
    elif way == "form":
        response = await client.http.post(path, data=fields)
    elif way == "multipart":
        response = await client.http.post(path, data=fields, files={"extra": ("a.png", b"123", "image/png")})
    elif way == "json strings":
        response = await client.http.post(path, json=fields)
    else:
        parsed = {"inline_keyboard": [[{"text": "A", "callback_data": "a"}]]}
        response = await client.http.post(
            path, json={"chat_id": 1001, "text": "[1]", "disable_notification": True, "reply_markup": parsed}
        )
    assert response.json()["result"]["text"] == "[1]", "text is never taken for JSON"
    (shown,) = client.world.messages(1001)[1:]
    assert (shown["silent"], shown["buttons"][0][0]["data"]) == (True, "a")
    (call,) = client.world.calls("sendMessage", 1001)
    assert call.params["chat_id"] == 1001
    assert call.params["disable_notification"] is True
    assert call.params["reply_markup"]["inline_keyboard"][0][0]["callback_data"] == "a"
    assert call.params.get("extra") == ("<file a.png, 3 bytes>" if way == "multipart" else None)


async def test_what_was_shown_in_an_update_does_not_change_afterwards(client: Client) -> None:
    hers = client.world.send(1001, "first").message_id
    client.world.edit(1001, hers, "second")
    updates = await client.call("getUpdates")
    assert updates[-2]["message"]["text"] == "first"
    assert updates[-1]["edited_message"]["text"] == "second"
