"""Puts the parts together. The only place that builds things and that knows the real clock."""

import asyncio
import random
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass

from starlette.routing import BaseRoute
from telegram.error import BadRequest, InvalidToken, TelegramError

from bot.errors import PanaError, SettingsError, TokenRefused
from bot.flows.shelf import Shelf
from bot.services.conversation import Conversation
from bot.services.counts import Forgetful
from bot.services.ports import Busy
from bot.services.retention import Retention
from bot.settings import Settings
from bot.storage.keys import KeyFolder
from bot.storage.migrate import is_current, upgrade
from bot.storage.sql import SqlStore
from bot.telegram.application import Pana, add_doors, bot_of, build
from bot.telegram.fetch import GetUpdates
from bot.telegram.limits import Limits
from bot.telegram.outbound import Bot, Outbound
from bot.telegram.receive import Poller, Receiver, Source
from bot.telegram.registration import Registration
from bot.telegram.request import AiohttpRequest
from bot.telegram.troubles import why
from bot.telegram.victim import VictimDoor
from bot.telegram.webhook import Webhook

_FRESH = 90.0
_BEARS_RIVALS = (30.0, 60.0)  # seconds: longer than one program overlaps with the next at a restart
_DATABASE_PATIENCE = 1000  # milliseconds: whoever types for help must not wait longer for a locked database
NEW_TOKEN = "Telegram does not accept this token. Get a new one from @BotFather and set BOT_TOKEN."  # noqa: S105


def clock() -> int:
    """Whole seconds since 1970."""
    return int(time.time())


@dataclass(slots=True)
class Helpline:
    """Everything that runs together for one bot."""

    settings: Settings
    store: SqlStore
    application: Pana
    victim: VictimDoor
    shelf: Shelf
    source: Source
    routes: list[BaseRoute]
    requests: tuple[AiohttpRequest, ...]
    clock: Callable[[], int]

    async def ready(self) -> bool:
        """Whether people get answers: the database works and Telegram was reached a moment ago."""
        last = self.source.last_success
        return last is not None and time.monotonic() - last < _FRESH and await self.store.ready()


async def open_store(settings: Settings) -> SqlStore:
    """The database at the schema that this program needs, and its keys.

    Raises:
        PanaError: the schema is old and may not be changed here, or the database or key folder cannot be used.
    """
    url = settings.database_url
    try:
        if not await asyncio.to_thread(is_current, url):
            if not settings.auto_migrate:
                raise PanaError("The database has an older schema. Run: python -m bot migrate")
            await asyncio.to_thread(upgrade, url)
        return await asyncio.to_thread(SqlStore.open, url, KeyFolder(settings.key_dir), _DATABASE_PATIENCE)
    except (Busy, OSError) as error:
        raise SettingsError(
            f"The database of BOT_DATABASE_URL or the folder of BOT_KEY_DIR cannot be used ({error}). Look whether "
            "they exist, whether the bot's user may read and write there, whether the disk is full, and whether "
            "another program holds the database."
        ) from error


def assemble(settings: Settings, store: SqlStore, clock: Callable[[], int] = clock) -> Helpline:
    """Builds the parts around a store; `clock` gives whole seconds since 1970."""
    limits = Limits(settings.send_rate, settings.chat_rate, time.monotonic, settings.replicas)
    request, updates = AiohttpRequest(), AiohttpRequest(connections=2)
    application = build(settings.token, settings.api_base_url, limits, request, updates)
    outbound = Outbound(bot_of(application), clock, lambda: random.uniform(0.7, 1.3))  # noqa: S311 -- spreads retries
    shelf = Shelf(settings.config_dir, clock())
    conversation = Conversation(store, lambda: shelf.book, settings.retention, Forgetful())
    victim = VictimDoor(conversation, Retention(store, settings.retention), outbound, clock, time.monotonic)
    add_doors(application, victim, outbound)
    receiver = Receiver(application, victim, time.monotonic)
    source: Source
    routes: list[BaseRoute] = []
    if settings.webhook_url:
        source = Registration(bot_of(application), settings.webhook_url, time.monotonic)
        routes.append(Webhook(receiver, settings.webhook_secret, time.monotonic).route())
    else:
        patience = random.uniform(*_BEARS_RIVALS)  # noqa: S311 -- of two that start together, one goes first
        fetch = GetUpdates(settings.token, settings.api_base_url, updates)
        source = Poller(fetch, receiver, time.monotonic, patience)
    return Helpline(settings, store, application, victim, shelf, source, routes, (request, updates), clock)


async def ask_telegram(settings: Settings, do: Callable[[Bot], Awaitable[None]]) -> None:
    """Does one thing at Telegram and ends; for commands.

    Raises:
        PanaError: Telegram refuses the token or the wish, or cannot be reached.
    """
    try:
        async with telegram_of(settings) as (bot, _):
            await do(bot)
    except InvalidToken as error:
        raise TokenRefused(NEW_TOKEN) from error
    except BadRequest as error:
        raise PanaError(f"Telegram refuses this: {error.message}. Nothing was changed.") from error
    except TelegramError as error:
        raise PanaError(f"Telegram did not do it: {why(error)}. Run the same command again.") from error


@asynccontextmanager
async def telegram_of(settings: Settings) -> AsyncIterator[tuple[Bot, AiohttpRequest]]:
    """The bot at Telegram without the helpline around it, once Telegram has taken the token.

    Raises:
        TelegramError: it was not taken (`InvalidToken`), or Telegram cannot be reached.
    """
    request = AiohttpRequest()
    limits = Limits(settings.send_rate, settings.chat_rate, time.monotonic)
    application = build(settings.token, settings.api_base_url, limits, request, request)
    try:
        await application.initialize()
        yield bot_of(application), request
    finally:
        await application.shutdown()
        await request.shutdown()
