"""One replica after the other is stopped and started while people write: nobody waits and nothing is lost (P8)."""

import asyncio
import os
import time
from pathlib import Path

import httpx

from tests.contract.places import Place
from tests.contract.server import server
from tests.emulator.emulator_client import Emulator
from tests.emulator.living import until
from tests.emulator.replicas import replicas, status
from tests.emulator.test_webhook_kills import screens

ROUNDS = int(os.environ.get("TEST_RESTARTS", "1"))
"""So often each replica is stopped and started."""
EVERY = 0.02
LONGEST = 3.0
"""Seconds somebody may wait for her first screen."""


async def test_nobody_waits_while_the_replicas_are_restarted_one_after_the_other(
    emulator: Emulator, tmp_path: Path
) -> None:
    emulator.world.limits.enabled = False
    with server().database(migrated=True) as url:
        async with replicas(emulator, tmp_path, url, 2, BOT_REPLICAS="2") as bots:
            for process in bots.processes:
                await process.start()
            looking = asyncio.ensure_future(bots.proxy.looking(0.1))
            await until(lambda: len(bots.proxy.ready) == 2, "not both were ready")
            over = asyncio.Event()
            writing = asyncio.ensure_future(_people_write(emulator, over))
            for process in bots.processes * ROUNDS:
                await asyncio.sleep(0.5)
                ended, errors = await process.stop()
                assert ended == 0, errors
                await process.start()
                await until(lambda: len(bots.proxy.ready) == 2, "it did not come back")
            over.set()
            waited = await writing
            looking.cancel()
            await bots.stop()
        rows = Place(url, tmp_path).count()
    failed = emulator.world.bot().deliveries.last_error
    print(
        f"\n{len(waited)} wrote during {2 * ROUNDS} restarts: the longest waited {max(waited):.2f} s, the median "
        f"{sorted(waited)[len(waited) // 2] * 1000:.0f} ms; last failed call: {failed and failed[1]}; nobody was ready "
        f"at {bots.proxy.nobody} of {bots.proxy.looks} looks"
    )
    assert max(waited) < LONGEST
    assert bots.proxy.nobody == 0
    assert rows == len(waited)


async def _people_write(emulator: Emulator, over: asyncio.Event) -> list[float]:
    """Somebody new comes again and again; how long each waited for her screen, in seconds. Everybody gets one."""
    world, came, waited = emulator.world, dict[int, float](), list[float]()
    deadline = time.monotonic() + 120
    while not over.is_set() or came:
        assert time.monotonic() < deadline, f"{len(came)} were never answered"
        if not over.is_set():
            person = world.add_person("Zkq", "ru").id
            came[person] = time.monotonic()
            world.send(person, "/start")
        await asyncio.sleep(EVERY)
        for person in [person for person in came if screens(world, person)]:
            waited.append(time.monotonic() - came.pop(person))
    return waited


async def test_what_a_balancer_sees_of_a_replica_that_is_asked_to_end(emulator: Emulator, tmp_path: Path) -> None:
    """At once not ready, but alive and working until its work is done; then gone."""
    emulator.world.limits.enabled = False
    with server().database(migrated=True) as url:
        async with replicas(emulator, tmp_path, url, 2, BOT_REPLICAS="2") as bots:
            process, port, seen = bots.processes[0], bots.proxy.backends[0], list[list[int]]()
            await process.start()
            async with httpx.AsyncClient(timeout=2, trust_env=False) as http:
                assert await health(http, port) == [200, 200]
                ending = asyncio.ensure_future(process.stop())
                asked = time.monotonic()
                person = emulator.world.add_person("Zkq", "ru").id
                await asyncio.sleep(0.2)
                emulator.world.send(person, "/start")
                while 0 not in (found := await health(http, port)):
                    seen.append(found)
                    await asyncio.sleep(0.05)
                lasted = time.monotonic() - asked
            ended, errors = await ending
            assert ended == 0, errors
    assert len(seen) > 10
    assert all(found == [200, 503] for found in seen)
    assert len(screens(emulator.world, person)) == 1, "what comes while the balancer has not noticed is answered"
    assert 2 < lasted < 6


async def health(http: httpx.AsyncClient, port: int) -> list[int]:
    """Alive, and ready."""
    return [await status(http, port, path) for path in ("/healthz", "/readyz")]
