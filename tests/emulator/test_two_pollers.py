"""Two programs poll with one token: the one that came later ends with a sentence, the other goes on."""

import asyncio
from pathlib import Path

import pytest

from bot import app
from bot.demo.bot_api import polling
from bot.dialog.model import HOME
from bot.errors import PanaError
from bot.telegram import receive, rivals
from bot.telegram.rivals import TWO_POLL, Rivals
from tests.emulator.emulator_client import Emulator
from tests.emulator.living import living, until
from tests.emulator.test_journeys import text_of


class Hands:
    """A clock that is moved by hand."""

    def __init__(self) -> None:
        self.at = 1000.0

    def __call__(self) -> float:
        return self.at


def bears(began_before: float, every: float, times: int, patience: float = 40.0) -> int | None:
    """How many of these conflicts a program bears that began to poll so long before the first; nothing: all."""
    now = Hands()
    watched = Rivals(patience, now)
    watched.polling()
    now.at += began_before
    for number in range(times):
        watched.polling()
        if watched.conflict():
            return number
        now.at += every
    return None


def test_whoever_was_disturbed_from_the_beginning_goes_after_its_patience() -> None:
    assert bears(began_before=0, every=5, times=100) == 9
    assert bears(began_before=30, every=5, times=100) == 9


def test_whoever_has_polled_undisturbed_stays() -> None:
    assert bears(began_before=36, every=5, times=10_000) is None


def test_the_short_overlap_of_a_restart_ends_nobody() -> None:
    assert bears(began_before=0, every=5, times=8) is None


def test_a_conflict_now_and_then_ends_nobody() -> None:
    assert bears(began_before=0, every=36, times=100) is None


async def test_the_second_program_ends_and_the_first_goes_on(
    emulator: Emulator, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rivals, "UNDISTURBED", 1.0)
    monkeypatch.setattr(polling, "IMPATIENCE", 0.2)  # with which Telegram tells them
    monkeypatch.setattr(receive, "PAUSES", (0.1,))
    monkeypatch.setattr(app, "_BEARS_RIVALS", (1.5, 1.5))
    emulator.world.limits.enabled = False
    async with living(emulator, tmp_path / "first") as first:
        phone = first.phone("ru")
        await phone.start()
        await asyncio.sleep(1.2)
        with pytest.raises(BaseExceptionGroup) as ended:
            async with living(emulator, tmp_path / "second") as second:
                await until(lambda: "Conflict" in second.log.getvalue(), "nobody noticed")
                await until(lambda: second.helpline[0].source._must_go, "it did not end", patience=15)  # type: ignore[attr-defined]
        found = ended.value.subgroup(PanaError)
        assert found is not None
        assert TWO_POLL in repr(found.exceptions)
        await phone.say("сәлем")
        assert phone.screen["text"] == text_of(HOME, "ru")
