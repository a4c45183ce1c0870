"""Rows and keys that are damaged, moved or missing: never an error, never a wrong person, and gone after a while."""

import secrets

import pytest

from bot.services.ports import Busy
from bot.storage.engine import open_readers, open_writer, sync_url, transaction
from bot.storage.entries import Entries
from bot.storage.keys import DayKey, KeyFolder, UnsafeKeyFolder
from bot.storage.sql import SqlStore
from tests.contract.places import DAY, NOW, Place, an_entry, keep

MIDNIGHT = NOW - NOW % DAY


def key_days(place: Place) -> list[int]:
    return sorted(key.day for key in KeyFolder(place.keys).living())


@pytest.mark.parametrize("at", [0, 1, 12, 13, 100, 523, 540])
async def test_a_damaged_row_is_as_none_until_it_is_written_anew(place: Place, at: int) -> None:
    store = place.open()
    await keep(store, an_entry(1), NOW, NOW)
    await keep(store, an_entry(2), NOW, NOW)
    sealed, row = place.execute("SELECT sealed, lookup FROM routing")[0]
    broken = bytearray(sealed)
    broken[at] ^= 0x10
    place.execute("UPDATE routing SET sealed = :sealed WHERE lookup = :row", sealed=bytes(broken), row=row)
    found = [await store.find(chat, NOW) for chat in (1, 2)]
    lost = 1 + found.index(None)
    assert found == [None if chat == lost else an_entry(chat) for chat in (1, 2)]
    assert store.unreadable == 1
    await keep(store, an_entry(lost), NOW, NOW)
    assert await store.find(lost, NOW) == an_entry(lost)
    assert place.count() == 2


async def test_damaged_rows_hide_no_others_from_the_sweep(place: Place) -> None:
    store = place.open()
    for chat in range(8):
        await keep(store, an_entry(chat), NOW + chat, NOW)
    place.execute("UPDATE routing SET sealed = :noise WHERE due < :due", noise=secrets.token_bytes(541), due=NOW + 5)
    assert await store.due(NOW + 100, 2) == [an_entry(5), an_entry(6)]
    assert (store.unreadable, place.count()) == (5, 3)


async def test_rolling_drops_damaged_rows(place: Place) -> None:
    store = place.open()
    await keep(store, an_entry(1), NOW, NOW)
    await keep(store, an_entry(2), NOW + 1, NOW)
    place.execute("UPDATE routing SET sealed = :noise WHERE due = :due", noise=b"", due=NOW)
    assert await store.roll_keys(NOW + DAY) == 1
    assert (store.unreadable, place.count()) == (1, 1)
    assert await store.find(2, NOW + DAY) == an_entry(2)


async def test_rows_that_swap_their_contents_do_not_open(place: Place) -> None:
    store = place.open()
    await keep(store, an_entry(1), NOW, NOW)
    await keep(store, an_entry(2), NOW + 1, NOW)
    (one,), (two,) = place.execute("SELECT sealed FROM routing ORDER BY due")
    place.execute("UPDATE routing SET sealed = :it WHERE due = :due", it=two, due=NOW)
    place.execute("UPDATE routing SET sealed = :it WHERE due = :due", it=one, due=NOW + 1)
    assert [await store.find(1, NOW), await store.find(2, NOW)] == [None, None]
    assert await store.due(NOW + 9, 9) == []


async def test_a_row_that_claims_another_day_does_not_open(place: Place) -> None:
    store = place.open()
    await keep(store, an_entry(1), NOW, NOW)
    await keep(store, an_entry(2), NOW, NOW + DAY)
    place.execute("UPDATE routing SET key_day = :day", day=NOW // DAY + 1)
    assert [await store.find(1, NOW), await store.find(2, NOW)] == [None, an_entry(2)]


async def test_a_key_goes_24_hours_after_its_day(place: Place) -> None:
    store = place.open()
    day = MIDNIGHT // DAY
    await keep(store, an_entry(1), NOW, NOW)
    await store.roll_keys(MIDNIGHT + DAY)
    assert key_days(place) == [day, day + 1]
    await store.roll_keys(MIDNIGHT + 2 * DAY - 1)
    assert key_days(place) == [day, day + 1]
    await store.roll_keys(MIDNIGHT + 2 * DAY)
    assert key_days(place) == [day + 1, day + 2]


async def test_a_key_stays_when_the_clock_steps_back(place: Place) -> None:
    store = place.open()
    day = MIDNIGHT // DAY
    await keep(store, an_entry(1), MIDNIGHT, MIDNIGHT)
    for back in (1, 3600, 30 * DAY):
        assert await store.roll_keys(MIDNIGHT - back) == 1
        assert day in key_days(place)
        assert await store.find(1, MIDNIGHT - back) == an_entry(1)
        assert await store.roll_keys(MIDNIGHT) == 1
        assert await store.find(1, MIDNIGHT) == an_entry(1)


async def test_a_key_that_a_row_uses_is_not_destroyed(place: Place) -> None:
    """A replica with a slow clock writes under the old day; only rolling may then let its key go."""
    store = place.open()
    await keep(store, an_entry(1), NOW, NOW)
    await store.roll_keys(MIDNIGHT + DAY)
    await keep(store, an_entry(2), NOW, NOW)
    assert await store.roll_keys(MIDNIGHT + 2 * DAY) == 2
    assert await store.find(2, MIDNIGHT + 2 * DAY) == an_entry(2)
    assert MIDNIGHT // DAY not in key_days(place)


async def test_keys_are_destroyed_only_when_no_row_uses_them(place: Place) -> None:
    """Between rolling and destroying, a replica with a slow clock may write once more."""
    await keep(place.open(), an_entry(1), NOW, NOW)
    entries = Entries(KeyFolder(place.keys), sync_url(place.url).get_backend_name())
    engine = open_writer(sync_url(place.url))
    transaction(engine, lambda connection: entries.destroy_keys(connection, NOW + 9 * DAY))
    assert key_days(place) == [NOW // DAY]
    place.execute("DELETE FROM routing")
    transaction(engine, lambda connection: entries.destroy_keys(connection, NOW + 9 * DAY))
    assert key_days(place) == []
    engine.dispose()


async def test_a_row_that_moves_while_it_is_looked_for_is_found(place: Place) -> None:
    await keep(place.open(), an_entry(1), NOW, NOW)
    url = sync_url(place.url)
    writer, readers = open_writer(url), open_readers(url, 1)
    roller = Entries(KeyFolder(place.keys), url.get_backend_name())

    class Overtaken(KeyFolder):
        """Its first answer is out of date as soon as it is given."""

        def living(self) -> tuple[DayKey, ...]:
            before = super().living()
            if len(before) == 1:
                transaction(writer, lambda connection: roller.roll(connection, NOW + DAY))
            return before

    reader = Entries(Overtaken(place.keys), url.get_backend_name())
    assert transaction(readers, lambda connection: reader.find(connection, 1)) == (an_entry(1), 0)
    assert len(key_days(place)) == 2
    writer.dispose()
    readers.dispose()


async def test_when_the_key_folder_is_away_everything_waits(place: Place) -> None:
    store = place.open()
    await keep(store, an_entry(1), NOW, NOW)
    away = place.keys.rename(place.folder / "away")
    place.keys.mkdir(mode=0o700)  # as an empty mount point
    for attempt in (store.find(1, NOW), keep(store, an_entry(2), NOW, NOW), store.forget(1, NOW), store.due(NOW, 9)):
        with pytest.raises(Busy):
            await attempt
    with pytest.raises(Busy):
        await store.roll_keys(NOW + DAY)
    assert await store.ready() is False
    place.keys.rmdir()
    away.rename(place.keys)
    assert await store.find(1, NOW) == an_entry(1)
    assert await store.ready() is True


async def test_rows_whose_key_is_missing_wait_two_days_for_it(place: Place) -> None:
    store = place.open()
    await keep(store, an_entry(1), NOW, NOW)
    (key,) = place.keys.iterdir()
    key.unlink()
    assert await store.due(NOW, 9) == []
    assert await store.roll_keys(NOW + DAY) == 0
    assert place.count() == 1
    assert await store.roll_keys(NOW + 2 * DAY) == 0
    assert (place.count(), store.unreadable) == (0, 1)


async def test_a_damaged_key_of_today_is_never_written_over(place: Place) -> None:
    store = place.open()
    await keep(store, an_entry(1), NOW, NOW)
    (key,) = place.keys.iterdir()
    whole = key.read_bytes()
    key.write_bytes(whole[:40])
    with pytest.raises(Busy, match="damaged"):
        await keep(store, an_entry(2), NOW, NOW)
    assert await store.find(1, NOW) is None
    key.write_bytes(whole)
    assert await store.find(1, NOW) == an_entry(1)


async def test_an_open_key_folder_is_refused(place: Place) -> None:
    place.open()
    place.keys.chmod(0o750)
    with pytest.raises(UnsafeKeyFolder, match="chmod 700"):
        SqlStore.open(place.url, KeyFolder(place.keys))
