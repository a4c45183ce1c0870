"""The store that lasts: one sealed row per chat in SQLite or PostgreSQL.

Writes go through one thread, reads through a few others that never wait for it.
"""

import asyncio
import secrets
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from functools import partial

from sqlalchemy import Connection, Engine
from sqlalchemy.exc import SQLAlchemyError

from bot.domain.routing import Routing
from bot.services.ports import Busy, Decide, Due, Store, T
from bot.storage.engine import (
    PATIENCE,
    busy_when_unavailable,
    database_file,
    has_schema,
    open_readers,
    open_writer,
    sync_url,
    touch,
)
from bot.storage.entries import Entries
from bot.storage.keys import KeyFolder, Random
from bot.storage.lane import Lane

READERS = 4
"""Threads that read at the same time."""

TIDY_AT_MOST = 100 * 1024 * 1024
"""Bytes: rewriting a larger file would hold up writes for too long by day."""

_FIRST_PAUSE, _LONGEST_PAUSE = 0.05, 5.0
"""Seconds between attempts to empty the write-ahead log while somebody still reads from it."""


class SqlStore(Store):
    """Implements `Store`. `unreadable` counts the rows that were found damaged or without a key since the start."""

    def __init__(self, writer: Engine, readers: Engine, entries: Entries, patience: int) -> None:
        """Use `open`."""
        self.unreadable = 0
        self._writer = writer
        self._readers = readers
        self._entries = entries
        self._patience = patience
        self._file = database_file(writer.url)
        self._writes = Lane(writer, 1, entries.lock)
        self._reads = Lane(readers, READERS)
        self._log_holds_deleted = False
        self._emptying: asyncio.Task[None] | None = None
        self._closed = False
        self._refused = False  # whether the last attempt to write failed

    @classmethod
    def open(
        cls, url: str, keys: KeyFolder, patience: int = PATIENCE, random: Random = secrets.token_bytes
    ) -> "SqlStore":
        """Opens the database and checks its settings. Blocks; needs no schema yet (see `migrate.is_current`).

        Args:
            url: `sqlite+aiosqlite:///path` or `postgresql+psycopg://...`.
            patience: milliseconds to wait for a lock before the database counts as busy.

        Raises:
            UnsafeDatabase: the database cannot be opened in a way that keeps the promises.
            Busy: it does not answer just now.
        """
        address = sync_url(url)
        writer = open_writer(address, patience)
        readers = open_readers(address, READERS, patience)
        for engine in (writer, readers):
            with busy_when_unavailable():
                engine.connect().close()
        return cls(writer, readers, Entries(keys, writer.dialect.name, random), patience)

    async def find(self, chat: int, now: int) -> Routing | None:
        """As `Store.find`."""
        found, unreadable = await self._reads.do(lambda connection: self._entries.find(connection, chat))
        self.unreadable += unreadable
        return found

    async def change(self, chat: int, now: int, decide: Decide[T], due: Due) -> T:
        """As `Store.change`: decides by what a reader sees, and again under the lock if that has changed meanwhile.

        Raises:
            ValueError: the entry holds something that cannot be written, such as a number wider than 64 bits.
        """
        found, unreadable = await self._reads.do(lambda connection: self._entries.find(connection, chat))
        self.unreadable += unreadable
        wanted, answer = decide(found)
        if wanted == found and not unreadable:
            return answer  # who only reads takes no lock

        def under_lock(connection: Connection) -> tuple[Routing | None, T]:
            there, _ = self._entries.find(connection, chat)
            kept, said = (wanted, answer) if there == found else decide(there)
            if kept is None:
                self._entries.forget(connection, chat)
            else:
                self._entries.keep(connection, kept, due(kept), now)
            return kept, said

        with self._noting_refusals():
            kept, answer = await self._writes.do(under_lock, (chat, now))
        if kept is None:
            self._empty_log_soon()
        return answer

    async def forget(self, chat: int, now: int) -> None:
        """As `Store.forget`. What is left of the row in SQLite's write-ahead log goes right afterwards."""
        with self._noting_refusals():
            await self._writes.do(lambda connection: self._entries.forget(connection, chat), (chat, now))
        self._empty_log_soon()

    async def due(self, now: int, limit: int) -> list[Routing]:
        """As `Store.due`. Rows that turn out to be damaged are removed, so that they hide no others."""
        while True:
            found, unreadable = await self._reads.do(lambda connection: self._entries.due(connection, now, limit))
            if not unreadable:
                return found
            self.unreadable += len(unreadable)
            await self._writes.do(partial(self._entries.drop, rows=unreadable))
            self._empty_log_soon()

    async def roll_keys(self, now: int) -> int:
        """As `Store.roll_keys`. Any number of processes may do it at once and as often as they like."""
        if not await self._reads.do(lambda connection: self._entries.must_roll(connection, now)):
            return 0
        moved, more = 0, True
        while more:
            step = await self._writes.do_alone(lambda connection: self._entries.roll(connection, now))
            moved, more = moved + step.moved, step.more
            self.unreadable += step.dropped
        await self._writes.do_alone(lambda connection: self._entries.destroy_keys(connection, now))
        self._empty_log_soon()
        return moved

    async def tidy_file(self, at_most: int = TIDY_AT_MOST) -> bool:
        """Rewrites the SQLite file without what deleted rows left in its pages; for an hourly sweep.

        `secure_delete` alone leaves a few values in the unused space of pages that were split.

        Args:
            at_most: bytes; a larger file is left for the night.

        Returns:
            Whether the file was rewritten and the log emptied. Never for PostgreSQL, which cannot be cleaned so.

        Raises:
            Busy: the database cannot do it just now.
        """
        return await self._writes.run(lambda: self._tidy(at_most))

    async def ready(self) -> bool:
        """As `Store.ready`."""
        try:
            await self._reads.do(lambda connection: self._entries.check_keys())
            if self._refused:  # reading goes on where the disk is full, so only writing tells
                with self._noting_refusals():
                    await self._writes.do(touch)
            return await self._reads.do(has_schema)
        except (Busy, SQLAlchemyError):
            return False

    @contextmanager
    def _noting_refusals(self) -> Iterator[None]:
        try:
            yield
        except Busy:
            self._refused = True
            raise
        self._refused = False

    async def close(self) -> None:
        """As `Store.close`. Whatever is asked for afterwards is refused as `Busy`."""
        if self._closed:
            return
        self._closed = True
        if self._emptying is not None:
            self._emptying.cancel()
        await self._reads.close()
        await self._writes.run(self._empty_log)
        await self._writes.close()
        self._readers.dispose()
        self._writer.dispose()

    def _tidy(self, at_most: int) -> bool:
        with busy_when_unavailable():
            if self._file is None or self._file.stat().st_size > at_most:
                return False
            with closing(self._writer.raw_connection()) as connection:
                connection.cursor().execute("VACUUM")
        return self._empty_log()

    def _empty_log_soon(self) -> None:
        """Empties the write-ahead log beside the caller, who does not wait for it."""
        self._log_holds_deleted = self._file is not None
        if self._log_holds_deleted and (self._emptying is None or self._emptying.done()):
            self._emptying = asyncio.create_task(self._empty_log_until_done())

    async def _empty_log_until_done(self) -> None:
        pause = _FIRST_PAUSE
        while self._log_holds_deleted and not self._closed:
            self._log_holds_deleted = False
            if not await self._writes.run(self._empty_log):
                self._log_holds_deleted = True
                await asyncio.sleep(pause)
                pause = min(2 * pause, _LONGEST_PAUSE)

    def _empty_log(self) -> bool:
        """Copies the write-ahead log into the database and cuts it to nothing, unless somebody still reads from it."""
        if self._file is None:
            return True
        try:
            with closing(self._writer.raw_connection()) as connection:
                cursor = connection.cursor()
                cursor.execute("PRAGMA busy_timeout=0")  # waiting for a reader here would hold up every write
                try:
                    busy = cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]
                finally:
                    cursor.execute(f"PRAGMA busy_timeout={self._patience}")
                return not busy
        except (sqlite3.DatabaseError, SQLAlchemyError):
            return False  # locked or full: it is tried again
