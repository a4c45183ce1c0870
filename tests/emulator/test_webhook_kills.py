"""Telegram calls while the plug is pulled again and again: nothing may be lost or done twice (promise P8).

`TEST_KILL_PEOPLE` and `TEST_KILLS` raise the figures: that many people, each with two updates, and as many kills in
each half of the test. The figures of the promise are TEST_KILL_PEOPLE=1000 TEST_KILLS=10; by default it is fewer.
"""

import os
import random
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from bot.demo.bot_api import World
from tests.contract.places import Place
from tests.emulator.emulator_client import Emulator
from tests.emulator.living import until
from tests.emulator.replicas import Replicas, replicas

SIZES = {"sqlite": (400, 8), "postgresql": (240, 6)}
REPLICAS = {"sqlite": 1, "postgresql": 2}


@dataclass
class Kills:
    """What a test under kills works with, and what it has seen.

    `unnoted` are people in whose chat stood a screen that no entry knew of when a process was killed: Telegram had
    accepted it and the plug was pulled before that was noted. Only those may get it again, since Telegram has no key by
    which a message could be sent once.
    """

    world: World
    place: Place
    bots: Replicas
    kills: int
    rng: random.Random = field(default_factory=lambda: random.Random(20))
    unnoted: set[int] = field(default_factory=set)
    cut: int = 0

    async def note(self, people: list[int]) -> None:
        """Looks for screens that no entry knows of."""
        for person in people:
            if set(screens(self.world, person)) - set(await tracked(self.place, self.world, person)):
                self.unnoted.add(person)


@pytest.mark.parametrize("database", SIZES, indirect=True)
async def test_nothing_is_lost_or_done_twice_when_processes_are_killed(
    emulator: Emulator, tmp_path: Path, database: str
) -> None:
    kind = "sqlite" if database.startswith("sqlite") else "postgresql"
    people, kills = SIZES[kind]
    people, kills = int(os.environ.get("TEST_KILL_PEOPLE", people)), int(os.environ.get("TEST_KILLS", kills))
    await check_kills(emulator, tmp_path, database, REPLICAS[kind], people, kills)


async def check_kills(emulator: Emulator, folder: Path, database_url: str, number: int, count: int, kills: int) -> None:
    """`number` processes: who came was answered, who left is forgotten, and what was noted is not done again."""
    world = emulator.world
    world.limits.enabled = False
    world.limits.webhook_pause, world.limits.webhook_longest_pause = 0.5, 0.8
    people = [world.add_person("Zkq", "ru").id for _ in range(count)]
    async with replicas(emulator, folder, database_url, number) as bots:
        for process in bots.processes:
            await process.start()
        place = Place(database_url, folder)
        place.open()
        try:
            await _check(Kills(world, place, bots, kills), people)
        finally:
            await place.close()
        await bots.stop()


async def _check(under: Kills, people: list[int]) -> None:
    world, place = under.world, under.place
    await _under_kills(under, [(person, "/start") for person in people])
    lost = [person for person in people if not screens(world, person)]
    repeated = {person for person in people if len(screens(world, person)) > 1}
    twice = repeated - under.unnoted
    print(
        f"\n{len(people)} came to {len(under.bots.processes)}, {under.kills} kills, {under.cut} calls cut off: "
        f"{len(lost)} lost, {len(twice)} applied twice, {len(repeated)} sent again (unconfirmed at first)"
    )
    assert lost == []
    assert twice == set()
    assert place.count() == len(people)
    unknown = [person for person in people if not await _knows_each_message_once(under, person)]
    assert set(unknown) <= repeated, "only a screen whose sending was never confirmed may be unknown"

    under.cut = 0
    await _under_kills(under, [(person, ".") for person in people])
    dirty = [person for person in people if screens(world, person)]
    lines = [len(world.messages(person)) for person in people]
    rows = place.count()
    print(
        f"{len(people)} left, {under.kills} kills, {under.cut} calls cut off: "
        f"{len(dirty)} not cleaned, {sum(line > 1 for line in lines)} told twice, {rows} rows left"
    )
    assert (dirty, rows) == ([], 0)
    assert max(lines) <= 1


async def _knows_each_message_once(under: Kills, person: int) -> bool:
    known = await tracked(under.place, under.world, person)
    assert len(known) == len(set(known)), "a message stands twice in an entry"
    return sorted(known) == sorted(message["message_id"] for message in under.world.messages(person))


def screens(world: World, person: int) -> list[int]:
    """Ids of the bot's screens in her chat."""
    return [
        message["message_id"] for message in world.messages(person) if message["from"] == "bot" and message["buttons"]
    ]


async def tracked(place: Place, world: World, person: int) -> list[int]:
    """Ids of the messages in her entry; none when there is no entry."""
    entry = await place.stores[0].find(person, int(world.clock.now()))
    return [message.message_id for message in entry.messages] if entry else []


async def _under_kills(under: Kills, words: list[tuple[int, str]]) -> None:
    """Everybody says her word; again and again a process is killed in the midst of it."""
    world, portion = under.world, len(words) // under.kills
    for kill in range(under.kills):
        now = words[kill * portion : (kill + 1) * portion]
        for person, said in now:
            world.send(person, said)
        enough = world.pending() - under.rng.randrange(1, portion)
        await until(lambda enough=enough: world.pending() <= enough, "no work was done", patience=60)  # type: ignore[misc]
        process = under.rng.choice(under.bots.processes)
        under.cut += world.bot().deliveries.on_their_way
        await process.kill()
        await under.note([person for person, _ in now])
        await process.start()
    assert under.cut > under.kills, "the kills came when nothing was being done"
    await until(lambda: world.pending() == 0, "not everything was confirmed", patience=120)
