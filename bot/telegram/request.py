"""Carries calls to Telegram over HTTP: python-telegram-bot's request interface on aiohttp and orjson.

Why not the library's own: its HTTP client is 61 % of what the bot costs (`docs/decisions.md`).
"""

import json
import time
from collections.abc import Callable
from email.utils import parsedate_to_datetime
from http import HTTPStatus
from typing import Any

import aiohttp
import orjson
from telegram._utils.defaultvalue import DefaultValue
from telegram._utils.types import ODVInput
from telegram.error import NetworkError, TelegramError, TimedOut
from telegram.request import BaseRequest, RequestData

CONNECT, READ = 15.0, 20.0
"""Seconds: slow lines are common where people need this most."""


class AiohttpRequest(BaseRequest):
    """One pool of kept-alive connections.

    Raises, as the interface asks: TimedOut (the call may have been carried out) and NetworkError.
    """

    def __init__(self, connections: int = 48, wall: Callable[[], float] = time.time) -> None:
        """`connections` is the size of the pool; `wall` this machine's clock in seconds since 1970."""
        self._connections = connections
        self._wall = wall
        self.clock_off: float | None = None
        """Seconds by which this machine's clock is ahead of the server's, by its last answer that told the time."""
        self._session: aiohttp.ClientSession | None = None

    @property
    def read_timeout(self) -> float | None:
        """Seconds to wait for an answer."""
        return READ

    async def initialize(self) -> None:
        """Opens the pool; may be called again."""
        if self._session is None or self._session.closed:
            connector = aiohttp.TCPConnector(limit=self._connections, keepalive_timeout=60)
            self._session = aiohttp.ClientSession(connector=connector, cookie_jar=aiohttp.DummyCookieJar())

    async def shutdown(self) -> None:
        """Closes the pool."""
        if self._session is not None:
            await self._session.close()

    async def do_request(
        self,
        url: str,
        method: str,
        request_data: RequestData | None = None,
        read_timeout: ODVInput[float] = BaseRequest.DEFAULT_NONE,
        write_timeout: ODVInput[float] = BaseRequest.DEFAULT_NONE,
        connect_timeout: ODVInput[float] = BaseRequest.DEFAULT_NONE,
        pool_timeout: ODVInput[float] = BaseRequest.DEFAULT_NONE,
    ) -> tuple[int, bytes]:
        """The status and body of one call; parameters travel as one JSON body, files as a form."""
        timeout = aiohttp.ClientTimeout(
            total=None,
            sock_connect=_seconds(connect_timeout, CONNECT),
            sock_read=_seconds(read_timeout, READ),
        )
        status, body = await self.send(url, method, timeout, **_body(request_data))
        if status != HTTPStatus.OK and not body.lstrip().startswith(b"{"):
            # Not Telegram's own answer: a proxy's page may repeat the address, and the library would quote it.
            raise NetworkError(f"status {status}")
        return status, body

    async def send(self, url: str, method: str, timeout: aiohttp.ClientTimeout, **body: Any) -> tuple[int, bytes]:
        """One HTTP exchange with the errors of the interface; their words never hold the address (it has the token)."""
        if self._session is None or self._session.closed:
            raise NetworkError("the connection is not open")
        try:
            async with self._session.request(method, url, timeout=timeout, allow_redirects=False, **body) as answer:
                self._compare_clocks(answer.headers.get("Date"))
                return answer.status, await answer.read()
        except TimeoutError:
            raise TimedOut from None
        except aiohttp.ClientError as error:
            raise NetworkError(type(error).__name__) from None

    def _compare_clocks(self, date: str | None) -> None:
        try:
            told = parsedate_to_datetime(date or "")
        except ValueError:
            return  # no date, or one that nobody can read: nothing is learned
        self.clock_off = self._wall() - told.timestamp()

    @staticmethod
    def parse_json_payload(payload: bytes) -> dict[str, Any]:
        """The body of an answer.

        Raises:
            TelegramError: when it is not JSON.
        """
        return parse(payload)


def parse(payload: bytes) -> dict[str, Any]:
    """JSON to an object; lone surrogates and other things that only the slow reader takes are read by it.

    Raises:
        TelegramError: when it is not a JSON object.
    """
    try:
        found = orjson.loads(payload)
    except orjson.JSONDecodeError:
        try:
            found = json.loads(payload.decode("utf-8", "replace"))
        except (ValueError, RecursionError):
            raise TelegramError("Invalid server response") from None
    if not isinstance(found, dict):
        raise TelegramError("Invalid server response")
    return found


def _seconds(value: ODVInput[float], default: float) -> float | None:
    return default if isinstance(value, DefaultValue) else value


def _body(request_data: RequestData | None) -> dict[str, Any]:
    if request_data is None:
        return {}
    if not request_data.contains_files:
        return {"data": orjson.dumps(request_data.parameters), "headers": {"Content-Type": "application/json"}}
    form = aiohttp.FormData(request_data.json_parameters)
    for name, (filename, content, kind) in request_data.multipart_data.items():
        form.add_field(name, content, filename=filename, content_type=kind)
    return {"data": form}
