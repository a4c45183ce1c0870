"""Telegram calls while the plug is pulled again and again: nothing may be lost or done twice (promise P8)."""

import random
from pathlib import Path

import pytest
from sqlalchemy import create_engine, text

from bot.demo.bot_api import World
from bot.storage.engine import sync_url
from tests.emulator.emulator_client import Emulator
from tests.emulator.living import until
from tests.emulator.replicas import Replicas, replicas

PEOPLE, KILLS = 1000, 10


@pytest.fixture
def database_url(tmp_path: Path) -> str:
    return f"sqlite+aiosqlite:///{tmp_path / 'data' / 'pana.db'}"


async def test_nothing_is_lost_or_done_twice_when_processes_are_killed_twenty_times(
    emulator: Emulator, tmp_path: Path, database_url: str
) -> None:
    await check_kills(emulator, tmp_path, database_url, number=1)


async def check_kills(emulator: Emulator, folder: Path, database_url: str, number: int) -> None:
    """2,000 updates, 20 kills, `number` processes: who came was answered, who left is forgotten, each once."""
    world, rng = emulator.world, random.Random(20)
    world.limits.enabled = False
    world.limits.webhook_pause, world.limits.webhook_longest_pause = 0.5, 0.8
    people = [world.add_person("Zkq", "ru").id for _ in range(PEOPLE)]
    async with replicas(emulator, folder, database_url, number) as bots:
        for process in bots.processes:
            await process.start()

        cut = await _under_kills(world, bots, rng, [(person, "/start") for person in people])
        unanswered = [person for person in people if not _screens(world, person)]
        repeated = sum(len(_screens(world, person)) - 1 for person in people)
        print(f"\n{PEOPLE} came, {KILLS} kills, {cut} calls cut off: {len(unanswered)} lost, {repeated} shown twice")
        assert unanswered == []
        assert repeated <= cut
        assert _entries(database_url) == PEOPLE

        cut = await _under_kills(world, bots, rng, [(person, ".") for person in people])
        left_open = [person for person in people if _screens(world, person)]
        lines = [len(world.messages(person)) for person in people]
        print(f"{PEOPLE} left, {KILLS} kills, {cut} calls cut off: {len(left_open)} not cleaned, {max(lines)} lines")
        assert left_open == []
        assert max(lines) <= 1
        await bots.stop()
    assert _entries(database_url) == 0


def _screens(world: World, person: int) -> list[object]:
    return [message for message in world.messages(person) if message["from"] == "bot" and message["buttons"]]


def _entries(database_url: str) -> int:
    engine = create_engine(sync_url(database_url))
    with engine.connect() as connection:
        found: int = connection.execute(text("select count(*) from routing")).scalar_one()
    engine.dispose()
    return found


async def _under_kills(world: World, bots: Replicas, rng: random.Random, words: list[tuple[int, str]]) -> int:
    """Everybody says her word; ten times a process is killed in the midst of it. How many calls were cut off."""
    portion, cut = len(words) // KILLS, 0
    for kill in range(KILLS):
        for person, said in words[kill * portion : (kill + 1) * portion]:
            world.send(person, said)
        enough = world.pending() - rng.randrange(1, portion)
        await until(lambda enough=enough: world.pending() <= enough, "no work was done", patience=60)  # type: ignore[misc]
        process = rng.choice(bots.processes)
        cut += world.bot().deliveries.on_their_way
        await process.kill()
        await process.start()
    assert cut > KILLS, "the kills came when nothing was being done"
    await until(lambda: world.pending() == 0, "not everything was confirmed", patience=120)
    return cut
