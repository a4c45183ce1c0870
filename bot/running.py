"""Keeps the parts of one bot running side by side, and ends the program when one of them stands still."""

import asyncio
import contextlib
import signal
import time
from collections.abc import Awaitable, Callable

import uvicorn
from telegram.error import InvalidToken, TelegramError

from bot import log
from bot.app import NEW_TOKEN, Helpline, assemble, clock, open_store
from bot.errors import PanaError, Stalled, TokenRefused
from bot.services.ports import Busy
from bot.settings import Settings
from bot.telegram.application import bot_of
from bot.telegram.registration import Registration, refuse_webhook
from bot.web.health import create_app
from bot.web.serving import serve

_TIDY_EVERY, _HOURLY, _WATCH_EVERY, _SHELF_EVERY = 20.0, 3600.0, 5.0, 3.0
_POLL_STALLED = 120.0
_STALLED = 300.0
_LOOP_LAG = 10.0
CLOCK_MAY_BE_OFF = 120.0
"""Seconds beside Telegram's."""
_FINISH_WITHIN = 8
_LINGER = 3.0  # seconds in which a load balancer can see that this replica goes, before it takes no more calls
_KEEP_ALIVE = 75  # seconds; longer than Telegram keeps a connection (60), or we would hang up on an update on its way
_RETRY_START = (1.0, 2.0, 5.0, 10.0)


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
        helpline.source.run(stop),
        _serve(helpline, stop),
        _announce(helpline, say, stop),
        _repeat(helpline.victim.tidy, _TIDY_EVERY, stop, "tidy"),
        _repeat(lambda: helpline.store.roll_keys(helpline.clock()), _HOURLY, stop, "roll_keys"),
        _repeat(helpline.store.tidy_file, _HOURLY, stop, "tidy_file"),
        _repeat(lambda: asyncio.to_thread(helpline.shelf.refresh, helpline.clock()), _SHELF_EVERY, stop, "new_book"),
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
            raise TokenRefused(NEW_TOKEN) from error
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


def _refuse_wrong_clock(helpline: Helpline) -> None:
    """With a wrong clock every message would look late, and nobody would get an answer."""
    off = helpline.requests[0].clock_off
    if off is not None and abs(off) > CLOCK_MAY_BE_OFF:
        raise PanaError(
            f"The clock of this machine is {abs(off):.0f} seconds {'fast' if off > 0 else 'slow'} beside Telegram's. "
            "Set it right (with a time service such as chrony or systemd-timesyncd), then start again."
        )


async def _serve(helpline: Helpline, stop: asyncio.Event) -> None:
    async def ready() -> bool:
        return not stop.is_set() and await helpline.ready()

    config = uvicorn.Config(
        create_app(ready, helpline.routes, leaving=stop.is_set),
        host=helpline.settings.listen_host,
        port=helpline.settings.listen_port,
        log_config=None,
        access_log=False,
        server_header=False,
        lifespan="off",
        timeout_keep_alive=_KEEP_ALIVE,
        timeout_graceful_shutdown=_FINISH_WITHIN,
    )
    await serve(config, stop, _LINGER if helpline.settings.replicas > 1 else 0.0)


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
