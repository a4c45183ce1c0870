"""Asks Telegram for updates, and gets past one that nobody can read."""

import re
from http import HTTPStatus
from typing import Protocol

import aiohttp
import orjson
from telegram.error import Conflict, InvalidToken, NetworkError, TelegramError

from bot import log
from bot.telegram.request import CONNECT, READ, AiohttpRequest, parse

REFUSALS = 5
"""So often an update that cannot be read is refused; then it is let go, or what comes after it would stand still."""

_NUMBER = re.compile(rb'"update_id"\s*:\s*(\d{1,18})(?!\d)')


class Fetch(Protocol):
    """Where updates come from: Telegram's getUpdates."""

    async def __call__(self, offset: int | None, kinds: tuple[str, ...], wait: int) -> list[object]:
        """The updates that wait, oldest first, or come within `wait` seconds; confirms all before `offset`.

        Raises:
            TelegramError: the fetch failed.
        """


class GetUpdates:
    """Fetches updates as they are, without making objects of them: an odd one must not spoil its neighbours."""

    def __init__(self, token: str, api_base_url: str, request: AiohttpRequest) -> None:
        self._url = f"{api_base_url}/bot{token}/getUpdates"
        self._request = request
        self._unreadable = (-1, 0)  # which update was refused last, and how often in a row

    async def __call__(self, offset: int | None, kinds: tuple[str, ...], wait: int) -> list[object]:
        """As `Fetch`. What cannot be read together is fetched one by one, so that one update spoils no other.

        Raises:
            TelegramError: the fetch failed; which error tells why, never where.
        """
        wanted: dict[str, object] = {"timeout": wait, "limit": 100, "allowed_updates": kinds}
        if offset is not None:
            wanted["offset"] = offset
        body = await self._ask(wanted, wait)
        try:
            return _updates(body)
        except TelegramError:
            body = await self._ask({**wanted, "limit": 1}, wait)
        try:
            return _updates(body)
        except TelegramError as error:
            return [self._let_go(body, error)]

    async def _ask(self, wanted: dict[str, object], wait: int) -> bytes:
        timeout = aiohttp.ClientTimeout(total=None, sock_connect=CONNECT, sock_read=wait + READ)
        headers = {"Content-Type": "application/json"}
        status, body = await self._request.send(self._url, "POST", timeout, data=orjson.dumps(wanted), headers=headers)
        if status == HTTPStatus.CONFLICT:
            raise Conflict("somebody else polls")
        if status in {HTTPStatus.UNAUTHORIZED, HTTPStatus.NOT_FOUND}:
            raise InvalidToken
        if status != HTTPStatus.OK:
            raise NetworkError(f"status {status}")
        return body

    def _let_go(self, body: bytes, error: TelegramError) -> object:
        """An empty update with the number of the one that cannot be read, once that was refused often enough."""
        found = _NUMBER.search(body)
        if found is None:
            raise error
        number, (refused, times) = int(found[1]), self._unreadable
        times = times + 1 if number == refused else 1
        self._unreadable = (number, times)
        log.failure("unreadable_update", error, count=times)
        if times <= REFUSALS:
            raise error
        return {"update_id": number}


def _updates(body: bytes) -> list[object]:
    """The updates in an answer. Raises TelegramError when that holds none."""
    result = parse(body).get("result")
    if not isinstance(result, list):
        raise TelegramError("no list of updates")
    return result
