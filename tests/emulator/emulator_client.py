"""How tests reach the emulator: a clock that stands still, a small client, and a server on a free port."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass
from typing import Any

import httpx
import uvicorn
from starlette.applications import Starlette

from bot.demo.bot_api import World, create_app
from bot.demo.bot_api.clock import Clock

TOKEN = "7000000001:emulated-token"
BOT_ID = 7000000001
NOON = 1_800_000_000.0


class StoppedClock(Clock):
    """Time passes only when the test says so."""

    def __init__(self) -> None:
        self.passed = 0.0
        super().__init__(lambda: NOON + self.passed, lambda: self.passed)

    def wait(self, seconds: float) -> None:
        """Both the wall and the ticking move on."""
        self.passed += seconds


@dataclass(frozen=True)
class Refused:
    """What a refused call answered."""

    code: int
    description: str
    retry_after: int | None = None


class Client:
    """Calls the Bot API and the control API of one application."""

    def __init__(self, http: httpx.AsyncClient, world: World, token: str = TOKEN) -> None:
        self.http = http
        self.world = world
        self.token = token

    async def raw(self, method: str, **params: Any) -> httpx.Response:
        """The whole answer; parameters go as JSON."""
        return await self.http.post(f"/bot{self.token}/{method}", json=params)

    async def call(self, method: str, **params: Any) -> Any:
        """The result of a call that must succeed."""
        response = await self.raw(method, **params)
        body = response.json()
        assert (response.status_code, body["ok"]) == (200, True), body
        return body["result"]

    async def refused(self, method: str, **params: Any) -> Refused:
        """The refusal of a call that must fail."""
        response = await self.raw(method, **params)
        body = response.json()
        assert body["ok"] is False, body
        assert body["error_code"] == response.status_code
        return Refused(body["error_code"], body["description"], body.get("parameters", {}).get("retry_after"))

    async def control(self, method: str, path: str, body: Any = None, **options: Any) -> Any:
        """The answer of the control API, which must not be an error."""
        response = await self.http.request(method, f"/emulator{path}", json=body, **options)
        assert response.status_code == 200, response.text
        return response.json()


@asynccontextmanager
async def client_of(world: World) -> AsyncIterator[Client]:
    """A client of the application, without a socket between them."""
    transport = httpx.ASGITransport(create_app(world))
    async with httpx.AsyncClient(transport=transport, base_url="http://testserver", timeout=10) as http:
        yield Client(http, world)
        await world.close()


class Server(uvicorn.Server):
    """A web server inside a test."""

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Leave the signals to pytest."""
        yield


@dataclass(frozen=True)
class Emulator:
    """A running emulator; the bot's base URL is `bot_url`, followed by the token."""

    url: str
    world: World
    app: Starlette
    token: str = TOKEN

    @property
    def bot_url(self) -> str:
        """As python-telegram-bot wants it."""
        return f"{self.url}/bot"


@asynccontextmanager
async def served(world: World) -> AsyncIterator[Emulator]:
    """The emulator on a free port of 127.0.0.1, in the running loop."""
    app = create_app(world)
    # uvicorn binds itself: a socket made by hand lacks TCP_NODELAY under asyncio, and each answer takes 40 ms more.
    config = uvicorn.Config(app, "127.0.0.1", 0, log_config=None, lifespan="on", timeout_graceful_shutdown=2)
    server = Server(config)
    serving = asyncio.create_task(server.serve())
    while not server.started:
        assert not serving.done(), "the server did not start"
        await asyncio.sleep(0.01)
    try:
        port = server.servers[0].sockets[0].getsockname()[1]
        yield Emulator(f"http://127.0.0.1:{port}", world, app)
    finally:
        await world.close()
        server.should_exit = True
        await serving
