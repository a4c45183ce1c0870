"""What services may rely on, whatever store is behind them."""

import asyncio
import tempfile
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.services.ports import Store
from bot.storage.memory import MemoryStore
from tests.contract.places import DATABASES, DAY, NOW, an_entry, keep, place

TOMORROW = NOW + DAY


async def test_a_stranger_has_no_entry(store: Store) -> None:
    assert await store.find(5, NOW) is None


@pytest.mark.parametrize("chat", [1, -1, 7_234_567_890, -1_001_234_567_890, 2**52, -(2**52), 0])
async def test_what_is_kept_is_found_whole(store: Store, chat: int) -> None:
    entry = replace(an_entry(chat, language="ru"), away=True)
    await keep(store, entry, NOW + 60, NOW)
    assert await store.find(chat, NOW) == entry
    assert await store.find(chat + 1, NOW) is None


async def test_an_entry_without_messages_and_one_with_many(store: Store) -> None:
    few, many = an_entry(1, messages=0), an_entry(2, messages=700)
    await keep(store, few, NOW, NOW)
    await keep(store, many, NOW, NOW)
    assert [await store.find(1, NOW), await store.find(2, NOW)] == [few, many]


async def test_keeping_again_replaces(store: Store) -> None:
    await keep(store, an_entry(1), NOW, NOW)
    await keep(store, an_entry(1, messages=5), NOW + 60, NOW)
    assert await store.find(1, NOW) == an_entry(1, messages=5)
    assert await store.due(NOW, 10) == []
    assert await store.due(NOW + 60, 10) == [an_entry(1, messages=5)]


async def test_forgetting_takes_one_entry_and_is_no_error_when_there_is_none(store: Store) -> None:
    await keep(store, an_entry(1), NOW, NOW)
    await keep(store, an_entry(2), NOW, NOW)
    await store.forget(1, NOW)
    await store.forget(1, NOW)
    await store.forget(3, NOW)
    assert await store.find(1, NOW) is None
    assert await store.due(NOW, 10) == [an_entry(2)]


async def test_due_gives_the_most_overdue_first_and_not_more_than_asked(store: Store) -> None:
    for chat, due in ((1, 30), (2, 10), (3, 20), (4, 31)):
        await keep(store, an_entry(chat), NOW + due, NOW)
    assert await store.due(NOW + 9, 10) == []
    assert await store.due(NOW + 30, 10) == [an_entry(2), an_entry(3), an_entry(1)]
    assert await store.due(NOW + 30, 2) == [an_entry(2), an_entry(3)]
    assert await store.due(NOW + 30, 0) == []


async def test_the_day_changes_while_somebody_reads(store: Store) -> None:
    before, after = NOW - NOW % DAY + DAY - 1, NOW - NOW % DAY + DAY
    await keep(store, an_entry(1), before, before)
    assert await store.find(1, after) == an_entry(1)
    assert await store.due(after, 10) == [an_entry(1)]
    await keep(store, an_entry(1, messages=4), after, after)
    assert await store.find(1, after) == an_entry(1, messages=4)
    assert await store.due(after, 10) == [an_entry(1, messages=4)]


async def test_yesterdays_entry_can_be_forgotten(store: Store) -> None:
    await keep(store, an_entry(1), NOW, NOW)
    await store.forget(1, TOMORROW)
    assert await store.find(1, TOMORROW) is None
    assert await store.due(TOMORROW, 10) == []


async def test_rolling_reseals_each_entry_once_and_changes_none(store: Store) -> None:
    for chat in range(250):
        await keep(store, an_entry(chat), NOW + chat, NOW)
    await keep(store, an_entry(1000), TOMORROW, TOMORROW)
    assert await store.roll_keys(TOMORROW) == 250
    assert await store.roll_keys(TOMORROW) == 0
    assert await store.due(TOMORROW, 1000) == [an_entry(chat) for chat in (*range(250), 1000)]
    assert await store.find(7, TOMORROW) == an_entry(7)


async def test_an_entry_outlives_a_fortnight_of_nights(store: Store) -> None:
    await keep(store, an_entry(1), NOW, NOW)
    for night in range(1, 15):
        assert await store.roll_keys(NOW + night * DAY) == 1
        assert await store.find(1, NOW + night * DAY) == an_entry(1)


async def test_an_entry_outlives_nights_without_rolling(store: Store) -> None:
    await keep(store, an_entry(1), NOW, NOW)
    await keep(store, an_entry(2), NOW + DAY, NOW + DAY)
    later = NOW + 5 * DAY
    assert await store.find(1, later) == an_entry(1)
    assert await store.roll_keys(later) == 2
    assert await store.find(1, later) == an_entry(1)


@pytest.mark.parametrize("back", [3600, DAY, 40 * DAY])
async def test_the_clock_steps_back(store: Store, back: int) -> None:
    midnight = NOW - NOW % DAY
    await keep(store, an_entry(1), midnight, midnight)
    await keep(store, an_entry(2), midnight, midnight - back)
    await store.roll_keys(midnight)
    await store.roll_keys(midnight - back)
    assert await store.find(1, midnight - back) == an_entry(1)
    assert await store.find(2, midnight) == an_entry(2)
    await keep(store, an_entry(1, messages=9), midnight, midnight - back)
    assert await store.roll_keys(midnight) == 2
    assert await store.find(1, midnight) == an_entry(1, messages=9)
    assert len(await store.due(midnight, 10)) == 2


async def test_many_people_at_once(store: Store) -> None:
    await asyncio.gather(*(keep(store, an_entry(chat), NOW + chat, NOW) for chat in range(300)))
    found = await asyncio.gather(*(store.find(chat, NOW) for chat in range(300)))
    assert found == [an_entry(chat) for chat in range(300)]


async def test_it_says_when_it_is_ready(store: Store) -> None:
    assert await store.ready() is True


Step = tuple[str, int, int, int]
"""What to do, and three numbers for it: which chat, how many, after how many seconds."""

STEPS = st.lists(
    st.tuples(
        st.sampled_from(["keep", "keep", "find", "forget", "due", "roll", "clock"]),
        st.integers(1, 4),
        st.integers(0, 5),
        st.sampled_from([60, 7200, DAY, 3 * DAY, -7200, -2 * DAY]),
    ),
    min_size=4,
    max_size=25,
)


async def answers(store: Store, steps: list[Step]) -> list[object]:
    """What a store says to these steps."""
    now = NOW
    said: list[object] = []
    for number, (step, chat, amount, seconds) in enumerate(steps):
        match step:
            case "keep":
                # Dues differ, because the order of equal ones is nobody's promise.
                await keep(store, an_entry(chat, now, amount), now + seconds + number, now)
            case "find":
                said.append(await store.find(chat, now))
            case "forget":
                await store.forget(chat, now)
            case "due":
                said.append(await store.due(now, amount))
            case "roll":
                said.append(await store.roll_keys(now))
            case "clock":
                now += seconds
    return [*said, *[await store.find(chat, now) for chat in range(1, 5)]]


@pytest.mark.parametrize("kind", DATABASES)
@given(steps=STEPS)
@settings(max_examples=60, deadline=None)
def test_it_says_what_a_dictionary_would_say(kind: str, steps: list[Step]) -> None:
    async def both() -> None:
        with tempfile.TemporaryDirectory() as folder, place(kind, Path(folder)) as somewhere:
            said = await answers(somewhere.open(), steps)
            await somewhere.close()
            assert said == await answers(MemoryStore(), steps)

    asyncio.run(both())
