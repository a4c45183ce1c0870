"""How calls to Telegram fail: each mishap of the line has its error, and none of them ever tells the token."""

import asyncio
import json
import socket
import traceback
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, closing

import pytest
from telegram import InputFile
from telegram.error import (
    BadRequest,
    ChatMigrated,
    Conflict,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
    TelegramError,
    TimedOut,
)
from telegram.request import RequestData
from telegram.request._requestparameter import RequestParameter

from bot.telegram.request import AiohttpRequest

SECRET = "AAE-secret_part"
METHOD = f"/bot123456:{SECRET}/getMe"
Handler = Callable[[bytes, asyncio.StreamWriter], Awaitable[None]]


def answer(status: int, body: bytes, *headers: str) -> Handler:
    """A server that answers everything alike."""
    head = "\r\n".join([f"HTTP/1.1 {status} X", f"Content-Length: {len(body)}", *headers])

    async def handler(_: bytes, writer: asyncio.StreamWriter) -> None:
        writer.write(head.encode() + b"\r\n\r\n" + body)
        await writer.drain()

    return handler


def raw(sent: bytes, then_reset: bool = False, then_hang: bool = False) -> Handler:
    """A server that says something else than it should."""

    async def handler(_: bytes, writer: asyncio.StreamWriter) -> None:
        writer.write(sent)
        await writer.drain()
        if then_hang:
            await asyncio.sleep(60)
        if then_reset:
            writer.transport.abort()

    return handler


@asynccontextmanager
async def serving(handler: Handler) -> AsyncIterator[str]:
    """The address of a small server on this machine."""

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        head = await reader.readuntil(b"\r\n\r\n")
        length = [line for line in head.lower().split(b"\r\n") if line.startswith(b"content-length:")]
        body = await reader.readexactly(int(length[0].partition(b":")[2])) if length else b""
        await handler(head + body, writer)
        writer.close()

    server = await asyncio.start_server(serve, "127.0.0.1", 0)
    try:
        yield f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
    finally:
        server.close()


async def post(address: str, data: RequestData | None = None) -> object:
    """One call as python-telegram-bot makes it, with little patience."""
    async with AiohttpRequest(connections=1) as request:
        return await request.post(address + METHOD, data, read_timeout=0.1, connect_timeout=0.1)


async def mishap(address: str) -> TelegramError:
    """The error of a call; nothing that is ever printed of it holds the token."""
    with pytest.raises(TelegramError) as caught:
        await post(address)
    error = caught.value
    for shown in (str(error), repr(error), error.message, "".join(traceback.format_exception(error))):
        assert SECRET not in shown
    return error


def said(error: TelegramError) -> tuple[type[TelegramError], str]:
    return type(error), str(error)


GOOD = b'{"ok": true, "result": {"id": 7}}'


async def test_a_good_answer_is_its_result() -> None:
    async with serving(answer(200, GOOD)) as address:
        assert await post(address) == {"id": 7}


LINE = {
    "no answer": (raw(b"", then_hang=True), TimedOut, "Timed out"),
    "half an answer": (raw(b"HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\n{", then_hang=True), TimedOut, "Timed out"),
    "closed without a word": (raw(b""), NetworkError, "ServerDisconnectedError"),
    "reset": (raw(b"", then_reset=True), NetworkError, "ServerDisconnectedError"),
    "cut in the middle": (raw(b"HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\n{"), NetworkError, "ClientPayloadError"),
    "not HTTP": (raw(b"SSH-2.0-OpenSSH_9.2\r\n"), NetworkError, "ClientResponseError"),
    "a proxy's page": (
        answer(502, f"<html>Bad Gateway: {METHOD}</html>".encode()),
        NetworkError,
        "status 502",
    ),
    "a proxy's empty page": (answer(504, b""), NetworkError, "status 504"),
    "a page where an answer should be": (
        answer(200, f"<html>{METHOD}</html>".encode()),
        TelegramError,
        "Invalid server response",
    ),
    "a list where an answer should be": (answer(200, b"[1]"), TelegramError, "Invalid server response"),
    "a way to somewhere else": (
        answer(302, b"", f"Location: http://127.0.0.1:1{METHOD}"),
        NetworkError,
        "status 302",
    ),
    "a way to somewhere else with the same call": (
        answer(307, f"Go to {METHOD}".encode(), f"Location: http://127.0.0.1:1{METHOD}"),
        NetworkError,
        "status 307",
    ),
}


@pytest.mark.parametrize("name", LINE)
async def test_a_bad_line_is(name: str) -> None:
    handler, kind, words = LINE[name]
    async with serving(handler) as address:
        assert said(await mishap(address)) == (kind, words)


def refusal(code: int, description: str, **parameters: object) -> Handler:
    """Telegram's own refusal."""
    body = {"ok": False, "error_code": code, "description": description, "parameters": parameters}
    return answer(code, json.dumps(body).encode())


@pytest.mark.parametrize(
    ("handler", "kind"),
    [
        (refusal(400, "Bad Request: message is not modified"), BadRequest),
        (refusal(400, "Bad Request: upgraded", migrate_to_chat_id=-100_200), ChatMigrated),
        (refusal(401, "Unauthorized"), InvalidToken),
        (refusal(403, "Forbidden: bot was blocked by the user"), Forbidden),
        (refusal(404, "Not Found"), InvalidToken),
        (refusal(409, "Conflict: terminated by other getUpdates request"), Conflict),
        (refusal(429, "Too Many Requests: retry after 5", retry_after=5), RetryAfter),
        (refusal(500, "Internal Server Error"), NetworkError),
        (refusal(502, "Bad Gateway"), NetworkError),
    ],
)
async def test_telegrams_own_refusal_keeps_its_kind(handler: Handler, kind: type[TelegramError]) -> None:
    async with serving(handler) as address:
        assert type(await mishap(address)) is kind


async def test_a_redirect_is_not_followed_because_the_token_is_in_the_address() -> None:
    asked: list[bytes] = []

    async def elsewhere(request: bytes, writer: asyncio.StreamWriter) -> None:
        asked.append(request)
        await answer(200, GOOD)(request, writer)

    async with serving(elsewhere) as other, serving(answer(307, b"", f"Location: {other}{METHOD}")) as address:
        await mishap(address)
    assert asked == []


async def test_nobody_there_is_a_network_error() -> None:
    with closing(socket.socket()) as taken:
        taken.bind(("127.0.0.1", 0))  # bound and not listening: connections are refused
        error = await mishap(f"http://127.0.0.1:{taken.getsockname()[1]}")
    assert said(error) == (NetworkError, "ClientConnectorError")


async def test_a_door_that_does_not_open_is_a_timeout_that_does_not_tell_the_address() -> None:
    with closing(socket.socket()) as full:
        full.bind(("127.0.0.1", 0))
        full.listen(0)
        waiting = [socket.socket() for _ in range(4)]
        for one in waiting:
            one.setblocking(False)
            one.connect_ex(full.getsockname())
        error = await mishap(f"http://127.0.0.1:{full.getsockname()[1]}")
        for one in waiting:
            one.close()
    assert said(error) == (TimedOut, "Timed out")


async def test_an_address_that_is_none_is_a_network_error() -> None:
    assert type(await mishap("http://127.0.0.1:99999")) is NetworkError


async def test_a_pool_that_is_not_open_or_closed_again_is_a_network_error() -> None:
    request = AiohttpRequest()
    with pytest.raises(NetworkError, match=r"^the connection is not open$"):
        await request.post("http://127.0.0.1:1" + METHOD)
    await request.initialize()
    await request.shutdown()
    with pytest.raises(NetworkError, match=r"^the connection is not open$"):
        await request.post("http://127.0.0.1:1" + METHOD)


async def test_a_pool_can_be_opened_again_and_closed_twice() -> None:
    request = AiohttpRequest()
    await request.shutdown()
    async with serving(answer(200, GOOD)) as address:
        for _ in range(2):
            await request.initialize()
            await request.initialize()
            assert await request.post(address + METHOD) == {"id": 7}
            await request.shutdown()
            await request.shutdown()


async def sent(data: RequestData | None) -> tuple[bytes, bytes]:
    """The head and the body of a call."""
    seen: list[bytes] = []

    async def note(request: bytes, writer: asyncio.StreamWriter) -> None:
        seen.append(request)
        await answer(200, GOOD)(request, writer)

    async with serving(note) as address:
        await post(address, data)
    head, _, body = seen[0].partition(b"\r\n\r\n")
    return head, body


def data_of(**values: object) -> RequestData:
    return RequestData([RequestParameter.from_input(name, value) for name, value in values.items()])


async def test_parameters_travel_as_one_json_body() -> None:
    head, body = await sent(data_of(chat_id=7, text="Сәлем “x”", disable_notification=True))
    assert head.startswith(f"POST {METHOD} HTTP/1.1\r\n".encode())
    assert b"content-type: application/json" in head.lower()
    assert json.loads(body) == {"chat_id": 7, "text": "Сәлем “x”", "disable_notification": True}


async def test_a_file_travels_in_a_form_with_the_parameters() -> None:
    head, body = await sent(data_of(chat_id=7, photo=InputFile(b"\x89picture", filename="p.png")))
    assert b"content-type: multipart/form-data" in head.lower()
    assert b'name="chat_id"\r\n\r\n7\r\n' in body
    assert b"\x89picture" in body
    assert b'filename="p.png"' in body


async def test_no_cookie_is_kept() -> None:
    heads: list[bytes] = []

    async def note(request: bytes, writer: asyncio.StreamWriter) -> None:
        heads.append(request)
        await answer(200, GOOD, "Set-Cookie: who=she", "Connection: close")(request, writer)

    async with serving(note) as address, AiohttpRequest() as request:
        for _ in range(2):
            await request.post(address + METHOD)
    assert [head for head in heads if b"cookie" in head.lower()] == []
