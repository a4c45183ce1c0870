"""The bot's service of a compose file, started in its sealed root, and somebody who writes to it."""

import asyncio
import signal
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psutil

from bot.demo.bot_api import World
from tests.container.compose import Service
from tests.container.image import Image
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

    def seen_by_others(self) -> str:
        """Its environment and its command line, where other programs look."""
        place = Path(f"/proc/{self.process.pid}")
        return (place / "environ").read_text() + (place / "cmdline").read_text()

    def stop(self) -> float:
        """Stops it as an engine would; the seconds that it took."""
        began = time.monotonic()
        self.process.send_signal(signal.SIGTERM)
        assert self.process.wait(30) == 0, self.errors()
        return time.monotonic() - began


def bot_of(
    whole: dict[str, Any], image: Image, emulator: Emulator, folder: Path, project: Path, port: int, **changed: str
) -> Service:
    """The service of a compose file; `changed` must differ here, and so must the port and Telegram's address."""
    service = Service(
        whole,
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


def secrets(project: Path) -> list[str]:
    """What must be in no environment, no command line and no log."""
    return [file.read_text().strip().rpartition(":")[2] for file in (project / "secrets").iterdir()]


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port: int = probe.getsockname()[1]
        return port
