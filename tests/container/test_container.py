"""The image runs as compose says: as nobody in particular, on a read-only root, and answers people."""

import asyncio
import os
import re
import resource
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psutil
import pytest

from bot.demo.bot_api import World
from tests.container import compose, database, dockerfile
from tests.container.compose import FILES, Service
from tests.container.image import ROOT, Image
from tests.container.sealed import Mounts
from tests.emulator.emulator_client import Emulator

PATIENCE = 30.0


@dataclass
class Running:
    """The bot's service, its process and what it printed."""

    service: Service
    process: subprocess.Popen[str]

    @property
    def seen(self) -> psutil.Process:
        return psutil.Process(self.process.pid)

    def ready(self) -> None:
        assert self.process.stdout is not None
        assert self.process.stdout.readline() == "Ready\n", self.errors()

    def errors(self) -> str:
        assert self.process.stderr is not None
        return self.process.stderr.read()

    def stop(self) -> float:
        """Stops it as an engine would; the seconds that it took."""
        began = time.monotonic()
        self.process.send_signal(signal.SIGTERM)
        assert self.process.wait(30) == 0, self.errors()
        return time.monotonic() - began


def bot_of(
    kind: str, image: Image, emulator: Emulator, folder: Path, project: Path, port: int, **changed: str
) -> Service:
    service = Service(
        compose.read(FILES[kind]),
        "bot",
        image.root,
        project,
        image.environment,
        image.user,
        image.folder,
        {"BOT_API_BASE_URL": emulator.url, "BOT_LISTEN": f"127.0.0.1:{port}", **changed},
    )
    return service.lock(folder / "locked")


@contextmanager
def running(service: Service, image: Image) -> Iterator[Running]:
    """The bot while the block lasts. Here core dumps are allowed to everybody else, so that the file's word counts."""
    process = subprocess.Popen(
        service.command(*image.words("ENTRYPOINT"), *image.words("CMD")),
        env=service.environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        yield Running(service, process)
    finally:
        process.kill()
        process.communicate()


async def answered(world: World) -> None:
    """Somebody writes, and gets an answer."""
    person = world.add_person("Zkq", "kk").id
    world.start(person)
    deadline = time.monotonic() + PATIENCE
    while not [message for message in world.messages(person) if message["from"] == "bot"]:
        assert time.monotonic() < deadline, "no answer"
        await asyncio.sleep(0.02)


def everything(folder: Path) -> dict[str, tuple[int, int, int, int]]:
    """Each file below a folder: who owns it, how, how long it is, and when it was written."""
    found = {}
    for path in sorted(folder.rglob("*")):
        status = path.lstat()
        found[str(path.relative_to(folder))] = (status.st_uid, status.st_mode, status.st_size, status.st_mtime_ns)
    return found


def secrets(project: Path) -> list[str]:
    """What must be in no environment, no command line and no log."""
    return [file.read_text().strip().rpartition(":")[2] for file in (project / "secrets").iterdir()]


async def test_with_postgresql(
    image: Image, mounts: Mounts, emulator: Emulator, tmp_path: Path, project: Path, unused_port: int
) -> None:
    with database.running(FILES["postgresql"], tmp_path, project, mounts, free_port()) as server:
        service = bot_of("postgresql", image, emulator, tmp_path, project, unused_port, PGPORT=str(server.port))
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


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port: int = probe.getsockname()[1]
        return port


async def test_with_sqlite(image: Image, emulator: Emulator, tmp_path: Path, project: Path, unused_port: int) -> None:
    service = bot_of("sqlite", image, emulator, tmp_path, project, unused_port)
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
    told = Path(f"/proc/{bot.process.pid}/environ").read_text() + Path(f"/proc/{bot.process.pid}/cmdline").read_text()
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
    assert said == "No problems\n"
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


@pytest.fixture(autouse=True)
def cores_are_allowed() -> Iterator[None]:
    """Elsewhere on this machine a crash may leave a core: so it is the compose file that forbids it."""
    before = resource.getrlimit(resource.RLIMIT_CORE)
    if os.geteuid() == 0:
        resource.setrlimit(resource.RLIMIT_CORE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
    yield
    resource.setrlimit(resource.RLIMIT_CORE, before)
