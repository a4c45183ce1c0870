"""The bot on PostgreSQL: its connections die, its server goes away, and two replicas serve one person."""

import asyncio
import random
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from pathlib import Path

import pytest
from sqlalchemy import create_engine, text

from bot.demo.bot_api import World
from bot.dialog.model import HOME
from bot.dialog.model import URGENT as NUMBERS
from bot.i18n import translator
from bot.storage.engine import sync_url
from bot.storage.keys import KeyFolder
from bot.storage.sql import SqlStore
from tests.contract.places import Place
from tests.contract.server import server
from tests.emulator.emulator_client import Emulator, client_of
from tests.emulator.living import CLOSE, DONE, URGENT, Living, living, until
from tests.emulator.replicas import replica, waiting
from tests.emulator.test_faults import STATIC
from tests.emulator.test_journeys import text_of

KILL = """
SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity
WHERE datname = current_database() AND pid <> pg_backend_pid() AND application_name = 'pana'
"""
ROUNDS = 40


@pytest.fixture
async def alive(emulator: Emulator, tmp_path: Path) -> AsyncIterator[Living]:
    emulator.world.limits.enabled = False
    with server().database(migrated=False) as url:
        async with living(emulator, tmp_path, database_url=url) as running:
            yield running


async def test_killed_connections_are_no_matter_to_her(alive: Living) -> None:
    phone = alive.phone("ru")
    steps = [phone.start(), phone.tap(URGENT), phone.say("сәлем"), phone.tap(URGENT), phone.tap(CLOSE)]
    for step in steps:
        assert alive.place.execute(KILL)[0][0] > 0
        await step
    assert [message["text"] for message in phone.messages] == [translator("ru").say(DONE)]
    assert alive.rows() == 0
    assert translator("ru").say(STATIC) not in str(alive.emulator.world.calls())


async def test_connections_that_are_killed_all_the_time_lose_nothing(alive: Living) -> None:
    phones = [alive.phone("kk") for _ in range(50)]
    for phone in phones:
        alive.emulator.world.start(phone.id)
        alive.place.execute(KILL)
    await alive.settled()
    assert {message["text"] for phone in phones for message in phone.bots} <= {
        text_of(HOME, "kk"),
        translator("kk").say(STATIC),
    }
    assert alive.rows() == len(phones)
    for phone in phones:
        alive.emulator.world.send(phone.id, ".")
        alive.place.execute(KILL)
    await alive.settled()
    await until(lambda: alive.rows() == 0, "somebody was not forgotten")
    assert {message["text"] for phone in phones for message in phone.messages} == {translator("kk").say(DONE)}


async def test_a_table_that_cannot_even_be_read_is_like_no_database(alive: Living) -> None:
    """As during a careless ALTER TABLE: the numbers come from memory, and her update is answered afterwards."""
    phone = alive.phone("ru")
    engine = create_engine(sync_url(alive.place.url))
    with engine.connect() as connection:
        connection.execute(text("LOCK TABLE routing IN ACCESS EXCLUSIVE MODE"))
        alive.emulator.world.send(phone.id, "помогите")
        await until(lambda: len(phone.bots) > 0, "no numbers", patience=15)
        assert phone.screen["text"] == text_of(NUMBERS, "ru")
        assert alive.emulator.world.pending() == 1
        connection.rollback()
    engine.dispose()
    await alive.settled()


async def test_two_replicas_serve_one_person_and_know_all_that_stands_in_her_chat(
    emulator: Emulator, tmp_path: Path
) -> None:
    """Words, presses and answers are spread over both as by a load balancer; then one of them hears that she leaves."""
    emulator.world.limits.enabled = False
    world, dice = emulator.world, random.Random(3)
    person = world.add_person("Zkq", "ru").id
    async with AsyncExitStack() as stack:
        url = stack.enter_context(server().database(migrated=False))
        client = await stack.enter_async_context(client_of(world))
        replicas = [await stack.enter_async_context(replica(emulator, tmp_path, url)) for _ in range(2)]
        for _ in range(ROUNDS):
            for _ in range(dice.randrange(1, 6)):
                world.send(person, dice.choice(["сәлем", "102", "hello"]))
            for screen in [message for message in world.messages(person) if message["buttons"]][-3:]:
                key = next(key for row in screen["buttons"] for key in row if key["data"])
                world.tap(person, screen["message_id"], key["data"])
            updates = await waiting(client)
            taken = await asyncio.gather(*(dice.choice(replicas).receiver.take(update) for update in updates))
            for update, sending in zip(updates, taken, strict=True):
                await replicas[0].receiver.settle(update, sending)
        place = Place(url, tmp_path)
        assert await unknown(place, world, person) == set()
        world.send(person, ".")
        (last,) = await waiting(client)
        await replicas[1].take(last)
        await until(lambda: len(world.messages(person)) == 1, "something stayed in her chat")
        assert [message["text"] for message in world.messages(person)] == [translator("ru").say(DONE)]
        assert place.count() == 0


async def unknown(place: Place, world: World, person: int) -> set[int]:
    """Messages in her chat that would not be deleted when their time comes."""
    store = SqlStore.open(place.url, KeyFolder(place.keys))
    entry = await store.find(person, int(world.clock.now()))
    await store.close()
    assert entry is not None
    return {message["message_id"] for message in world.messages(person)} - {m.message_id for m in entry.messages}
