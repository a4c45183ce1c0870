"""The people's side of the emulator as a web interface: JSON in, JSON out, for the demo page and for tests.

It can do anything to anybody in this world, so it answers programs on the same machine only: a request must name a
loopback host (a web page that re-binds its own name to 127.0.0.1 cannot do that) and must not come from a page of
another origin.
"""

import asyncio
from collections.abc import AsyncIterator, Callable
from urllib.parse import urlsplit

from starlette.requests import Request
from starlette.responses import Response, StreamingResponse
from starlette.routing import BaseRoute, Route

from .actions import Impossible
from .control_actions import ACTIONS, Ask
from .dispatch import as_response
from .shapes import loads
from .world import World

LOCAL_HOSTS = frozenset({"127.0.0.1", "localhost", "[::1]", "testserver"})
MAX_BODY = 67_108_864
HEARTBEAT = 15.0
"""Seconds between two signs of life on the event stream."""


def control_routes(world: World) -> list[BaseRoute]:
    """The routes of the control API."""

    def route(path: str, method: str, action: Callable[[Ask], object]) -> Route:
        async def endpoint(request: Request) -> Response:
            return await _guarded(world, request, action)

        return Route(path, endpoint, methods=[method])

    async def events(request: Request) -> Response:
        reason = _stranger(request)
        if reason:
            return as_response({"error": reason}, 403)
        return StreamingResponse(_stream(world), media_type="text/event-stream", headers={"Cache-Control": "no-store"})

    routes: list[BaseRoute] = [route(path, method, action) for (method, path), action in ACTIONS.items()]
    return [*routes, Route("/emulator/events", events, methods=["GET"])]


async def _guarded(world: World, request: Request, action: Callable[[Ask], object]) -> Response:
    reason = _stranger(request)
    if reason:
        return as_response({"error": reason}, 403)
    try:
        body = await _body(request)
        return as_response(action(Ask(world, body, request.path_params, dict(request.query_params))))
    except Impossible as impossible:
        return as_response({"error": str(impossible)}, impossible.status)


def _stranger(request: Request) -> str:
    """Why this request is not from here; empty when it is."""
    host = request.headers.get("host", "").lower()
    name = host if host.endswith("]") else host.rpartition(":")[0] or host
    if name not in LOCAL_HOSTS:
        return "the emulator answers on this machine only"
    origin = request.headers.get("origin")
    if origin is not None and _host_in(origin) != host:
        return "the emulator does not answer pages of another origin"
    return ""


def _host_in(origin: str) -> str:
    try:
        return urlsplit(origin).netloc.lower()
    except ValueError:  # such as "http://[::1", which is nobody's origin
        return ""


async def _body(request: Request) -> dict[str, object]:
    if request.method == "GET":
        return {}
    if int(request.headers.get("content-length") or 0) > MAX_BODY:
        raise Impossible("the body is too large", 413)
    raw = await request.body()
    if not raw.strip():
        return {}
    try:
        value = loads(raw)
    except ValueError:
        raise Impossible("the body is not JSON") from None
    if not isinstance(value, dict):
        raise Impossible("the body must be a JSON object")
    return value


async def _stream(world: World) -> AsyncIterator[str]:
    """One line for each change of somebody's screen; several at once become one."""
    changes: asyncio.Queue[int] = asyncio.Queue(maxsize=1000)

    def note(person_id: int) -> None:
        if not changes.full():  # a page so far behind reads the whole chat anyway
            changes.put_nowait(person_id)

    unwatch = world.watch(note)
    try:
        yield ": connected\n\n"
        while not world.closed:
            try:
                changed = {await asyncio.wait_for(changes.get(), HEARTBEAT)}
            except TimeoutError:
                yield ":\n\n"
                continue
            while not changes.empty():
                changed.add(changes.get_nowait())
            for person_id in sorted(changed - {0}):
                yield f'data: {{"person": {person_id}}}\n\n'
    finally:
        unwatch()
