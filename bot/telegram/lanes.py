"""Keeps everything about one person in order, while different people never wait for each other.

Deciding happens under a lock per chat. Sending happens in a queue per chat, because a slow line must not hold up the
next decision; what has been overtaken is not sent at all.
"""

import asyncio
from collections import deque
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass

from bot import log
from bot.services.conversation import Answer, Show


class Locks:
    """One lock per chat, gone when nobody waits for it."""

    def __init__(self) -> None:
        self._held: dict[int, tuple[asyncio.Lock, int]] = {}

    @asynccontextmanager
    async def of(self, chat: int) -> AsyncIterator[None]:
        """Holds the chat's lock."""
        lock, users = self._held.get(chat, (asyncio.Lock(), 0))
        self._held[chat] = (lock, users + 1)
        try:
            async with lock:
                yield
        finally:
            lock, users = self._held[chat]
            if users == 1:
                del self._held[chat]
            else:
                self._held[chat] = (lock, users - 1)

    def __len__(self) -> int:
        return len(self._held)


@dataclass(slots=True)
class _Job:
    answer: Answer
    done: asyncio.Future[None]
    since: float


class Sending:
    """A queue of answers per chat. `give` carries one out; one that breaks does not hold up the next."""

    def __init__(self, give: Callable[[int, Answer], Awaitable[None]], now: Callable[[], float]) -> None:
        """`now` is a monotonic clock in seconds."""
        self._give = give
        self._now = now
        self._waiting: dict[int, deque[_Job]] = {}
        self._workers: dict[int, asyncio.Task[None]] = {}

    def post(self, chat: int, answer: Answer) -> asyncio.Future[None]:
        """Queues an answer; the future is done when it was carried out, refused, or overtaken."""
        done: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        queue = self._waiting.setdefault(chat, deque())
        if queue and _overtakes(answer, queue[-1].answer):
            queue.pop().done.set_result(None)
        queue.append(_Job(answer, done, self._now()))
        if chat not in self._workers:
            self._workers[chat] = asyncio.create_task(self._work(chat))
        return done

    def drop(self, chat: int) -> None:
        """Forgets what waits for a chat: she is leaving."""
        for job in self._waiting.pop(chat, ()):
            job.done.set_result(None)

    def __len__(self) -> int:
        return len(self._workers)

    def longest_wait(self) -> float:
        """Seconds for which the oldest answer has waited for its turn."""
        now = self._now()
        return max((now - queue[0].since for queue in self._waiting.values() if queue), default=0.0)

    async def finish(self) -> None:
        """Waits until everything queued was carried out; when this is cancelled, so is what was still going on."""
        try:
            while self._workers:
                await asyncio.wait(list(self._workers.values()))
        except asyncio.CancelledError:
            for worker in self._workers.values():
                worker.cancel()
            raise

    async def _work(self, chat: int) -> None:
        try:
            while queue := self._waiting.get(chat):
                job = queue.popleft()
                try:
                    await self._give(chat, job.answer)
                except Exception as error:  # noqa: BLE001 -- whatever broke, what comes after it must go out
                    log.failure("answer_broke", error)
                finally:
                    job.done.set_result(None)
        finally:
            self.drop(chat)
            del self._workers[chat]


def _overtakes(later: Answer, earlier: Answer) -> bool:
    """Whether the later answer makes the earlier one pointless: the same message, or the same new screen again."""
    if len(later) != 1 or len(earlier) != 1:
        return False
    (new,), (old,) = later, earlier
    if not isinstance(new, Show) or not isinstance(old, Show):
        return False
    if new.at is not None:
        return new.at == old.at
    return new == old
