"""How many run at the same time: each takes its share of what Telegram allows, and only what bears it is allowed."""

import asyncio
import os
from pathlib import Path
from typing import Any

import pytest

from bot.errors import SettingsError
from bot.settings import MOST_REPLICAS, Settings, read
from bot.telegram.limits import Limits
from tests.unit.skipping_loop import now, run

POSTGRES = {"BOT_DATABASE_URL": "postgresql+psycopg://pana@db/pana"}
WEBHOOK = {"BOT_WEBHOOK_URL": "https://help.example.org/telegram/webhook", "BOT_WEBHOOK_SECRET": "Abcdef-0123456789_x"}


def given(**environment: str) -> Settings:
    return read({"BOT_TOKEN": "123456:AAE-secret_part", **environment}, Path(os.devnull))


@pytest.mark.parametrize(("text", "number"), [("", 1), (" ", 1), ("1", 1), (" 2 ", 2), ("100", MOST_REPLICAS)])
def test_the_number_is_taken(text: str, number: int) -> None:
    assert given(BOT_REPLICAS=text, **POSTGRES, **WEBHOOK).replicas == number


@pytest.mark.parametrize("text", ["0", "-1", "101", "two", "1.5", "1e1", "٢x", "9" * 400])
def test_a_wrong_number_is_refused(text: str) -> None:
    with pytest.raises(SettingsError, match=r"^BOT_REPLICAS is not a whole number from 1 to 100\."):
        given(BOT_REPLICAS=text, **POSTGRES, **WEBHOOK)


@pytest.mark.parametrize(
    ("others", "reason"),
    [
        (POSTGRES, "the bot polls"),
        ({}, "the bot polls"),
        (WEBHOOK, "the database is a file"),
        ({**WEBHOOK, "BOT_DATABASE_URL": "sqlite+aiosqlite:///data/pana.db"}, "the database is a file"),
    ],
)
def test_several_are_refused_where_they_would_take_updates_or_data_from_each_other(
    others: dict[str, str], reason: str
) -> None:
    with pytest.raises(SettingsError, match=f"^BOT_REPLICAS is more than 1, but {reason}"):
        given(BOT_REPLICAS="2", **others)
    assert given(BOT_REPLICAS="1", **others).replicas == 1


@pytest.mark.parametrize("replicas", [1, 2, 3, 8])
def test_together_they_send_no_more_than_one_alone(replicas: int) -> None:
    """A minute of as much as they can, to many chats and to one."""

    async def called(*args: Any, **kwargs: Any) -> bool:
        times.append(now())
        return True

    async def send(limits: Limits, chat: int) -> None:
        await limits.process_request(called, (), {}, "sendMessage", {"chat_id": chat}, None)

    async def everybody(chats: list[int]) -> None:
        each = [Limits(25, 1, now, replicas) for _ in range(replicas)]
        await asyncio.gather(*(send(each[place % replicas], chat) for place, chat in enumerate(chats)))

    for chats, rate, burst in ((list(range(1000)), 25, 8), ([7] * 60, 1, max(4, replicas))):
        times: list[float] = []
        run(everybody(chats))
        for second in range(0, 40, 5):
            within = [moment for moment in times if times[0] + second <= moment < times[0] + second + 10]
            assert len(within) <= burst + 10 * rate + replicas
