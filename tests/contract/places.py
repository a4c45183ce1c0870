"""Databases to run the contract on. Another kind is one more line in `DATABASES`."""

import os
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager as Opened
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from uuid import uuid4

from sqlalchemy import Row, create_engine, text

from bot.domain.routing import Routing, Tracked
from bot.storage.engine import sync_url
from bot.storage.keys import KeyFolder
from bot.storage.migrate import upgrade
from bot.storage.sql import SqlStore

DAY = 86400
NOW = 20_000 * DAY + 10 * 3600
"""Ten in the morning, UTC."""


def an_entry(chat: int, seen_at: int = NOW, messages: int = 3, language: str = "kk") -> Routing:
    """An entry with so many messages, two minutes apart."""
    tracked = tuple(Tracked(1000 + 2 * number, seen_at + 120 * number) for number in range(messages))
    return Routing(chat, language, seen_at, tracked)


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


def backup(place: Place, to: Path) -> None:
    """A consistent copy of the SQLite database, as `pana backup` makes it."""
    with closing(sqlite3.connect(place.file)) as connection:
        connection.execute("VACUUM INTO ?", (str(to),))


@contextmanager
def sqlite(folder: Path) -> Iterator[str]:
    yield f"sqlite+aiosqlite:///{folder}/data/pana.db"


@contextmanager
def postgresql(folder: Path) -> Iterator[str]:
    """A database of its own on the server that TEST_POSTGRES_DSN names."""
    server = sync_url(os.environ["TEST_POSTGRES_DSN"])
    name = f"pana_{uuid4().hex}"
    engine = create_engine(server, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text(f"CREATE DATABASE {name}"))
    yield server.set(database=name).render_as_string(hide_password=False)
    engine.dispose()
    with engine.connect() as connection:
        connection.execute(text(f"DROP DATABASE {name} WITH (FORCE)"))
    engine.dispose()


DATABASES: dict[str, Callable[[Path], Opened[str]]] = {"sqlite": sqlite}
if "TEST_POSTGRES_DSN" in os.environ:
    DATABASES["postgresql"] = postgresql


@contextmanager
def place(kind: str, folder: Path) -> Iterator[Place]:
    with DATABASES[kind](folder) as url:
        upgrade(url)
        yield Place(url, folder)
