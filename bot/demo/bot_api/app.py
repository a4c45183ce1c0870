"""The emulated Bot API as one web application: `/bot<token>/<method>`, and `/emulator/…` to play the people."""

import re
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager

from starlette.applications import Starlette
from starlette.datastructures import UploadFile
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from .control import control_routes
from .dispatch import refused, respond
from .refusals import NOT_FOUND, UNAUTHORIZED, Refusal, bad_request
from .shapes import Json, loads
from .world import World

MAX_BODY = 52_428_800
"""Bytes in one request, as Telegram accepts for an upload of 50 MB."""
_TOKEN = re.compile(r"[0-9]{1,18}:[^\s/]+")


def create_app(world: World | None = None, *, routes: Sequence[BaseRoute] = ()) -> Starlette:
    """The application; `app.state.world` is `world` or a new one. `routes` come after the emulator's own."""
    world = world or World()

    async def call(request: Request) -> Response:
        return await _call(world, request)

    @asynccontextmanager
    async def lifespan(_: Starlette) -> AsyncIterator[None]:
        yield
        await world.close()

    own: list[BaseRoute] = [Route("/bot{token}/{method}", call, methods=["GET", "POST"])]
    app = Starlette(routes=[*own, *control_routes(world), *routes], lifespan=lifespan)
    app.state.world = world
    app.add_exception_handler(HTTPException, _failed)
    return app


async def _call(world: World, request: Request) -> Response:
    token = request.path_params["token"]
    if not _TOKEN.fullmatch(token):
        return refused(Refusal(*NOT_FOUND))
    if token in world.refused_tokens:
        return refused(Refusal(*UNAUTHORIZED))
    try:
        raw = await _parameters(request)
    except Refusal as refusal:
        return refused(refusal)
    return await respond(world.account(token), request.path_params["method"], raw, request)


async def _parameters(request: Request) -> Json:
    """What the call says, from its address and its body; a file becomes a few words about it."""
    values: Json = dict(request.query_params)
    if request.method != "POST":
        return values
    if int(request.headers.get("content-length") or 0) > MAX_BODY:
        raise Refusal(413, "Request Entity Too Large")
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind == "application/json":
        return values | await _json_body(request)
    if kind in {"application/x-www-form-urlencoded", "multipart/form-data"}:
        async with request.form(max_files=100, max_fields=1000) as form:
            for name, value in form.multi_items():
                values[name] = (
                    f"<file {value.filename}, {value.size} bytes>" if isinstance(value, UploadFile) else value
                )
    return values


async def _json_body(request: Request) -> Json:
    body = await request.body()
    if not body.strip():
        return {}
    try:
        value = loads(body)
    except ValueError:
        raise bad_request("can't parse JSON object") from None
    if not isinstance(value, dict):
        raise bad_request("object expected as request body")
    return {name: item for name, item in value.items() if item is not None}


async def _failed(request: Request, error: Exception) -> Response:
    """What no route knows, in Telegram's form for the bot and in ours for everything else."""
    status, detail = (error.status_code, error.detail) if isinstance(error, HTTPException) else (500, str(error))
    if request.url.path.startswith("/bot"):
        return refused(Refusal(status, detail))
    return Response(detail, status, media_type="text/plain")
