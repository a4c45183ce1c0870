"""Puts the parts together and runs them. The only place that builds things and that knows the real clock."""

import asyncio
import contextlib
import random
import signal
import socket
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

import uvicorn
from telegram.error import InvalidToken, TelegramError

from bot import log
from bot.errors import PanaError, SettingsError, Stalled, TokenRefused
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
from bot.telegram.outbound import Outbound
from bot.telegram.receive import GetUpdates, Poller, Receiver
from bot.telegram.request import AiohttpRequest
from bot.telegram.victim import VictimDoor
from bot.web.health import create_app

_TIDY_EVERY, _HOURLY, _WATCH_EVERY = 20.0, 3600.0, 5.0
_POLL_STALLED = 120.0
_STALLED = 300.0
_LOOP_LAG = 10.0
_CLOCK_MAY_BE_OFF = 120.0
_FRESH = 90.0
_FINISH_WITHIN = 8.0
_DATABASE_PATIENCE = 1000  # milliseconds: whoever types for help must not wait longer for a locked database
_RETRY_START = (1.0, 2.0, 5.0, 10.0)


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
    poller: Poller
    requests: tuple[AiohttpRequest, ...]
    clock: Callable[[], int]

    async def ready(self) -> bool:
        """Whether people get answers: the database works and Telegram was reached a moment ago."""
        last = self.poller.last_success
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
    limits = Limits(settings.send_rate, settings.chat_rate, time.monotonic)
    request, updates = AiohttpRequest(), AiohttpRequest(connections=2)
    application = build(settings.token, settings.api_base_url, limits, request, updates)
    outbound = Outbound(bot_of(application), clock, lambda: random.uniform(0.7, 1.3))  # noqa: S311 -- spreads retries
    conversation = Conversation(store, BOOK, settings.retention)
    victim = VictimDoor(conversation, Retention(store, settings.retention), outbound, clock, time.monotonic)
    add_doors(application, victim, outbound)
    receiver = Receiver(application, victim)
    poller = Poller(GetUpdates(settings.token, settings.api_base_url, updates), receiver, time.monotonic)
    return Helpline(settings, store, application, victim, poller, (request, updates), clock)


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
        await _refuse_webhook(helpline)
        _refuse_wrong_clock(helpline)
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
        helpline.poller.run(stop),
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
            raise TokenRefused(
                "Telegram does not accept this token. Get a new one from @BotFather and set BOT_TOKEN."
            ) from error
        except TelegramError as error:
            log.failure("telegram_unreachable", error, attempt=attempt)
            await _sleep(_RETRY_START[min(attempt, len(_RETRY_START) - 1)], stop)
            attempt += 1


async def _refuse_webhook(helpline: Helpline) -> None:
    """A webhook that we did not set means that somebody else gets her messages: say so, touch nothing."""
    try:
        info = await bot_of(helpline.application).get_webhook_info()
    except TelegramError as error:
        log.failure("webhook_unknown", error)
        return
    if info.url:
        raise PanaError(
            "A webhook is set for this bot, so its messages go elsewhere. If that is not yours, revoke the token in "
            "@BotFather at once. If it is yours, delete the webhook first."
        )


def _refuse_wrong_clock(helpline: Helpline) -> None:
    """With a wrong clock every message would look late, and nobody would get an answer."""
    off = helpline.requests[0].clock_off
    if off is not None and abs(off) > _CLOCK_MAY_BE_OFF:
        raise PanaError(
            f"The clock of this machine is {abs(off):.0f} seconds {'fast' if off > 0 else 'slow'} beside Telegram's. "
            "Set it right (with a time service such as chrony or systemd-timesyncd), then start again."
        )


async def _serve(helpline: Helpline, stop: asyncio.Event) -> None:
    config = uvicorn.Config(
        create_app(helpline.ready),
        host=helpline.settings.listen_host,
        port=helpline.settings.listen_port,
        log_config=None,
        access_log=False,
        server_header=False,
        lifespan="off",
    )
    await serve(config, stop)


async def serve(config: uvicorn.Config, stop: asyncio.Event) -> None:
    """Runs a web server until `stop`; signals are handled elsewhere.

    Raises:
        PanaError: the address is taken.
    """
    listening = _listen(config.host, config.port)
    server = uvicorn.Server(config)
    server.capture_signals = contextlib.nullcontext  # type: ignore[assignment,method-assign]
    with listening:
        serving = asyncio.ensure_future(server.serve(sockets=[listening]))
        stopping = asyncio.ensure_future(stop.wait())
        await asyncio.wait({serving, stopping}, return_when=asyncio.FIRST_COMPLETED)
        stopping.cancel()
        server.should_exit = True
        await serving


def _listen(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    # The protocol is named because asyncio sends small answers at once only where it reads "TCP" on the socket.
    listening = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    try:
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listening.bind((host, port))
        listening.listen(128)
    except socket.gaierror:
        listening.close()
        raise SettingsError(f"BOT_LISTEN names a host that is not known: {host}. Use 127.0.0.1 or 0.0.0.0.") from None
    except OSError:
        listening.close()
        raise PanaError(
            f"Port {port} of {host} cannot be used. Choose another one, or stop the program that uses it."
        ) from None
    return listening


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
                log.event(name, count=int(count))
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
            "Nothing was fetched from Telegram": now - helpline.poller.last_attempt > _POLL_STALLED,
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
