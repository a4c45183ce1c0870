"""Keeps what we send under Telegram's limits, so that one busy chat never slows another, and leaving never waits.

Telegram allows a bot about 30 messages a second, and one a second in a private chat with short bursts (bots FAQ).
"""

import asyncio
from collections.abc import Callable, Coroutine
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Protocol

from telegram.error import RetryAfter
from telegram.ext import BaseRateLimiter


class Overtaken(Exception):
    """What was to be sent is no longer wanted: she left, or something more urgent came."""


class Still(Protocol):
    """Whether something that is to be sent is wanted at this moment."""

    async def __call__(self, sure: bool = False) -> bool:
        """Asked before every attempt; when `sure`, what was known a moment ago is not good enough.

        Raises:
            Busy: that cannot be told just now.
        """


async def always(sure: bool = False) -> bool:
    """For what nothing can overtake."""
    return True


@dataclass(frozen=True, slots=True)
class Ticket:
    """Passed with a call: whether it is `first`, and so waits for no limit, and whether it is `still` wanted."""

    first: bool = False
    still: Still = always


FIRST = Ticket(first=True)
"""For leaving, and for answers that nobody has to wait for."""

_COUNTED = frozenset({"sendMessage", "sendContact", "sendPhoto", "copyMessage", "editMessageText"})
_BURST_ALL, _BURST_CHAT = 8, 4
_SHORTEST_PAUSE, _LONGEST_WAIT = 1.0, 120.0
_REMEMBERED_CHATS = 5000


@dataclass(slots=True)
class Pace:
    """Lets through `rate` calls a second, `burst` of them at once (generic cell rate algorithm)."""

    rate: float
    burst: int
    _next: float = 0.0

    def take(self, now: float) -> float:
        """Takes the next place; returns the seconds to wait for it. A rate of 0 is no limit."""
        if self.rate <= 0:
            return 0.0
        step = 1 / self.rate
        self._next = max(self._next, now) + step
        return max(0.0, self._next - self.burst * step - now)

    def idle(self, now: float) -> bool:
        """Whether it has forgotten all earlier calls."""
        return self._next <= now


class Limits(BaseRateLimiter[Ticket]):
    """python-telegram-bot asks this before every call. `now` is a monotonic clock in seconds."""

    def __init__(self, send_rate: float, chat_rate: float, now: Callable[[], float], replicas: int = 1) -> None:
        """Rates are calls a second, for the bot and for one private chat; 0 is no limit.

        Each of the `replicas` takes an equal share, in a chat too: the next update of a person may come to any.
        """
        self._all = Pace(send_rate / replicas, max(1, _BURST_ALL // replicas))
        self._chat_rate, self._chat_burst = chat_rate / replicas, max(1, _BURST_CHAT // replicas)
        self._now = now
        self._chats: dict[int, Pace] = {}
        self._held: dict[int, float] = {}

    async def initialize(self) -> None:
        """Nothing to prepare."""

    async def shutdown(self) -> None:
        """Nothing to close."""

    async def process_request(
        self,
        callback: Callable[..., Coroutine[Any, Any, bool | dict[str, Any] | list[dict[str, Any]]]],
        args: Any,
        kwargs: dict[str, Any],
        endpoint: str,
        data: dict[str, Any],
        rate_limit_args: Ticket | None,
    ) -> bool | dict[str, Any] | list[dict[str, Any]]:
        """Waits for a place, calls, and waits again as long as Telegram asks.

        Raises:
            RetryAfter: when Telegram asks for more patience than an answer is worth.
            Overtaken: the call was no longer wanted when its turn came.
        """
        ticket = rate_limit_args or Ticket()
        chat = data.get("chat_id") if isinstance(data.get("chat_id"), int) else None
        patience = _LONGEST_WAIT
        while True:
            if endpoint in _COUNTED:
                await self._wait(chat, ticket.first)
            if not await ticket.still():
                raise Overtaken
            try:
                return await callback(*args, **kwargs)
            except RetryAfter as error:
                pause = max(_SHORTEST_PAUSE, in_seconds(error.retry_after))
                patience -= pause
                if patience < 0 or chat is None:
                    raise
                self._held[chat] = self._now() + pause
                await asyncio.sleep(pause)

    async def _wait(self, chat: int | None, first: bool) -> None:
        now = self._now()
        pauses = [self._all.take(now)]
        if chat is not None:
            pauses.append(self._pace(chat, now).take(now))
            pauses.append(self._held.get(chat, now) - now)
        pause = max(pauses)
        if pause > 0 and not first:
            await asyncio.sleep(pause)

    def _pace(self, chat: int, now: float) -> Pace:
        if len(self._chats) > _REMEMBERED_CHATS:
            self._chats = {known: pace for known, pace in self._chats.items() if not pace.idle(now)}
            self._held = {known: until for known, until in self._held.items() if until > now}
        return self._chats.setdefault(chat, Pace(self._chat_rate, self._chat_burst))


def in_seconds(value: float | timedelta) -> float:
    """A time of the library, which comes in either way."""
    return value.total_seconds() if isinstance(value, timedelta) else float(value)
