"""What somebody who pretends to be Telegram can do to the webhook: nothing. And what Telegram itself can rely on."""

import asyncio
import gzip
import json
import re
import sqlite3
from collections.abc import AsyncIterator, Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import httpx
import psutil
import pytest

from bot.dialog.model import HOME
from bot.i18n import LANGUAGES, translator
from bot.telegram.fetch import REFUSALS
from bot.telegram.webhook import DEEPEST, LONGEST_BODY
from tests.emulator.emulator_client import Emulator
from tests.emulator.living import DONE, SECRET, URGENT, Living, living, until, webhook_settings
from tests.emulator.process import Process
from tests.emulator.test_journeys import text_of

MEBIBYTE = 1024 * 1024
Headers = list[tuple[str, str]]
JSON, KNOWN = ("Content-Type", "application/json"), ("X-Telegram-Bot-Api-Secret-Token", SECRET)


@pytest.fixture
async def alive(emulator: Emulator, tmp_path: Path) -> AsyncIterator[Living]:
    emulator.world.limits.enabled = False
    async with living(emulator, tmp_path, delivery="webhook") as running:
        yield running


@pytest.fixture
async def http() -> AsyncIterator[httpx.AsyncClient]:
    async with httpx.AsyncClient(timeout=20, trust_env=False) as client:
        yield client


def message(number: int, person: int, text: str = "hello", message_id: int = 900) -> dict[str, Any]:
    who = {"id": person, "is_bot": False, "first_name": "Zkq", "language_code": "ru"}
    chat = {"id": person, "type": "private"}
    said = {"message_id": message_id, "date": 1_900_000_000, "chat": chat, "from": who, "text": text}
    return {"update_id": number, "message": said}


def genuine(person: int) -> bytes:
    return json.dumps(message(5, person)).encode()


async def post(http: httpx.AsyncClient, url: str, body: Any, headers: Headers | None = None) -> int:
    """The status; 0 when the connection was cut while the body was still being sent."""
    try:
        answer = await http.post(url, content=body, headers=[JSON, KNOWN] if headers is None else headers)
    except (httpx.WriteError, httpx.ReadError, httpx.RemoteProtocolError):
        return 0
    return answer.status_code


FORGED: dict[str, tuple[Headers, int]] = {
    "no secret": ([JSON], 403),
    "an empty secret": ([JSON, (KNOWN[0], "")], 403),
    "a wrong secret": ([JSON, (KNOWN[0], SECRET[::-1])], 403),
    "the beginning of the secret": ([JSON, (KNOWN[0], SECRET[:-1])], 403),
    "more than the secret": ([JSON, (KNOWN[0], SECRET + "x")], 403),
    "the secret in capitals": ([JSON, (KNOWN[0], SECRET.upper())], 403),
    "the secret twice": ([JSON, KNOWN, KNOWN], 403),
    "the secret and a wrong one": ([JSON, KNOWN, (KNOWN[0], "x" * 16)], 403),
    "the secret twice in one": ([JSON, (KNOWN[0], f"{SECRET}, {SECRET}")], 403),
    "the secret in another header": ([JSON, ("Authorization", SECRET)], 403),
    "no content type": ([KNOWN], 415),
    "a form": ([KNOWN, ("Content-Type", "application/x-www-form-urlencoded")], 415),
    "plain text": ([KNOWN, ("Content-Type", "text/plain")], 415),
    "packed": ([JSON, KNOWN, ("Content-Encoding", "gzip")], 415),
}


@pytest.mark.parametrize("name", FORGED)
async def test_headers_that_are_not_telegrams_get_nothing_done(
    alive: Living, http: httpx.AsyncClient, name: str
) -> None:
    headers, status = FORGED[name]
    phone = alive.phone("ru")
    assert await post(http, alive.settings.webhook_url, genuine(phone.id), headers) == status
    await nothing_was_done(alive)
    await phone.start()
    assert [message["text"] for message in phone.bots] == [text_of(HOME, "ru")]


async def nothing_was_done(alive: Living) -> None:
    await asyncio.sleep(0.05)
    assert alive.rows() == 0
    assert {call.method for call in alive.emulator.world.calls()} <= {"getMe", "getWebhookInfo", "setWebhook"}
    assert SECRET not in alive.log.getvalue()


@pytest.mark.parametrize("method", ["GET", "PUT", "DELETE", "HEAD", "OPTIONS", "PATCH"])
async def test_other_methods_are_refused(alive: Living, http: httpx.AsyncClient, method: str) -> None:
    phone = alive.phone("ru")
    answer = await http.request(method, alive.settings.webhook_url, content=genuine(phone.id), headers=[JSON, KNOWN])
    assert answer.status_code == 405
    await nothing_was_done(alive)


def nested(levels: int) -> bytes:
    return genuine(7)[:-1] + b',"x":' + b'{"a":' * levels + b"1" + b"}" * levels + b"}"


UNREADABLE: dict[str, tuple[Callable[[], bytes], int]] = {
    "60 MB": (lambda: b" " * 60_000_000 + genuine(7), 413),
    "one byte too long": (lambda: genuine(7).ljust(LONGEST_BODY + 1), 413),
    "a gzip bomb": (lambda: gzip.compress(b" " * 200 * MEBIBYTE), 400),
    "depth 10,000": (lambda: nested(10_000), 400),
    "depth 1,000,000 of lists": (lambda: b"[" * 1_000_000, 400),
    "one level too deep": (lambda: nested(DEEPEST), 400),
    "NaN": (lambda: genuine(7)[:-1] + b',"x":NaN}', 400),
    "infinity": (lambda: genuine(7)[:-1] + b',"x":-Infinity}', 400),
    "a number of 5,000 digits": (lambda: genuine(7)[:-1] + b',"x":' + b"9" * 5000 + b"}", 400),
    "trailing garbage": (lambda: genuine(7) + b"x", 400),
    "two updates": (lambda: genuine(7) + genuine(7), 400),
    "a name twice": (lambda: genuine(7)[:-1] + b',"update_id":6}', 400),
    "a name twice inside": (lambda: genuine(7).replace(b'"text": "hello"', b'"text": "a", "text": "b"'), 400),
    "half": (lambda: genuine(7)[:-20], 400),
    "nothing": (lambda: b"", 400),
    "a list": (lambda: b"[" + genuine(7) + b"]", 400),
    "a word": (lambda: b'"update"', 400),
    "no number": (lambda: json.dumps({"message": message(5, 7)["message"]}).encode(), 400),
    "a number in quotes": (lambda: genuine(7).replace(b'"update_id": 5', b'"update_id": "5"'), 400),
    "a negative number": (lambda: genuine(7).replace(b'"update_id": 5', b'"update_id": -5'), 400),
    "a huge number": (lambda: genuine(7).replace(b'"update_id": 5', b'"update_id": 5e300'), 400),
    "yes for a number": (lambda: genuine(7).replace(b'"update_id": 5', b'"update_id": true'), 400),
    "UTF-16": (lambda: genuine(7).decode().encode("utf-16"), 400),
    "a mark before it": (lambda: b"\xef\xbb\xbf" + genuine(7), 400),
    "broken UTF-8": (lambda: genuine(7).replace(b"hello", b"\xff\xfe"), 400),
}


@pytest.mark.parametrize("name", UNREADABLE)
async def test_a_body_that_is_no_update_gets_nothing_done(alive: Living, http: httpx.AsyncClient, name: str) -> None:
    body, status = UNREADABLE[name]
    assert await post(http, alive.settings.webhook_url, body()) in {status, 0 if status == 413 else status}
    await nothing_was_done(alive)
    phone = alive.phone("ru")
    await phone.start()
    assert [message["text"] for message in phone.bots] == [text_of(HOME, "ru")]


async def test_a_body_without_an_announced_length_is_cut_off(alive: Living, http: httpx.AsyncClient) -> None:
    async def endless() -> AsyncIterator[bytes]:
        for _ in range(600):
            yield b" " * 100_000

    assert await post(http, alive.settings.webhook_url, endless()) in {413, 0}
    await nothing_was_done(alive)


@pytest.mark.parametrize("number", [0, 2**31 - 1, 2**62])
async def test_the_longest_and_deepest_that_is_allowed_is_answered(
    alive: Living, http: httpx.AsyncClient, number: int
) -> None:
    phone = alive.phone("ru")
    alive.emulator.world.bot().chat_with(alive.emulator.world.person(phone.id)).started = True
    body = json.dumps({**message(number, phone.id), "x": json.loads(nested(DEEPEST - 1))["x"]}).encode()
    assert await post(http, alive.settings.webhook_url, body.ljust(LONGEST_BODY)) == 200
    assert [message["text"] for message in phone.bots] == [text_of(HOME, "ru")]


async def test_ten_thousand_forged_posts_do_nothing(alive: Living) -> None:
    phone = alive.phone("ru")
    body = genuine(phone.id)
    head = (
        f"POST /telegram/webhook HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: {len(body)}"
    )
    forged = f"{head}\r\nX-Telegram-Bot-Api-Secret-Token: {SECRET[::-1]}\r\n\r\n".encode() + body
    statuses = 0
    for _ in range(10_000):
        reader, writer = await asyncio.open_connection("127.0.0.1", alive.settings.listen_port)
        writer.write(forged)
        statuses += (await reader.read()).startswith(b"HTTP/1.1 403 ")
        writer.close()
    assert statuses == 10_000
    await nothing_was_done(alive)
    await phone.start()
    assert len(phone.bots) == 1


async def test_what_cannot_be_read_is_let_go_in_the_end(alive: Living, http: httpx.AsyncClient) -> None:
    """Telegram brings what is refused again for a day, and holds back the rest of that chat."""
    broken = genuine(7) + b"x"
    statuses = [await post(http, alive.settings.webhook_url, broken) for _ in range(REFUSALS + 1)]
    assert statuses == [400] * REFUSALS + [200]
    assert len(re.findall("unreadable_update", alive.log.getvalue())) == REFUSALS + 1
    await nothing_was_done(alive)


async def test_a_genuine_post_that_is_replayed_is_done_once(alive: Living, http: httpx.AsyncClient) -> None:
    phone = alive.phone("ru")
    await phone.start()
    body = json.dumps(message(77, phone.id, "сәлем")).encode()
    assert [await post(http, alive.settings.webhook_url, body) for _ in range(10)] == [200] * 10
    assert [message["text"] for message in phone.bots] == [text_of(HOME, "ru")] * 2
    together = [
        post(http, alive.settings.webhook_url, body.replace(b"77", b"78").replace(b"900", b"901")) for _ in range(10)
    ]
    assert await asyncio.gather(*together) == [200] * 10
    assert [message["text"] for message in phone.bots] == [text_of(HOME, "ru")] * 3


async def test_many_at_once_keep_the_order_of_each_person(alive: Living, http: httpx.AsyncClient) -> None:
    """Each post has a connection of its own and does not wait for the one before it."""
    phones = [alive.phone("ru") for _ in range(3)]
    for phone in phones:
        await phone.start()
    posts, spoken = [], list(LANGUAGES) * 7
    for turn, language in enumerate(spoken):
        for place, phone in enumerate(phones):
            number = 1000 + turn * 10 + place
            body = json.dumps(message(number, phone.id, f"/language {language}", number)).encode()
            posts.append(asyncio.ensure_future(post(http, alive.settings.webhook_url, body)))
            await asyncio.sleep(0.002)
    assert set(await asyncio.gather(*posts)) == {200}
    for phone in phones:
        assert [message["text"] for message in phone.bots[1:]] == [text_of(HOME, language) for language in spoken]


async def test_taps_and_words_at_the_same_time_lose_nothing(alive: Living, http: httpx.AsyncClient) -> None:
    """Telegram brings a tap and a message of the same person side by side: whatever came must go at exit."""
    phone = alive.phone("ru")
    await phone.start()
    urgent = phone.keys()[translator("ru").say(URGENT)]["data"]
    for number in range(15):
        alive.emulator.world.send(phone.id, f"word {number}")
        alive.emulator.world.tap(phone.id, phone.screen["message_id"], urgent, force=True)
    await alive.settled()
    assert len(phone.messages) > 15
    await phone.say(".")
    assert [message["text"] for message in phone.messages] == [translator("ru").say(DONE)]
    assert alive.rows() == 0


async def test_while_the_database_is_locked_telegram_is_asked_to_come_again(
    alive: Living, http: httpx.AsyncClient
) -> None:
    phone = alive.phone("ru")
    await phone.start()
    body = json.dumps(message(77, phone.id, "сәлем")).encode()
    with closing(sqlite3.connect(alive.folder / "data" / "pana.db", isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        refused = await http.post(alive.settings.webhook_url, content=body, headers=[JSON, KNOWN])
        assert (refused.status_code, refused.headers["retry-after"]) == (503, "1")
        other.execute("ROLLBACK")
    assert await post(http, alive.settings.webhook_url, body) == 200
    assert phone.screen["text"] == text_of(HOME, "ru")


async def test_200_comes_after_the_answer_was_sent(alive: Living, http: httpx.AsyncClient) -> None:
    phone = alive.phone("ru")
    await phone.start()
    alive.emulator.world.faults.add(method="sendMessage", kind="500", times=1)
    assert await post(http, alive.settings.webhook_url, json.dumps(message(77, phone.id)).encode()) == 200
    assert len(phone.bots) == 2


async def test_hostile_bodies_leave_no_weight_behind(emulator: Emulator, tmp_path: Path) -> None:
    """The whole table, each of it three times, against a process of its own."""
    hook = webhook_settings()
    url = hook["webhook_url"]
    process = Process.of(
        emulator,
        tmp_path,
        BOT_LISTEN=f"127.0.0.1:{hook['listen_port']}",
        BOT_WEBHOOK_URL=url,
        BOT_WEBHOOK_SECRET=SECRET,
    )
    assert await process.ended("webhook", "set") == (0, "")
    await process.start()
    assert process.running is not None
    weight = psutil.Process(process.running.pid).memory_info
    before = weight().rss
    bodies = [(body(), status) for body, status in UNREADABLE.values()]
    async with httpx.AsyncClient(timeout=20, trust_env=False) as http:
        for _ in range(3):
            for body, status in bodies:
                assert await post(http, url, body) in {status, 0 if status == 413 else status}
                assert await post(http, url, body, [JSON]) in {403, 0}
    grown = weight().rss - before
    print(f"\ngrown by {grown / MEBIBYTE:.1f} MiB")
    assert grown < 30 * MEBIBYTE
    emulator.world.start(emulator.world.add_person("Zkq", "ru").id)
    await until(lambda: emulator.world.pending() == 0, "not confirmed")
    assert (await process.stop())[0] == 0
