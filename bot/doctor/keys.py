"""Checks of the key folder: there, closed to others, apart from the database, and each key whole and in its time."""

import os
from collections.abc import Iterator
from pathlib import Path

from bot.doctor.database import is_there
from bot.doctor.finding import Finding, bad, ok, warn
from bot.settings import Settings
from bot.storage.engine import UnsafeDatabase, database_file, sync_url
from bot.storage.keys import DAY, KeyFolder, KeysUnavailable, UnsafeKeyFolder


def check(settings: Settings, now: int) -> Iterator[Finding]:
    """The folder of BOT_KEY_DIR; `now` is in seconds since 1970. Makes nothing."""
    path = settings.key_dir
    if not os.path.lexists(path):
        yield _missing(settings)
        return
    try:
        folder = KeyFolder(path)  # it is there, so nothing is made
        yield ok("The key folder is closed to others.")
        yield _keys(settings, folder, now)
    except UnsafeKeyFolder as error:  # its words say what, why and how to mend it
        yield bad(str(error), "")
    except KeysUnavailable:
        yield bad("The keys cannot be read.", f"Let the bot's account own everything in {path}.")
    else:
        yield from _apart(settings)


def _missing(settings: Settings) -> Finding:
    path = settings.key_dir
    if is_there(settings):
        return bad(
            f"There is a database, and no key folder {path}: without its keys the bot knows nobody.",
            "Bring its volume back before the bot starts. Was it lost, people can simply start anew.",
        )
    return warn(
        f"There is no key folder {path} yet.",
        "The bot makes it at its first start; better first put a volume of its own there, which no backup takes.",
    )


def _keys(settings: Settings, folder: KeyFolder, now: int) -> Finding:
    damaged, left = folder.damaged(), folder.finished(now - DAY)
    if damaged:
        return bad(
            f"The key file {damaged[0]} is damaged.", "Move it out of the key folder; the bot makes today's anew."
        )
    if not os.access(settings.key_dir, os.W_OK):
        return bad("This account may not write to the key folder.", f"Let the bot's account own {settings.key_dir}.")
    if left:
        return warn(
            f"Old keys that should have been destroyed are still there: {len(left)}.",
            "Let the bot run: it destroys them within an hour, once nothing needs them.",
        )
    return ok(f"Keys: {len(folder.living())}, each of them whole.")


def _apart(settings: Settings) -> Iterator[Finding]:
    """The volumes of keys and database; nothing when the database is elsewhere or not there yet."""
    try:
        file = database_file(sync_url(settings.database_url))
    except UnsafeDatabase:
        return  # told by the checks of the database
    if file is None or not file.parent.is_dir():
        return
    if _volume(file.parent) == _volume(settings.key_dir):
        yield warn(
            "Keys and database lie on the same volume, so that who takes or copies the one has the other.",
            "Put BOT_KEY_DIR on a volume of its own, which no backup takes (docs/deploy.md).",
        )
    else:
        yield ok("Keys and database lie on different volumes.")


def _volume(folder: Path) -> int:
    return folder.stat().st_dev
