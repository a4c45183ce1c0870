"""What a person still gets when Telegram, the database or the program itself is in trouble."""

import asyncio
from pathlib import Path

import httpx
import pytest

from bot.dialog.model import HOME
from bot.dialog.model import URGENT as NUMBERS
from bot.i18n import N_, NP_, translator
from tests.contract.places import somebody_writes
from tests.emulator.emulator_client import Emulator
from tests.emulator.living import CLOSE, DONE, URGENT, Living, living, on_every_database, until
from tests.emulator.test_journeys import BOTH_WAYS, text_of

STATIC = N_("Hello. Something is not working here now. Free numbers, day and night: 102, 112, 103, 111.")
WHAT = NP_("button", "What this is")


@pytest.mark.parametrize("kind", ["429", "500", "502", "reset", "hang_after_accept"])
async def test_a_failed_answer_is_tried_again(alive: Living, kind: str) -> None:
    phone = alive.phone("ru")
    alive.emulator.world.faults.add(method="sendMessage", kind=kind, times=1, retry_after=1)
    await phone.start()
    await until(lambda: len(phone.bots) > 0, "no answer came", patience=40)
    assert {message["text"] for message in phone.bots} == {text_of(HOME, "ru")}


@pytest.mark.parametrize("kind", ["429", "500", "502", "reset"])
async def test_a_failed_edit_is_tried_again(alive: Living, kind: str) -> None:
    phone = alive.phone("ru")
    await phone.start()
    alive.emulator.world.faults.add(method="editMessageText", kind=kind, times=2, retry_after=1)
    await phone.tap(WHAT)
    await until(lambda: phone.screen["text"] == text_of("about.what", "ru"), "the screen did not change", patience=20)


@BOTH_WAYS
async def test_one_slow_chat_stalls_nobody(alive: Living) -> None:
    slow, other = alive.phone("ru"), alive.phone("ru")
    alive.emulator.world.faults.add(method="sendMessage", kind="hang", times=None, chat_id=slow.id)
    alive.emulator.world.start(slow.id)
    alive.emulator.world.start(other.id)
    await until(lambda: len(other.bots) == 1, "the other person waited", patience=2)
    alive.emulator.world.send(other.id, "сәлем")
    await until(lambda: len(other.bots) == 2, "the other person waited", patience=2)
    await alive.settled()
    alive.emulator.world.faults.clear()


@BOTH_WAYS
async def test_leaving_works_while_deleting_is_refused_for_a_moment(alive: Living) -> None:
    phone = alive.phone("ru")
    await phone.start()
    await phone.tap(URGENT)
    alive.emulator.world.faults.add(method="deleteMessages", kind="429", times=1, retry_after=5)
    await phone.tap(CLOSE)
    assert alive.rows() == 0
    await until(lambda: [m["text"] for m in phone.messages] == [translator("ru").say(DONE)], "it stayed", patience=10)


@on_every_database
async def test_what_was_sent_without_our_knowing_goes_too(alive: Living) -> None:
    """A send that hangs after Telegram accepted it leaves a message whose id we never learn."""
    phone = alive.phone("ru")
    await phone.start()
    async with httpx.AsyncClient() as http:
        url = f"{alive.emulator.bot_url}{alive.emulator.token}/sendMessage"
        await http.post(url, json={"chat_id": phone.id, "text": "a message nobody noted"})
    await phone.say("hello")
    assert len(phone.bots) == 3
    await phone.say(".")
    assert [message["text"] for message in phone.messages] == [translator("ru").say(DONE)]


@on_every_database
async def test_a_person_who_blocked_the_bot_is_a_stranger_after_the_next_send(alive: Living) -> None:
    phone = alive.phone("ru")
    await phone.start()
    assert alive.rows() == 1
    alive.emulator.world.faults.add(method="editMessageText", kind="403", times=1)
    await phone.tap(WHAT)
    await phone.say("hello")
    await alive.victim.tidy()
    assert [message["text"] for message in phone.messages] == ["hello", text_of(HOME, "ru")]


async def test_a_deleted_screen_comes_back_as_a_new_one(alive: Living) -> None:
    phone = alive.phone("ru")
    await phone.start()
    data = phone.keys()[translator("ru").say(URGENT)]["data"]
    message_id = phone.screen["message_id"]
    alive.emulator.world.delete(phone.id, message_id)
    await phone.press(data, message_id)
    assert [message["text"] for message in phone.bots] == [text_of(NUMBERS, "ru")]


async def test_a_screen_over_forty_hours_old_is_replaced(alive: Living) -> None:
    phone = alive.phone("ru")
    await phone.start()
    old = phone.screen["message_id"]
    alive.emulator.world.clock.advance(41 * 3600)
    await phone.tap(WHAT)
    assert [message["message_id"] for message in phone.bots] != [old]
    assert [message["text"] for message in phone.bots] == [text_of("about.what", "ru")]


@on_every_database
@BOTH_WAYS
async def test_ten_taps_at_once_end_on_one_screen(alive: Living) -> None:
    phone = alive.phone("ru")
    await phone.start()
    data = phone.keys()[translator("ru").say(URGENT)]["data"]
    for _ in range(10):
        alive.emulator.world.tap(phone.id, phone.screen["message_id"], data, force=True)
    await alive.settled()
    assert [message["text"] for message in phone.bots] == [text_of(NUMBERS, "ru")]
    assert len(alive.emulator.world.calls("answerCallbackQuery")) == 10


async def test_a_flood_of_typing_gets_few_screens_and_loses_no_exit(emulator: Emulator, tmp_path: Path) -> None:
    async with living(emulator, tmp_path, chat_rate=1) as alive:
        phone = alive.phone("ru")
        for number in range(60):
            emulator.world.send(phone.id, f"word {number}")
        await alive.settled()
        assert 1 <= len(phone.bots) <= 7
        await phone.say(".")
        assert [message["text"] for message in phone.messages] == [translator("ru").say(DONE)]
        assert alive.rows() == 0


@on_every_database
@BOTH_WAYS
async def test_a_locked_database_confirms_nothing_and_says_the_numbers_once(alive: Living) -> None:
    phone = alive.phone("ru")
    with somebody_writes(alive.place):
        alive.emulator.world.send(phone.id, "сәлем")
        await until(lambda: len(phone.bots) > 0, "nothing was said", patience=15)
        await asyncio.sleep(4)
        assert [message["text"] for message in phone.bots] == [translator("ru").say(STATIC)]
        assert alive.emulator.world.pending() == 1
    await alive.settled()
    assert phone.screen["text"] == text_of(HOME, "ru")


@on_every_database
@BOTH_WAYS
async def test_the_numbers_and_the_exit_work_without_a_database(alive: Living) -> None:
    phone = alive.phone("ru")
    await phone.start()
    with somebody_writes(alive.place):
        alive.emulator.world.send(phone.id, "помогите")
        await until(lambda: phone.screen["text"] == text_of(NUMBERS, "ru"), "no numbers", patience=15)
    await alive.settled()


@on_every_database
async def test_duplicates_are_harmless(alive: Living) -> None:
    phone = alive.phone("ru")
    alive.emulator.world.faults.add(method="getUpdates", kind="duplicate", times=5)
    await phone.start()
    await phone.tap(URGENT)
    await phone.tap(CLOSE)
    await phone.say("hi")
    await asyncio.sleep(1.5)
    await alive.settled()
    assert {message["text"] for message in phone.bots} <= {text_of(HOME, "ru"), translator("ru").say(DONE)}


@on_every_database
async def test_a_restart_changes_nothing_for_her(emulator: Emulator, tmp_path: Path, database: str) -> None:
    emulator.world.limits.enabled = False
    async with living(emulator, tmp_path, database_url=database) as before:
        phone = before.phone("ru")
        await phone.start()
        await phone.tap(URGENT)
    emulator.world.tap(phone.id, phone.screen["message_id"], phone.screen["buttons"][2][0]["data"])
    async with living(emulator, tmp_path, database_url=database) as after:
        phone.alive = after
        await after.settled()
        assert phone.screen["text"] == text_of("urgent.silent", "ru")
        await phone.tap(CLOSE)
        assert [message["text"] for message in phone.bots] == [translator("ru").say(DONE)]
