"""The plug is pulled again and again while people write: nothing may be lost (promise P8)."""

import asyncio
import random
import sqlite3
from contextlib import closing
from pathlib import Path

from bot.demo.bot_api import World
from tests.emulator.emulator_client import Emulator
from tests.emulator.living import until
from tests.emulator.process import Process

PEOPLE, KILLS = 1000, 10


async def test_nothing_is_lost_when_the_process_is_killed_twenty_times(emulator: Emulator, tmp_path: Path) -> None:
    """2,000 updates, 20 kills: everybody who came was answered, everybody who left is forgotten."""
    world = emulator.world
    world.limits.enabled = False
    people = [world.add_person("Zkq", "ru").id for _ in range(PEOPLE)]
    rng = random.Random(20)

    await _under_kills(emulator, tmp_path, rng, [(person, "/start") for person in people])
    unanswered = [person for person in people if not _screens(world, person)]
    repeated = sum(len(_screens(world, person)) - 1 for person in people)
    print(f"\n{PEOPLE} came, {KILLS} kills: {len(unanswered)} without an answer, {repeated} answered twice")
    assert unanswered == []

    await _under_kills(emulator, tmp_path, rng, [(person, ".") for person in people])
    left_open = [person for person in people if _screens(world, person)]
    lines = [len(world.messages(person)) for person in people]
    print(
        f"{PEOPLE} left, {KILLS} kills: {len(left_open)} chats not cleaned, {sum(n > 1 for n in lines)} with two lines"
    )
    assert left_open == []
    assert max(lines) <= 1
    with closing(sqlite3.connect(tmp_path / "data" / "pana.db")) as database:
        assert database.execute("select count(*) from routing").fetchone() == (0,)
        assert database.execute("pragma integrity_check").fetchone() == ("ok",)


def _screens(world: World, person: int) -> list[object]:
    return [message for message in world.messages(person) if message["from"] == "bot" and message["buttons"]]


async def _under_kills(emulator: Emulator, folder: Path, rng: random.Random, words: list[tuple[int, str]]) -> None:
    """Everybody says her word; the process is killed while there is work for it, ten times."""
    process = Process.of(emulator, folder)
    portion = len(words) // KILLS
    for kill in range(KILLS):
        for person, text in words[kill * portion : (kill + 1) * portion]:
            emulator.world.send(person, text)
        await process.start()
        await asyncio.sleep(rng.uniform(0.0, 0.4))
        await process.kill()
    await process.start()
    await until(lambda: emulator.world.pending() == 0, "not everything was confirmed", patience=120)
    status, errors = await process.stop()
    assert status == 0, errors
