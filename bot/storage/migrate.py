"""Brings the tables of the database up to date, whole or not at all, however many processes try at once."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from sqlalchemy import Connection, Engine, text

import bot
from bot.errors import PanaError
from bot.storage.engine import (
    busy_when_unavailable,
    database_file,
    has_schema,
    open_to_look,
    open_writer,
    sync_url,
)

PATIENCE = 60_000
"""Milliseconds to wait for another process that is migrating."""

_LOCK = 0x50414E41
"""Any number that nobody else uses for an advisory lock of this PostgreSQL database."""


class BrokenMigration(PanaError):
    """A migration would leave rows that point to nothing; it was undone."""


def is_current(url: str) -> bool:
    """Whether the database has the tables that this program needs. Quick, and changes nothing.

    Raises:
        UnsafeDatabase: the address is not one that we can use.
        Busy: the database does not answer just now.
    """
    address = sync_url(url)
    file = database_file(address)
    if file is not None and not file.exists():
        return False
    engine = open_to_look(address)
    try:
        with busy_when_unavailable(), engine.connect() as connection:
            return has_schema(connection)
    finally:
        engine.dispose()


def upgrade(url: str) -> None:
    """Brings the database to the newest revision; does nothing when it is there. Several processes may do so at once.

    Raises:
        UnsafeDatabase: the database cannot be opened in a way that keeps the promises.
        Busy: it does not answer just now, or another process holds it for more than a minute.
    """
    # Alembic takes half a second to import: only who migrates pays for it.
    from alembic import command  # noqa: PLC0415
    from alembic.config import Config  # noqa: PLC0415

    config = Config(attributes={"url": url})
    config.set_main_option("script_location", str(scripts()).replace("%", "%%"))
    command.upgrade(config, "head")


def scripts() -> Path:
    """The folder of migrations: inside the installed package, or beside it in a checkout."""
    package = Path(bot.__file__).parent
    installed = package / "migrations"
    return installed if (installed / "env.py").is_file() else package.parent / "migrations"


@contextmanager
def alone(url: str) -> Iterator[Connection]:
    """A connection in a transaction that no other migration can enter; committed at the end, or undone as a whole.

    Raises:
        UnsafeDatabase, Busy: as `upgrade`.
        BrokenMigration: foreign keys would point to nothing.
    """
    address = sync_url(url)
    with ExitStack() as stack:
        # Foreign keys are off: SQLite changes a table by copying it, and dropping the old one would take along all
        # that points to it. They are checked before the commit instead.
        engine = open_writer(address, PATIENCE, foreign_keys=0)
        stack.callback(engine.dispose)
        with busy_when_unavailable():  # on SQLite the first to begin holds the write lock until it is done
            connection = stack.enter_context(engine.begin())
            if engine.dialect.name == "postgresql":
                connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _LOCK})
        yield connection
        _check_references(connection, engine)


def _check_references(connection: Connection, engine: Engine) -> None:
    if engine.dialect.name == "sqlite" and connection.exec_driver_sql("PRAGMA foreign_key_check").first() is not None:
        raise BrokenMigration("The migration would leave rows that point to nothing. Nothing was changed.")
