"""A conversation can be walked in a terminal, in every language."""

import pytest

from bot.i18n import LANGUAGES
from bot.terminal import play
from tests.books import BOOK


def walk(start: str, language: str, *answers: str) -> list[str]:
    said: list[str] = []
    play(BOOK, start, language, answers, said.append, {"hours": 24})
    return said


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_screen_can_be_shown(language: str) -> None:
    for address in BOOK:
        assert walk(address, language)[0].startswith(f"\n[{address}]\n")


def test_numbers_are_followed_until_close() -> None:
    said = walk("urgent", "en", "1", "5", "x", "99", "9", "3", "5")
    shown = [line.strip().split("\n")[0] for line in said if line.startswith("\n[")]
    assert shown == ["[urgent.numbers]", "[urgent.numbers]", "[urgent.silent]", "[urgent.traces]"][: len(shown)]
    assert "[card 102]" in said
    assert "[copied 102]" in said
    assert "A number from 1 to 16, please." in said


def test_an_unknown_flow_is_refused() -> None:
    with pytest.raises(KeyError):
        walk("nowhere", "kk")
