"""What people do with their telephones, and what the bot hears of it."""

from typing import Any

import pytest

from bot.demo.bot_api.actions import Impossible
from bot.demo.bot_api.kinds import KINDS
from tests.emulator.emulator_client import BOT_ID, Client, StoppedClock

KEYBOARD = {
    "inline_keyboard": [
        [{"text": "Tap", "callback_data": "ok"}, {"text": "Copy", "copy_text": {"text": "102"}}],
        [{"text": "Open", "url": "https://example.org/"}],
    ]
}


async def last(client: Client) -> Any:
    assert isinstance(client.world.clock, StoppedClock)
    client.world.clock.wait(4)
    return (await client.call("getUpdates"))[-1]


async def test_a_message_has_the_full_shape(client: Client, clock: StoppedClock) -> None:
    sent = client.world.send(1001, "hello")
    update = await last(client)
    assert update == {
        "update_id": sent.update_id,
        "message": {
            "message_id": sent.message_id,
            "from": {
                "id": 1001,
                "is_bot": False,
                "first_name": "First",
                "username": "first_person",
                "language_code": "ru",
            },
            "chat": {"id": 1001, "first_name": "First", "username": "first_person", "type": "private"},
            "date": clock.seconds() - 4,
            "text": "hello",
        },
    }


async def test_what_is_unknown_of_a_person_is_left_out(client: Client) -> None:
    client.world.send(1002, "hello")
    message = (await last(client))["message"]
    assert message["from"] == {"id": 1002, "is_bot": False, "first_name": "Second"}
    assert message["chat"] == {"id": 1002, "first_name": "Second", "type": "private"}


async def test_start_is_a_command_with_its_payload(client: Client) -> None:
    client.world.start(1001)
    assert (await last(client))["message"]["entities"] == [{"offset": 0, "length": 6, "type": "bot_command"}]
    client.world.start(1001, "code_1")
    message = (await last(client))["message"]
    assert message["text"] == "/start code_1"
    assert message["entities"] == [{"offset": 0, "length": 6, "type": "bot_command"}]
    assert client.world.view(1001)["started"] is True
    assert client.world.view(1002)["started"] is False


async def test_a_tap_brings_the_whole_message(client: Client) -> None:
    client.world.start(1001)
    sent = await client.call("sendMessage", chat_id=1001, text="?", reply_markup=KEYBOARD)
    number = client.world.tap(1001, sent["message_id"], "ok")
    update = await last(client)
    query = update["callback_query"]
    assert update["update_id"] == number
    assert set(query) == {"id", "from", "message", "chat_instance", "data"}
    assert query["data"] == "ok"
    assert query["from"]["id"] == 1001
    assert query["message"] == sent
    assert query["id"].isdigit()
    client.world.tap(1001, sent["message_id"], "ok")
    second = (await last(client))["callback_query"]
    assert second["chat_instance"] == query["chat_instance"]
    assert second["id"] != query["id"]


async def test_a_tap_needs_its_button(client: Client) -> None:
    client.world.start(1001)
    sent = await client.call("sendMessage", chat_id=1001, text="?", reply_markup=KEYBOARD)
    for message_id, data in ((sent["message_id"], "other"), (sent["message_id"], "102"), (999, "ok"), (1, "ok")):
        with pytest.raises(Impossible) as caught:
            client.world.tap(1001, message_id, data)
        assert caught.value.status == 404
    assert client.world.pending() == 1
    client.world.tap(1001, sent["message_id"], "other", force=True)
    query = (await last(client))["callback_query"]
    assert (query["data"], query["message"]["text"]) == ("other", "?")


async def test_a_tap_on_a_message_that_is_gone_is_inaccessible(client: Client) -> None:
    client.world.start(1001)
    sent = await client.call("sendMessage", chat_id=1001, text="?", reply_markup=KEYBOARD)
    await client.call("deleteMessage", chat_id=1001, message_id=sent["message_id"])
    client.world.tap(1001, sent["message_id"], "ok", force=True)
    assert (await last(client))["callback_query"]["message"] == {
        "chat": sent["chat"],
        "message_id": sent["message_id"],
        "date": 0,
    }


async def test_an_old_message_is_still_described(client: Client, clock: StoppedClock) -> None:
    client.world.start(1001)
    sent = await client.call("sendMessage", chat_id=1001, text="?", reply_markup=KEYBOARD)
    clock.wait(90 * 86_400)
    client.world.tap(1001, sent["message_id"], "ok")
    assert (await last(client))["callback_query"]["message"]["text"] == "?"


async def test_answers_to_taps_become_notices(client: Client) -> None:
    client.world.start(1001)
    sent = await client.call("sendMessage", chat_id=1001, text="?", reply_markup=KEYBOARD)
    assert client.world.view(1001)["notice"] is None
    for n, (text, alert) in enumerate((("Saved", False), ("Careful", True)), start=1):
        client.world.tap(1001, sent["message_id"], "ok")
        query = (await last(client))["callback_query"]["id"]
        await client.call("answerCallbackQuery", callback_query_id=query, text=text, show_alert=alert)
        assert client.world.view(1001)["notice"] == {"n": n, "text": text, "alert": alert}
    await client.call("answerCallbackQuery", callback_query_id=query)
    assert client.world.view(1001)["notice"]["n"] == 2, "an answer without words shows nothing"


async def test_blocking_and_unblocking(client: Client) -> None:
    client.world.start(1001)
    client.world.block(1001)
    member = (await last(client))["my_chat_member"]
    bot = {"id": BOT_ID, "is_bot": True, "first_name": f"Bot {BOT_ID}", "username": f"demo_{BOT_ID}_bot"}
    assert member["old_chat_member"] == {"user": bot, "status": "member"}
    assert member["new_chat_member"] == {"user": bot, "status": "kicked", "until_date": 0}
    assert (member["chat"]["id"], member["from"]["id"]) == (1001, 1001)
    assert client.world.view(1001)["blocked"] is True
    assert client.world.block(1001) is None, "she cannot block twice"
    with pytest.raises(Impossible, match="blocked"):
        client.world.send(1001, "x")
    client.world.unblock(1001)
    assert (await last(client))["my_chat_member"]["new_chat_member"]["status"] == "member"
    client.world.block(1001)
    client.world.start(1001)
    updates = await client.call("getUpdates", offset=-2)
    assert [list(update)[1] for update in updates] == ["my_chat_member", "message"], "starting again ends the block"


async def test_editing(client: Client, clock: StoppedClock) -> None:
    hers = client.world.send(1001, "first").message_id
    photo = client.world.send(1001, "caption", kind="photo").message_id
    clock.wait(60)
    client.world.edit(1001, hers, "/second")
    edited = (await last(client))["edited_message"]
    assert (edited["text"], edited["entities"][0]["type"], edited["message_id"]) == ("/second", "bot_command", hers)
    assert edited["edit_date"] == edited["date"] + 60
    client.world.edit(1001, photo, "other caption")
    edited = (await last(client))["edited_message"]
    assert (edited["caption"], bool(edited["photo"])) == ("other caption", True)
    clock.wait(48 * 3600)
    with pytest.raises(Impossible, match="too old"):
        client.world.edit(1001, hers, "third")


async def test_what_she_cannot_edit(client: Client) -> None:
    client.world.start(1001)
    its = (await client.call("sendMessage", chat_id=1001, text="its"))["message_id"]
    sticker = client.world.send(1001, kind="sticker").message_id
    for message_id in (its, sticker, 999):
        with pytest.raises(Impossible):
            client.world.edit(1001, message_id, "x")
    with pytest.raises(Impossible, match="words"):
        client.world.edit(1001, 1, " ")


@pytest.mark.parametrize("kind", KINDS)
async def test_every_kind_is_shown_and_told(client: Client, kind: str) -> None:
    client.world.send(1001, "words", kind=kind)
    message = (await last(client))["message"]
    field = {"live_location": "location"}.get(kind, kind)
    assert field in message
    shown = client.world.messages(1001)[-1]
    assert (shown["kind"], shown["from"]) == (field, "person")
    assert shown["text"] == message.get("text", message.get("caption", ""))


async def test_a_contact_is_her_own(client: Client) -> None:
    client.world.people[1001].phone = "+70000000001"
    client.world.send(1001, kind="contact")
    contact = (await last(client))["message"]["contact"]
    assert contact == {"phone_number": "+70000000001", "first_name": "First", "user_id": 1001}
    assert client.world.messages(1001)[-1]["contact"] == {"phone_number": "+70000000001", "first_name": "First"}


async def test_any_fields_can_be_merged_in(client: Client) -> None:
    client.world.send(1001, "words", message={"from": None, "quantum": [1], "date": "yesterday"})
    message = (await last(client))["message"]
    assert (message["from"], message["quantum"], message["date"], message["text"]) == (None, [1], "yesterday", "words")
    assert client.world.messages(1001)[-1]["text"] == "words", "the screen stands anything"
    client.world.send(1001, message={"text": ["no", "text"]})
    assert client.world.messages(1001)[-1]["text"] == ""


async def test_a_reply_brings_the_message_it_answers(client: Client) -> None:
    client.world.start(1001)
    sent = await client.call("sendMessage", chat_id=1001, text="?", reply_markup=KEYBOARD)
    client.world.send(1001, "!", message={"reply_to_message": {"message_id": sent["message_id"]}})
    assert (await last(client))["message"]["reply_to_message"] == sent
    with pytest.raises(Impossible, match="replies to"):
        client.world.send(1001, "!", message={"reply_to_message": {"message_id": 999}})


@pytest.mark.parametrize("words", [{}, {"text": "  \n"}, {"kind": "nonsense"}])
def test_what_cannot_be_sent(client: Client, words: dict[str, Any]) -> None:
    with pytest.raises(Impossible):
        client.world.send(1001, **words)


async def test_another_language_is_told_from_then_on(client: Client) -> None:
    client.world.people[1001].language = "kk"
    client.world.send(1001, "x")
    assert (await last(client))["message"]["from"]["language_code"] == "kk"


def test_the_line_in_the_list_of_chats(client: Client) -> None:
    assert client.world.view(1001)["preview"] is None
    client.world.send(1001, "several\n\n lines")
    assert client.world.view(1001)["preview"]["text"] == "several lines"
    client.world.send(1001, kind="voice")
    preview = client.world.view(1001)["preview"]
    assert (preview["text"], preview["from"]) == ("Voice message", "person")


def test_ids_of_people(client: Client) -> None:
    assert client.world.add_person("Third").id == 1003
    assert client.world.add_person("Far", id=5000).id == 5000
    assert client.world.add_person("Next").id == 5001
    for taken in (1001, 0, -5):
        with pytest.raises(Impossible):
            client.world.add_person("Again", id=taken)
