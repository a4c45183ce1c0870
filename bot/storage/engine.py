"""Opens the database so that what is confirmed stays and what is deleted goes, or refuses to start.

The address says `sqlite+aiosqlite` or `postgresql+psycopg`; in here both are reached through ordinary blocking
drivers, from threads. One hop to a thread per update costs about 0.3 ms of processor time; an async driver hops for
every statement and costs 4 ms.
"""

import os
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import TypeVar

from sqlalchemy import URL, Connection, Engine, create_engine, event, inspect, make_url, text
from sqlalchemy import exc as sql_errors
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.pool import ConnectionPoolEntry

from bot.errors import PanaError
from bot.services.ports import Busy
from bot.storage.folders import make_private
from bot.storage.keys import KeysUnavailable
from bot.storage.tables import HEAD

T = TypeVar("T")

_ALIVE = {"keepalives_idle": 10, "keepalives_interval": 5, "keepalives_count": 3}
"""Seconds, seconds and attempts after which a server that no longer answers counts as gone (`libpq`)."""

PATIENCE = 5000
"""Milliseconds for which a statement waits for a lock before the database counts as busy."""

PRAGMAS: dict[str, str | int] = {
    "journal_mode": "wal",  # readers never wait for the writer
    "synchronous": 2,  # FULL: what was confirmed to Telegram survives a power cut
    "secure_delete": 1,  # deleted bytes are overwritten
    "foreign_keys": 1,
    "trusted_schema": 0,
    "temp_store": 2,  # MEMORY: sorting and tidying leave nothing in temporary files
}
"""What every SQLite connection is set to; each is read back."""


SESSION = {
    "synchronous_commit": "on",  # what was confirmed to Telegram survives a power cut
    "log_parameter_max_length_on_error": "0",  # no value of a statement that fails is in the server's log
}
"""What every PostgreSQL connection is set to; each is read back."""

SERVER = {"fsync": "on", "full_page_writes": "on"}
"""What a PostgreSQL server must hold by itself, for the same reason as `synchronous_commit`; read only."""


class UnsafeDatabase(PanaError):
    """The database cannot be opened in a way that keeps the promises."""

    exit_status = 2


class Collision(Busy):
    """Two transactions of PostgreSQL stood in each other's way. Either alone would have passed."""


def sync_url(url: str) -> URL:
    """The address for the blocking driver.

    Raises:
        UnsafeDatabase: it is not an SQLite file or a PostgreSQL database.
    """
    try:
        parsed = make_url(url)
        if parsed.get_backend_name() == "postgresql":
            return parsed.set(drivername="postgresql+psycopg")
        plain = parsed.database and not parsed.database.startswith((":memory:", "file:")) and not parsed.query
        if parsed.get_backend_name() == "sqlite" and plain:
            return parsed.set(drivername="sqlite")
    except (sql_errors.ArgumentError, ValueError):
        pass  # not an address at all: the sentence below says what one looks like, and never shows the password
    raise UnsafeDatabase(
        "BOT_DATABASE_URL must be sqlite+aiosqlite:///path/to/file.db or postgresql+psycopg://user@host/name."
    )


def database_file(url: URL) -> Path | None:
    """The file of an SQLite database; nothing for PostgreSQL."""
    return Path(url.database) if url.get_backend_name() == "sqlite" and url.database else None


def make_file(path: Path) -> None:
    """Makes the file and its folder when missing, and closes the file to others (SQLite copies that to -wal and -shm).

    An existing file is never opened here: closing it would release the locks of this process's other connections.

    Raises:
        UnsafeDatabase: it cannot be made, or belongs to somebody else.
    """
    try:
        make_private(path.parent)
        try:
            os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY | os.O_CLOEXEC, 0o600))
        except FileExistsError:
            for name in (path, path.with_name(f"{path.name}-wal"), path.with_name(f"{path.name}-shm")):
                _close_to_others(name)
    except OSError as error:
        raise UnsafeDatabase(
            f"The database file {path} cannot be used ({error.strerror}). Let BOT_DATABASE_URL name a file in a folder "
            "that belongs to the account that runs the bot."
        ) from error


def open_writer(url: URL, patience: int = PATIENCE, **pragmas: str | int) -> Engine:
    """One connection, whose transactions take the write lock at their start (SQLite) or wait `patience` ms for it."""
    path = database_file(url)
    if path is None:
        return _postgres(url, patience, 1)
    make_file(path)
    engine = create_engine(
        url, hide_parameters=True, pool_size=1, max_overflow=0, connect_args={"isolation_level": None}
    )
    event.listen(engine, "connect", _setter(PRAGMAS | {"busy_timeout": patience} | pragmas))
    # Without IMMEDIATE, a transaction that reads and then writes can silently lose what another wrote in between.
    event.listen(engine, "begin", lambda connection: connection.exec_driver_sql("BEGIN IMMEDIATE"))
    return engine


def open_readers(url: URL, size: int, patience: int = PATIENCE) -> Engine:
    """At most `size` connections on which every statement stands alone, and on SQLite none can write."""
    path = database_file(url)
    if path is None:
        return _postgres(url, patience, size).execution_options(isolation_level="AUTOCOMMIT")
    make_file(path)
    engine = create_engine(
        url, hide_parameters=True, pool_size=size, max_overflow=0, connect_args={"isolation_level": None}
    )
    event.listen(engine, "connect", _setter(PRAGMAS | {"busy_timeout": patience, "query_only": 1}))
    return engine


def open_to_look(url: URL) -> Engine:
    """Connections that change no setting of the file, only to see what is there."""
    if database_file(url) is None:
        return _postgres(url, PATIENCE, 1)
    engine = create_engine(url, hide_parameters=True)
    event.listen(engine, "connect", _setter({"busy_timeout": PATIENCE, "query_only": 1}))
    return engine


def transaction(engine: Engine, work: Callable[[Connection], T]) -> T:
    """Does the work and commits it. Repeats it once when the connection turns out to have died while it was idle.

    `work` must bear being repeated: whether a commit arrived cannot be known when the connection dies in it.

    Raises:
        Busy: the database or the key folder cannot be used just now.
    """
    with busy_when_unavailable():
        try:
            with engine.begin() as connection:
                return work(connection)
        except sql_errors.DBAPIError as error:
            if not error.connection_invalidated:
                raise
        with engine.begin() as connection:
            return work(connection)


@contextmanager
def busy_when_unavailable() -> Iterator[None]:
    """Turns the errors of a database or key folder that cannot be used just now into `Busy`; lets others pass."""
    try:
        yield
    except sql_errors.DBAPIError as error:
        problem = _busy(error)
        if problem is None:
            raise
        raise problem from error
    except KeysUnavailable as error:
        raise Busy(str(error)) from error
    except (sql_errors.TimeoutError, sqlite3.DatabaseError, OSError) as error:  # from outside a statement
        raise Busy(f"the database is not available: {type(error).__name__}") from error


def _busy(error: sql_errors.DBAPIError) -> Busy | None:
    """What this error means for the caller; nothing when the statement itself is at fault."""
    state = str(getattr(error.orig, "sqlstate", None) or "")
    if state.startswith("40"):  # PostgreSQL: deadlock, serialisation failure
        return Collision("two transactions collided")
    unavailable = isinstance(error, sql_errors.OperationalError | sql_errors.InterfaceError | sql_errors.InternalError)
    damaged = type(error.orig) is sqlite3.DatabaseError
    table_missing = state == "42P01"  # not migrated yet; SQLite calls that an OperationalError
    if unavailable or damaged or table_missing:
        return Busy(f"the database is not available: {type(error.orig).__name__}")
    return None


def has_schema(connection: Connection) -> bool:
    """Whether the migrations went as far as this program needs."""
    if not inspect(connection).has_table("alembic_version"):
        return False
    revision = connection.execute(text("SELECT version_num FROM alembic_version")).scalar()
    return revision is not None and str(revision) >= HEAD


def touch(connection: Connection) -> None:
    """Writes something that changes nothing, to see whether writing works."""
    connection.execute(text("UPDATE alembic_version SET version_num = version_num"))


def _postgres(url: URL, patience: int, size: int) -> Engine:
    wanted = SESSION | {
        "lock_timeout": str(patience),
        "statement_timeout": str(4 * patience),
        "idle_in_transaction_session_timeout": str(4 * patience),  # a frozen replica lets go of what it had locked
    }
    options = [str(url.query.get("options", "")), *(f"-c {name}={value}" for name, value in wanted.items())]
    connect_args = {
        "connect_timeout": max(1, patience // 1000),
        "options": " ".join(options).strip(),
        "application_name": "pana",
        **_ALIVE,
    }
    try:
        engine = create_engine(url, hide_parameters=True, pool_size=size, max_overflow=0, connect_args=connect_args)
    except ImportError as error:
        raise UnsafeDatabase(
            "PostgreSQL needs its driver, which is in the lock file. In the folder of the source, with the pip of this "
            "Python, run: pip install --require-hashes -r requirements.lock"
        ) from error
    event.listen(engine, "connect", _reader_back(wanted | SERVER))
    return engine


def _reader_back(wanted: dict[str, str]) -> Callable[[DBAPIConnection, ConnectionPoolEntry], None]:
    """What looks whether a new PostgreSQL connection holds these settings."""

    def read_back(connection: DBAPIConnection, _: ConnectionPoolEntry) -> None:
        with closing(connection.cursor()) as cursor:
            cursor.execute("SELECT name, setting FROM pg_settings WHERE name = ANY(%s)", (list(wanted),))
            found = dict(cursor.fetchall())
        connection.rollback()
        for name, value in wanted.items():
            if found.get(name) != value:
                raise UnsafeDatabase(
                    f"PostgreSQL does not hold {name}={value}, so what people trust us with would not be safe. Set it "
                    "on the server, and let no pooler change it on the way (docs/postgresql.md)."
                )

    return read_back


def _setter(pragmas: dict[str, str | int]) -> Callable[[sqlite3.Connection, ConnectionPoolEntry], None]:
    """What sets up a new SQLite connection and reads every setting back."""

    def set_and_read_back(connection: sqlite3.Connection, _: ConnectionPoolEntry) -> None:
        _check_file(connection)
        # Patience first: turning on WAL may have to wait for another process.
        for name in sorted(pragmas, key=lambda name: name != "busy_timeout"):
            connection.execute(f"PRAGMA {name}={pragmas[name]}").fetchall()
        for name, wanted in pragmas.items():
            found = connection.execute(f"PRAGMA {name}").fetchone()
            if found is None or found[0] != wanted:
                raise UnsafeDatabase(
                    f"SQLite does not accept {name}={wanted} for this database file, so what people trust us with "
                    "would not be safe. Put the file on a local disk, and use SQLite 3.37 or newer."
                )

    return set_and_read_back


def _check_file(connection: sqlite3.Connection) -> None:
    try:
        connection.execute("PRAGMA schema_version").fetchall()
    except sqlite3.OperationalError:
        raise  # locked, full, gone: that may pass
    except sqlite3.DatabaseError as error:
        raise UnsafeDatabase(
            "The database file is damaged, or it is no SQLite database. Move it away: the bot "
            "makes a new one. What is lost is the list of messages still to be deleted."
        ) from error


def _close_to_others(path: Path) -> None:
    """Takes away what others may do with a file; no error when it is not there."""
    try:
        if path.stat().st_mode & 0o077:
            path.chmod(0o600)
    except FileNotFoundError:
        pass  # -wal and -shm come and go
