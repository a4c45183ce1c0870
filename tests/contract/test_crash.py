"""The process dies at any moment, without warning: whatever it had confirmed is there afterwards (promise P8)."""

import asyncio
import os
import random
import signal
from pathlib import Path

import pytest

from tests.contract.places import NOW, Place, an_entry, keep, place

KILLS = {"sqlite": 20, "postgresql": 8}
AT_ONCE = 8


def write_until_killed(somewhere: Place, first: int, confirm: int) -> None:
    """Keeps entry after entry, forgets every third, tidies now and then; says each time what is done."""

    async def one_person(chat: int) -> None:
        store = somewhere.stores[0]
        await keep(store, an_entry(chat), NOW + chat, NOW)
        os.write(confirm, b"kept %d\n" % chat)
        if chat % 3 == 0:
            os.write(confirm, b"leaving %d\n" % chat)
            await store.forget(chat, NOW)
            os.write(confirm, b"forgot %d\n" % chat)

    async def everybody() -> None:
        store = somewhere.open()
        for chat in range(first, first + 100_000, AT_ONCE):
            await asyncio.gather(*(one_person(chat + each) for each in range(AT_ONCE)))
            if chat % 5 == 0:
                await store.tidy_file()

    asyncio.run(everybody())


def killed_after(somewhere: Place, first: int, lines: int) -> list[tuple[str, int]]:
    """What a process had said when it was killed, at the earliest after so many lines."""
    listen, confirm = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            write_until_killed(somewhere, first, confirm)
        finally:
            os._exit(1)
    os.close(confirm)
    with os.fdopen(listen) as said:
        head = [said.readline() for _ in range(lines)]
        os.kill(child, signal.SIGKILL)
        rest = said.readlines()
    _, status = os.waitpid(child, 0)
    assert os.WTERMSIG(status) == signal.SIGKILL
    return [(word, int(chat)) for word, chat in (line.split() for line in (*head, *rest))]


@pytest.mark.parametrize(("kind", "kills"), KILLS.items())
def test_what_was_confirmed_survives_kill_9(kind: str, kills: int, tmp_path: Path) -> None:
    dice = random.Random(7)
    with place(kind, tmp_path) as somewhere:
        there: dict[int, bool | None] = {}
        for kill in range(kills):
            for word, chat in killed_after(somewhere, kill * 100_000, dice.randrange(1, 120)):
                there[chat] = {"kept": True, "leaving": None, "forgot": False}[word]
            asyncio.run(all_as_confirmed(Place(somewhere.url, tmp_path), there))
        if kind == "sqlite":
            assert somewhere.execute("PRAGMA integrity_check") == [("ok",)]
        assert sum(state is True for state in there.values()) > kills


async def all_as_confirmed(somewhere: Place, there: dict[int, bool | None]) -> None:
    store = somewhere.open()
    for chat, state in there.items():
        found = await store.find(chat, NOW)
        if state is True:
            assert found == an_entry(chat)
        elif state is False:
            assert found is None
        else:
            assert found in (an_entry(chat), None)
    assert store.unreadable == 0
    await store.close()
