"""What is found by somebody who takes the files: the disk, the key folder, or an old backup (promises P6 and P7)."""

import asyncio
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from bot.domain.routing import Routing, Tracked
from bot.storage.entries import SEALED
from bot.storage.keys import KeyFolder
from bot.storage.sealing import Unreadable, unseal
from bot.storage.sql import SqlStore
from tests.contract.places import DAY, NOW, Place, an_entry, backup, keep

CANARIES = (7_311_223_344, 5_998_877_665, -1_002_233_445_566, 12_345_678_901, 4_111_222_333_444_555)


def varint(number: int) -> bytes:
    out = bytearray()
    while number > 127:
        out.append(number & 127 | 128)
        number >>= 7
    return bytes((*out, number))


def shapes(number: int) -> set[bytes]:
    """Every way in which such a number may stand in a file; all are too long to turn up by chance."""
    integers = {number.to_bytes(8, order, signed=True) for order in ("big", "little")}
    shorter = {whole.lstrip(b"\0\xff") for whole in integers} | {whole.rstrip(b"\0\xff") for whole in integers}
    varints = {varint(abs(number)), varint(2 * abs(number)), varint(2 * abs(number) - 1)}
    texts = {str(abs(number)).encode(), str(abs(number)).encode("utf-16-le"), f"{abs(number):x}".encode()}
    return integers | shorter | varints | texts


def found_in(files: dict[str, bytes], numbers: tuple[int, ...]) -> list[tuple[str, int]]:
    return [
        (name, number)
        for name, content in files.items()
        for number in numbers
        if any(shape in content for shape in shapes(number))
    ]


def test_the_search_finds_what_is_there() -> None:
    for number in CANARIES:
        for shape in shapes(number):
            assert found_in({"file": b"..." + shape + b"..."}, CANARIES) == [("file", number)]


async def test_no_file_holds_a_number_of_a_chat_or_message(sqlite_place: Place) -> None:
    store = sqlite_place.open()
    messages = tuple(Tracked(987_654_321_098 + step, NOW + step) for step in range(5))
    for chat in CANARIES:
        await keep(store, Routing(chat, "kk", NOW, messages), NOW, NOW)
        await keep(store, Routing(chat, "ru", NOW, messages), NOW, NOW)
    assert len(sqlite_place.files()) == 4
    assert found_in(sqlite_place.files(), (*CANARIES, *(message.message_id for message in messages))) == []
    await store.roll_keys(NOW + DAY)
    await store.forget(CANARIES[0], NOW + DAY)
    assert found_in(sqlite_place.files(), (*CANARIES, *(message.message_id for message in messages))) == []


async def test_all_rows_look_alike(sqlite_place: Place) -> None:
    store = sqlite_place.open()
    for chat, messages in ((1, 0), (-1_002_233_445_566, 1), (2**52, 40), (77, 100)):
        await keep(store, an_entry(chat, messages=messages), NOW, NOW)
    assert sqlite_place.execute("SELECT DISTINCT length(sealed), length(lookup) FROM routing") == [(541, 16)]


async def test_what_is_forgotten_leaves_the_files(sqlite_place: Place) -> None:
    store = sqlite_place.open()
    pieces: list[bytes] = []
    for chat in range(300):
        await keep(store, an_entry(chat), NOW + chat, NOW)
        pieces += [bytes(piece) for piece in sqlite_place.execute("SELECT lookup, sealed FROM routing")[-1]]
    assert sum(piece in content for content in sqlite_place.files().values() for piece in pieces) >= 600
    await asyncio.gather(*(store.forget(chat, NOW) for chat in range(299)))
    assert await store.tidy_file() is True
    left = [piece for piece in pieces if any(piece in content for content in sqlite_place.files().values())]
    rest = [bytes(piece) for piece in sqlite_place.execute("SELECT lookup, sealed FROM routing")[0]]
    assert set(left) == set(rest)
    assert await store.find(299, NOW) == an_entry(299)


async def test_a_large_file_is_left_for_the_night(sqlite_place: Place) -> None:
    store = sqlite_place.open()
    assert await store.tidy_file(at_most=4096) is False
    assert await store.tidy_file(at_most=10**6) is True


async def test_the_log_is_emptied_after_forgetting_even_when_somebody_reads(sqlite_place: Place) -> None:
    store = sqlite_place.open()
    log = sqlite_place.file.with_name(f"{sqlite_place.file.name}-wal")
    await keep(store, an_entry(1), NOW, NOW)
    with closing(sqlite3.connect(sqlite_place.file, isolation_level=None)) as reader:
        reader.execute("BEGIN")
        reader.execute("SELECT * FROM routing").fetchall()
        await asyncio.wait_for(store.forget(1, NOW), 3)
        await asyncio.wait_for(keep(store, an_entry(2), NOW, NOW), 3)
        await asyncio.sleep(0.2)
        assert log.stat().st_size > 0
        reader.execute("COMMIT")
    for _ in range(100):
        if log.stat().st_size == 0:
            break
        await asyncio.sleep(0.05)
    assert log.stat().st_size == 0


async def test_a_seized_database_without_its_keys_yields_nothing(sqlite_place: Place, tmp_path: Path) -> None:
    store = sqlite_place.open()
    for chat in CANARIES:
        await keep(store, an_entry(chat), NOW, NOW)
    backup(sqlite_place, tmp_path / "seized.db")
    thief = SqlStore.open(f"sqlite+aiosqlite:///{tmp_path}/seized.db", KeyFolder(tmp_path / "own keys"))
    await keep(thief, an_entry(9), NOW, NOW)
    assert [await thief.find(chat, NOW) for chat in CANARIES] == [None] * 5
    assert await thief.due(NOW + 30 * DAY, 100) == [an_entry(9)]
    await thief.close()


async def test_a_backup_opens_while_its_keys_live_and_not_after_two_days(sqlite_place: Place, tmp_path: Path) -> None:
    store = sqlite_place.open()
    for chat in CANARIES:
        await keep(store, an_entry(chat), NOW, NOW)
    old = tmp_path / "old.db"
    backup(sqlite_place, old)

    def opened() -> int:
        """How many rows of the backup any key opens."""
        keys = KeyFolder(sqlite_place.keys).living()
        with closing(sqlite3.connect(old)) as connection:
            rows = connection.execute("SELECT lookup, sealed FROM routing").fetchall()
        good = 0
        for lookup, sealed in rows:
            for key in keys:
                try:
                    good += bool(unseal(key, SEALED, lookup, sealed))
                except Unreadable:
                    continue
        return good

    assert opened() == 5
    for night in (1, 2):
        await store.roll_keys(NOW - NOW % DAY + night * DAY)
    assert opened() == 0
    later = NOW + 2 * DAY
    assert [await store.find(chat, later) for chat in CANARIES] == [an_entry(chat) for chat in CANARIES]
    thief = SqlStore.open(f"sqlite+aiosqlite:///{old}", KeyFolder(sqlite_place.keys))
    assert [await thief.find(chat, later) for chat in CANARIES] == [None] * 5
    assert await thief.due(later, 100) == []
    assert (await thief.roll_keys(later), thief.unreadable) == (0, 5)
    await thief.close()


@pytest.mark.parametrize("name", ["pana.db", "pana.db-wal", "pana.db-shm"])
async def test_only_the_owner_can_read_the_files(sqlite_place: Place, name: str) -> None:
    store = sqlite_place.open()
    await keep(store, an_entry(1), NOW, NOW)
    assert sqlite_place.file.with_name(name).stat().st_mode & 0o777 == 0o600
    assert sqlite_place.file.parent.stat().st_mode & 0o777 == 0o700
