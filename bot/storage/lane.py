"""A lane to the database: whatever waits in it is done in one go, in one transaction.

A commit has to reach the disk before it counts, which takes as long for one write as for a hundred; and handing work
to a thread and back costs more than a read. So what comes while the lane is busy goes together.
"""

import asyncio
from collections import deque
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from typing import Any, TypeVar

from sqlalchemy import Connection, Engine

from bot.services.ports import Busy
from bot.storage.engine import Collision, transaction

T = TypeVar("T")
Job = Callable[[Connection], Any]
"""Part of a transaction, run on a thread of the lane. It must bear being repeated."""

Group = list[tuple[Job, object, asyncio.Future[Any]]]

Opening = Callable[[Connection, Sequence[Any]], None]
"""Done first in a shared transaction, for everything that its jobs are about."""

TOGETHER = 128
"""At most so many jobs share a transaction, so that none waits long for the others."""


class Lane:
    """Does jobs on its own threads; with one thread, in the order in which they come."""

    def __init__(self, engine: Engine, threads: int, opening: Opening | None = None) -> None:
        self._engine = engine
        self._threads = ThreadPoolExecutor(threads, "store")
        self._opening = opening
        self._waiting: deque[tuple[Job, object, asyncio.Future[Any]]] = deque()
        self._asked = False
        self._closed = False

    async def do(self, job: Callable[[Connection], T], about: object = None) -> T:
        """Does the job in a transaction that it may share with others; what it wrote is durable when this returns.

        What it is `about` is told to the opening of that transaction.

        Raises:
            Busy: the database cannot do it just now, or the lane is closed.
        """
        self._check_open()
        answer: asyncio.Future[T] = asyncio.get_running_loop().create_future()
        self._waiting.append((job, about, answer))
        if not self._asked:
            self._ask()
        return await answer

    async def do_alone(self, job: Callable[[Connection], T]) -> T:
        """Does the job in a transaction of its own.

        Raises:
            Busy: as `do`.
        """
        return await self.run(lambda: transaction(self._engine, job))

    async def run(self, work: Callable[[], T]) -> T:
        """Does something that is no transaction on a thread of the lane.

        Raises:
            Busy: the lane is closed.
        """
        self._check_open()
        return await asyncio.get_running_loop().run_in_executor(self._threads, work)

    async def close(self) -> None:
        """Refuses more, and finishes everything that was asked for."""
        self._closed = True
        await asyncio.to_thread(self._finish)

    def _finish(self) -> None:
        while self._waiting:
            self._threads.submit(self._do_waiting).result()
        self._threads.shutdown()

    def _check_open(self) -> None:
        if self._closed:
            raise Busy("the store is closed")

    def _ask(self) -> None:
        self._asked = True
        with suppress(RuntimeError):  # no more turns: `_finish` sees to what is waiting
            self._threads.submit(self._do_waiting)

    def _do_waiting(self) -> None:
        """Does one group of jobs; asks for another turn when more is waiting."""
        self._asked = False
        group: Group = []
        while self._waiting and len(group) < TOGETHER:
            waiting = self._waiting.popleft()
            if not waiting[2].cancelled():  # else nobody wants it any more
                group.append(waiting)
        if self._waiting and not self._asked:
            self._ask()
        if group:
            self._do(group)

    def _do(self, group: Group) -> None:
        """Does the group; when that fails for a reason that is not everybody's, each job alone."""
        try:
            results = transaction(self._engine, lambda connection: self._in_order(connection, group))
        except Exception as error:  # noqa: BLE001  it is handed to whoever asked for the job
            if len(group) == 1:
                _deliver(group, [error], failed=True)
            elif isinstance(error, Busy) and not isinstance(error, Collision):
                _deliver(group, [Busy(str(error)) for _ in group], failed=True)  # each caller raises one of its own
            else:
                for one in group:
                    self._do([one])
        else:
            _deliver(group, results, failed=False)

    def _in_order(self, connection: Connection, group: Group) -> list[Any]:
        if self._opening is not None:
            self._opening(connection, [about for _, about, _ in group if about is not None])
        return [job(connection) for job, _, _ in group]


def _deliver(group: Group, outcomes: list[Any], failed: bool) -> None:
    """Hands every caller what came of its job; one wake-up of the event loop for all."""

    def hand_over() -> None:
        for (_, _, answer), outcome in zip(group, outcomes, strict=True):
            if answer.done():
                continue  # its caller was cancelled meanwhile
            if failed:
                answer.set_exception(outcome)
            else:
                answer.set_result(outcome)

    with suppress(RuntimeError):  # the event loop is closed: nobody is left who could be told
        group[0][2].get_loop().call_soon_threadsafe(hand_over)
