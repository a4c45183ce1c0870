"""Databases to run the contract on. Another kind is one more line in `DATABASES`."""

import sqlite3
from collections.abc import Iterator
from contextlib import AbstractContextManager as Opened
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol

from sqlalchemy import Row, create_engine, text

from bot.domain.routing import Routing, Tracked
from bot.services.ports import Store
from bot.storage.engine import sync_url
from bot.storage.keys import KeyFolder
from bot.storage.migrate import upgrade
from bot.storage.sql import SqlStore
from tests.contract.server import server

DAY = 86400
NOW = 20_000 * DAY + 10 * 3600
"""Ten in the morning, UTC."""


def an_entry(chat: int, seen_at: int = NOW, messages: int = 3, language: str = "kk") -> Routing:
    """An entry with so many messages, two minutes apart."""
    tracked = tuple(Tracked(1000 + 2 * number, seen_at + 120 * number) for number in range(messages))
    return Routing(chat, language, seen_at, tracked)


async def keep(store: Store, entry: Routing, due: int, now: int) -> None:
    """Writes the entry whatever stands there."""
    await store.change(entry.chat, now, lambda _: (entry, None), lambda _: due)


@dataclass
class Place:
    """A migrated database and its key folder, where any number of stores can be opened like replicas."""

    url: str
    folder: Path
    stores: list[SqlStore] = field(default_factory=list)

    @property
    def keys(self) -> Path:
        return self.folder / "keys"

    @property
    def file(self) -> Path:
        """The SQLite file."""
        return Path(sync_url(self.url).database or "")

    def open(self, patience: int = 5000) -> SqlStore:
        store = SqlStore.open(self.url, KeyFolder(self.keys), patience)
        self.stores.append(store)
        return store

    def execute(self, statement: str, **values: object) -> list[Row[*tuple[Any, ...]]]:
        """Does something to the database behind the store's back."""
        engine = create_engine(sync_url(self.url))
        try:
            with engine.begin() as connection:
                result = connection.execute(text(statement), values)
                return list(result.all()) if result.returns_rows else []
        finally:
            engine.dispose()

    def count(self) -> int:
        return int(self.execute("SELECT count(*) FROM routing")[0][0])

    def files(self) -> dict[str, bytes]:
        """Every byte of the SQLite database (file, -wal and -shm) and of the key folder."""
        paths = [*self.file.parent.glob(f"{self.file.name}*"), *self.keys.glob("*")]
        return {path.name: path.read_bytes() for path in paths}

    async def close(self) -> None:
        for store in self.stores:
            await store.close()


@contextmanager
def somebody_writes(place: Place) -> Iterator[None]:
    """Holds the table, as somebody who maintains the database might: reading goes on, writing waits."""
    engine = create_engine(sync_url(place.url))
    lock = "BEGIN IMMEDIATE" if engine.dialect.name == "sqlite" else "LOCK TABLE routing IN EXCLUSIVE MODE"
    with engine.connect() as connection:
        connection.exec_driver_sql(lock)
        yield
        connection.rollback()
    engine.dispose()


def backup(place: Place, to: Path) -> None:
    """A consistent copy of the SQLite database, as `pana backup` makes it."""
    with closing(sqlite3.connect(place.file)) as connection:
        connection.execute("VACUUM INTO ?", (str(to),))


@contextmanager
def sqlite(folder: Path, migrated: bool = False) -> Iterator[str]:
    url = f"sqlite+aiosqlite:///{folder}/data/pana.db"
    if migrated:
        upgrade(url)
    yield url


def postgresql(_: Path, migrated: bool = False) -> Opened[str]:
    """A database of its own; the tests of it are skipped where no server can be had."""
    return server().database(migrated)


class Open(Protocol):
    """Makes a database, and throws it away."""

    def __call__(self, folder: Path, /, migrated: bool = False) -> Opened[str]:
        """Its address."""


DATABASES: dict[str, Open] = {"sqlite": sqlite, "postgresql": postgresql}


@contextmanager
def place(kind: str, folder: Path) -> Iterator[Place]:
    with DATABASES[kind](folder, migrated=True) as url:
        yield Place(url, folder)
