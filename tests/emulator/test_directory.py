"""The directory as a person meets it in a running bot: correct a file, and the next screen is right."""

from pathlib import Path

import pytest

from bot.flows.directory.contacts import day
from bot.i18n import NP_, Words
from tests.directory_files import called_150
from tests.emulator.emulator_client import Emulator
from tests.emulator.living import Phone, living, until
from tests.emulator.test_journeys import text_of

PEOPLE = NP_("button", "People to talk to")
LINE_150 = Words("150: психолог", "150: психолог", "150: a psychologist")


@pytest.fixture
def config(tmp_path: Path) -> Path:
    folder = tmp_path / "ours"
    (folder / "directory").mkdir(parents=True)
    return folder


async def open_150(phone: Phone, language: str = "en") -> None:
    await phone.start()
    await phone.tap(PEOPLE, language)
    await phone.tap(LINE_150.say(language))


async def test_a_corrected_number_is_on_the_next_screen_without_a_restart(
    emulator: Emulator, tmp_path: Path, config: Path
) -> None:
    async with living(emulator, tmp_path, config_dir=config) as alive:
        phone = alive.phone("en")
        await open_150(phone)
        assert phone.screen["text"] == text_of("people.entry.helpline-150", "en")
        corrected = called_150(day(int(emulator.world.clock.now())))
        (config / "directory" / "called.toml").write_text(corrected, encoding="utf-8")
        shelf = alive.helpline[0].shelf
        before = shelf.book
        await until(lambda: shelf.book is not before, "the file was not read again", patience=20)
        await open_150(phone)
        assert "Mon–Fri 09:00–18:00" in phone.screen["text"]
        assert "disagree" not in phone.screen["text"].split("\n\n")[2].split("\n")[-1]


async def test_a_bad_file_changes_nothing_and_the_log_has_its_code_alone(
    emulator: Emulator, tmp_path: Path, config: Path
) -> None:
    (config / "directory" / "called.toml").write_text("[[entry]\nsecret = 'Zkqcanary'", encoding="utf-8")
    async with living(emulator, tmp_path, config_dir=config) as alive:
        phone = alive.phone("en")
        await open_150(phone)
        assert phone.screen["text"] == text_of("people.entry.helpline-150", "en")
        assert '"not_toml"' in alive.log.getvalue()
        assert "Zkqcanary" not in alive.log.getvalue()


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
async def test_a_line_in_whatsapp_opens_that_app_and_a_card_can_be_asked_for(
    emulator: Emulator, tmp_path: Path, language: str
) -> None:
    async with living(emulator, tmp_path) as alive:
        phone = alive.phone(language)
        await open_150(phone, language)
        buttons = [button for row in phone.screen["buttons"] for button in row]
        assert [button["url"] for button in buttons if button["kind"] == "url"] == ["https://wa.me/77081060810"]
        await phone.tap("Tel. 150" if language == "en" else "Тел. 150")
        assert [one["contact"]["phone_number"] for one in phone.bots if one["contact"]] == ["150"]
