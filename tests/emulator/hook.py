"""A program that a webhook calls: it notes what comes and answers what the test tells it to."""

import asyncio
import json
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from tests.emulator.emulator_client import Server


@dataclass(frozen=True)
class Visit:
    """One call: the update, its headers, and when it came on the emulator's ticking clock."""

    update: dict[str, Any]
    headers: Mapping[str, str]
    at: float


@dataclass
class Hook:
    """What came, oldest first, and what is answered: `answer` of each visit, after `gate` is open."""

    url: str = ""
    visits: list[Visit] = field(default_factory=list)
    at_once: int = 0
    most_at_once: int = 0
    gate: asyncio.Event = field(default_factory=asyncio.Event)
    answer: Callable[[Visit], Response] = lambda visit: Response()
    ticks: Callable[[], float] = lambda: 0.0

    def texts(self) -> list[str]:
        """The words of the messages that came."""
        return [visit.update["message"]["text"] for visit in self.visits if "message" in visit.update]

    async def take(self, request: Request) -> Response:
        """One call."""
        self.at_once += 1
        self.most_at_once = max(self.most_at_once, self.at_once)
        visit = Visit(json.loads(await request.body()), dict(request.headers), self.ticks())
        self.visits.append(visit)
        await self.gate.wait()
        self.at_once -= 1
        return self.answer(visit)


@asynccontextmanager
async def hooked() -> AsyncIterator[Hook]:
    """A running hook on a free port of 127.0.0.1, its gate open."""
    hook = Hook()
    hook.gate.set()
    app = Starlette(routes=[Route("/hook", hook.take, methods=["POST"])])
    server = Server(uvicorn.Config(app, "127.0.0.1", 0, log_config=None, timeout_graceful_shutdown=1))
    serving = asyncio.create_task(server.serve())
    while not server.started:
        assert not serving.done(), "the server did not start"
        await asyncio.sleep(0.01)
    hook.url = f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}/hook"
    try:
        yield hook
    finally:
        hook.gate.set()
        server.should_exit = True
        await serving
