"""The whole bot, alive against the emulator over real HTTP, and a phone to talk to it with."""

import asyncio
import io
import socket
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from bot import app, log, running
from bot.i18n import N_, NP_, Text, translator
from bot.settings import Settings
from bot.telegram.registration import set_webhook
from bot.telegram.webhook import PATH
from tests.contract.places import DATABASES, Place
from tests.emulator.emulator_client import Emulator
from tests.emulator.valid_calls import wrong_calls

Message = dict[str, Any]
PATIENCE = 10.0
SECRET = "a-secret_of-Telegrams-own-0123456789"

CLOSE, URGENT, BACK = NP_("button", "✖️ Close"), NP_("button", "Urgent"), NP_("button", "‹ Back")
DONE = N_("Done.")


on_every_database = pytest.mark.parametrize("database", DATABASES, indirect=True)
"""For tests whose `database` shall be each kind that there is."""


def settings_for(emulator: Emulator, folder: Path, **changes: Any) -> Settings:
    """Settings without limits of speed, in a folder of their own."""
    values: dict[str, Any] = {
        "token": emulator.token,
        "api_base_url": emulator.url,
        "database_url": f"sqlite+aiosqlite:///{folder / 'data' / 'pana.db'}",
        "key_dir": folder / "keys",
        "listen_host": "127.0.0.1",
        "listen_port": 0,
        "send_rate": 0,
        "chat_rate": 0,
        "retention_hours": 24,
        "auto_migrate": True,
        "log_level": "DEBUG",
    }
    return Settings(**{**values, **changes})


@dataclass
class Living:
    """A running bot: its emulator, its folder, its log, and the moment it believes in."""

    emulator: Emulator
    folder: Path
    place: Place
    log: io.StringIO
    settings: Settings
    helpline: list[app.Helpline] = field(default_factory=list)

    @property
    def victim(self) -> Any:
        """The door of the person who seeks help."""
        return self.helpline[0].victim

    async def settled(self, patience: float = PATIENCE) -> None:
        """Waits until Telegram has nothing waiting for the bot: all was kept, and answered or refused."""
        await until(lambda: self.emulator.world.pending() == 0, "the bot did not confirm its updates", patience)

    def rows(self) -> int:
        """How many entries the database holds."""
        return self.place.count()

    def phone(self, language: str | None = "ru", **who: Any) -> "Phone":
        """Somebody new with a telephone."""
        person = self.emulator.world.add_person(who.pop("name", "Zkq"), language, **who)
        return Phone(self, person.id)


def webhook_settings() -> dict[str, Any]:
    """What makes a bot wait for Telegram's calls, on a free port of this machine."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    return {"listen_port": port, "webhook_url": f"http://127.0.0.1:{port}{PATH}", "webhook_secret": SECRET}


@asynccontextmanager
async def living(
    emulator: Emulator,
    folder: Path,
    clock: Callable[[], int] | None = None,
    delivery: str = "polling",
    **changes: Any,
) -> AsyncIterator[Living]:
    """Runs the bot while the block lasts; with `delivery="webhook"` it is registered as such first."""
    stop, ready, written = asyncio.Event(), asyncio.Event(), io.StringIO()
    log.start("DEBUG", written)
    settings = settings_for(emulator, folder, **{**(webhook_settings() if delivery == "webhook" else {}), **changes})
    alive = Living(emulator, folder, Place(settings.database_url, folder), written, settings)
    if settings.webhook_url:
        await app.ask_telegram(settings, lambda bot: set_webhook(bot, settings.webhook_url, settings.webhook_secret))

    async def prepare(helpline: app.Helpline) -> None:
        alive.helpline.append(helpline)

    def world_time() -> int:
        return int(emulator.world.clock.now())

    task = asyncio.create_task(running.run(settings, lambda _: ready.set(), stop, prepare, clock or world_time))
    waiting = asyncio.create_task(ready.wait())
    await asyncio.wait({task, waiting}, return_when=asyncio.FIRST_COMPLETED, timeout=20)
    if task.done():
        waiting.cancel()
        await task
    assert ready.is_set(), "the bot did not become ready"
    try:
        yield alive
    finally:
        stop.set()
        await task
    assert wrong_calls(emulator.world.calls()) == []


async def until(condition: Callable[[], bool], otherwise: str, patience: float = PATIENCE) -> None:
    """Waits for something to become true."""
    deadline = time.monotonic() + patience
    while not condition():
        assert time.monotonic() < deadline, otherwise
        await asyncio.sleep(0.004)


@dataclass
class Phone:
    """One person's telephone in the emulator."""

    alive: Living
    id: int

    @property
    def messages(self) -> list[Message]:
        """What the chat shows, oldest first."""
        return self.alive.emulator.world.messages(self.id)

    @property
    def bots(self) -> list[Message]:
        """The bot's messages."""
        return [message for message in self.messages if message["from"] == "bot"]

    @property
    def screen(self) -> Message:
        """The newest message with buttons."""
        return [message for message in self.bots if message["buttons"]][-1]

    def keys(self) -> dict[str, Message]:
        """The buttons of the screen by their words."""
        return {key["text"]: key for row in self.screen["buttons"] for key in row}

    async def start(self, payload: str = "") -> None:
        """She presses Start."""
        self.alive.emulator.world.start(self.id, payload)
        await self.alive.settled()

    async def say(self, text: str) -> None:
        """She types."""
        self.alive.emulator.world.send(self.id, text)
        await self.alive.settled()

    async def tap(self, label: Text | str, language: str = "ru", **values: object) -> None:
        """She taps a button of the screen."""
        words = label if isinstance(label, str) else translator(language).say(label, values)
        key = self.keys()[words]
        self.alive.emulator.world.tap(self.id, self.screen["message_id"], key["data"])
        await self.alive.settled()

    async def press(self, data: str, message_id: int | None = None) -> None:
        """She presses a button with any data."""
        target = self.screen["message_id"] if message_id is None else message_id
        self.alive.emulator.world.tap(self.id, target, data, force=True)
        await self.alive.settled()
