"""The plug is pulled again and again while people write: nothing may be lost (promise P8)."""

import asyncio
import random
from pathlib import Path

import pytest

from bot.demo.bot_api import World
from tests.contract.places import Place
from tests.emulator.emulator_client import Emulator
from tests.emulator.living import until
from tests.emulator.process import Process

PEOPLE = {"sqlite": 1000, "postgresql": 300}
PORTION = 100
"""So many write between two kills."""


@pytest.mark.parametrize(("database", "count"), PEOPLE.items(), indirect=["database"])
async def test_nothing_is_lost_when_the_process_is_killed_again_and_again(
    emulator: Emulator, tmp_path: Path, database: str, count: int
) -> None:
    """Two updates of each person, a kill for every hundred: who came was answered, who left is forgotten."""
    world = emulator.world
    world.limits.enabled = False
    people = [world.add_person("Zkq", "ru").id for _ in range(count)]
    rng = random.Random(20)
    process = Process.of(emulator, tmp_path, BOT_DATABASE_URL=database)

    await _under_kills(process, rng, [(person, "/start") for person in people])
    unanswered = [person for person in people if not _screens(world, person)]
    repeated = sum(len(_screens(world, person)) - 1 for person in people)
    print(f"\n{count} came, {count // PORTION} kills: {len(unanswered)} without an answer, {repeated} answered twice")
    assert unanswered == []

    await _under_kills(process, rng, [(person, ".") for person in people])
    left_open = [person for person in people if _screens(world, person)]
    lines = [len(world.messages(person)) for person in people]
    twice = sum(line > 1 for line in lines)
    print(f"{count} left, {count // PORTION} kills: {len(left_open)} chats not cleaned, {twice} with two lines")
    assert left_open == []
    assert max(lines) <= 1
    place = Place(database, tmp_path)
    assert place.count() == 0
    if database.startswith("sqlite"):
        assert place.execute("PRAGMA integrity_check") == [("ok",)]


def _screens(world: World, person: int) -> list[object]:
    return [message for message in world.messages(person) if message["from"] == "bot" and message["buttons"]]


async def _under_kills(process: Process, rng: random.Random, words: list[tuple[int, str]]) -> None:
    """Everybody says her word; the process is killed again and again while there is work for it."""
    for first in range(0, len(words), PORTION):
        for person, text in words[first : first + PORTION]:
            process.emulator.world.send(person, text)
        await process.start()
        await asyncio.sleep(rng.uniform(0.0, 0.4))
        await process.kill()
    await process.start()
    await until(lambda: process.emulator.world.pending() == 0, "not everything was confirmed", patience=120)
    status, errors = await process.stop()
    assert status == 0, errors
