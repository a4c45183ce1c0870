"""Puts the parts together and runs them. The only place that builds things and that knows the real clock."""

import asyncio
import contextlib
import random
import signal
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

import uvicorn
from starlette.routing import BaseRoute
from telegram.error import BadRequest, InvalidToken, TelegramError

from bot import log
from bot.errors import PanaError, Stalled, TokenRefused
from bot.flows import BOOK
from bot.services.conversation import Conversation
from bot.services.ports import Busy
from bot.services.retention import Retention
from bot.settings import Settings
from bot.storage.keys import KeyFolder
from bot.storage.migrate import is_current, upgrade
from bot.storage.sql import SqlStore
from bot.telegram.application import Pana, add_doors, bot_of, build
from bot.telegram.limits import Limits
from bot.telegram.outbound import Bot, Outbound
from bot.telegram.receive import GetUpdates, Poller, Receiver, Source
from bot.telegram.registration import Registration, refuse_webhook
from bot.telegram.request import AiohttpRequest
from bot.telegram.victim import VictimDoor
from bot.telegram.webhook import Webhook
from bot.web.health import create_app
from bot.web.serving import serve

_TIDY_EVERY, _HOURLY, _WATCH_EVERY = 20.0, 3600.0, 5.0
_POLL_STALLED = 120.0
_STALLED = 300.0
_LOOP_LAG = 10.0
_FRESH = 90.0
_FINISH_WITHIN = 8
_KEEP_ALIVE = 75  # seconds; longer than Telegram keeps a connection (60), or we would hang up on an update on its way
_DATABASE_PATIENCE = 1000  # milliseconds: whoever types for help must not wait longer for a locked database
_RETRY_START = (1.0, 2.0, 5.0, 10.0)
_NEW_TOKEN = "Telegram does not accept this token. Get a new one from @BotFather and set BOT_TOKEN."  # noqa: S105


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
        PanaError: the schema is old and may not be changed here, or the database or key folder is unsafe.
    """
    if not await asyncio.to_thread(is_current, settings.database_url):
        if not settings.auto_migrate:
            raise PanaError("The database has an older schema. Run: python -m bot migrate")
        await asyncio.to_thread(upgrade, settings.database_url)
    return await asyncio.to_thread(
        SqlStore.open, settings.database_url, KeyFolder(settings.key_dir), _DATABASE_PATIENCE
    )


def assemble(settings: Settings, store: SqlStore, clock: Callable[[], int] = clock) -> Helpline:
    """Builds the parts around a store; `clock` gives whole seconds since 1970."""
    limits = Limits(settings.send_rate, settings.chat_rate, time.monotonic)
    request, updates = AiohttpRequest(), AiohttpRequest(connections=2)
    application = build(settings.token, settings.api_base_url, limits, request, updates)
    outbound = Outbound(bot_of(application), clock, lambda: random.uniform(0.7, 1.3))  # noqa: S311 -- spreads retries
    conversation = Conversation(store, BOOK, settings.retention)
    victim = VictimDoor(conversation, Retention(store, settings.retention), outbound, clock, time.monotonic)
    add_doors(application, victim, outbound)
    receiver = Receiver(application, victim)
    source: Source
    routes: list[BaseRoute] = []
    if settings.webhook_url:
        source = Registration(bot_of(application), settings.webhook_url, time.monotonic)
        routes.append(Webhook(receiver, settings.webhook_secret, time.monotonic).route())
    else:
        source = Poller(GetUpdates(settings.token, settings.api_base_url, updates), receiver, time.monotonic)
    return Helpline(settings, store, application, victim, source, routes, (request, updates), clock)


async def ask_telegram(settings: Settings, do: Callable[[Bot], Awaitable[None]]) -> None:
    """Does one thing at Telegram and ends; for commands.

    Raises:
        PanaError: Telegram refuses the token or the wish, or cannot be reached.
    """
    request = AiohttpRequest()
    limits = Limits(settings.send_rate, settings.chat_rate, time.monotonic)
    application = build(settings.token, settings.api_base_url, limits, request, request)
    try:
        await application.initialize()
        await do(bot_of(application))
    except InvalidToken as error:
        raise TokenRefused(_NEW_TOKEN) from error
    except BadRequest as error:
        raise PanaError(f"Telegram refuses this: {error.message}. Nothing was changed.") from error
    except TelegramError as error:
        raise PanaError(f"Telegram did not do it ({error.message}). Run the same command again.") from error
    finally:
        await application.shutdown()
        await request.shutdown()


async def run(
    settings: Settings,
    say: Callable[[str], None],
    stop: asyncio.Event | None = None,
    prepare: Callable[[Helpline], Awaitable[None]] | None = None,
    clock: Callable[[], int] = clock,
) -> None:
    """Runs the bot until it is told to stop; `prepare` is done once, when Telegram was reached.

    Raises:
        PanaError: with the exit status that its kind carries.
    """
    stop = stop or stop_on_signal()
    store = await open_store(settings)
    helpline = assemble(settings, store, clock)
    try:
        await _initialize(helpline, stop)
        await _check_source(helpline, stop)
        if prepare is not None:
            await prepare(helpline)
        await _work(helpline, say, stop)
    finally:
        await helpline.application.shutdown()
        for request in helpline.requests:
            await request.shutdown()
        await store.close()


async def _work(helpline: Helpline, say: Callable[[str], None], stop: asyncio.Event) -> None:
    """Everything side by side; the first that ends with an error ends all."""
    jobs: list[Awaitable[None]] = [
        helpline.source.run(stop),
        _serve(helpline, stop),
        _announce(helpline, say, stop),
        _repeat(helpline.victim.tidy, _TIDY_EVERY, stop, "tidy"),
        _repeat(lambda: helpline.store.roll_keys(helpline.clock()), _HOURLY, stop, "roll_keys"),
        _repeat(helpline.store.tidy_file, _HOURLY, stop, "tidy_file"),
        _watch(helpline, stop),
    ]
    async with asyncio.TaskGroup() as group:
        for job in jobs:
            group.create_task(_until_stop(job, stop))
    with contextlib.suppress(TimeoutError):  # what is still unsent then was tried long enough
        await asyncio.wait_for(helpline.victim.finish(), _FINISH_WITHIN)


async def _until_stop(job: Awaitable[None], stop: asyncio.Event) -> None:
    try:
        await job
    finally:
        stop.set()


async def _initialize(helpline: Helpline, stop: asyncio.Event) -> None:
    """Connects to Telegram, again and again while it cannot be reached.

    Raises:
        TokenRefused: Telegram does not know the token.
    """
    attempt = 0
    while not stop.is_set():
        try:
            await helpline.application.initialize()
            return
        except InvalidToken as error:
            raise TokenRefused(_NEW_TOKEN) from error
        except TelegramError as error:
            log.failure("telegram_unreachable", error, attempt=attempt)
            await _sleep(_RETRY_START[min(attempt, len(_RETRY_START) - 1)], stop)
            attempt += 1


async def _check_source(helpline: Helpline, stop: asyncio.Event) -> None:
    """Before anything is done: her messages must come here and nowhere else.

    Raises:
        PanaError: they go somewhere else.
    """
    if isinstance(helpline.source, Registration):
        await helpline.source.begin(stop)
    else:
        await refuse_webhook(bot_of(helpline.application))


async def _serve(helpline: Helpline, stop: asyncio.Event) -> None:
    config = uvicorn.Config(
        create_app(helpline.ready, helpline.routes),
        host=helpline.settings.listen_host,
        port=helpline.settings.listen_port,
        log_config=None,
        access_log=False,
        server_header=False,
        lifespan="off",
        timeout_keep_alive=_KEEP_ALIVE,
        timeout_graceful_shutdown=_FINISH_WITHIN,
    )
    await serve(config, stop)


async def _announce(helpline: Helpline, say: Callable[[str], None], stop: asyncio.Event) -> None:
    while not stop.is_set():
        if await helpline.ready():
            say("Ready")
            log.event("ready")
            await stop.wait()
        await _sleep(0.05, stop)


async def _repeat(work: Callable[[], Awaitable[int]], every: float, stop: asyncio.Event, name: str) -> None:
    while not stop.is_set():
        try:
            count = await work()
            if count:
                log.event(name, count=count)
        except Busy as error:
            log.failure(name, error)
        await _sleep(every, stop)


async def _watch(helpline: Helpline, stop: asyncio.Event) -> None:
    """Ends the process when something stands still, so that a supervisor starts it again.

    Raises:
        Stalled: something stands still.
    """
    kept = time.monotonic()
    while not stop.is_set():
        before = time.monotonic()
        await _sleep(_WATCH_EVERY, stop)
        now = time.monotonic()
        if await helpline.store.ready():
            kept = time.monotonic()
        stalled = {
            "The program stood still": now - before > _WATCH_EVERY + _LOOP_LAG,
            "Nothing was asked of Telegram": now - helpline.source.last_attempt > _POLL_STALLED,
            "The database could not be used": now - kept > _STALLED,
            "An answer waited": helpline.victim.sending.longest_wait() > _STALLED,
        }
        for what, is_so in stalled.items():
            if is_so:
                raise Stalled(f"{what} for too long.")


async def _sleep(seconds: float, stop: asyncio.Event) -> None:
    with contextlib.suppress(TimeoutError):
        await asyncio.wait_for(stop.wait(), seconds)


def stop_on_signal() -> asyncio.Event:
    """An event that is set when the process is asked to end."""
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, stop.set)
    return stop
