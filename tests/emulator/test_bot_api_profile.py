"""What the bot says about itself, in the language of whoever looks."""

from typing import Any

import pytest

from tests.emulator.emulator_client import BOT_ID, Client


def command(name: str) -> dict[str, str]:
    return {"command": name, "description": name.upper()}


@pytest.mark.parametrize(
    ("method", "field"),
    [("Name", "name"), ("Description", "description"), ("ShortDescription", "short_description")],
)
async def test_texts_fall_back_to_the_one_without_a_language(client: Client, method: str, field: str) -> None:
    await client.call(f"setMy{method}", **{field: "For all"})
    await client.call(f"setMy{method}", **{field: "Для всех"}, language_code="ru")
    assert await client.call(f"getMy{method}") == {field: "For all"}
    assert await client.call(f"getMy{method}", language_code="ru") == {field: "Для всех"}
    assert await client.call(f"getMy{method}", language_code="kk") == {field: "For all"}
    assert client.world.view(1001)["bot"][field] == "Для всех", "1001 speaks Russian"
    assert client.world.view(1002)["bot"][field] == "For all", "of 1002 no language is known"
    client.world.people[1001].language = "kk"
    assert client.world.view(1001)["bot"][field] == "For all"
    await client.call(f"setMy{method}", **{field: ""}, language_code="ru")
    assert await client.call(f"getMy{method}", language_code="ru") == {field: "For all"}


async def test_the_default_name_is_the_bots_name_and_cannot_be_empty(client: Client) -> None:
    assert (await client.call("getMyName"))["name"] == f"Bot {BOT_ID}"
    await client.call("setMyName", name="Notes")
    await client.call("setMyName", name="Заметки", language_code="ru")
    assert (await client.call("getMe"))["first_name"] == "Notes"
    client.world.start(1001)
    assert (await client.call("sendMessage", chat_id=1001, text="x"))["from"]["first_name"] == "Notes"
    assert (await client.refused("setMyName", name="")).code == 400


async def test_commands_are_kept_per_scope_and_language(client: Client) -> None:
    everybody: dict[str, Any] = {"scope": {"type": "default"}}
    hers: dict[str, Any] = {"scope": {"type": "chat", "chat_id": "1001"}}
    await client.call("setMyCommands", commands=[command("a")])
    await client.call("setMyCommands", commands=[command("b")], language_code="ru", **everybody)
    await client.call("setMyCommands", commands=[command("/c")], **hers)
    assert await client.call("getMyCommands", **everybody) == [command("a")]
    assert await client.call("getMyCommands", language_code="ru") == [command("b")]
    assert await client.call("getMyCommands", language_code="kk") == [], "here nothing falls back"
    assert (await client.call("getMyCommands", **hers))[0]["command"] == "c"


async def test_the_menu_falls_back_by_scope_then_by_language(client: Client) -> None:
    private: dict[str, Any] = {"scope": {"type": "all_private_chats"}}
    hers: dict[str, Any] = {"scope": {"type": "chat", "chat_id": 1001}}

    def menu(person: int) -> list[str]:
        return [item["command"] for item in client.world.view(person)["bot"]["commands"]]

    assert menu(1001) == []
    await client.call("setMyCommands", commands=[command("a")])
    assert (menu(1001), menu(1002)) == (["a"], ["a"])
    await client.call("setMyCommands", commands=[command("b")], language_code="ru")
    assert (menu(1001), menu(1002)) == (["b"], ["a"])
    await client.call("setMyCommands", commands=[command("c")], **private)
    assert (menu(1001), menu(1002)) == (["c"], ["c"]), "a nearer scope wins over the language"
    await client.call("setMyCommands", commands=[command("d")], language_code="ru", **private)
    assert (menu(1001), menu(1002)) == (["d"], ["c"])
    await client.call("setMyCommands", commands=[command("e")], **hers)
    assert (menu(1001), menu(1002)) == (["e"], ["c"])
    await client.call("deleteMyCommands", **hers)
    assert menu(1001) == ["d"]
    await client.call("setMyCommands", commands=[], language_code="ru", **private)
    assert menu(1001) == ["c"]


@pytest.mark.parametrize(
    "scope", [{"type": "planet"}, {"type": "chat"}, {"type": "chat_member", "chat_id": 1}, "default x", []]
)
async def test_scopes_that_are_none(client: Client, scope: object) -> None:
    assert (await client.refused("setMyCommands", commands=[command("a")], scope=scope)).code == 400


@pytest.mark.parametrize("commands", [None, {}, ["a"], [{"command": "a"}], [{"description": "a"}]])
async def test_commands_that_are_none(client: Client, commands: object) -> None:
    assert (await client.refused("setMyCommands", commands=commands)).code == 400


async def test_menu_buttons(client: Client) -> None:
    client.world.start(1001)
    app = {"type": "web_app", "text": "App", "web_app": {"url": "https://example.org/"}}
    assert await client.call("getChatMenuButton") == {"type": "commands"}
    await client.call("setChatMenuButton", chat_id=1001, menu_button=app)
    assert await client.call("getChatMenuButton", chat_id=1001) == app
    assert await client.call("getChatMenuButton") == {"type": "commands"}
    await client.call("setChatMenuButton")
    assert await client.call("getChatMenuButton") == {"type": "default"}
    for button in ({"type": "x"}, {"type": "web_app"}, "x"):
        assert (await client.refused("setChatMenuButton", menu_button=button)).code == 400


async def test_profile_photo(client: Client) -> None:
    path = f"/bot{client.token}/setMyProfilePhoto"
    photo = '{"type":"static","photo":"attach://p"}'
    response = await client.http.post(path, data={"photo": photo}, files={"p": ("p.jpg", b"jpeg")})
    assert response.json() == {"ok": True, "result": True}
    assert (await client.refused("setMyProfilePhoto", photo='{"type":"moving"}')).code == 400
    assert (await client.refused("setMyProfilePhoto", photo="{")).code == 400
