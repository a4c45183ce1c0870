"""Who may use the control API, how it tells of changes, and the log it shows."""

import asyncio
import json

import httpx
import pytest

from bot.demo.bot_api import World, create_app
from bot.demo.bot_api.calls import KEPT
from tests.emulator.emulator_client import NOON, TOKEN, Client, Emulator, StoppedClock


def transport_of(world: World) -> httpx.ASGITransport:
    return httpx.ASGITransport(create_app(world))


async def test_calls(client: Client, clock: StoppedClock) -> None:
    client.world.start(1001)
    await client.call("getMe")
    await client.call("getUpdates")
    clock.wait(2)
    await client.refused("sendMessage", chat_id="1001", text="")
    assert await client.control("GET", "/calls?since=0") == [
        {"n": 1, "at": NOON, "method": "getMe", "params": {}, "ok": True, "error_code": None, "description": ""},
        {
            "n": 2,
            "at": NOON + 2,
            "method": "sendMessage",
            "params": {"chat_id": 1001, "text": ""},
            "ok": False,
            "error_code": 400,
            "description": "Bad Request: message text is empty",
        },
    ]
    assert [call["n"] for call in await client.control("GET", "/calls?since=1")] == [2]
    assert await client.control("GET", "/calls?since=2") == []


def test_the_log_is_bounded_and_its_numbers_exact() -> None:
    log = World(TOKEN).bot().calls
    for number in range(KEPT + 5):
        log.add("getMe", {}, ok=number % 2 == 0, error_code=None if number % 2 == 0 else 400)
    assert (log.count, log.well["getMe"], log.badly["getMe", 400]) == (KEPT + 5, KEPT // 2 + 3, KEPT // 2 + 2)
    assert len(log.since(0)) == KEPT
    assert [call.n for call in log.since(KEPT + 3)] == [KEPT + 4, KEPT + 5]
    assert log.since(KEPT + 5) == []


async def test_events_tell_whose_screen_changed(emulator: Emulator) -> None:
    emulator.world.add_person("First")
    lines: asyncio.Queue[str] = asyncio.Queue()

    async def listen() -> None:
        async with httpx.AsyncClient(timeout=10) as http, http.stream("GET", f"{emulator.url}/emulator/events") as page:
            assert page.headers["content-type"].startswith("text/event-stream")
            async for line in page.aiter_lines():
                lines.put_nowait(line)

    listening = asyncio.create_task(listen())
    assert (await asyncio.wait_for(lines.get(), 5)).startswith(":")
    emulator.world.start(1001)
    while not (line := await asyncio.wait_for(lines.get(), 5)).startswith("data: "):
        pass
    assert json.loads(line.removeprefix("data: ")) == {"person": 1001}
    await emulator.world.close()
    await asyncio.wait_for(listening, 5)


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost:8800", "[::1]", "[::1]:8800", "testserver", "LOCALHOST"])
async def test_hosts_of_this_machine(world: World, host: str) -> None:
    async with httpx.AsyncClient(transport=transport_of(world), base_url="http://testserver") as http:
        assert (await http.get("/emulator/state", headers={"host": host})).status_code == 200


@pytest.mark.parametrize("host", ["example.org", "localhost.example.org", "127.0.0.1.example.org:80", "", "[::2]:80"])
@pytest.mark.parametrize("path", ["/emulator/state", "/emulator/events"])
async def test_other_hosts_are_refused(world: World, host: str, path: str) -> None:
    async with httpx.AsyncClient(transport=transport_of(world), base_url="http://testserver") as http:
        assert (await http.get(path, headers={"host": host})).status_code == 403


@pytest.mark.parametrize(
    "origin", ["http://example.org", "null", "http://localhost:1", "http://[::1", "http://testserver:81"]
)
@pytest.mark.parametrize("method", ["POST", "DELETE"])
async def test_pages_of_another_origin_are_refused(client: Client, origin: str, method: str) -> None:
    response = await client.http.request(method, "/emulator/faults", json={}, headers={"origin": origin})
    assert response.status_code == 403
    assert "origin" in response.json()["error"]


async def test_pages_of_the_same_origin_are_served(client: Client) -> None:
    headers = {"origin": "http://testserver"}
    response = await client.http.post("/emulator/people/1001/start", json={}, headers=headers)
    assert response.status_code == 200
