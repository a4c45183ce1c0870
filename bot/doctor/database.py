"""Checks of the database: whether it can be reached, is up to date, is closed to others and has room."""

import os
import shutil
import stat
from collections.abc import Iterator
from pathlib import Path

from sqlalchemy import URL, text

from bot.doctor.finding import Finding, bad, ok, warn
from bot.errors import PanaError
from bot.services.ports import Busy
from bot.settings import Settings
from bot.storage import server_log
from bot.storage.engine import PRAGMAS, busy_when_unavailable, database_file, open_to_look, sync_url
from bot.storage.migrate import is_current

_LITTLE, _TOO_LITTLE = 1024**3, 100 * 1024**2
"""Bytes of a disk."""

_OLDEST_SERVER = 140_000

_DAMAGED = "its file is damaged"
_REASONS = {
    "malformed": _DAMAGED,
    "password": "it does not accept the name or the password",
    "does not exist": "it knows no such database or role",
    "refused": "nothing answers at that address and port",
    "translate host": "its host is not known",
    "resolve host": "its host is not known",
    "timeout": "it does not answer in time",
    "lock": "another program holds it",
    "unable to open": "the file cannot be opened",
    "disk": "the disk is full or broken",
}
"""What words of the driver mean for a person. The words themselves are never told: they repeat names and addresses."""


def check(settings: Settings) -> Iterator[Finding]:
    """The database that the settings name. Changes nothing and makes nothing."""
    try:
        address = sync_url(settings.database_url)
        file = database_file(address)
        if file is None:
            yield from _server(settings, address)
        else:
            yield from _file(settings, address, file)
    except Busy as error:
        yield _unusable(_reason(error))
    except PanaError as error:  # its words say what, why and how to mend it
        yield bad(str(error), "")


def is_there(settings: Settings) -> bool:
    """Whether a database with our tables is there, so that its keys must be there as well."""
    try:
        return is_current(settings.database_url)
    except (Busy, PanaError):
        return False  # told by `check`


def _schema(settings: Settings) -> Finding:
    if is_current(settings.database_url):
        return ok("The database answers and is up to date.")
    if settings.auto_migrate:
        return warn(
            "The database answers and is not up to date yet.",
            "The bot sees to it at its next start; to do it now, run: python -m bot migrate",
        )
    return bad("The database answers and is not up to date.", "Run: python -m bot migrate")


def _file(settings: Settings, address: URL, file: Path) -> Iterator[Finding]:
    if not file.exists():
        if not settings.auto_migrate:
            yield bad(f"There is no database file {file}.", "Run: python -m bot migrate")
        else:
            yield ok(f"There is no database file {file} yet; the bot makes it at its first start.")
    else:
        yield _schema(settings)
        yield _held(address)
        yield _closed(file)
    folder = _nearest(file.parent)
    for place in (file, folder):
        if place.exists() and not os.access(place, os.W_OK):
            yield bad(f"This account may not write to {place}.", "Let the bot's account own the folder and the file.")
    yield _room(folder)


def _held(address: URL) -> Finding:
    """Whether SQLite can hold what the promises need; the settings are those of this connection alone."""
    engine = open_to_look(address)
    try:
        with busy_when_unavailable(), engine.connect() as connection:
            run = connection.exec_driver_sql
            wanted = {name: value for name, value in PRAGMAS.items() if name != "journal_mode"}
            for name, value in wanted.items():
                run(f"PRAGMA {name}={value}")
            lost = [name for name, value in wanted.items() if run(f"PRAGMA {name}").scalar() != value]
            journal = run("PRAGMA journal_mode").scalar()
            whole = run("PRAGMA quick_check(1)").scalar() == "ok"
    finally:
        engine.dispose()
    if not whole:
        return _unusable(_DAMAGED)
    if lost:
        return bad(f"This SQLite does not hold {', '.join(lost)}.", "Use a newer Python or system, or the container.")
    if journal != PRAGMAS["journal_mode"]:
        return warn("The database file was last used by another program.", "The bot sets it right at its next start.")
    return ok("The database file is whole, and SQLite holds what the promises need.")


def _closed(file: Path) -> Finding:
    names = [file, *(file.with_name(f"{file.name}-{kind}") for kind in ("wal", "shm"))]
    open_files = [name for name in names if name.exists() and stat.S_IMODE(name.stat().st_mode) & 0o077]
    if open_files:
        return bad(
            "Other accounts of this machine can read the database file.",
            f"Close it with: chmod 600 {' '.join(map(str, open_files))}",
        )
    if stat.S_IMODE(file.parent.stat().st_mode) & 0o077:
        return warn(
            f"Other accounts can look into the folder {file.parent} of the database.",
            f"Close it with: chmod 700 {file.parent}",
        )
    return ok("The database file and its folder are closed to others.")


def _room(folder: Path) -> Finding:
    free = shutil.disk_usage(folder).free
    found = f"{free / 1024**3:.1f} GiB are free where the database lies"
    if free >= _LITTLE:
        return ok(f"{found}.")
    return (bad if free < _TOO_LITTLE else warn)(f"Only {found}.", "Make room, or give it a bigger disk.")


def _nearest(folder: Path) -> Path:
    """The folder, or the first one above it that is there."""
    folder = folder.absolute()
    while not folder.is_dir() and folder != folder.parent:
        folder = folder.parent
    return folder


def _server(settings: Settings, address: URL) -> Iterator[Finding]:
    yield _schema(settings)
    engine = open_to_look(address)
    try:
        with busy_when_unavailable(), engine.connect() as connection:
            version = int(connection.execute(text("SHOW server_version_num")).scalar_one())
    finally:
        engine.dispose()
    if version < _OLDEST_SERVER:
        yield bad(f"PostgreSQL is version {version // 10_000}.", "Use version 14 or newer.")
    else:
        yield ok(f"PostgreSQL is version {version // 10_000} and keeps what is confirmed.")
    talks = server_log.problems(settings.database_url)
    for problem in talks:
        yield warn(problem, "")
    if not talks:
        yield ok("The server's log keeps quiet about us.")
    yield _on_the_way(address)


def _on_the_way(address: URL) -> Finding:
    """A name without a dot is a neighbour on a container network; a path is a socket of this machine."""
    host = str(address.host or address.query.get("host", ""))
    near = host in {"", "127.0.0.1", "::1"} or host.startswith("/") or "." not in host
    if near or str(address.query.get("sslmode", "")).startswith("verify-"):
        return ok("Nobody can listen in on the way to the database.")
    return warn(
        "The way to the database leads over a network, and nothing proves that it is the right server.",
        "Add ?sslmode=verify-full to BOT_DATABASE_URL (docs/postgresql.md).",
    )


def _unusable(reason: str) -> Finding:
    if reason == _DAMAGED:
        mend = (
            "Stop the bot and move the file away: the bot makes a new one. What is lost is the list of messages still "
            "to be deleted."
        )
    else:
        mend = "Look whether it runs, whether BOT_DATABASE_URL is right, and whether this account may use it."
    return bad(f"The database cannot be used: {reason}.", mend)


def _reason(error: Busy) -> str:
    """Why, in plain words, from what the driver said."""
    said = str(getattr(error.__cause__, "orig", error.__cause__)).lower()
    return next((reason for word, reason in _REASONS.items() if word in said), "it does not answer")
