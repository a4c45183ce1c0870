"""What anybody can see without a tap, and the lines that stand alone in a chat, say nothing of what this is about."""

import re

import pytest

from bot.flows import phrases, profile
from bot.flows.proof import NEUTRAL_BEGINNING, TELLING
from bot.i18n import LANGUAGES, Text, translator

SHOWN_WHOLE = {
    "name": (profile.NAME, 64),
    "short description": (profile.SHORT_DESCRIPTION, 120),
    "description": (profile.DESCRIPTION, 512),
    **{f"command {command.name}": (command.label, 256) for command in profile.COMMANDS},
    "the line that stays after Close": (phrases.DONE, 40),
    "the button to Urgent": (phrases.LABELS.urgent, 34),
    "the button to close": (phrases.LABELS.close, 34),
}
ALONE = {
    "late": phrases.NUMBERS_ARE_IN_THE_MENU,
    "away": phrases.WE_WERE_AWAY,
    "static": phrases.STATIC_NUMBERS,
}


def telling(words: str) -> list[str]:
    return [stem for stem in TELLING if re.search(rf"(?<!\w){stem}", words.lower())]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", SHOWN_WHOLE)
def test_what_is_shown_before_the_first_tap_is_neutral_and_fits(name: str, language: str) -> None:
    text, limit = SHOWN_WHOLE[name]
    said = translator(language).say(text)
    assert telling(said) == []
    assert 0 < len(said) <= limit


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", ALONE)
def test_a_line_of_its_own_begins_neutrally(name: str, language: str) -> None:
    assert telling(translator(language).say(ALONE[name])[:NEUTRAL_BEGINNING]) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_line_for_when_nothing_works_has_all_numbers(language: str) -> None:
    said = translator(language).say(phrases.STATIC_NUMBERS)
    assert [number for number in ("102", "112", "103", "111") if number not in said] == []


def test_the_menu_has_three_commands_with_ordinary_names() -> None:
    assert [command.name for command in profile.COMMANDS] == ["start", "urgent", "exit"]


def test_the_guard_against_telling_words_does_find_one() -> None:
    said = translator("ru").say(Text("Полиция и приют"))
    assert telling(said) == ["полиц", "приют", "полиция"]
