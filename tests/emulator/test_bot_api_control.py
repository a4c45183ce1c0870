"""The control API: what the demo page and other programs ask of the emulator."""

from typing import Any

import pytest

from bot.demo.bot_api import World
from tests.emulator.emulator_client import BOT_ID, NOON, Client, client_of


async def error(client: Client, method: str, path: str, body: Any = None) -> tuple[int, str]:
    response = await client.http.request(method, f"/emulator{path}", json=body)
    assert response.status_code >= 400, response.text
    return response.status_code, response.json()["error"]


async def test_people(client: Client) -> None:
    assert await client.control("GET", "/people") == [
        {"id": 1001, "name": "First", "language": "ru", "blocked": False},
        {"id": 1002, "name": "Second", "language": None, "blocked": False},
    ]
    more = {"last_name": "L", "username": "third", "phone": "+70000000003"}
    assert await client.control("POST", "/people", {"id": 5000, "name": "Third", "language": None, **more}) == {
        "id": 5000,
        "name": "Third",
        "language": None,
        "blocked": False,
    }
    assert (await client.control("POST", "/people", {"name": "Next", "language": "kk"}))["id"] == 5001
    changed = await client.control("PATCH", "/people/5000", {"language": "kk", "name": "Other"})
    assert changed == {"id": 5000, "name": "Other", "language": "kk", "blocked": False}
    assert (await client.control("PATCH", "/people/5000", {"language": None}))["language"] is None
    await client.control("POST", "/people/5000/start", {})
    message = (await client.call("getUpdates"))[-1]["message"]
    assert message["from"] == {
        "id": 5000,
        "is_bot": False,
        "first_name": "Other",
        "last_name": "L",
        "username": "third",
    }


WRITTEN = [
    [{"text": "Tap", "callback_data": "ok", "style": "danger"}, {"text": "Copy", "copy_text": {"text": "102"}}],
    [{"text": "Open", "url": "https://example.org/"}],
]
NOTHING: dict[str, Any] = {"data": None, "copy": None, "url": None, "style": None}
SHOWN = [
    [
        NOTHING | {"text": "Tap", "kind": "callback", "data": "ok", "style": "danger"},
        NOTHING | {"text": "Copy", "kind": "copy", "copy": "102"},
    ],
    [NOTHING | {"text": "Open", "kind": "url", "url": "https://example.org/"}],
]
PLAIN: dict[str, Any] = {
    "date": int(NOON),
    "edited": False,
    "kind": "text",
    "silent": False,
    "protected": False,
    "contact": None,
    "buttons": [],
}


async def test_the_messages_are_what_the_page_needs(client: Client) -> None:
    await client.control("POST", "/people/1001/start", {})
    keyboard = {"inline_keyboard": WRITTEN}
    await client.call("sendMessage", chat_id=1001, text="Hi", reply_markup=keyboard, disable_notification=True)
    await client.call("sendContact", chat_id=1001, phone_number="102", first_name="Help", protect_content=True)
    card = {"phone_number": "102", "first_name": "Help"}
    chat = await client.control("GET", "/people/1001/chat")
    assert chat["messages"] == [
        PLAIN | {"message_id": 1, "from": "person", "text": "/start"},
        PLAIN | {"message_id": 2, "from": "bot", "text": "Hi", "silent": True, "buttons": SHOWN},
        PLAIN | {"message_id": 3, "from": "bot", "text": "", "kind": "contact", "protected": True, "contact": card},
    ]
    assert chat["preview"] == {"text": "Contact", "date": int(NOON), "from": "bot"}


async def test_the_rest_of_the_chat_is_what_the_page_needs(client: Client) -> None:
    await client.call("setMyDescription", description="About")
    await client.call("setMyShortDescription", short_description="Short")
    await client.call("setMyCommands", commands=[{"command": "start", "description": "Begin"}])
    assert await client.control("GET", "/people/1001/chat") == {
        "person": {"id": 1001, "name": "First", "language": "ru", "blocked": False},
        "started": False,
        "blocked": False,
        "typing": False,
        "now": int(NOON),
        "bot": {
            "id": BOT_ID,
            "name": f"Bot {BOT_ID}",
            "username": f"demo_{BOT_ID}_bot",
            "description": "About",
            "short_description": "Short",
            "commands": [{"command": "start", "description": "Begin"}],
        },
        "messages": [],
        "preview": None,
        "notice": None,
    }


async def test_everything_she_does(client: Client) -> None:
    sent = await client.control("POST", "/people/1001/send", {"text": "hello"})
    assert set(sent) == {"message_id", "update_id"}
    await client.control("POST", "/people/1001/send", {"kind": "photo", "text": "caption"})
    merged = {"message": {"text": "x", "message_thread_id": 5}}
    await client.control("POST", "/people/1001/send", merged)
    keyboard = {"inline_keyboard": [[{"text": "A", "callback_data": "a"}]]}
    its = (await client.call("sendMessage", chat_id=1001, text="?", reply_markup=keyboard))["message_id"]
    await client.control("POST", "/people/1001/tap", {"message_id": its, "data": "a"})
    assert await error(client, "POST", "/people/1001/tap", {"message_id": its, "data": "b"}) == (
        404,
        "there is no such button",
    )
    await client.control("POST", "/people/1001/tap", {"message_id": 77, "data": "b", "force": True})
    await client.control("POST", "/people/1001/edit", {"message_id": sent["message_id"], "text": "other"})
    await client.control("POST", "/people/1001/delete", {"message_id": sent["message_id"]})
    await client.control("POST", "/people/1001/block", {})
    await client.control("POST", "/people/1001/unblock", {})
    await client.control("POST", "/people/1001/clear", {})
    kinds = [list(update)[1] for update in await client.call("getUpdates")]
    assert kinds == [*["message"] * 3, *["callback_query"] * 2, "edited_message", *["my_chat_member"] * 2]
    assert (await client.control("GET", "/people/1001/chat"))["messages"] == []


@pytest.mark.parametrize(
    ("method", "path", "body", "status"),
    [
        ("GET", "/people/9/chat", None, 404),
        ("POST", "/people/9/send", {"text": "x"}, 404),
        ("POST", "/people/1001/send", {"text": 5}, 400),
        ("POST", "/people/1001/send", {}, 400),
        ("POST", "/people/1001/send", {"message": "x"}, 400),
        ("POST", "/people/1001/send", {"kind": "nonsense"}, 400),
        ("POST", "/people/1001/send", [], 400),
        ("POST", "/people/1001/tap", {"message_id": "1", "data": "a"}, 400),
        ("POST", "/people/1001/tap", {"message_id": 1}, 400),
        ("POST", "/people/1001/edit", {"message_id": 99, "text": "x"}, 404),
        ("POST", "/people/1001/delete", {"message_id": 99}, 404),
        ("POST", "/people", {"language": "ru"}, 400),
        ("POST", "/people", {"name": "x", "id": 1001}, 409),
        ("POST", "/people", {"name": "x", "language": 5}, 400),
        ("POST", "/faults", {"method": "getMe", "kind": "earthquake"}, 400),
        ("POST", "/faults", {"kind": "500"}, 400),
        ("POST", "/faults", {"method": "getMe", "kind": "500", "probability": 2}, 400),
        ("POST", "/faults", {"method": "getMe", "kind": "500", "times": "many"}, 400),
        ("POST", "/clock", {"advance": "soon"}, 400),
        ("POST", "/clock", {}, 400),
        ("POST", "/updates", {"raw": {}}, 400),
        ("GET", "/calls?since=x", None, 400),
        ("GET", "/people?bot=x", None, 400),
        ("GET", "/people?bot=77", None, 404),
    ],
)
async def test_errors_are_one_sentence(client: Client, method: str, path: str, body: Any, status: int) -> None:
    code, sentence = await error(client, method, path, body)
    assert code == status
    assert sentence


@pytest.mark.parametrize("body", ["{", '"x"', "[" * 20_000])
async def test_a_body_that_is_no_object(client: Client, body: str) -> None:
    response = await client.http.post("/emulator/people/1001/send", content=body)
    assert response.status_code == 400
    assert "JSON" in response.json()["error"]


async def test_the_clock(client: Client) -> None:
    assert await client.control("GET", "/clock") == {"now": NOON}
    assert await client.control("POST", "/clock", {"advance": 90.5}) == {"now": NOON + 90.5}
    assert await client.control("POST", "/clock", {"advance": -90.5}) == {"now": NOON}


async def test_faults(client: Client) -> None:
    body = {"method": "getMe", "kind": "429", "times": None, "retry_after": 5}
    assert await client.control("POST", "/faults", body) == {"fault": 1}
    assert (await client.refused("getMe")).retry_after == 5
    await client.control("DELETE", "/faults")
    await client.call("getMe")
    await client.control("POST", "/faults", {"method": "getMe", "kind": "400", "description": "Bad Request: no"})
    assert (await client.refused("getMe")).description == "Bad Request: no"
    await client.call("getMe")


async def test_updates_and_state(client: Client) -> None:
    assert await client.control("GET", "/state") == {"pending": 0, "offset_confirmed": None, "people": 2}
    number = (await client.control("POST", "/updates", {"poll": {"id": "1"}}))["update_id"]
    raw = [{"update_id": 5, "message": []}, "nonsense"]
    assert (await client.control("POST", "/updates", {"raw": raw}))["update_id"] == number + 2
    updates = await client.call("getUpdates")
    assert updates == [{"update_id": number, "poll": {"id": "1"}}, *raw]
    assert (await client.control("GET", "/state"))["pending"] == 3
    client.world.clock.advance(10)
    await client.call("getUpdates", offset=number + 1)
    state = await client.control("GET", "/state")
    assert (state["pending"], state["offset_confirmed"]) == (1, number)


async def test_another_bot_is_asked_for_by_its_id(client: Client) -> None:
    client.token = "42:other"
    await client.call("getMe")
    await client.control("POST", "/people/1001/start", {}, params={"bot": 42})
    assert (await client.control("GET", "/people/1001/chat?bot=42"))["started"] is True
    assert (await client.control("GET", "/people/1001/chat"))["started"] is False
    assert (await client.control("GET", "/state?bot=42"))["pending"] == 1


async def test_without_a_bot_there_is_nobody_to_ask() -> None:
    async with client_of(World()) as client:
        assert await error(client, "GET", "/state") == (404, "no such bot has called yet")
        person = await client.control("POST", "/people", {"name": "First", "language": None})
        assert await client.control("GET", "/people") == [person]
        await client.call("getMe")
        assert await client.control("GET", "/state") == {"pending": 0, "offset_confirmed": None, "people": 1}
