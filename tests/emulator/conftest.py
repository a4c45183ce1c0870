"""Fixtures: an emulator over HTTP, one without a socket, its stopped clock, and the bot's database."""

import socket
from collections.abc import AsyncIterator, Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from bot.demo.bot_api import World
from tests.contract.places import DATABASES
from tests.emulator.deployment import other_volume as other_volume  # noqa: PLC0414 -- a fixture
from tests.emulator.deployment import sound as sound  # noqa: PLC0414 -- a fixture
from tests.emulator.emulator_client import TOKEN, Client, Emulator, StoppedClock, client_of, served
from tests.emulator.living import Living, living
from tests.emulator.process import Process


@pytest.fixture
async def emulator() -> AsyncIterator[Emulator]:
    """A running emulator in real time, with one bot (`TOKEN`) and nobody else."""
    async with served(World(TOKEN, seed=1)) as running:
        yield running


@pytest.fixture
def database(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The address of an empty database: SQLite, and PostgreSQL too for tests marked with `on_every_database`."""
    with DATABASES[getattr(request, "param", "sqlite")](tmp_path) as url:
        yield url


@pytest.fixture
async def alive(
    emulator: Emulator, tmp_path: Path, database: str, request: pytest.FixtureRequest
) -> AsyncIterator[Living]:
    """A running bot at the emulator; the parameter "webhook" has its updates brought instead of fetched."""
    emulator.world.limits.enabled = False
    delivery = getattr(request, "param", "polling")
    async with living(emulator, tmp_path, delivery=delivery, database_url=database) as running:
        yield running


@pytest.fixture
def clock() -> StoppedClock:
    """The clock of `world`."""
    return StoppedClock()


@pytest.fixture
def world(clock: StoppedClock) -> World:
    """A world whose time stands still, with one bot and two people: 1001 (Russian) and 1002 (no language)."""
    made = World(TOKEN, clock=clock, seed=1)
    made.add_person("First", "ru", username="first_person")
    made.add_person("Second")
    return made


@pytest.fixture
async def client(world: World) -> AsyncIterator[Client]:
    """A client of `world`, without a socket."""
    async with client_of(world) as connected:
        yield connected


@pytest.fixture
def unused_port() -> int:
    """A port of this machine that was free a moment ago."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@pytest.fixture(autouse=True)
def no_process_is_left_behind() -> Iterator[None]:
    """A test that fails in the middle must not leave a bot running."""
    yield
    while Process.started:
        process = Process.started.pop()
        if process.returncode is None:
            with suppress(ProcessLookupError):
                process.kill()
