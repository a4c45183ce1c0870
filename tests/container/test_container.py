"""The image runs as compose says: as nobody in particular, on a read-only root, and answers people."""

import asyncio
import os
import re
import subprocess
import sys
from pathlib import Path

from tests.container import compose, database, dockerfile
from tests.container.bot_service import Running, answered, bot_of, free_port, running, secrets
from tests.container.compose import FILES, Service
from tests.container.image import ROOT, Image
from tests.container.sealed import Mounts
from tests.emulator.emulator_client import Emulator


def everything(folder: Path) -> dict[str, tuple[int, int, int, int]]:
    """Each file below a folder: who owns it, how, how long it is, and when it was written."""
    found = {}
    for path in sorted(folder.rglob("*")):
        status = path.lstat()
        found[str(path.relative_to(folder))] = (status.st_uid, status.st_mode, status.st_size, status.st_mtime_ns)
    return found


async def test_with_postgresql(
    image: Image, mounts: Mounts, emulator: Emulator, tmp_path: Path, project: Path, unused_port: int
) -> None:
    with database.running(FILES["postgresql"], tmp_path, project, mounts, free_port()) as server:
        service = bot_of(
            compose.read(FILES["postgresql"]), image, emulator, tmp_path, project, unused_port, PGPORT=str(server.port)
        )
        before = everything(image.root.path), everything(image.root.local)
        with running(service, image) as bot:
            await asyncio.to_thread(bot.ready)
            await answered(emulator.world)
            is_locked_in(bot, project)
            assert (await asyncio.to_thread(service.run, *image.health)).returncode == 0
            await asyncio.to_thread(is_well, service, image)
            await asyncio.to_thread(can_write_nowhere_else, service)
            assert await asyncio.to_thread(bot.stop) < 30
            written = bot.errors() + server.log.read_text()
        assert (await asyncio.to_thread(service.run, *image.health)).returncode == 1
    assert (everything(image.root.path), everything(image.root.local)) == before
    assert [path.suffix for path in service.volume("keys").iterdir()] == [".key"]
    assert [secret for secret in secrets(project) if secret in written] == []
    assert [word for word in ("routing", "INSERT", "STATEMENT", "DETAIL") if word in server.log.read_text()] == []


async def test_with_sqlite(image: Image, emulator: Emulator, tmp_path: Path, project: Path, unused_port: int) -> None:
    service = bot_of(compose.read(FILES["sqlite"]), image, emulator, tmp_path, project, unused_port)
    with running(service, image) as bot:
        await asyncio.to_thread(bot.ready)
        await answered(emulator.world)
        is_locked_in(bot, project)
        assert (await asyncio.to_thread(service.run, *image.health)).returncode == 0
        assert await asyncio.to_thread(bot.stop) < 30
    assert (service.volume("data") / "pana.db").stat().st_mode & 0o777 == 0o600
    assert {path.name[-4:] for path in service.volume("keys").iterdir()} == {".key"}
    os.chown(service.volume("data"), 0, 0)
    said = await asyncio.to_thread(service.run, *image.words("ENTRYPOINT"), "doctor")
    assert said.returncode == 1
    assert "bad   " in said.stdout, said


def is_locked_in(bot: Running, project: Path) -> None:
    """Nobody in particular, without rights, without core dumps, and no secret where other programs look."""
    status = dict(line.split(":\t") for line in Path(f"/proc/{bot.process.pid}/status").read_text().splitlines()[5:])
    assert bot.seen.uids() == (10001, 10001, 10001)
    assert bot.seen.gids() == (10001, 10001, 10001)
    assert {status[name].strip("0\n") for name in ("CapInh", "CapPrm", "CapEff", "CapBnd", "CapAmb")} == {""}
    assert status["NoNewPrivs"] == "1"
    limits = Path(f"/proc/{bot.process.pid}/limits").read_text()
    assert re.search(r"^Max core file size +0 +0 ", limits, re.MULTILINE), limits
    assert Path(f"/proc/{bot.process.pid}/cwd").readlink().name == "app"
    told = bot.seen_by_others()
    assert told.endswith("python\0-m\0bot\0run\0")
    assert [secret for secret in secrets(project) if secret in told] == []


def is_well(service: Service, image: Image) -> None:
    """The doctor of the image, beside the running bot, finds nothing that must be mended."""
    said = service.run(*image.words("ENTRYPOINT"), "doctor")
    assert (said.returncode, said.stderr) == (0, ""), said.stdout
    lines = said.stdout.splitlines()
    for well in (
        "ok    The bot runs and is ready.",
        "ok    The database answers and is up to date.",
        "ok    The server's log keeps quiet about us.",
        "ok    The password file is closed to others.",
        "ok    The token is in a file that is closed to others.",
        "ok    This account is not root.",
        "ok    A crash writes no memory to the disk.",
    ):
        assert well in lines, said.stdout


def can_write_nowhere_else(service: Service) -> None:
    """Neither to the program, nor beside it; to /tmp, but not to be started from there."""
    for folder in ("/", "/app", "/opt/pana/lib", "/etc", "/usr/local/bin", "/data", "/run/secrets"):
        refused = service.run("touch", f"{folder}/x")
        assert refused.returncode == 1, folder
        assert "Read-only file system" in refused.stderr, refused.stderr
    assert service.run("sh", "-c", "echo x > /run/secrets/token").returncode != 0
    assert service.run("sh", "-c", "touch /keys/x && rm /keys/x").returncode == 0
    started = service.run("sh", "-c", "cp /bin/true /tmp/x && /tmp/x")
    assert "Permission denied" in started.stderr


async def test_there_is_nothing_in_it_to_install_programs_with(image: Image) -> None:
    names = {path.name for root in (image.root.path, image.root.local) for path in root.rglob("*")}
    assert {"pip", "setuptools", "ensurepip"} & names == set()
    assert {path.name for path in (image.root.path / "app").iterdir()} == {"bot", "locales", "migrations"}


async def test_all_that_the_program_reads_is_in_it(image: Image) -> None:
    said = image.root.run(["python", "-m", "bot", "check"], image.environment, user=image.user, folder=image.folder)
    assert said.splitlines()[-1] == "No problems"
    for name in ("locales/kk/LC_MESSAGES/bot.po", "migrations/env.py", "bot/flows/directory/emergency.toml"):
        assert (image.root.path / "app" / name).is_file()
    compiled = list((image.root.path / "app" / "bot").rglob("*.pyc"))
    assert len(compiled) == len(list((image.root.path / "app" / "bot").rglob("*.py")))


def test_an_altered_package_is_refused(image: Image, tmp_path: Path) -> None:
    """The hashes do what they are there for: one byte more, and nothing is installed."""
    (wheel,) = (image.root.path.parent / "wheels").glob("orjson-*")
    (tmp_path / wheel.name).write_bytes(wheel.read_bytes() + b"\n")
    lock = re.search(r"^orjson==.*?(?=^[a-z])", (ROOT / "requirements.lock").read_text(), re.MULTILINE | re.DOTALL)
    assert lock is not None
    (tmp_path / "lock").write_text(lock[0])
    (build, _) = dockerfile.read((ROOT / "Dockerfile").read_text())
    line = next(each.rest for each in build.instructions if "pip install" in each.rest)
    options = list(line.partition("&&")[0].split()[4:-2])
    refused = subprocess.run(
        [sys.executable, "-m", "pip", "install", *options, "--dry-run", "--ignore-installed", "-r", tmp_path / "lock"],
        env={"PIP_NO_INDEX": "1", "PIP_FIND_LINKS": str(tmp_path), "PATH": os.environ["PATH"]},
        capture_output=True,
        text=True,
        check=False,
    )
    assert refused.returncode != 0
    assert "DO NOT MATCH THE HASHES" in refused.stderr
