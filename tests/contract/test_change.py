"""Two who decide about one chat at the same time: one comes after the other, and nothing of either is lost (P8)."""

import asyncio
import os
from collections.abc import AsyncIterator, Awaitable
from pathlib import Path

import pytest
from sqlalchemy import event, text
from sqlalchemy.exc import InternalError

from bot.domain.routing import Routing, Tracked
from bot.services.conversation import Conversation
from bot.services.counts import Forgetful
from bot.services.opened import Moment
from bot.services.ports import Busy, Decide, Store
from bot.storage.engine import open_writer, sync_url
from bot.storage.entries import Entries
from bot.storage.keys import KeyFolder
from tests.books import BOOK
from tests.contract import places
from tests.contract.places import DATABASES, DAY, NOW, Place, an_entry, keep
from tests.contract.processes import in_a_process

MIDNIGHT = NOW - NOW % DAY + DAY
EACH = 200


def tracking(chat: int, message_id: int) -> Decide[int]:
    """Adds one message to what is known; the answer is how many were known before."""

    def decide(found: Routing | None) -> tuple[Routing, int]:
        entry = found or Routing(chat, "kk", NOW)
        return entry.track(message_id, NOW), len(entry.messages)

    return decide


def track(store: Store, chat: int, message_id: int, now: int = NOW) -> Awaitable[int]:
    return store.change(chat, now, tracking(chat, message_id), lambda _: NOW)


async def tracked(store: Store, chat: int, now: int = NOW) -> list[int]:
    entry = await store.find(chat, now)
    return [message.message_id for message in entry.messages] if entry else []


async def test_a_decision_is_written_and_its_answer_comes_back(store: Store) -> None:
    assert [await track(store, 1, 20), await track(store, 1, 10), await track(store, 2, 5)] == [0, 1, 0]
    assert [await tracked(store, chat) for chat in (1, 2, 3)] == [[10, 20], [5], []]
    assert len(await store.due(NOW, 10)) == 2


async def test_what_nobody_wants_any_more_goes(store: Store) -> None:
    await keep(store, an_entry(1), NOW, NOW)
    assert await store.change(1, NOW, lambda found: (None, found), lambda _: NOW) == an_entry(1)
    assert await store.change(1, NOW, lambda found: (None, found), lambda _: NOW) is None
    assert await store.find(1, NOW) is None


async def test_who_cannot_decide_changes_nothing(store: Store) -> None:
    def decide(_: Routing | None) -> tuple[Routing | None, None]:
        raise LookupError("no idea")

    await keep(store, an_entry(1), NOW, NOW)
    with pytest.raises(LookupError):
        await store.change(1, NOW, decide, lambda _: NOW)
    assert await store.find(1, NOW) == an_entry(1)


async def test_many_decisions_at_once_all_count(store: Store) -> None:
    known = await asyncio.gather(*(track(store, 1, number) for number in range(100)))
    assert sorted(known) == list(range(100))
    assert await tracked(store, 1) == list(range(100))


async def test_two_replicas_lose_nothing_of_one_chat(place: Place) -> None:
    """Not even of a stranger's, when there is no key yet."""
    one, other = place.open(), place.open()
    await asyncio.gather(*(track((one, other)[number % 2], 1, number) for number in range(2 * EACH)))
    assert await tracked(one, 1) == list(range(2 * EACH))
    assert (place.count(), one.unreadable, other.unreadable) == (1, 0, 0)


async def test_two_replicas_lose_nothing_of_many_chats(place: Place) -> None:
    one, other = place.open(), place.open()
    there = [track(one, chat, 1) for chat in range(100)]
    back = [track(other, chat, 2) for chat in reversed(range(100))]
    await asyncio.gather(*(each for pair in zip(there, back, strict=True) for each in pair))
    assert [await tracked(one, chat) for chat in range(100)] == [[1, 2]] * 100


async def test_two_replicas_lose_nothing_around_midnight(place: Place) -> None:
    """The clock of one is a little behind, so each writes under a key of its own; a third moves rows meanwhile."""
    slow, fast, third = place.open(), place.open(), place.open()
    moments = ((slow, MIDNIGHT - 1), (fast, MIDNIGHT))
    work = [track(moments[number % 2][0], 1, number, moments[number % 2][1]) for number in range(EACH)]
    await asyncio.gather(*work[:100], third.roll_keys(MIDNIGHT), *work[100:], third.roll_keys(MIDNIGHT))
    assert await tracked(third, 1, MIDNIGHT) == list(range(EACH))


@pytest.mark.parametrize("kind", DATABASES)
def test_two_processes_lose_nothing_of_one_chat(kind: str, tmp_path: Path) -> None:
    async def work(first: int) -> None:
        store = somewhere.open()
        await asyncio.gather(*(track(store, 1, first + number) for number in range(EACH)))
        await store.close()

    def begin(first: int) -> int:
        return in_a_process(lambda: asyncio.run(work(first)))

    with places.place(kind, tmp_path) as somewhere:
        children = [begin(first) for first in (0, EACH)]
        assert [os.waitpid(child, 0)[1] for child in children] == [0, 0]
        asyncio.run(all_there(Place(somewhere.url, tmp_path)))


async def all_there(somewhere: Place) -> None:
    assert await tracked(somewhere.open(), 1) == list(range(2 * EACH))
    await somewhere.close()


async def test_two_programs_that_talk_to_one_person_keep_all_that_stands_in_her_chat(place: Place) -> None:
    """What she wrote came to one replica, what was answered was noted by another: exit must know both."""
    one, other = (Conversation(place.open(), lambda: BOOK, 24 * 3600, Forgetful()) for _ in range(2))
    await one.words(Moment(1, 1, NOW, "ru"), "сәлем", NOW)
    hers = [one.words(Moment(1, 10 * number, NOW, "ru"), "сәлем", NOW) for number in range(1, 50)]
    ours = [other.sent(1, (Tracked(10 * number + 1, NOW),), NOW) for number in range(1, 50)]
    await asyncio.gather(*(each for pair in zip(hers, ours, strict=True) for each in pair))
    left = await other.left(1, (), NOW)
    assert set(left.behind) == {1, *range(10, 500, 10), *range(11, 500, 10)}


async def test_what_is_noted_while_she_leaves_is_handed_back_or_deleted_with_the_rest(place: Place) -> None:
    one, other = (Conversation(place.open(), lambda: BOOK, 24 * 3600, Forgetful()) for _ in range(2))
    for chat in range(40):
        await one.words(Moment(chat, 1, NOW, "ru"), "сәлем", NOW)
        noted, left = await asyncio.gather(one.sent(chat, (Tracked(2, NOW),), NOW), other.left(chat, (1,), NOW))
        assert sorted((*noted, *left.behind)) == [2]


@pytest.fixture
async def postgresql(tmp_path: Path) -> AsyncIterator[Place]:
    """For what only a server can show."""
    with places.place("postgresql", tmp_path) as somewhere:
        yield somewhere
        await somewhere.close()


async def test_a_frozen_replica_holds_up_those_it_had_locked_and_nobody_for_long(postgresql: Place) -> None:
    store = postgresql.open(patience=300)
    await track(store, 1, 1)
    frozen = open_writer(sync_url(postgresql.url), patience=300)
    with frozen.connect() as connection:
        Entries(KeyFolder(postgresql.keys), "postgresql").lock(connection, [(1, NOW)])
        with pytest.raises(Busy):
            await track(store, 1, 2)
        assert await tracked(store, 1) == [1]
        assert await track(store, 2, 7) == 0
        await asyncio.sleep(1.2)  # four times its patience: the server ends what stands still
        assert await track(store, 1, 2) == 1
        with pytest.raises(InternalError):
            connection.execute(text("SELECT 1"))
        connection.invalidate()
    frozen.dispose()


async def test_people_are_locked_in_one_order(postgresql: Place) -> None:
    """Else two replicas that met each other's people crosswise would stand still until the server noticed."""
    engine = open_writer(sync_url(postgresql.url))
    entries = Entries(KeyFolder(postgresql.keys), "postgresql")
    orders: list[object] = []
    event.listen(engine, "before_cursor_execute", lambda *about: orders.append(about[3]))
    people = [(number << 20, NOW) for number in range(100)]  # numbers that no set puts into order by chance
    for asked in (people, people[::-1]):
        with engine.begin() as connection:
            entries.lock(connection, asked)
    assert orders[1] == orders[3] != {}
    engine.dispose()


async def test_midnight_comes_while_somebody_decides(postgresql: Place) -> None:
    """Whoever sees the new day first still waits for whoever began under the old one."""
    store = postgresql.open(patience=300)
    await track(store, 1, 1, MIDNIGHT - 1)
    slow = open_writer(sync_url(postgresql.url))
    with slow.begin() as connection:
        Entries(KeyFolder(postgresql.keys), "postgresql").lock(connection, [(1, MIDNIGHT - 1)])
        with pytest.raises(Busy):
            await track(store, 1, 2, MIDNIGHT)
    assert await track(store, 1, 2, MIDNIGHT) == 1
    slow.dispose()


async def test_who_only_reads_waits_for_nobody(postgresql: Place) -> None:
    store = postgresql.open(patience=300)
    await track(store, 1, 1)
    frozen = open_writer(sync_url(postgresql.url))
    with frozen.begin() as connection:
        Entries(KeyFolder(postgresql.keys), "postgresql").lock_alone(connection)
        assert await track(store, 1, 1) == 1
        with pytest.raises(Busy):
            await track(store, 1, 2)
    frozen.dispose()


async def test_a_killed_connection_loses_no_decision(postgresql: Place) -> None:
    store = postgresql.open()
    for number in range(30):
        postgresql.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )
        assert await track(store, 1, number) == number
    assert await tracked(store, 1) == list(range(30))
