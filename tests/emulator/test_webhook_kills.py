"""Telegram calls while the plug is pulled again and again: nothing may be lost or done twice (promise P8).

`TEST_KILL_PEOPLE` and `TEST_KILLS` raise the figures: that many people, each with two updates, and as many kills in
each half of the test. The figures of the promise are TEST_KILL_PEOPLE=1000 TEST_KILLS=10; by default it is fewer.
"""

import os
import random
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from bot.demo.bot_api import World
from bot.i18n import translator
from tests.contract.places import Place
from tests.emulator.emulator_client import Emulator
from tests.emulator.living import CLOSE, DONE, URGENT, until
from tests.emulator.replicas import Replicas, replicas

SIZES = {"sqlite": (200, 4), "postgresql": (100, 3)}
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
    """Who came was answered, who left is forgotten, and what was noted is not done again."""
    kind = "sqlite" if database.startswith("sqlite") else "postgresql"
    count, kills = size(*SIZES[kind])
    async with under_kills(emulator, tmp_path, database, REPLICAS[kind], kills) as under:
        await _check(under, [emulator.world.add_person("Zkq", "ru").id for _ in range(count)])


@pytest.mark.parametrize("database", ["postgresql"], indirect=True)
async def test_who_taps_or_writes_and_leaves_in_the_same_moment_is_forgotten(
    emulator: Emulator, tmp_path: Path, database: str
) -> None:
    """Telegram brings a tap and a word side by side, to two replicas, and again when one of them was killed."""
    world = emulator.world
    count, kills = size(40, 2)
    async with under_kills(emulator, tmp_path, database, 2, kills) as under:
        people = [world.add_person("Zkq", "ru").id for _ in range(count)]
        for person in people:
            world.send(person, "/start")
        await until(lambda: world.pending() == 0, "not everything was confirmed", patience=60)

        def leave(person: int) -> None:
            (screen,) = [message for message in world.messages(person) if message["buttons"]]
            keys = {key["text"]: key["data"] for row in screen["buttons"] for key in row}
            first = under.rng.choice([URGENT, CLOSE, None])
            if first is None:
                world.send(person, "сәлем")
            else:
                world.tap(person, screen["message_id"], keys[translator("ru").say(first)])
            world.send(person, ".")

        await _under_kills(under, people, leave)
        await until(lambda: under.place.count() == 0, "somebody was not forgotten", patience=40)
        dirty = [person for person in people if screens(world, person)]
        print(f"\n{count} tapped or wrote and left, {kills} kills, {under.cut} cut off: {len(dirty)} not cleaned")
        assert dirty == []
        assert {message["text"] for person in people for message in world.messages(person)} <= {
            translator("ru").say(DONE)
        }


def size(people: int, kills: int) -> tuple[int, int]:
    """As many as were asked for, else these."""
    return int(os.environ.get("TEST_KILL_PEOPLE", people)), int(os.environ.get("TEST_KILLS", kills))


@asynccontextmanager
async def under_kills(
    emulator: Emulator, folder: Path, database_url: str, number: int, kills: int
) -> AsyncIterator[Kills]:
    """So many processes, running; at the end they must end well."""
    world = emulator.world
    world.limits.enabled = False
    world.limits.webhook_pause, world.limits.webhook_longest_pause = 0.5, 0.8
    async with replicas(emulator, folder, database_url, number) as bots:
        for process in bots.processes:
            await process.start()
        place = Place(database_url, folder)
        place.open()
        try:
            yield Kills(world, place, bots, kills)
        finally:
            await place.close()
        await bots.stop()


async def _check(under: Kills, people: list[int]) -> None:
    world, place = under.world, under.place
    await _under_kills(under, people, lambda person: world.send(person, "/start"))
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
    await _under_kills(under, people, lambda person: world.send(person, "."))
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


async def _under_kills(under: Kills, people: list[int], act: Callable[[int], object]) -> None:
    """Everybody does something; again and again a process is killed in the midst of it."""
    world, portion = under.world, len(people) // under.kills
    for kill in range(under.kills):
        now = people[kill :: under.kills]
        for person in now:
            act(person)
        enough = world.pending() - under.rng.randrange(1, portion)
        await until(lambda enough=enough: world.pending() <= enough, "no work was done", patience=60)  # type: ignore[misc]
        process = under.rng.choice(under.bots.processes)
        under.cut += world.bot().deliveries.on_their_way
        await process.kill()
        await under.note(now)
        await process.start()
    assert under.cut > under.kills, "the kills came when nothing was being done"
    await until(lambda: world.pending() == 0, "not everything was confirmed", patience=120)
