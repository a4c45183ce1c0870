"""What happens as time passes: late messages, tidying, sleep of the server, a silent month."""

from pathlib import Path

import pytest

from bot.dialog.model import HOME
from bot.dialog.model import URGENT as NUMBERS
from bot.i18n import LANGUAGES, N_, translator
from bot.telegram import farewell
from tests.emulator.emulator_client import Emulator
from tests.emulator.living import CLOSE, DONE, URGENT, Living, Phone, living, on_every_database, until
from tests.emulator.test_journeys import text_of

AWAY = translator("ru").say(N_("Sorry, we could not answer for a while."))
NUMBERS_IN_MENU = translator("ru").say(N_("Hello. To see the numbers, tap /urgent"))
HOUR = 3600


@on_every_database
async def test_a_late_message_gets_no_answer_and_the_next_action_says_why(
    emulator: Emulator, tmp_path: Path, database: str
) -> None:
    emulator.world.limits.enabled = False
    person = emulator.world.add_person("Zkq", "ru")
    emulator.world.send(person.id, "сәлем")
    emulator.world.clock.advance(11 * 60)
    async with living(emulator, tmp_path, database_url=database) as alive:
        phone = Phone(alive, person.id)
        await alive.settled()
        assert phone.bots == []
        await phone.say("hello")
        assert [message["text"] for message in phone.bots] == [f"{AWAY}\n\n{text_of(HOME, 'ru')}"]
        await phone.say("hello")
        assert phone.bots[-1]["text"] == text_of(HOME, "ru")
        await phone.say(".")
        assert [message["text"] for message in phone.messages] == [translator("ru").say(DONE)]


@on_every_database
async def test_late_urgent_words_get_one_neutral_line(emulator: Emulator, tmp_path: Path, database: str) -> None:
    emulator.world.limits.enabled = False
    person = emulator.world.add_person("Zkq", "ru")
    emulator.world.send(person.id, "помогите")
    emulator.world.clock.advance(11 * 60)
    async with living(emulator, tmp_path, database_url=database) as alive:
        phone = Phone(alive, person.id)
        await alive.settled()
        assert [(message["text"], message["buttons"]) for message in phone.bots] == [(NUMBERS_IN_MENU, [])]
        await phone.say("102")
        assert phone.screen["text"] == text_of(NUMBERS, "ru")


@on_every_database
async def test_everything_is_deleted_and_forgotten_when_its_time_has_come(alive: Living) -> None:
    phone = alive.phone("ru")
    await phone.start()
    await phone.say("сәлем")
    alive.emulator.world.clock.advance(23 * HOUR)
    assert await alive.victim.tidy() == 0
    assert len(phone.messages) == 4
    alive.emulator.world.clock.advance(HOUR + 60)
    assert await alive.victim.tidy() == 1
    assert phone.messages == []
    assert alive.rows() == 0
    assert await alive.victim.tidy() == 0


@on_every_database
async def test_tidying_is_tried_again_when_telegram_is_in_trouble(alive: Living) -> None:
    phone = alive.phone("ru")
    await phone.start()
    alive.emulator.world.clock.advance(25 * HOUR)
    alive.emulator.world.faults.add(method="deleteMessages", kind="500", times=2)
    await alive.victim.tidy()
    assert phone.messages == []
    assert alive.rows() == 0


@on_every_database
async def test_after_two_days_of_downtime_nothing_is_remembered(
    emulator: Emulator, tmp_path: Path, database: str
) -> None:
    emulator.world.limits.enabled = False
    async with living(emulator, tmp_path, database_url=database) as before:
        phone = before.phone("ru")
        await phone.start()
    emulator.world.clock.advance(50 * HOUR)
    async with living(emulator, tmp_path, database_url=database) as after:
        phone.alive = after
        await until(lambda: after.rows() == 0, "the entry stayed")


async def test_the_line_that_an_exit_leaves_goes_after_a_minute(alive: Living, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(farewell, "LINE_STAYS", 0.2)
    phone = alive.phone("ru")
    await phone.start()
    await phone.tap(CLOSE)
    assert [message["text"] for message in phone.messages] == [translator("ru").say(DONE)]
    await until(lambda: phone.messages == [], "the line stayed")


async def test_the_line_is_taken_away_when_the_program_ends(emulator: Emulator, tmp_path: Path) -> None:
    emulator.world.limits.enabled = False
    async with living(emulator, tmp_path) as alive:
        phone = alive.phone("ru")
        await phone.start()
        await phone.tap(CLOSE)
    assert phone.messages == []


@on_every_database
async def test_a_silent_month_brings_nothing(alive: Living) -> None:
    """P3: thirty days pass; what was there is deleted, nothing new ever comes."""
    phones = {language: alive.phone(language) for language in LANGUAGES}
    for language, phone in phones.items():
        await phone.start()
        await phone.tap(URGENT, language)
    sent = _sends(alive)
    for _ in range(30 * 4):
        alive.emulator.world.clock.advance(6 * HOUR)
        await alive.victim.tidy()
        await alive.helpline[0].store.roll_keys(alive.helpline[0].clock())
    assert _sends(alive) == sent
    assert [phone.messages for phone in phones.values()] == [[], [], []]
    assert alive.rows() == 0


def _sends(alive: Living) -> int:
    calls = alive.emulator.world.calls
    return sum(len(calls(method)) for method in ("sendMessage", "sendContact", "editMessageText", "copyMessage"))


@on_every_database
async def test_her_language_is_forgotten_with_everything_else(alive: Living) -> None:
    phone = alive.phone("ru")
    await phone.start()
    await phone.tap("Қазақша")
    await phone.say("сәлем")
    assert phone.screen["text"] == text_of(HOME, "kk")
    await phone.say(".")
    await phone.say("сәлем")
    assert phone.screen["text"] == text_of(HOME, "ru")
