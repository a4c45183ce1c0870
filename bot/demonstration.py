"""The bot on one computer without Telegram: the real bot, the emulator, and a page with phones."""

import asyncio
import contextlib
import socket
import tempfile
import webbrowser
from collections.abc import Callable
from pathlib import Path

import uvicorn
from starlette.applications import Starlette

from bot import running
from bot.demo import phones
from bot.demo.bot_api import World, create_app
from bot.errors import PanaError
from bot.settings import Settings
from bot.telegram.application import bot_of
from bot.telegram.profile import set_profile
from bot.web.serving import serve

TOKEN = "1000001:demonstration"  # noqa: S105 -- the emulator takes any token of this form
_PEOPLE = (("Phone 1", "kk"), ("Phone 2", "ru"), ("Phone 3", "en"))


async def run(port: int, open_browser: bool, say: Callable[[str], None]) -> None:
    """Runs until it is told to stop; everything it kept is thrown away then.

    Raises:
        PanaError: the port is taken.
    """
    stop = running.stop_on_signal()
    over = asyncio.Event()  # the bot takes its last lines away before its Telegram ends
    port = _free(port)
    world = World(token=TOKEN)
    for name, language in _PEOPLE:
        world.add_person(name, language)
    with tempfile.TemporaryDirectory(prefix="pana-") as folder:
        settings = _settings(port, Path(folder))

        def told(_: str) -> None:
            say(f"Open http://127.0.0.1:{port}/")
            if open_browser:
                _open(f"http://127.0.0.1:{port}/")

        async with asyncio.TaskGroup() as group:
            group.create_task(_emulate(world, create_app(world, routes=phones.routes()), port, over))
            group.create_task(_live(settings, told, stop, over))


async def run_emulator(port: int, say: Callable[[str], None]) -> None:
    """The emulator alone.

    Raises:
        PanaError: the port is taken.
    """
    port = _free(port)
    say(f"Bot API at http://127.0.0.1:{port}/bot<token>/<method>")
    world = World()
    await _emulate(world, create_app(world), port, running.stop_on_signal())


async def _live(settings: Settings, told: Callable[[str], None], stop: asyncio.Event, over: asyncio.Event) -> None:
    try:
        await running.run(settings, told, stop, prepare=lambda helpline: set_profile(bot_of(helpline.application)))
    finally:
        over.set()


async def _emulate(world: World, emulator: Starlette, port: int, stop: asyncio.Event) -> None:
    config = uvicorn.Config(emulator, port=port, log_config=None, access_log=False, server_header=False)
    config.timeout_graceful_shutdown = 1
    closing = asyncio.ensure_future(_close(world, stop))
    try:
        await serve(config, stop)
    finally:
        stop.set()
        await closing


async def _close(world: World, stop: asyncio.Event) -> None:
    """Lets go of pages and polls that wait, so that the server can end at once."""
    await stop.wait()
    await world.close()


def _settings(port: int, folder: Path) -> Settings:
    return Settings(
        token=TOKEN,
        api_base_url=f"http://127.0.0.1:{port}",
        database_url=f"sqlite+aiosqlite:///{folder / 'data' / 'pana.db'}",
        key_dir=folder / "keys",
        listen_host="127.0.0.1",
        listen_port=0,
        send_rate=25,
        chat_rate=1,
        retention_hours=24,
        auto_migrate=True,
        log_level="WARNING",
    )


def _free(port: int) -> int:
    """The port, or with 0 one that is free.

    Raises:
        PanaError: it is taken.
    """
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            raise PanaError(f"Port {port} is taken. Choose another one with --port.") from None
        chosen: int = probe.getsockname()[1]
        return chosen


def _open(address: str) -> None:
    with contextlib.suppress(webbrowser.Error):
        webbrowser.open(address)
