"""Calls the bot's webhook with what waits for it, in order for each person, and again when that fails.

Rules from `WebhookActor.cpp` in tdlib/telegram-bot-api. Updates stand in lanes (`updates.lane`): in a lane one is on
its way and the others wait; lanes do not wait for each other. Any answer from 200 to 299 confirms. Anything else, or no
answer, brings the same update again: at once, then after 2, 4, 8 … seconds up to one or two minutes, or after the
`Retry-After` of the answer; what would come after its expiry is dropped. At most twice as many updates as connections
are loaded, so many lanes that fail hold up everybody. 410 for 23 hours deletes the webhook.

Only programs on this machine are called, over plain http too (Telegram itself wants https from everybody): nothing that
happens in this world leaves it. Not emulated: a method in the answer, and how slowly Telegram opens new connections
after trouble.
"""

import asyncio
import random
from collections import deque
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from urllib.parse import urlsplit

import httpx

from .clock import Clock
from .floods import Limits
from .updates import Event, UpdateQueue

LONGEST_RETRY_AFTER = 3600.0
GONE_FOR = 23 * 3600.0
"""Seconds of 410 after which the webhook is deleted."""
_LOOK_AGAIN = 0.05  # the clock may be one that a test moves by hand
LOCAL = frozenset({"127.0.0.1", "localhost", "::1"})
"""Hosts that are this machine itself."""


@dataclass(slots=True)
class _Lane:
    """Updates that go one after the other; the numbers are about the first of them."""

    events: deque[Event] = field(default_factory=deque)
    wake_at: float = float("-inf")
    pause: float = 0.0
    failures: int = 0
    busy: bool = False


@dataclass(frozen=True, slots=True)
class _Outcome:
    """What became of one call: no `problem` means that the update is confirmed."""

    problem: str = ""
    retry_after: float = 0.0
    gone: bool = False


class _Lines:
    """Connections that are kept open, each in a client of its own: a client looks through all it has for each call."""

    def __init__(self, stack: AsyncExitStack, headers: dict[str, str], idle: float) -> None:
        """`stack` closes them in the end."""
        self._stack = stack
        self._headers = headers
        self._timeout = httpx.Timeout(idle)
        self._certificates = httpx.create_ssl_context(trust_env=False)
        self._free: list[httpx.AsyncClient] = []

    @asynccontextmanager
    async def one(self) -> AsyncIterator[httpx.AsyncClient]:
        """One that nobody else uses meanwhile."""
        http = self._free.pop() if self._free else await self._stack.enter_async_context(self._new())
        try:
            yield http
        finally:
            self._free.append(http)

    def _new(self) -> httpx.AsyncClient:
        limits = httpx.Limits(max_connections=1, keepalive_expiry=60)
        return httpx.AsyncClient(
            headers=self._headers, limits=limits, timeout=self._timeout, verify=self._certificates, trust_env=False
        )


class Deliveries:
    """What is on its way to one bot's webhook. `last_error` is when (unix) and why a call failed last."""

    def __init__(
        self, queue: UpdateQueue, clock: Clock, limits: Limits, rng: random.Random, dropped: Callable[[], None]
    ) -> None:
        """`dropped` is called when the webhook is given up; `limits` may be changed later and hold at once."""
        self._queue = queue
        self._clock = clock
        self._limits = limits
        self._rng = rng
        self._dropped = dropped
        self._lanes: dict[int, _Lane] = {}
        self._loaded_to = -1
        self._calls: set[asyncio.Task[None]] = set()
        self._news = asyncio.Event()
        self._working: asyncio.Task[None] | None = None
        self._gone_since: float | None = None
        self.last_error: tuple[float, str] | None = None
        queue.listeners.append(self._news.set)

    @property
    def on_their_way(self) -> int:
        """How many updates are being delivered at this moment."""
        return len(self._calls)

    def begin(self, url: str, secret: str, connections: int) -> None:
        """Calls `url` from now on, at most `connections` times at once, instead of what was called before."""
        self.end()
        self._working = asyncio.ensure_future(self._work(url, secret, connections))

    def end(self) -> None:
        """Calls nothing any more; what was on its way and is not confirmed waits on."""
        for task in (self._working, *self._calls):
            if task is not None:
                task.cancel()
        self._working, self._gone_since, self.last_error = None, None, None
        self._lanes, self._calls, self._loaded_to = {}, set(), -1

    async def _work(self, url: str, secret: str, connections: int) -> None:
        headers = {"Content-Type": "application/json"}
        if secret:
            headers["X-Telegram-Bot-Api-Secret-Token"] = secret
        async with AsyncExitStack() as stack:
            lines = _Lines(stack, headers, self._limits.webhook_idle)
            while True:
                self._news.clear()
                self._load(2 * connections)
                self._send(lines, url, connections)
                await self._wait()

    def _load(self, most: int) -> None:
        """Puts updates into their lanes while there is room."""
        room = most - sum(len(lane.events) for lane in self._lanes.values())
        for event in self._queue.after(self._loaded_to, room):
            self._loaded_to = event.number
            if event.expires_at < self._clock.now():
                self._queue.remove(event)
                continue
            self._lanes.setdefault(event.lane, _Lane(pause=self._limits.webhook_pause / 2)).events.append(event)

    def _send(self, lines: _Lines, url: str, connections: int) -> None:
        now = self._clock.ticks()
        for key, lane in sorted(self._lanes.items(), key=lambda item: item[1].wake_at):
            if len(self._calls) >= connections:
                return
            if not lane.busy and lane.wake_at <= now:
                lane.busy = True
                call = asyncio.ensure_future(self._deliver(lines, url, key, lane))
                self._calls.add(call)
                call.add_done_callback(self._finished)

    def _finished(self, call: asyncio.Task[None]) -> None:
        self._calls.discard(call)
        self._news.set()

    async def _wait(self) -> None:
        """Until there is something new, or it may be time to try something again."""
        sleeping = any(not lane.busy for lane in self._lanes.values())
        try:
            await asyncio.wait_for(self._news.wait(), _LOOK_AGAIN if sleeping else None)
        except TimeoutError:
            return

    async def _deliver(self, lines: _Lines, url: str, key: int, lane: _Lane) -> None:
        event = lane.events[0]
        async with lines.one() as http:
            outcome = await _call(http, url, event.body)
        lane.busy = False
        if outcome.problem:
            self.last_error = (self._clock.now(), outcome.problem)
        if not outcome.problem or not self._postpone(lane, event, outcome.retry_after):
            self._drop(key, lane, event)
        self._note_gone(outcome.gone)

    def _postpone(self, lane: _Lane, event: Event, retry_after: float) -> bool:
        """Whether the update comes again; one that would come after its expiry does not (`on_update_error`)."""
        pause, delay = lane.pause, min(retry_after, LONGEST_RETRY_AFTER)
        if not retry_after and lane.failures:
            longest = self._limits.webhook_longest_pause * self._rng.uniform(1, 2)
            pause = delay = min(longest, lane.pause * 2)
        if self._clock.now() + delay > event.expires_at:
            return False
        lane.pause, lane.wake_at = pause, self._clock.ticks() + delay
        lane.failures += 1
        return True

    def _drop(self, key: int, lane: _Lane, event: Event) -> None:
        """Done with an update: it was confirmed, or is too old."""
        self._queue.remove(event)
        lane.events.popleft()
        lane.failures, lane.pause, lane.wake_at = 0, self._limits.webhook_pause / 2, self._clock.ticks()
        if not lane.events:
            del self._lanes[key]

    def _note_gone(self, gone: bool) -> None:
        now = self._clock.now()
        if not gone:
            self._gone_since = None
        elif self._gone_since is None:
            self._gone_since = now
        elif now > self._gone_since + GONE_FOR:
            self._dropped()


async def _call(http: httpx.AsyncClient, url: str, body: str) -> _Outcome:
    if urlsplit(url).hostname not in LOCAL:
        return _Outcome("The emulator calls programs on this machine only")
    try:
        answer = await http.post(url, content=body)
    except httpx.ConnectError:
        return _Outcome("Connection refused")
    except httpx.TimeoutException:
        return _Outcome("Read timeout expired")
    except (httpx.TransportError, httpx.InvalidURL):
        return _Outcome("Webhook connection closed")
    if answer.is_success:
        return _Outcome()
    problem = f"Wrong response from the webhook: {answer.status_code} {answer.reason_phrase}"
    after = answer.headers.get("Retry-After", "")
    return _Outcome(problem, float(after) if after.isdecimal() else 0.0, answer.status_code == 410)
