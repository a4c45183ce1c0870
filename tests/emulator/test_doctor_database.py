"""What the doctor says about PostgreSQL: reached or not, up to date, quiet about us, and the way to it."""

import re

import pytest
from sqlalchemy import make_url

from bot.doctor import database
from tests.contract.server import own, server
from tests.emulator.deployment import Deployment
from tests.emulator.living import SECRET


async def test_postgresql_that_keeps_quiet_about_us(sound: Deployment) -> None:
    with server().database(migrated=True) as url:
        sound.settings["BOT_DATABASE_URL"] = url
        said = await sound.examine()
    assert [line for line in sound.complaints() if "password" not in line] == []
    assert re.search(r"ok    PostgreSQL is version \d\d and keeps what is confirmed\.", said)
    assert "ok    The server's log keeps quiet about us." in said


async def test_postgresql_that_writes_about_us(sound: Deployment) -> None:
    with own().database(migrated=True) as url, own().role_with(log_statement="all", log_error_verbosity="verbose"):
        sound.settings["BOT_DATABASE_URL"] = url
        await sound.examine()
    assert [re.search(r"ALTER ROLE pana SET (\w+)", line)[1] for line in sound.complaints()] == [  # type: ignore[index]
        "log_statement",
        "log_error_verbosity",
    ]
    assert sound.status == 0


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("postgresql+psycopg://pana@127.0.0.1:1/pana", "nothing answers at that address and port"),
        ("postgresql+psycopg://pana@nowhere.invalid/pana", "its host is not known"),
    ],
)
async def test_postgresql_that_cannot_be_reached(sound: Deployment, address: str, said: str) -> None:
    sound.settings["BOT_DATABASE_URL"] = address
    await sound.examine()
    (line,) = sound.complaints()
    assert line.startswith("bad   The database cannot be used: ")
    assert said in line


async def test_postgresql_without_the_database_or_the_tables(sound: Deployment) -> None:
    with server().database(migrated=False) as url:
        sound.settings.update(BOT_DATABASE_URL=url, BOT_AUTO_MIGRATE="0")
        assert "bad   The database answers and is not up to date. Run: python -m bot migrate" in await sound.examine()
        missing = make_url(url).set(database="pana_nowhere")
        sound.settings["BOT_DATABASE_URL"] = missing.render_as_string(hide_password=False)
        assert "it knows no such database or role" in await sound.examine()


async def test_the_password_of_the_database(sound: Deployment) -> None:
    sound.settings["BOT_DATABASE_URL"] = f"postgresql+psycopg://pana:{SECRET}@db.example.org:1/pana"
    assert "warn  The database's password is written in BOT_DATABASE_URL" in await sound.examine()
    file = sound.folder / "pgpass"
    file.write_text(f"*:*:*:*:{SECRET}")
    sound.settings["BOT_DATABASE_URL"] = "postgresql+psycopg://pana@127.0.0.1:1/pana"
    for mode, said in [(0o640, "bad   The password file can be read"), (0o600, "ok    The password file is closed")]:
        file.chmod(mode)
        sound.settings["PGPASSFILE"] = str(file)
        assert said in await sound.examine()


@pytest.mark.parametrize(
    ("address", "safe"),
    [
        ("postgresql+psycopg://pana@database/pana", True),
        ("postgresql+psycopg://pana@/pana?host=/run/postgresql", True),
        ("postgresql+psycopg://pana@db.example.org/pana?sslmode=verify-full", True),
        ("postgresql+psycopg://pana@db.example.org/pana?sslmode=require", False),
        ("postgresql+psycopg://pana@10.0.0.5/pana", False),
    ],
)
def test_the_way_to_the_database(address: str, safe: bool) -> None:
    assert (database._on_the_way(make_url(address)).level == "ok") is safe
