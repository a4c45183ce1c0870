"""Tells a supervisor whether the bot is alive and whether it can answer people."""

from collections.abc import Awaitable, Callable, Sequence

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.routing import BaseRoute, Route
from starlette.types import ASGIApp, Message, Receive, Scope, Send

_HEADERS = {"Cache-Control": "no-store", "X-Content-Type-Options": "nosniff"}


class Farewells:
    """While the process is `leaving`, every answer ends its connection, so that the next call goes elsewhere."""

    def __init__(self, app: ASGIApp, leaving: Callable[[], bool]) -> None:
        self._app = app
        self._leaving = leaving

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """As ASGI says."""

        async def tell(message: Message) -> None:
            if message["type"] == "http.response.start" and self._leaving():
                message = {**message, "headers": [*message["headers"], (b"connection", b"close")]}
            await send(message)

        await self._app(scope, receive, tell)


def create_app(
    ready: Callable[[], Awaitable[bool]],
    routes: Sequence[BaseRoute] = (),
    leaving: Callable[[], bool] = lambda: False,
) -> Starlette:
    """`/healthz`: 200 while the process works. `/readyz`: 200 while database and Telegram answer, else 503.

    `routes` are served beside them. `leaving` tells that the process was asked to end.
    """

    async def healthz(_: Request) -> PlainTextResponse:
        return PlainTextResponse("alive\n", headers=_HEADERS)

    async def readyz(_: Request) -> PlainTextResponse:
        is_ready = await ready()
        return PlainTextResponse("ready\n" if is_ready else "not ready\n", 200 if is_ready else 503, headers=_HEADERS)

    return Starlette(
        routes=[Route("/healthz", healthz), Route("/readyz", readyz), *routes],
        middleware=[Middleware(Farewells, leaving=leaving)],
    )
