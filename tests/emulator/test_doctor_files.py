"""What the doctor says about files: the database, the keys, and what must stay hidden, sound and ill."""

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from bot.doctor import database
from bot.storage.keys import DAY, KeyFolder
from tests.emulator.deployment import SOON, Deployment


@pytest.mark.parametrize(("mode", "level", "status"), [(0o604, "bad", 1), (0o640, "warn", 0)])
async def test_a_token_that_others_can_read(sound: Deployment, mode: int, level: str, status: int) -> None:
    (sound.folder / "token").chmod(mode)
    await sound.complains(level, f"(mode {mode:04o}). Close it with: chmod 600", status)


async def test_secrets_in_the_environment_and_in_an_open_env_file(sound: Deployment) -> None:
    del sound.settings["BOT_TOKEN_FILE"]
    env = sound.folder / ".env"
    env.write_text(f"BOT_TOKEN={sound.emulator.token}")
    env.chmod(0o644)
    await sound.examine()
    (first, second) = sound.complaints()
    assert first.startswith("warn  The token is written in BOT_TOKEN")
    assert second.startswith("bad   The file .env can be read by others")


def sqlite_file(deployment: Deployment) -> Path:
    return deployment.folder / "data" / "pana.db"


def close_everything(deployment: Deployment) -> None:
    sqlite_file(deployment).chmod(0o644)


def open_folder(deployment: Deployment) -> None:
    sqlite_file(deployment).parent.chmod(0o755)


def damage(deployment: Deployment) -> None:
    file = sqlite_file(deployment)
    content = file.read_bytes()
    file.write_bytes(content[:4096] + b"\xff" * (len(content) - 4096))


def no_database(deployment: Deployment) -> None:
    sqlite_file(deployment).write_bytes(b"this is no database of any kind, however long one looks at it" * 100)


def other_journal(deployment: Deployment) -> None:
    with closing(sqlite3.connect(sqlite_file(deployment))) as connection:
        connection.execute("PRAGMA journal_mode=delete")


def old_schema(deployment: Deployment) -> None:
    with closing(sqlite3.connect(sqlite_file(deployment))) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '0000'")
        connection.commit()


def remove_database(deployment: Deployment) -> None:
    deployment.settings["BOT_AUTO_MIGRATE"] = "0"
    sqlite_file(deployment).unlink()


def lose_keys(deployment: Deployment) -> None:
    deployment.settings["BOT_KEY_DIR"] += "-lost"


def open_keys(deployment: Deployment) -> None:
    Path(deployment.settings["BOT_KEY_DIR"]).chmod(0o750)


def damage_key(deployment: Deployment) -> None:
    (file,) = Path(deployment.settings["BOT_KEY_DIR"]).iterdir()
    file.write_bytes(b"short")


def one_volume(deployment: Deployment) -> None:
    deployment.settings["BOT_KEY_DIR"] = str(deployment.folder / "keys")
    KeyFolder(deployment.folder / "keys").of_today(SOON)


def keys_are_a_file(deployment: Deployment) -> None:
    deployment.settings["BOT_KEY_DIR"] = deployment.settings["BOT_TOKEN_FILE"]


def old_keys(deployment: Deployment) -> None:
    KeyFolder(Path(deployment.settings["BOT_KEY_DIR"])).of_today(SOON - 4 * DAY)


@pytest.mark.parametrize(
    ("change", "level", "said", "status"),
    [
        (close_everything, "bad", "can read the database file", 1),
        (open_folder, "warn", "Other accounts can look into the folder", 0),
        (damage, "bad", "damaged", 1),
        (no_database, "bad", "it is no SQLite database", 1),
        (other_journal, "warn", "last used by another program", 0),
        (old_schema, "warn", "run: python -m bot migrate", 0),
        (remove_database, "bad", "Run: python -m bot migrate", 1),
        (lose_keys, "bad", "There is a database, and no key folder", 1),
        (open_keys, "bad", "chmod 700", 1),
        (damage_key, "bad", "is damaged. Move it out of the key folder", 1),
        (one_volume, "warn", "Keys and database lie on the same volume", 0),
        (keys_are_a_file, "bad", "The key folder", 1),
        (old_keys, "warn", "still there: 1.", 0),
    ],
)
async def test_files_that_are_not_as_they_should_be(
    sound: Deployment, change: Callable[[Deployment], None], level: str, said: str, status: int
) -> None:
    change(sound)
    await sound.complains(level, said, status)


async def test_an_old_schema_that_the_bot_may_not_change(sound: Deployment) -> None:
    old_schema(sound)
    sound.settings["BOT_AUTO_MIGRATE"] = "0"
    await sound.complains("bad", "not up to date. Run: python -m bot migrate", 1)


async def test_a_disk_that_is_nearly_full(sound: Deployment, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(database, "_LITTLE", 2**60)
    await sound.complains("warn", "GiB are free", 0)
    monkeypatch.setattr(database, "_TOO_LITTLE", 2**59)
    await sound.complains("bad", "Make room", 1)
