"""Jobs that share a transaction: nobody's fate depends on a neighbour who fails or gives up."""

import asyncio
import threading
from collections.abc import AsyncIterator, Callable

import pytest
from sqlalchemy import Connection

from bot.storage.engine import open_writer, sync_url
from bot.storage.lane import Lane
from tests.contract.places import Place

Job = Callable[[Connection], str]


@pytest.fixture
async def lane(sqlite_place: Place) -> AsyncIterator[Lane]:
    engine = open_writer(sync_url(sqlite_place.url))
    lane = Lane(engine, 1)
    yield lane
    await lane.close()
    engine.dispose()


class Gate:
    """A job that stands in the lane until it is let through, so that others gather behind it."""

    def __init__(self) -> None:
        self.reached = threading.Event()
        self._open = threading.Event()

    def job(self, _: Connection) -> str:
        self.reached.set()
        assert self._open.wait(5)
        return "through"

    def open(self) -> None:
        self._open.set()


def saying(word: str, said: list[str]) -> Job:
    def say(_: Connection) -> str:
        said.append(word)
        return word

    return say


async def started(lane: Lane, *jobs: Job) -> list[asyncio.Task[str]]:
    tasks = [asyncio.create_task(lane.do(job)) for job in jobs]
    await asyncio.sleep(0)
    return tasks


async def test_who_gives_up_before_the_turn_comes_is_left_out(lane: Lane) -> None:
    gate, said = Gate(), list[str]()
    (first,) = await started(lane, gate.job)
    waiting = await started(lane, *(saying(word, said) for word in "abc"))
    waiting[1].cancel()
    await asyncio.sleep(0)
    gate.open()
    assert list(await asyncio.gather(first, waiting[0], waiting[2])) == ["through", "a", "c"]
    assert said == ["a", "c"]


async def test_who_gives_up_during_the_turn_takes_no_answer_from_others(lane: Lane) -> None:
    before, during, said = Gate(), Gate(), list[str]()
    (first,) = await started(lane, before.job)
    together = await started(lane, saying("a", said), during.job, saying("b", said), saying("c", said))
    before.open()
    await asyncio.to_thread(during.reached.wait, 5)
    together[2].cancel()
    await asyncio.sleep(0)
    during.open()
    answers = asyncio.gather(first, together[0], together[1], together[3])
    assert list(await asyncio.wait_for(answers, 5)) == ["through", "a", "through", "c"]
    assert said == ["a", "b", "c"]


async def test_who_fails_is_told_and_the_others_are_done_once_more(lane: Lane) -> None:
    def fail(_: Connection) -> str:
        raise LookupError("mine alone")

    gate, said = Gate(), list[str]()
    (first,) = await started(lane, gate.job)
    together = await started(lane, saying("a", said), fail, saying("b", said))
    gate.open()
    outcomes = await asyncio.gather(first, *together, return_exceptions=True)
    assert [outcomes[0], outcomes[1], repr(outcomes[2]), outcomes[3]] == [
        "through",
        "a",
        "LookupError('mine alone')",
        "b",
    ]
    assert said == ["a", "a", "b"]
