"""The stores and databases that the contract runs on."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.services.ports import Store
from bot.storage.memory import MemoryStore
from tests.contract import places
from tests.contract.places import DATABASES, Place


@pytest.fixture(params=["memory", *DATABASES])
async def store(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Store]:
    """Each kind of store, empty."""
    if request.param == "memory":
        yield MemoryStore()
        return
    with places.place(request.param, tmp_path) as place:
        yield place.open()
        await place.close()


@pytest.fixture(params=DATABASES)
async def place(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Place]:
    """Each kind of database, migrated and empty."""
    with places.place(request.param, tmp_path) as place:
        yield place
        await place.close()


@pytest.fixture
async def sqlite_place(tmp_path: Path) -> AsyncIterator[Place]:
    """An SQLite database, for what only a file can show."""
    with places.place("sqlite", tmp_path) as place:
        yield place
        await place.close()
