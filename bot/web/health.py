"""Tells a supervisor whether the bot is alive and whether it can answer people."""

from collections.abc import Awaitable, Callable, Sequence

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.routing import BaseRoute, Route

_HEADERS = {"Cache-Control": "no-store", "X-Content-Type-Options": "nosniff"}


def create_app(ready: Callable[[], Awaitable[bool]], routes: Sequence[BaseRoute] = ()) -> Starlette:
    """`/healthz`: 200 while the process works. `/readyz`: 200 while database and Telegram answer, else 503.

    `routes` are served beside them.
    """

    async def healthz(_: Request) -> PlainTextResponse:
        return PlainTextResponse("alive\n", headers=_HEADERS)

    async def readyz(_: Request) -> PlainTextResponse:
        is_ready = await ready()
        return PlainTextResponse("ready\n" if is_ready else "not ready\n", 200 if is_ready else 503, headers=_HEADERS)

    return Starlette(routes=[Route("/healthz", healthz), Route("/readyz", readyz), *routes])
