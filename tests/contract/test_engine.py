"""How a database is opened: safely, or not at all."""

import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.exc import OperationalError

from bot.services.ports import Busy
from bot.storage.engine import UnsafeDatabase, make_file, open_readers, open_writer, sync_url, transaction
from bot.storage.keys import KeyFolder
from bot.storage.migrate import is_current, upgrade
from bot.storage.sql import SqlStore
from tests.contract.places import Place


@pytest.mark.parametrize(
    "url",
    [
        "",
        "nonsense",
        "sqlite+aiosqlite://",
        "sqlite+aiosqlite:///:memory:",
        "sqlite+aiosqlite:///file:x?uri=true",
        "sqlite+aiosqlite:///x.db?timeout=1",
        "mysql://root:SECRET@localhost/x",
        "postgresql+psycopg://user:SECRET@host:port/x",
    ],
)
def test_other_addresses_are_refused_without_showing_them(url: str) -> None:
    with pytest.raises(UnsafeDatabase) as refused:
        sync_url(url)
    assert "SECRET" not in str(refused.value) and "postgresql+psycopg://" in str(refused.value)


def test_addresses_are_those_of_the_blocking_drivers() -> None:
    assert str(sync_url("sqlite+aiosqlite:///data/pana.db")) == "sqlite:///data/pana.db"
    assert str(sync_url("sqlite+aiosqlite:////srv/pana.db")) == "sqlite:////srv/pana.db"
    assert str(sync_url("postgresql+psycopg://bot@db/pana")) == "postgresql+psycopg://bot@db/pana"


SAFE = {
    "journal_mode": "wal",
    "synchronous": 2,
    "secure_delete": 1,
    "foreign_keys": 1,
    "trusted_schema": 0,
    "temp_store": 2,
    "busy_timeout": 5000,
}


@pytest.mark.parametrize(("pragma", "wanted"), SAFE.items())
async def test_every_connection_is_set_up_safely(sqlite_place: Place, pragma: str, wanted: str | int) -> None:
    url = sync_url(sqlite_place.url)
    for engine in (open_writer(url), open_readers(url, 2)):
        with engine.connect() as one, engine.connect() if engine.pool.size() > 1 else one as other:  # type: ignore[attr-defined]
            assert [c.exec_driver_sql(f"PRAGMA {pragma}").scalar() for c in (one, other)] == [wanted, wanted]
        engine.dispose()


@pytest.mark.parametrize(("pragma", "value"), [("synchronous", 9), ("journal_mode", "bogus"), ("secure_delete", 7)])
async def test_a_setting_that_does_not_hold_stops_the_start(sqlite_place: Place, pragma: str, value: str | int) -> None:
    engine = open_writer(sync_url(sqlite_place.url), **{pragma: value})  # type: ignore[arg-type]
    with pytest.raises(UnsafeDatabase, match=pragma):
        engine.connect()
    engine.dispose()


async def test_readers_cannot_write(sqlite_place: Place) -> None:
    engine = open_readers(sync_url(sqlite_place.url), 1)
    with engine.connect() as connection, pytest.raises(OperationalError, match="readonly"):
        connection.execute(text("DELETE FROM routing"))
    engine.dispose()


async def test_a_write_holds_the_lock_from_its_start(sqlite_place: Place) -> None:
    engine = open_writer(sync_url(sqlite_place.url))
    with closing(sqlite3.connect(sqlite_place.file, timeout=0, isolation_level=None)) as other:
        with engine.begin(), pytest.raises(sqlite3.OperationalError, match="locked"):
            other.execute("BEGIN IMMEDIATE")
        other.execute("BEGIN IMMEDIATE")
    engine.dispose()


async def test_a_connection_that_died_while_idle_is_replaced(place: Place) -> None:
    """A database server that restarted is noticed by the first statement, which is then done once more."""
    engine = open_writer(sync_url(place.url))
    attempts: list[bool] = []

    def work(connection: object) -> int:
        attempts.append(True)
        if len(attempts) == 1:
            raise OperationalError("SELECT 1", None, sqlite3.OperationalError("gone"), connection_invalidated=True)
        return len(attempts)

    assert transaction(engine, work) == 2
    engine.dispose()


@pytest.mark.parametrize("missing", ["folder", "file"])
def test_what_is_missing_is_made_for_the_owner_alone(tmp_path: Path, missing: str) -> None:
    folder = tmp_path / "a" / "b" if missing == "folder" else tmp_path
    make_file(folder / "pana.db")
    assert (folder / "pana.db").stat().st_mode & 0o777 == 0o600
    assert missing == "file" or [path.stat().st_mode & 0o777 for path in (folder, folder.parent)] == [0o700] * 2


async def test_a_file_that_others_could_read_is_closed(sqlite_place: Place) -> None:
    sqlite_place.file.chmod(0o644)
    sqlite_place.open()
    assert sqlite_place.file.stat().st_mode & 0o777 == 0o600


def test_an_impossible_place_is_refused_with_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    for path in (tmp_path / "file" / "pana.db", Path("/proc/nowhere/pana.db")):
        with pytest.raises(UnsafeDatabase, match="BOT_DATABASE_URL"):
            SqlStore.open(f"sqlite+aiosqlite:///{path}", KeyFolder(tmp_path / "keys"))


def test_a_file_that_is_no_database_is_refused_with_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "pana.db").write_bytes(b"this is a letter, not a database" * 200)
    url = f"sqlite+aiosqlite:///{tmp_path}/pana.db"
    for attempt in (is_current, upgrade, lambda url: SqlStore.open(url, KeyFolder(tmp_path / "keys"))):
        with pytest.raises(UnsafeDatabase, match="damaged"):
            attempt(url)
    assert (tmp_path / "pana.db").read_bytes().startswith(b"this is a letter")


def test_without_its_driver_postgresql_is_refused_with_a_sentence() -> None:
    code = (
        "import sys\nsys.modules['psycopg'] = None\nfrom bot.storage import engine, migrate\n"
        "try:\n    migrate.is_current('postgresql+psycopg://bot@db/pana')\n"
        "except engine.UnsafeDatabase as error:\n    print(error)"
    )
    done = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, cwd=Path(__file__).parents[2])
    assert done.stdout.endswith(b"run: pip install --require-hashes -r requirements.lock\n")


def test_a_server_that_is_not_there_is_busy(tmp_path: Path) -> None:
    with pytest.raises(Busy):
        SqlStore.open("postgresql+psycopg://nobody@127.0.0.1:1/nothing", KeyFolder(tmp_path / "keys"))
