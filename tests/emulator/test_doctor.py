"""The doctor looks at real deployments, sound and ill: it says what is wrong, how to mend it, and touches nothing."""

import hashlib
import os
import re
import socket
import time
from pathlib import Path

import pytest
from sqlalchemy import make_url

from bot import app
from bot.doctor import database
from bot.storage.keys import DAY
from tests.contract.server import server
from tests.directory_files import shown, toml, write
from tests.emulator.deployment import Deployment
from tests.emulator.emulator_client import Emulator
from tests.emulator.living import SECRET, living
from tests.emulator.process import Process


async def test_nothing_is_wrong_with_a_sound_deployment(sound: Deployment) -> None:
    said = await sound.examine()
    assert (sound.complaints(), sound.status) == ([], 0)
    assert said.endswith("All is well.")
    assert len(sound.lines) == 21
    assert {call.method for call in sound.emulator.world.calls()} & {"getUpdates", "deleteWebhook"} == set()


async def test_it_changes_and_makes_nothing(sound: Deployment) -> None:
    roots = (sound.folder, Path(sound.settings["BOT_KEY_DIR"]))

    def everything() -> dict[str, str]:
        files = [path for root in roots for path in root.rglob("*")]
        return {
            f"{path} {path.stat().st_mode} {path.stat().st_mtime_ns}": hashlib.sha256(path.read_bytes()).hexdigest()
            for path in files
            if path.is_file()
        }

    before, calls = everything(), len(sound.emulator.world.calls())
    await sound.examine()
    assert everything() == before
    assert all(call.method.startswith("get") for call in sound.emulator.world.calls()[calls:])
    sound.settings.update(BOT_DATABASE_URL="sqlite+aiosqlite:///new/pana.db", BOT_KEY_DIR=str(sound.folder / "none"))
    await sound.complains("warn", "There is no key folder", 0)
    assert everything() == before
    assert not (sound.folder / "none").exists()


async def test_as_a_command_it_prints_a_line_a_check_and_ends_with_the_status(
    emulator: Emulator, tmp_path: Path
) -> None:
    process = Process.of(emulator, tmp_path)
    await process.begin("doctor")
    assert process.running is not None
    out, errors = await process.running.communicate()
    assert (process.running.returncode, errors) == (0, b"")
    lines = out.decode().splitlines()
    assert all(re.match(r"(ok  |warn|bad )  \S.*\.", line) for line in lines[:-1])
    assert lines[-1].startswith("The bot can work. ")
    assert os.listdir(tmp_path) == []  # noqa: PTH208 -- in a test that may block
    emulator.world.refused_tokens.add(emulator.token)
    assert (await process.ended("doctor"))[0] == 1


async def test_every_wrong_setting_is_a_line_and_the_rest_is_looked_at(sound: Deployment) -> None:
    sound.settings.update(BOT_TOKEN_FILE="/nowhere", BOT_LISTEN="nonsense", BOT_NONSENSE="1", BOT_SEND_RATE="fast")
    said = await sound.examine()
    wrong = ["BOT_TOKEN_FILE cannot", "BOT_LISTEN is not", "BOT_NONSENSE is no setting", "BOT_SEND_RATE is not"]
    assert [name for name in wrong if f"bad   {name}" not in said] == []
    assert "ok    The database answers" in said
    assert "Telegram" not in said
    assert sound.status == 2
    (sound.folder / ".env").write_text("nonsense")
    assert "bad   .env line 1" in await sound.examine()


async def test_the_address_to_listen_at(sound: Deployment) -> None:
    host, port = sound.settings["BOT_LISTEN"].split(":")
    with socket.create_server((host, int(port))):
        sound.settings["BOT_LISTEN"] = f"{host}:{port}"
        await sound.complains("bad", "Another program uses the address", 1)
    for address in ("nowhere.invalid:80", "192.0.2.1:8080", f"{'x' * 70}:1"):
        sound.settings["BOT_LISTEN"] = address
        await sound.complains("bad", "The address of BOT_LISTEN cannot be used", 1)
    sound.settings["BOT_LISTEN"] = f"{host}:0"
    assert "is free" in await sound.examine()


async def test_beside_a_running_bot(sound: Deployment, monkeypatch: pytest.MonkeyPatch) -> None:
    async with living(sound.emulator, sound.folder, **sound.places()) as alive:
        sound.now = int(time.time())
        phone = alive.phone("ru")
        await phone.start()
        assert "ok    The bot runs and is ready." in await sound.examine()
        assert [line for line in sound.complaints() if "verified" not in line and "Old keys" not in line] == []
        monkeypatch.setattr(app, "_FRESH", -1)
        assert "warn  The bot runs and is not ready" in await sound.examine()
        await phone.say("102")
        assert len(phone.bots) == 2


async def test_the_organisation_s_own_files_and_what_is_overdue(sound: Deployment) -> None:
    ours = sound.folder / "ours"
    ours.mkdir()
    sound.settings["BOT_CONFIG_DIR"] = str(ours)
    assert "ok    Your own files can be read." in await sound.examine()
    (ours / "organisation.toml").write_text("bin = '5'\n")
    await sound.complains("bad", "Problems in the directory or your own files: 1. See them with", 1)
    (ours / "organisation.toml").rename(ours / "organization.toml")
    await sound.complains("bad", "Problems in the directory or your own files: 1. See them with", 1)
    (ours / "organization.toml").unlink()
    many = toml(*(shown(id=f"line-{number}", region="KZ-75") for number in range(50)))
    file = write(ours, "many.toml", many)  # each entry is good, and no list holds them all
    await sound.complains("bad", "Problems in the directory or your own files: 1. See them with", 1)
    file.unlink()
    sound.now += 200 * DAY
    await sound.examine()
    assert re.search(r"warn  Contacts that were not verified .*: \d+\. See", "\n".join(sound.complaints()))
    sound.settings["BOT_CONFIG_DIR"] = str(ours / "nowhere")
    assert "bad   BOT_CONFIG_DIR is not a folder" in await sound.examine()


async def test_a_check_that_breaks_hides_no_other(sound: Deployment, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> object:
        raise ZeroDivisionError(SECRET)

    monkeypatch.setattr(database, "_closed", broken)
    await sound.complains("bad", "Looking at the database failed (ZeroDivisionError).", 1)
    assert SECRET not in "".join(sound.lines)


async def test_no_secret_and_nobody_s_number_is_printed(sound: Deployment) -> None:
    """Whatever is wrong: the token, the secret, the password, the webhook's address and her chat stay unsaid."""
    person = sound.emulator.world.add_person("Zkq", "ru").id
    password, path = "zkq-pass%40word", "zkq-path"
    hidden = [sound.emulator.token, sound.emulator.token.split(":")[1], SECRET, "zkq", str(person)]
    async with living(sound.emulator, sound.folder, **sound.places()):
        sound.emulator.world.start(person)
        said = await sound.examine()
    secret = {"BOT_WEBHOOK_URL": f"https://example.org/{path}", "BOT_WEBHOOK_SECRET": SECRET}
    for wrong in (
        {"BOT_TOKEN": sound.emulator.token, "BOT_TOKEN_FILE": ""},
        {"BOT_API_BASE_URL": f"http://127.0.0.1:1/{path}"},
        {"BOT_API_BASE_URL": f"http://example.org/{path}"},
        {"BOT_DATABASE_URL": f"postgresql+psycopg://{path}:{password}@127.0.0.1:1/{path}"},
        {"BOT_DATABASE_URL": f"postgresql+psycopg://{path}:{password}@127.0.0.1:x/{path}"},
        {"BOT_DATABASE_URL": f"mysql://{path}:{password}@127.0.0.1/{path}"},
        secret,
        {**secret, "BOT_WEBHOOK_SECRET": f"{SECRET} "},
        {**secret, "BOT_WEBHOOK_SECRET": f"{path}?"},
        {"BOT_LISTEN": SECRET},
        {"BOT_LISTEN": f"{SECRET}:1"},
    ):
        healthy, sound.settings = sound.settings, {**sound.settings, **wrong}
        said += await sound.examine()
        sound.settings = healthy
    with server().database(migrated=False) as url:
        denied = make_url(url).set(username="zkq_nobody", password=password)
        sound.settings["BOT_DATABASE_URL"] = denied.render_as_string(hide_password=False)
        said += await sound.examine()
    assert [word for word in hidden if word in said] == []
