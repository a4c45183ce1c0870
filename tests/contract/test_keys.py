"""The key folder: closed to others, the same for all processes, and really emptied."""

import os
import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from bot.storage.keys import DAY, DayKey, KeyFolder, KeysUnavailable, UnsafeKeyFolder

NOON = 20_000 * DAY + DAY // 2


def in_processes(count: int, work: Callable[[], bytes]) -> list[bytes]:
    """What so many processes return that start at the same moment."""
    gate, start = os.pipe()
    ends: list[int] = []
    for _ in range(count):
        listen, say = os.pipe()
        ends.append(listen)
        if os.fork() == 0:
            os.close(start)
            os.read(gate, 1)  # returns when everybody else has closed the other end
            os.write(say, work())
            os._exit(0)
        os.close(say)
    os.close(start)
    os.close(gate)
    said = []
    for end in ends:
        with os.fdopen(end, "rb") as pipe:
            said.append(pipe.read())
        os.wait()
    return said


def test_it_makes_the_folder_and_those_above_it_for_the_owner_alone(tmp_path: Path) -> None:
    KeyFolder(tmp_path / "data" / "deep" / "keys")
    for folder in (tmp_path / "data", tmp_path / "data" / "deep", tmp_path / "data" / "deep" / "keys"):
        assert folder.stat().st_mode & 0o777 == 0o700


@pytest.mark.parametrize("mode", [0o701, 0o710, 0o740, 0o755, 0o777])
def test_it_refuses_a_folder_that_others_can_enter_and_says_what_to_do(tmp_path: Path, mode: int) -> None:
    tmp_path.chmod(mode)
    with pytest.raises(UnsafeKeyFolder, match=f"chmod 700 {tmp_path}"):
        KeyFolder(tmp_path)
    tmp_path.chmod(0o700)
    KeyFolder(tmp_path)


def test_it_refuses_what_is_no_folder(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    for path in (tmp_path / "file", tmp_path / "file" / "keys", Path("/proc/keys-of-nobody")):
        with pytest.raises(UnsafeKeyFolder, match="BOT_KEY_DIR"):
            KeyFolder(path)


def test_a_key_file_holds_64_bytes_and_is_the_owners(tmp_path: Path) -> None:
    tmp_path.chmod(0o700)
    key = KeyFolder(tmp_path).of_today(NOON)
    (file,) = tmp_path.iterdir()
    assert (file.name, file.stat().st_mode & 0o777) == ("2024-10-04.key", 0o600)
    assert file.read_bytes() == key.key + key.pepper
    assert (key.day, len(key.key), len(key.pepper)) == (20_000, 32, 32)


def test_the_key_of_a_day_stays_the_same_and_differs_from_others(tmp_path: Path) -> None:
    folder = KeyFolder(tmp_path / "keys")
    today, tomorrow = folder.of_today(NOON), folder.of_today(NOON + DAY)
    assert folder.of_today(NOON + 60) == KeyFolder(tmp_path / "keys").of_today(NOON) == today
    assert len({today.key, today.pepper, tomorrow.key, tomorrow.pepper}) == 4
    assert folder.living() == (tomorrow, today)


def test_a_key_is_not_shown(tmp_path: Path) -> None:
    key = KeyFolder(tmp_path / "keys", lambda size: b"S" * size).of_today(NOON)
    assert repr(key) == "DayKey(day=20000)"


def test_processes_that_make_a_key_at_once_get_the_same_one(tmp_path: Path) -> None:
    for day in range(6):
        said = in_processes(8, lambda day=day: _secret(KeyFolder(tmp_path / "keys").of_today(NOON + day * DAY)))  # type: ignore[misc]
        assert len(said) == 8
        assert set(said) == {(tmp_path / "keys" / f"2024-10-{4 + day:02}.key").read_bytes()}
    assert len(list((tmp_path / "keys").iterdir())) == 6


def _secret(key: DayKey) -> bytes:
    return key.key + key.pepper


def test_nobody_ever_sees_half_a_key(tmp_path: Path) -> None:
    writer, reader = KeyFolder(tmp_path / "keys"), KeyFolder(tmp_path / "keys")
    made: list[DayKey] = []

    def make_and_destroy() -> None:
        for day in range(120):
            made.append(writer.of_today(NOON + day * DAY))
            writer.destroy(20_000 + day - 3)

    maker = threading.Thread(target=make_and_destroy)
    maker.start()
    seen: set[DayKey] = set()
    while maker.is_alive():
        seen.update(reader.living())
    assert len(seen) > 3
    assert seen <= set(made)


def test_destroying_overwrites_the_file_itself(tmp_path: Path) -> None:
    folder = KeyFolder(tmp_path / "keys")
    secret = _secret(folder.of_today(NOON))
    kept = folder.of_today(NOON + DAY)
    with (tmp_path / "keys" / "2024-10-04.key").open("rb") as still_open:
        folder.destroy(20_000)
        folder.destroy(20_000)
        left = still_open.read()
    assert len(left) == 64
    assert secret[:32] not in left and secret[32:] not in left
    assert folder.living() == (kept,)
    assert [file.name for file in (tmp_path / "keys").iterdir()] == ["2024-10-05.key"]


def test_what_a_dying_process_left_half_done_is_never_a_key_and_goes_with_its_day(tmp_path: Path) -> None:
    folder = KeyFolder(tmp_path / "keys")
    today = folder.of_today(NOON)
    draft, old = (tmp_path / "keys" / f"2024-10-04.key.{end}" for end in ("00.new", "11.old"))
    draft.write_bytes(b"d" * 30)
    old.write_bytes(b"o" * 64)
    assert folder.living() == (today,)
    with old.open("rb") as still_open:
        folder.destroy(20_000)
        assert b"oooooooo" not in still_open.read()
    assert list((tmp_path / "keys").iterdir()) == []


@pytest.mark.parametrize("end", ["old", "new"])
def test_what_is_left_of_a_key_is_finished_off_even_when_the_key_is_gone(tmp_path: Path, end: str) -> None:
    folder = KeyFolder(tmp_path / "keys")
    left = tmp_path / "keys" / f"2024-10-04.key.0a1b.{end}"
    left.write_bytes(b"o" * 64)
    assert folder.finished(20_002 * DAY - 1) == []
    assert folder.finished(20_002 * DAY) == [20_000]
    folder.destroy(20_000)
    assert list((tmp_path / "keys").iterdir()) == []


def test_what_another_process_does_is_seen_at_once(tmp_path: Path) -> None:
    one, other = KeyFolder(tmp_path / "keys"), KeyFolder(tmp_path / "keys")
    first = one.of_today(NOON)
    assert other.living() == (first,)
    one.destroy(20_000)
    assert other.living() == ()
    second = one.of_today(NOON)
    assert second != first
    assert other.living() == (second,)


@pytest.mark.parametrize("name", ["2024-13-01.key", "notes.txt", "2024-10-04.key~", ".key", "x2024-10-04.key"])
def test_other_files_in_the_folder_are_none_of_its_business(tmp_path: Path, name: str) -> None:
    folder = KeyFolder(tmp_path / "keys")
    (tmp_path / "keys" / name).write_bytes(b"?" * 64)
    assert folder.living() == ()
    assert folder.finished(NOON + 999 * DAY) == []


def test_finished_begins_24_hours_after_the_day(tmp_path: Path) -> None:
    folder = KeyFolder(tmp_path / "keys")
    folder.of_today(NOON)
    ends = 20_001 * DAY
    assert folder.finished(ends + DAY - 1) == []
    assert folder.finished(ends + DAY) == [20_000]
    assert folder.finished(NOON - 400 * DAY) == []


@pytest.mark.parametrize("now", [10**15, -(10**15)])
def test_an_absurd_clock_makes_no_key(tmp_path: Path, now: int) -> None:
    with pytest.raises(KeysUnavailable):
        KeyFolder(tmp_path / "keys").of_today(now)


def test_a_folder_that_vanished_is_not_taken_for_an_empty_one(tmp_path: Path) -> None:
    folder = KeyFolder(tmp_path / "keys")
    folder.of_today(NOON)
    (tmp_path / "keys").rename(tmp_path / "away")
    with pytest.raises(KeysUnavailable):
        folder.living()
    (tmp_path / "keys").mkdir(mode=0o700)
    for attempt in (folder.living, lambda: folder.of_today(NOON), lambda: folder.finished(NOON)):
        with pytest.raises(KeysUnavailable):
            attempt()
