"""Takes the updates that Telegram brings, and says "done" to each only when its work is done.

Telegram brings one message of a chat at a time and brings it again until it hears 200 (`WebhookActor.cpp` in
tdlib/telegram-bot-api). Whoever does not know the secret gets nothing done, and costs us no more than his headers.
"""

import asyncio
import hashlib
import hmac
import json
from collections.abc import Callable

from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.routing import Route

from bot import log
from bot.services.ports import Busy
from bot.telegram.fetch import REFUSALS
from bot.telegram.inbound import update_id
from bot.telegram.receive import Receiver

PATH = "/telegram/webhook"

LONGEST_BODY = 1024 * 1024
"""Bytes; twice what Telegram keeps of one update (`MAX_EVENT_LENGTH` in `TQueue.cpp`)."""

DEEPEST = 64
"""Levels of nesting in a body: far more than an update has, far less than the reader's stack."""

_SECRET_HEADER = b"x-telegram-bot-api-secret-token"
_REMEMBERED = 10_000
_EXPIRED = 86_400.0  # seconds after which Telegram brings nothing again, and its numbers may begin anew anywhere
_SOON = {"Retry-After": "1"}
_NO_MORE = {"Connection": "close"}  # the rest of the body is not waited for


class Webhook:
    """The route that Telegram calls. Every update is worked through once, however often it is brought."""

    def __init__(self, receiver: Receiver, secret: str, now: Callable[[], float]) -> None:
        """`now` is a monotonic clock in seconds."""
        self._receiver = receiver
        self._secret = secret.encode()
        self._now = now
        self._working: dict[int, asyncio.Future[bool]] = {}
        self._done: dict[int, float] = {}  # number -> when, oldest first
        self._refused: dict[bytes, int] = {}  # digest -> how often

    def route(self) -> Route:
        """For the web server."""
        return Route(PATH, self.take, methods=["POST"])

    async def take(self, request: Request) -> Response:
        """200 when the update is done with, 503 when it must come again, 4xx for what is no update of Telegram's."""
        self._check(request)
        body = await _body(request)
        try:
            update = parse(body)
            number = update_id(update)
            if number is None:
                raise ValueError("no number")
        except ValueError as error:
            return self._unreadable(body, error)
        return Response() if await self._once(number, update) else Response(status_code=503, headers=_SOON)

    def _check(self, request: Request) -> None:
        """Refuses by the headers alone, before anything of the body is read."""
        given = [value for name, value in request.scope["headers"] if name == _SECRET_HEADER]
        if len(given) != 1 or not hmac.compare_digest(given[0], self._secret):
            log.event("webhook_refused", "debug", status=403)
            raise HTTPException(403, headers=_NO_MORE)
        kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
        if kind != "application/json" or request.headers.get("content-encoding", "identity").lower() != "identity":
            log.event("webhook_refused", "warning", status=415)
            raise HTTPException(415, headers=_NO_MORE)

    def _unreadable(self, body: bytes, error: ValueError) -> Response:
        """Whoever knows the secret is Telegram: what cannot be read is recorded, refused a few times, then let go."""
        digest = hashlib.sha256(body).digest()
        refused = self._refused.pop(digest, 0) + 1
        log.failure("unreadable_update", error, count=refused)
        if refused > REFUSALS:
            return Response()
        self._refused[digest] = refused
        while len(self._refused) > _REMEMBERED:
            self._refused.pop(next(iter(self._refused)))
        return Response(status_code=400)

    async def _once(self, number: int, update: object) -> bool:
        """Whether the update may be let go. One that was let go before is not worked through again."""
        if number in self._done:
            return True
        working = self._working.get(number)
        if working is None:
            working = self._working[number] = asyncio.ensure_future(self._work(number, update))
        return await asyncio.shield(working)

    async def _work(self, number: int, update: object) -> bool:
        try:
            sending = await self._receiver.take(update)
            await self._receiver.settle(update, sending)
            self._remember(number)
        except Busy as error:
            log.failure("busy", error)
            return False
        finally:
            del self._working[number]
        return True

    def _remember(self, number: int) -> None:
        now = self._now()
        self._done[number] = now
        while len(self._done) > _REMEMBERED or next(iter(self._done.values())) < now - _EXPIRED:
            self._done.pop(next(iter(self._done)))


async def _body(request: Request) -> bytes:
    """The body, of which no more than the longest is ever held."""
    length = request.headers.get("content-length", "0")
    if not length.isdecimal() or int(length[:10]) > LONGEST_BODY:
        raise HTTPException(413, headers=_NO_MORE)
    body = bytearray()
    try:
        async for part in request.stream():
            body += part
            if len(body) > LONGEST_BODY:
                raise HTTPException(413, headers=_NO_MORE)
    except ClientDisconnect:
        raise HTTPException(400) from None
    return bytes(body)


def parse(body: bytes) -> dict[str, object]:
    """The object that a body holds. Stricter than JSON readers are: every name once, no NaN, nothing very deep.

    Raises:
        ValueError: it holds none.
    """
    try:
        found = json.loads(body.decode(), object_pairs_hook=_each_once, parse_constant=_no_constant)
    except RecursionError:
        raise ValueError("too deep") from None
    if not isinstance(found, dict) or _is_deeper(found, DEEPEST):
        raise ValueError("no object, or too deep")
    return found


def _each_once(pairs: list[tuple[str, object]]) -> dict[str, object]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("a name stands twice")
    return found


def _no_constant(name: str) -> object:
    raise ValueError("no number")


def _is_deeper(value: object, levels: int) -> bool:
    if not isinstance(value, dict | list):
        return False
    inside = value.values() if isinstance(value, dict) else value
    return levels == 0 or any(_is_deeper(inner, levels - 1) for inner in inside)
