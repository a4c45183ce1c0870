"""Several processes of the bot behind one address, as a load balancer has them; each can be killed."""

import asyncio
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from itertools import cycle
from pathlib import Path

from bot.telegram.webhook import PATH
from tests.emulator.emulator_client import Emulator
from tests.emulator.living import SECRET
from tests.emulator.process import Process


@dataclass
class Proxy:
    """Hands every connection to the next of its backends that listens; a dead one cuts its connections off."""

    backends: list[int]
    port: int = 0
    _turns: "cycle[int]" = field(init=False)

    def __post_init__(self) -> None:
        self._turns = cycle(self.backends)

    async def connect(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """One connection, until either side ends it."""
        for port in [next(self._turns) for _ in self.backends]:
            try:
                behind_reader, behind_writer = await asyncio.open_connection("127.0.0.1", port)
            except OSError:
                continue
            await asyncio.gather(_pour(reader, behind_writer), _pour(behind_reader, writer))
            return
        writer.close()


async def _pour(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    try:
        while part := await reader.read(65_536):
            writer.write(part)
            await writer.drain()
    except ConnectionError:
        return
    finally:
        writer.close()


@dataclass
class Replicas:
    """The processes, and the address in front of them."""

    url: str
    processes: list[Process]

    async def stop(self) -> None:
        """Asks all to end, which they must do well."""
        for process in self.processes:
            status, errors = await process.stop()
            assert status == 0, errors


@asynccontextmanager
async def replicas(emulator: Emulator, folder: Path, database_url: str, number: int) -> AsyncIterator[Replicas]:
    """So many processes with one database and one key folder, registered with the emulator, not yet started."""
    ports = [_free_port() for _ in range(number)]
    proxy = Proxy(ports)
    server = await asyncio.start_server(proxy.connect, "127.0.0.1", 0)
    url = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}{PATH}"
    shared = {
        "BOT_DATABASE_URL": database_url,
        "BOT_KEY_DIR": str(folder / "keys"),
        "BOT_WEBHOOK_URL": url,
        "BOT_WEBHOOK_SECRET": SECRET,
    }
    processes = [Process.of(emulator, folder, **shared, BOT_LISTEN=f"127.0.0.1:{port}") for port in ports]
    async with server:
        await processes[0].said("webhook", "set")
        yield Replicas(url, processes)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
