"""Keeps everything about one person in order, while different people never wait for each other.

Deciding happens under a lock per chat. Sending happens in a queue per chat, because a slow line must not hold up the
next decision; what has been overtaken is not sent at all.
"""

import asyncio
from collections import deque
from collections.abc import AsyncIterator, Awaitable, Callable, Coroutine
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

from bot import log
from bot.dialog.model import URGENT
from bot.services.answer import Answer, Erase, Show

WAITING_AT_MOST = 20
"""Answers that wait for one chat; whoever writes still faster gets the newest ones."""


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


@dataclass(slots=True, eq=False)
class Job:
    """One answer on its way, `to` a message of her chat. Once it is `overtaken`, nothing more of it may be sent.

    `believed` is when it was last known that she is still there.
    """

    answer: Answer
    done: asyncio.Future[None]
    since: float
    to: int | None = None
    overtaken: bool = False
    believed: float = 0.0


class Sending:
    """A queue of answers per chat. `give` carries one out; what it raises is recorded and ends that answer alone."""

    def __init__(self, give: Callable[[int, Job], Awaitable[None]], now: Callable[[], float]) -> None:
        """`now` is a monotonic clock in seconds."""
        self._give = give
        self._now = now
        self._waiting: dict[int, deque[Job]] = {}
        self._running: dict[int, set[Job]] = {}
        self._tasks: set[asyncio.Task[None]] = set()
        self._workers: set[int] = set()

    def post(self, chat: int, answer: Answer, to: int | None = None) -> asyncio.Future[None]:
        """Queues an answer, `to` a message; the future is done when it was carried out, refused, or overtaken.

        The urgent numbers wait for nothing: what is on its way stops, what waits is dropped.
        """
        now = self._now()
        job = Job(answer, asyncio.get_running_loop().create_future(), now, to, believed=now)
        if is_urgent(answer):
            self.drop(chat)
            self._begin(self._run(chat, job))
            return job.done
        queue = self._waiting.setdefault(chat, deque())
        if queue and (both := _joined(queue[-1].answer, answer)) is not None:
            job.answer = both
            queue.pop().done.set_result(None)
        queue.append(job)
        if len(queue) > WAITING_AT_MOST:
            queue.popleft().done.set_result(None)
        if chat not in self._workers:
            self._workers.add(chat)
            self._begin(self._work(chat))
        return job.done

    def drop(self, chat: int) -> None:
        """Forgets what waits for a chat, and lets nothing more of what is on its way be sent."""
        for job in self._waiting.pop(chat, ()):
            job.done.set_result(None)
        for job in self._running.get(chat, ()):
            job.overtaken = True

    def __len__(self) -> int:
        return len(self._tasks)

    def longest_wait(self) -> float:
        """Seconds for which the oldest answer has waited for its turn."""
        now = self._now()
        return max((now - queue[0].since for queue in self._waiting.values() if queue), default=0.0)

    async def finish(self) -> None:
        """Waits until everything queued was carried out; when this is cancelled, so is what was still going on."""
        try:
            while self._tasks:
                await asyncio.wait(list(self._tasks))
        except asyncio.CancelledError:
            for chat in list(self._waiting):
                self.drop(chat)
            for task in self._tasks:
                task.cancel()
            raise

    def _begin(self, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _work(self, chat: int) -> None:
        try:
            while queue := self._waiting.get(chat):
                await self._run(chat, queue.popleft())
        finally:
            self._waiting.pop(chat, None)
            self._workers.discard(chat)

    async def _run(self, chat: int, job: Job) -> None:
        running = self._running.setdefault(chat, set())
        running.add(job)
        try:
            await self._give(chat, job)
        except Exception as error:  # noqa: BLE001 -- one answer that breaks must not stop the next
            log.failure("answer_broke", error)
        finally:
            running.discard(job)
            if not running:
                self._running.pop(chat, None)
            if not job.done.done():
                job.done.set_result(None)


def is_urgent(answer: Answer) -> bool:
    """Whether the answer shows the emergency numbers."""
    return any(isinstance(step, Show) and step.view.session.screen == URGENT for step in answer)


def _joined(earlier: Answer, later: Answer) -> Answer | None:
    """What does for both: the same message twice, the same new screen again, also with messages to delete before it."""
    match earlier, later:
        case (Show(at=int(old)),), (Show(at=int(new)),) if old == new:
            return later
        case (Show(at=None) as old,), (Show(at=None) as new,) if old == new:
            return later
        case (Erase() as old, Show() as before), (Erase() as new, Show() as after) if before == after:
            return Erase(old.message_ids + new.message_ids), after
    return None
