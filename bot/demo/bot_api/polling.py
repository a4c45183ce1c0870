"""Long polling: a bot asks for updates and waits for them, and only one may wait.

Source: `Client::process_get_updates_query`, `do_get_updates`, `abort_long_poll` and `fail_query_conflict` in
tdlib/telegram-bot-api.
"""

import asyncio
from collections.abc import Callable

from .clock import Clock
from .refusals import OTHER_POLLER, conflict
from .updates import Event, UpdateQueue

MAX_LIMIT = 100
MAX_TIMEOUT = 50
HURRY = 0.5
"""Asking again with the same offset within so many seconds gives one update."""
IMPATIENCE = 3.0
"""Asking again with the same offset within so many seconds waits at least as long; so do conflicts after the first."""
GATHERING = 0.002
"""How long to wait for more once something has come, seconds."""


class Poller:
    """Who is waiting for one bot's updates."""

    def __init__(self, queue: UpdateQueue, clock: Clock, duplicate: Callable[[], bool] = lambda: False) -> None:
        """Watches `queue` from now on; `duplicate` says of each new batch whether it shall come a second time."""
        self._queue = queue
        self._duplicate = duplicate
        self._clock = clock
        self._waiter: asyncio.Future[None] | None = None
        self._last_offset = -(2**31)
        self._last_start = clock.ticks() - 100
        self._next_conflict = self._last_start
        self._again: list[Event] = []
        queue.listeners.append(self._wake)

    async def updates(self, offset: int, limit: int, timeout: int) -> list[Event]:
        """The next updates; waits up to `timeout` seconds for the first. Raises Refusal (409) when another bot asks."""
        started = self._clock.ticks()
        if offset == self._last_offset:
            if timeout < IMPATIENCE and started < self._last_start + IMPATIENCE:
                timeout = int(IMPATIENCE)
            if started < self._last_start + HURRY:
                limit = 1
        self._last_offset, self._last_start = offset, started
        offset = self._queue.settle(offset)
        events = self._queue.take(offset, limit, self._clock.now())
        if self._again:
            again, self._again = self._again, []
            return again
        if not events and timeout:
            self.terminate(OTHER_POLLER)
            await self._wait(timeout)
            events = self._queue.take(offset, limit, self._clock.now())
        if events and self._duplicate():
            self._again = events
        return events

    def terminate(self, reason: str) -> None:
        """Send whoever waits away with 409."""
        if self._waiter and not self._waiter.done():
            self._waiter.set_exception(conflict(reason))

    def release(self) -> None:
        """Let whoever waits go with what there is; for the end of the world."""
        self._wake()

    def _wake(self) -> None:
        if self._waiter and not self._waiter.done():
            self._waiter.set_result(None)

    async def _wait(self, timeout: float) -> None:
        waiter = asyncio.get_running_loop().create_future()
        self._waiter = waiter
        try:
            done, _ = await asyncio.wait({waiter}, timeout=timeout)
            if not done:
                return
            if waiter.exception() is None:
                await asyncio.sleep(GATHERING)
            elif self._clock.ticks() >= self._next_conflict:
                self._next_conflict = self._clock.ticks() + IMPATIENCE
            else:
                await asyncio.sleep(IMPATIENCE)
            waiter.result()
        finally:
            if self._waiter is waiter:
                self._waiter = None
