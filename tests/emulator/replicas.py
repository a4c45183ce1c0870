"""Several processes of the bot behind one address, as a load balancer has them; each can be killed."""

import asyncio
import socket
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from itertools import cycle
from pathlib import Path
from typing import Any

import httpx

from bot import app
from bot.telegram.receive import Receiver
from bot.telegram.webhook import PATH
from tests.emulator.emulator_client import Client, Emulator
from tests.emulator.living import SECRET, settings_for
from tests.emulator.process import Process


@dataclass
class Proxy:
    """Hands every connection to the next of its backends that listens; a dead one cuts its connections off.

    `looking` at `/readyz`, it prefers those that are `ready`, and counts the `looks` and how often `nobody` was.
    """

    backends: list[int]
    ready: set[int] = field(default_factory=set)
    looks: int = 0
    nobody: int = 0
    _turns: "cycle[int]" = field(init=False)

    def __post_init__(self) -> None:
        self._turns = cycle(self.backends)

    async def connect(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """One connection, until either side ends it."""
        turn = [next(self._turns) for _ in self.backends]
        for port in sorted(turn, key=lambda port: port not in self.ready):
            try:
                behind_reader, behind_writer = await asyncio.open_connection("127.0.0.1", port)
            except OSError:
                continue
            await asyncio.gather(_pour(reader, behind_writer), _pour(behind_reader, writer))
            return
        writer.close()

    async def looking(self, every: float) -> None:
        """Asks all for their readiness again and again; to be cancelled."""
        async with httpx.AsyncClient(timeout=2, trust_env=False) as http:
            while True:
                found = await asyncio.gather(*(status(http, port, "/readyz") for port in self.backends))
                self.ready = {port for port, code in zip(self.backends, found, strict=True) if code == 200}
                self.looks, self.nobody = self.looks + 1, self.nobody + (not self.ready)
                await asyncio.sleep(every)


async def status(http: httpx.AsyncClient, port: int, path: str) -> int:
    """What it answers; 0 when it does not listen."""
    try:
        return (await http.get(f"http://127.0.0.1:{port}{path}", headers={"Connection": "close"})).status_code
    except httpx.TransportError:
        return 0


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
    proxy: Proxy

    async def stop(self) -> None:
        """Asks all to end, which they must do well."""
        for status, errors in await asyncio.gather(*(process.stop() for process in self.processes)):
            assert status == 0, errors


@asynccontextmanager
async def replicas(
    emulator: Emulator, folder: Path, database_url: str, number: int, **extra: str
) -> AsyncIterator[Replicas]:
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
        **extra,
    }
    processes = [Process.of(emulator, folder, **shared, BOT_LISTEN=f"127.0.0.1:{port}") for port in ports]
    async with server:
        await processes[0].said("webhook", "set")
        yield Replicas(url, processes, proxy)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@dataclass
class Replica:
    """A program that is handed its updates one by one."""

    receiver: Receiver
    helpline: app.Helpline

    async def take(self, *updates: Any) -> None:
        """Works these through, one after the other, as far as Telegram would wait for it."""
        for update in updates:
            await self.receiver.settle(update, await self.receiver.take(update))


@asynccontextmanager
async def replica(emulator: Emulator, folder: Path, url: str) -> AsyncIterator[Replica]:
    """One more program on the same database and key folder, which is handed its updates by somebody else."""
    settings = settings_for(emulator, folder, database_url=url)
    store = await app.open_store(settings)
    helpline = app.assemble(settings, store, lambda: int(emulator.world.clock.now()))
    await helpline.application.initialize()
    try:
        yield Replica(Receiver(helpline.application, helpline.victim, time.monotonic), helpline)
        await helpline.victim.finish()
    finally:
        await helpline.application.shutdown()
        for request in helpline.requests:
            await request.shutdown()
        await store.close()


async def waiting(client: Client) -> list[Any]:
    """What Telegram has for the bot; taken off its hands."""
    updates: list[Any] = await client.call("getUpdates", timeout=0)
    if updates:
        await client.call("getUpdates", timeout=0, offset=updates[-1]["update_id"] + 1)
    return updates
