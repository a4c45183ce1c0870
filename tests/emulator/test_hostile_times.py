"""Updates that come too late, twice, unreadable, out of order or in a flood: nobody else notices.

The numbers are the rows of `docs/hostile_inputs.md`.
"""

import asyncio
import time
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from bot.i18n import translator
from bot.telegram import receive
from bot.telegram.fetch import REFUSALS
from tests.emulator.emulator_client import Emulator
from tests.emulator.kind_cases import person, private
from tests.emulator.living import DONE, URGENT, Living, Phone, living, on_every_database, until
from tests.emulator.test_hostile_inputs import shown, unharmed
from tests.emulator.test_journeys import BOTH_WAYS
from tests.emulator.test_time import AWAY

Json = dict[str, Any]
HOUR = 3600
PATIENT = 10.0
"""Seconds; what a slow machine may need for what takes well under one."""


def said(number: int, who: int, text: str, message_id: int) -> Json:
    message = {"message_id": message_id, "date": 1_900_000_000, "chat": private(who), "from": person(who), "text": text}
    return {"update_id": number, "message": message}


def replace_last(alive: Living, body: bytes) -> None:
    """What Telegram holds last becomes these bytes."""
    list(alive.emulator.world.bot().queue.peek())[-1].body = body.decode()


async def test_34_a_tap_that_comes_after_150_seconds_is_gone_and_typing_still_works(
    emulator: Emulator, tmp_path: Path
) -> None:
    emulator.world.limits.enabled = False
    async with living(emulator, tmp_path) as before:
        phone = before.phone("ru")
        await phone.start()
        key = next(key for row in phone.screen["buttons"] for key in row if key["data"])
    emulator.world.tap(phone.id, phone.screen["message_id"], key["data"])
    emulator.world.clock.advance(151)
    async with living(emulator, tmp_path) as after:
        phone.alive = after
        await asyncio.sleep(0.3)
        assert shown(phone) == ["home.start"]
        assert emulator.world.calls("answerCallbackQuery") == []
        await phone.say("помогите")
        assert shown(phone) == ["home.start", "urgent.numbers"]
        unharmed(after)


@pytest.mark.parametrize("data", ["", "!", "A" * 64, "AQE", "_exit", "\x00\ud83d", "қазақша", "AAAA" * 16, "../" * 21])
async def test_32_a_button_that_is_not_ours_shows_at_most_the_first_screen(alive: Living, data: str) -> None:
    phone = alive.phone("ru")
    await phone.start()
    await phone.tap(URGENT)
    await phone.press(data)
    assert shown(phone) == ["home.start"]
    unharmed(alive)


@pytest.mark.parametrize(("hours", "comes"), [(23.98, True), (25.0, False)])
async def test_45_a_message_after_a_day_of_silence(
    emulator: Emulator, tmp_path: Path, hours: float, comes: bool
) -> None:
    """Just inside a day it comes and gets no late answer; later it never comes."""
    emulator.world.limits.enabled = False
    who = emulator.world.add_person("Zkq", "ru")
    emulator.world.send(who.id, "сәлем")
    emulator.world.clock.advance(hours * HOUR)
    async with living(emulator, tmp_path) as alive:
        phone = Phone(alive, who.id)
        await alive.settled()
        assert (phone.bots, alive.rows()) == ([], int(comes))
        await phone.say("hello")
        assert len(phone.bots) == 1
        assert phone.bots[0]["text"].startswith(AWAY) is comes
        unharmed(alive)


UNREADABLE = {
    "depth 10,000": b'"x":' + b'{"a":' * 10_000 + b"1" + b"}" * 10_000,
    "lists without end": b'"x":' + b"[" * 200_000 + b"]" * 200_000,
    "a number of 5,000 digits": b'"x":"\\ud83d","y":' + b"9" * 5000,
    "a broken end": b'"x":{"a":',
}


@pytest.mark.parametrize("name", UNREADABLE)
async def test_44_an_update_that_cannot_be_read_is_let_go_and_its_neighbours_are_served(
    alive: Living, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    monkeypatch.setattr(receive, "PAUSES", (0.01,))
    phones = [alive.phone("ru") for _ in range(3)]
    alive.emulator.world.start(phones[0].id)
    odd = alive.emulator.world.inject({"message": {}})
    replace_last(alive, b'{"update_id":%d,' % (odd or 0) + UNREADABLE[name] + b"}")
    for phone in phones[1:]:
        alive.emulator.world.start(phone.id)
    await alive.settled(patience=30)
    assert [shown(phone) for phone in phones] == [["home.start"]] * 3
    assert alive.log.getvalue().count("unreadable_update") == REFUSALS + 1
    assert "poison" not in alive.log.getvalue()


@on_every_database
@BOTH_WAYS
async def test_46_ids_that_repeat_jump_down_or_leave_a_gap(alive: Living) -> None:
    phone = alive.phone("ru")
    alive.emulator.world.chat(phone.id).started = True
    numbers = [500_000_000, 500_000_000, 500_000_001, 501_000_001, 7, 501_000_001, 7, 8]
    seen: list[int] = []
    for place, number in enumerate(numbers):
        before = len(phone.bots)
        alive.emulator.world.inject_whole([said(number, phone.id, "сәлем", 100 + place)])
        await alive.settled()
        seen += [number] * (len(phone.bots) - before)
    assert set(seen) == set(numbers)
    assert alive.emulator.world.pending() == 0
    unharmed(alive)


@BOTH_WAYS
async def test_46_the_same_update_many_times_says_nothing_else(alive: Living) -> None:
    """Polling notices it within a batch; what was confirmed Telegram never gives again, so that is not remembered."""
    phone = alive.phone("ru")
    alive.emulator.world.chat(phone.id).started = True
    alive.emulator.world.inject_whole([said(500_000_000, phone.id, "сәлем", 100)] * 20)
    await alive.settled()
    assert shown(phone) in (["home.start"], ["home.start"] * 2)
    unharmed(alive)


async def test_46_updates_without_a_number_are_not_asked_for_without_a_pause(alive: Living) -> None:
    """Nothing could ever confirm them, so Telegram would give them again and again at once."""
    asked = 0

    async def fetch(offset: int | None, kinds: tuple[str, ...], wait: int) -> list[object]:
        nonlocal asked
        asked += 1
        return [{"message": {}}, None]

    receiver = receive.Receiver(alive.helpline[0].application, alive.victim, time.monotonic)
    poller, stop = receive.Poller(fetch, receiver, time.monotonic, 60.0), asyncio.Event()
    running = asyncio.create_task(poller.run(stop))
    await asyncio.sleep(0.5)
    stop.set()
    await running
    assert asked <= 2


@pytest.mark.parametrize("delivery", ["polling", "webhook"])
@pytest.mark.parametrize("kind", ["text", "contact"])
async def test_48_whoever_floods_the_bot_holds_up_nobody_else(
    emulator: Emulator, tmp_path: Path, delivery: str, kind: str
) -> None:
    """With the limits of speed of a real run: 400 messages wait when somebody else writes, and 200 more come."""
    emulator.world.limits.enabled = False
    async with living(emulator, tmp_path, delivery=delivery, chat_rate=1, send_rate=25) as alive:
        flood, other = alive.phone("ru"), alive.phone("ru")
        for _ in range(400):
            emulator.world.send(flood.id, "word" if kind == "text" else "", kind=kind)
        pouring = asyncio.create_task(_pour(flood, 200, 1.0))
        waited = []
        for number in range(3):
            before = time.monotonic()
            emulator.world.send(other.id, "помогите")
            await until(partial(_has_answers, other, number + 1), "held up", patience=30)
            waited.append(time.monotonic() - before)
        await pouring
        await alive.settled(patience=60)
        print(f"\n{delivery}, {kind}: others waited {', '.join(f'{seconds:.2f}' for seconds in waited)} s")
        assert max(waited) < PATIENT
        assert len(flood.bots) < 60
        unharmed(alive, rows=2)
        await flood.say(".")
        assert alive.rows() == 1


def _has_answers(phone: Phone, count: int) -> bool:
    return len(phone.bots) >= count


async def _pour(phone: Phone, rate: int, seconds: float) -> None:
    for _ in range(int(rate * seconds)):
        phone.alive.emulator.world.send(phone.id, "word")
        await asyncio.sleep(1 / rate)


async def test_39_who_blocks_and_unblocks_hears_nothing(alive: Living) -> None:
    phone = alive.phone("ru")
    await phone.start()
    before = alive.emulator.world.bot().calls.count
    for _ in range(3):
        alive.emulator.world.block(phone.id)
        await alive.settled()
        alive.emulator.world.unblock(phone.id)
        await alive.settled()
    assert alive.emulator.world.bot().calls.count == before
    await phone.say(".")
    assert [message["text"] for message in phone.messages] == [translator("ru").say(DONE)]
    assert alive.rows() == 0
