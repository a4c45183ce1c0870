"""She closes the chat in the middle of things: after the line that shows it, nothing more comes (promise P2)."""

import asyncio
from pathlib import Path

import pytest

from bot import running
from bot.dialog.model import HOME
from bot.dialog.model import URGENT as NUMBERS
from bot.i18n import NP_, translator
from tests.contract.places import somebody_writes
from tests.emulator.emulator_client import Emulator
from tests.emulator.living import CLOSE, DONE, URGENT, Living, Phone, living, on_every_database, until
from tests.emulator.test_journeys import text_of

WHAT = NP_("button", "What this is")
LINE = translator("ru").say(DONE)
TROUBLE = [("502", None), ("429", 2), ("reset", None), ("500", None)]
in_trouble = pytest.mark.parametrize(
    ("database", "kind", "retry_after"),
    [*(("sqlite", *each) for each in TROUBLE), ("postgresql", "429", 2)],
    indirect=["database"],
)


@pytest.fixture(autouse=True)
def ends_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is still being tried at the end of a test is not waited for; `test_process` is about how a bot ends."""
    monkeypatch.setattr(running, "_FINISH_WITHIN", 0.2)


def key(phone: Phone, label: object) -> str:
    data: str = phone.keys()[translator("ru").say(label)]["data"]  # type: ignore[arg-type]
    return data


async def closed(alive: Living, phone: Phone) -> None:
    """The chat holds the line alone, and stays so; nothing was sent after the line."""
    await until(lambda: [m["text"] for m in phone.messages] == [LINE], "the chat was not cleaned", patience=15)
    await asyncio.sleep(2.5)
    await alive.settled()
    assert [message["text"] for message in phone.messages] == [LINE]
    sent = [
        call for call in alive.emulator.world.calls() if call.method in {"sendMessage", "editMessageText"} and call.ok
    ]
    assert sent[-1].params["text"] == LINE
    assert alive.rows() == 0


@in_trouble
async def test_a_screen_that_is_being_tried_again_does_not_come_after_close(
    alive: Living, kind: str, retry_after: int | None
) -> None:
    phone = alive.phone("ru")
    await phone.start()
    what, close, message_id = key(phone, WHAT), key(phone, CLOSE), phone.screen["message_id"]
    faults = alive.emulator.world.faults
    faults.add(method="editMessageText", kind=kind, times=2, chat_id=phone.id, retry_after=retry_after or 1)
    alive.emulator.world.tap(phone.id, message_id, what)
    await asyncio.sleep(0.2)
    alive.emulator.world.tap(phone.id, message_id, close, force=True)
    await closed(alive, phone)


@in_trouble
async def test_a_new_message_that_is_being_tried_again_does_not_come_after_close(
    alive: Living, kind: str, retry_after: int | None
) -> None:
    phone = alive.phone("ru")
    await phone.start()
    faults = alive.emulator.world.faults
    faults.add(method="sendMessage", kind=kind, times=2, chat_id=phone.id, retry_after=retry_after or 1)
    alive.emulator.world.send(phone.id, "сәлем")
    await asyncio.sleep(0.2)
    faults.clear()
    alive.emulator.world.send(phone.id, ".")
    await closed(alive, phone)


async def test_what_waits_for_its_turn_does_not_come_after_close(emulator: Emulator, tmp_path: Path) -> None:
    emulator.world.limits.enabled = False
    async with living(emulator, tmp_path, chat_rate=1) as alive:
        phone = alive.phone("ru")
        for word in range(9):
            emulator.world.send(phone.id, f"word {word}")
            await asyncio.sleep(0.05)
        emulator.world.send(phone.id, ".")
        await closed(alive, phone)


@on_every_database
async def test_a_send_that_telegram_accepted_while_she_left_is_deleted(alive: Living) -> None:
    phone = alive.phone("ru")
    await phone.start()
    faults = alive.emulator.world.faults
    faults.add(method="sendMessage", kind="hang_after_accept", times=1, chat_id=phone.id)
    alive.emulator.world.send(phone.id, "сәлем")
    await until(lambda: len(phone.bots) == 2, "not accepted")
    alive.emulator.world.send(phone.id, ".")
    await until(lambda: [m["text"] for m in phone.messages] == [LINE], "it stayed", patience=10)


@on_every_database
async def test_two_taps_on_urgent_stay_on_the_numbers(alive: Living) -> None:
    """The second tap lands where the first one did: in the row and column of Urgent."""
    phone = alive.phone("ru")
    await phone.start()
    for _ in range(2):
        corner = phone.screen["buttons"][-1][0]
        await phone.press(corner["data"])
    assert phone.screen["text"] == text_of(NUMBERS, "ru")


@pytest.mark.parametrize("kind", ["hang", "429"])
async def test_the_numbers_do_not_wait_for_an_answer_in_trouble(alive: Living, kind: str) -> None:
    phone = alive.phone("ru")
    await phone.start()
    alive.emulator.world.faults.add(method="sendMessage", kind=kind, times=1, chat_id=phone.id, retry_after=25)
    alive.emulator.world.send(phone.id, "сәлем")
    await asyncio.sleep(0.3)
    alive.emulator.world.send(phone.id, "102")
    await until(lambda: phone.bots[-1]["text"] == text_of(NUMBERS, "ru"), "the numbers waited", patience=3)
    alive.emulator.world.faults.clear()


async def test_the_numbers_do_not_wait_behind_a_flood_of_her_own(emulator: Emulator, tmp_path: Path) -> None:
    emulator.world.limits.enabled = False
    async with living(emulator, tmp_path, chat_rate=1) as alive:
        phone = alive.phone("ru")
        for word in range(14):
            emulator.world.send(phone.id, f"word {word}")
        emulator.world.send(phone.id, "102")
        await until(lambda: [m["text"] for m in phone.bots][-1:] == [text_of(NUMBERS, "ru")], "waited", patience=0.9)


@on_every_database
async def test_leaving_and_the_numbers_work_while_nothing_can_be_kept(alive: Living) -> None:
    """An earlier message of hers waits for the locked database; neither Close nor the numbers wait with it."""
    phone = alive.phone("ru")
    await phone.start()
    with somebody_writes(alive.place):
        alive.emulator.world.send(phone.id, "сәлем")
        await asyncio.sleep(1.5)
        alive.emulator.world.send(phone.id, "102")
        await until(lambda: any(m["text"] == text_of(NUMBERS, "ru") for m in phone.bots), "no numbers", patience=6)
        alive.emulator.world.send(phone.id, ".")
        await until(lambda: all(m["text"] != text_of(HOME, "ru") for m in phone.bots), "nothing deleted", patience=6)
    await alive.settled()
    assert [m["text"] for m in phone.bots if m["buttons"]] == []


@on_every_database
async def test_after_a_block_what_stood_in_the_chat_goes_when_she_comes_back(alive: Living) -> None:
    phone = alive.phone("ru")
    await phone.start()
    await phone.tap(URGENT)
    await phone.say("помогите")
    alive.emulator.world.block(phone.id)
    await alive.settled()
    alive.emulator.world.unblock(phone.id)
    await phone.start()
    await alive.victim.tidy()
    assert [message["text"] for message in phone.messages] == ["/start", text_of(HOME, "ru")]
    await phone.say(".")
    assert [message["text"] for message in phone.messages] == [LINE]
