"""What a store in a database must do beyond the contract: share, group, refuse and heal."""

import asyncio
import resource
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

import pytest
from sqlalchemy import Engine, event

from bot.services.ports import Busy
from tests.contract.places import DAY, NOW, Place, an_entry, keep, somebody_writes


@contextmanager
def full_disk(room: int) -> Iterator[None]:
    """No file may grow beyond so many bytes."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (room, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


async def test_two_replicas_share_entries_and_keys(place: Place) -> None:
    one, other = place.open(), place.open()
    await keep(one, an_entry(1), NOW, NOW)
    assert await other.find(1, NOW) == an_entry(1)
    await keep(other, an_entry(1, messages=7), NOW, NOW)
    assert await one.find(1, NOW) == an_entry(1, messages=7)
    assert (place.count(), len(list(place.keys.iterdir()))) == (1, 1)


async def test_replicas_whose_clocks_differ_around_midnight(place: Place) -> None:
    fast, slow = place.open(), place.open()
    before, after = NOW - NOW % DAY + DAY - 2, NOW - NOW % DAY + DAY
    await keep(slow, an_entry(1), before, before)
    assert await fast.roll_keys(after) == 1
    assert await slow.find(1, before) == an_entry(1)
    await keep(slow, an_entry(1, messages=5), before, before)
    assert await fast.find(1, after) == an_entry(1, messages=5)
    await keep(fast, an_entry(1, messages=6), after, after)
    await slow.forget(1, before)
    assert (await fast.find(1, after), place.count()) == (None, 0)


async def test_replicas_roll_at_once_while_people_write(place: Place) -> None:
    one, other = place.open(), place.open()
    await asyncio.gather(*(keep(one, an_entry(chat), NOW + chat, NOW) for chat in range(400)))
    tomorrow = NOW + DAY
    newer = [keep(other, an_entry(chat, messages=8), NOW + chat, tomorrow) for chat in range(0, 400, 7)]
    rolled = await asyncio.gather(one.roll_keys(tomorrow), other.roll_keys(tomorrow), *newer)
    assert 400 - len(newer) <= sum(filter(None, rolled)) <= 400
    found = await one.due(tomorrow, 1000)
    assert found == [an_entry(chat, messages=3 if chat % 7 else 8) for chat in range(400)]
    assert await other.roll_keys(tomorrow) == 0


async def test_500_people_share_few_commits_and_nothing_is_lost(place: Place) -> None:
    store = place.open()
    commits: list[object] = []

    def count(connection: object) -> None:
        commits.append(connection)

    event.listen(Engine, "commit", count)
    try:
        await asyncio.gather(*(keep(store, an_entry(chat), NOW + chat, NOW) for chat in range(500)))
    finally:
        event.remove(Engine, "commit", count)
    assert len(commits) <= 20
    await store.close()
    assert await place.open().due(NOW + 500, 1000) == [an_entry(chat) for chat in range(500)]


async def test_a_bad_write_fails_alone(place: Place) -> None:
    store = place.open()
    bad = [keep(store, an_entry(90, language="\ud800"), NOW, NOW), keep(store, an_entry(91), 2**70, NOW)]
    good = [keep(store, an_entry(chat), NOW + chat, NOW) for chat in range(40)]
    outcomes = await asyncio.gather(*good[:20], *bad, *good[20:], return_exceptions=True)
    assert [type(outcome) for outcome in outcomes if outcome is not None] == [UnicodeEncodeError, ValueError]
    assert await store.due(NOW + 100, 100) == [an_entry(chat) for chat in range(40)]


async def test_a_write_that_the_database_refuses_fails_alone(sqlite_place: Place) -> None:
    sqlite_place.execute(
        "CREATE TRIGGER picky BEFORE INSERT ON routing WHEN new.due = 666 BEGIN SELECT RAISE(ABORT, 'no'); END"
    )
    store = sqlite_place.open()
    writes = [keep(store, an_entry(chat), 666 if chat == 7 else NOW + chat, NOW) for chat in range(20)]
    outcomes = await asyncio.gather(*writes, return_exceptions=True)
    refused = [outcome for outcome in outcomes if outcome is not None]
    assert [type(error).__name__ for error in refused] == ["IntegrityError"]
    assert "x'" not in str(refused[0]) and "b'" not in str(refused[0])  # no parameter in the words of the error
    assert await store.due(NOW + 100, 100) == [an_entry(chat) for chat in range(20) if chat != 7]


@pytest.mark.parametrize("after", [0, 0.1], ids=["before its write began", "while it is written"])
async def test_a_cancelled_caller_harms_nobody(place: Place, after: float) -> None:
    store = place.open()
    with somebody_writes(place):
        tasks = [asyncio.create_task(keep(store, an_entry(chat), NOW + chat, NOW)) for chat in range(30)]
        await asyncio.sleep(after)
        for task in tasks[10:20]:
            task.cancel()
        await asyncio.sleep(0.05)
    outcomes = await asyncio.wait_for(asyncio.gather(*tasks, return_exceptions=True), 5)
    assert [isinstance(outcome, asyncio.CancelledError) for outcome in outcomes] == [10 <= n < 20 for n in range(30)]
    found = {entry.chat for entry in await store.due(NOW + 100, 100)}
    assert found >= {*range(10), *range(20, 30)}


async def test_a_locked_database_is_busy_for_writers_only_and_heals(place: Place) -> None:
    store = place.open(patience=150)
    await keep(store, an_entry(1), NOW, NOW)
    with somebody_writes(place):
        writes = [keep(store, an_entry(chat), NOW, NOW) for chat in range(2, 12)]
        found, *outcomes = await asyncio.gather(
            store.find(1, NOW), *writes, store.forget(1, NOW), return_exceptions=True
        )
        assert found == an_entry(1)
        assert [type(outcome) for outcome in outcomes] == [Busy] * 11
        with pytest.raises(Busy):
            await store.roll_keys(NOW + DAY)
        assert await store.ready() is False
    assert await store.ready() is True
    await keep(store, an_entry(2), NOW, NOW)
    assert await store.find(2, NOW) == an_entry(2)
    assert await store.find(3, NOW) is None


async def test_a_locked_file_is_left_for_later(sqlite_place: Place) -> None:
    store = sqlite_place.open(patience=150)
    with somebody_writes(sqlite_place), pytest.raises(Busy):
        await store.tidy_file()
    assert await store.tidy_file() is True


async def test_a_full_disk_is_busy_and_loses_nothing_that_was_confirmed(sqlite_place: Place) -> None:
    store = sqlite_place.open()
    confirmed: list[int] = []
    with full_disk(60_000):
        with pytest.raises(Busy):
            for chat in range(1000):
                await keep(store, an_entry(chat), NOW + chat, NOW)
                confirmed.append(chat)
        assert await store.find(confirmed[-1], NOW) == an_entry(confirmed[-1])
    await keep(store, an_entry(5000), NOW + 5000, NOW)
    assert await store.due(NOW + 9999, 2000) == [an_entry(chat) for chat in (*confirmed, 5000)]
    assert len(confirmed) > 3


async def test_without_tables_it_is_busy_and_not_ready(place: Place) -> None:
    store = place.open()
    place.execute("DROP TABLE routing")
    place.execute("UPDATE alembic_version SET version_num = '0000'")
    with pytest.raises(Busy):
        await keep(store, an_entry(1), NOW, NOW)
    with pytest.raises(Busy):
        await store.find(1, NOW)
    assert await store.ready() is False


async def test_a_file_that_is_ruined_while_it_is_open_is_busy_and_no_crash(sqlite_place: Place) -> None:
    store = sqlite_place.open()
    for chat in range(300):
        await keep(store, an_entry(chat), NOW + chat, NOW)
    assert await store.tidy_file() is True  # the log is empty, so all is in the file
    with sqlite_place.file.open("r+b") as file:
        file.seek(4096)
        file.write(b"\xff" * (sqlite_place.file.stat().st_size - 4096))
    for attempt in (store.due(NOW + 999, 999), store.roll_keys(NOW + DAY)):
        with pytest.raises(Busy):
            await attempt


async def test_a_newer_schema_is_good_enough_during_a_deploy(place: Place) -> None:
    place.execute("UPDATE alembic_version SET version_num = '0999'")
    assert await place.open().ready() is True


async def test_closing_finishes_even_what_must_wait_for_others(place: Place) -> None:
    store = place.open()
    with somebody_writes(place):
        waiting = [asyncio.create_task(keep(store, an_entry(chat), NOW + chat, NOW)) for chat in range(600)]
        await asyncio.sleep(0)
        closing_down = asyncio.create_task(store.close())
        await asyncio.sleep(0.1)
    await asyncio.wait_for(closing_down, 5)
    assert await asyncio.wait_for(asyncio.gather(*waiting), 5) == [None] * 600


async def test_closing_finishes_what_is_waiting_and_refuses_the_rest(place: Place) -> None:
    store = place.open()
    waiting = [asyncio.create_task(keep(store, an_entry(chat), NOW + chat, NOW)) for chat in range(300)]
    await asyncio.sleep(0)
    await store.close()
    await store.close()
    assert await asyncio.gather(*waiting) == [None] * 300
    for refused in (store.find(1, NOW), keep(store, an_entry(1), NOW, NOW), store.roll_keys(NOW), store.tidy_file()):
        with pytest.raises(Busy):
            await refused
    assert await store.ready() is False
    assert len(await place.open().due(NOW + 300, 1000)) == 300


async def test_an_entry_that_was_written_twice_is_joined(place: Place) -> None:
    """A key was out of reach for a while, so she was taken for a stranger; then it came back."""
    store = place.open()
    await keep(store, an_entry(1, messages=2), NOW, NOW)
    (key,) = place.keys.iterdir()
    key.rename(place.folder / key.name)
    later = NOW + DAY
    assert await store.find(1, later) is None
    second = replace(an_entry(1, later, messages=1, language="en"), messages=(an_entry(1, messages=3).messages[2],))
    await keep(store, second, later, later)
    (place.folder / key.name).rename(key)
    joined = replace(second, messages=an_entry(1, messages=3).messages)
    assert await store.find(1, later) == joined
    assert place.count() == 2
    assert await store.roll_keys(later) == 1
    assert (await store.find(1, later), await store.due(NOW, 9), place.count()) == (joined, [joined], 1)
