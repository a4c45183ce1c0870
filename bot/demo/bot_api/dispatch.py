"""From one Bot API request to its answer: trouble if some was asked for, else the method, and a line in the log."""

import asyncio
from collections.abc import Coroutine
from typing import TypeVar

from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.types import Receive, Scope, Send

from .account import BotAccount
from .faults import NGINX_502, Fault
from .methods import GET_UPDATES, METHODS, canonical
from .methods_updates import Said, get_updates
from .params import Params, decode
from .refusals import METHOD_NOT_FOUND, Refusal
from .shapes import Json, dumps

_Result = TypeVar("_Result")


class Silence(Response):
    """No answer at all: the connection breaks."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Cut the connection where the server lets us reach it (uvicorn), else fail as a broken one does."""
        transport = getattr(getattr(receive, "__self__", None), "transport", None)
        if transport is None:
            raise ConnectionResetError("the connection was cut on purpose")
        transport.abort()
        await asyncio.sleep(0.01)  # lets the server notice before this call ends


def as_response(value: object, status: int = 200) -> Response:
    """JSON as Telegram sends it."""
    return Response(dumps(value), status, media_type="application/json")


def refused(refusal: Refusal) -> Response:
    """The answer of a call that was not performed."""
    headers = {"Retry-After": str(refusal.retry_after)} if refusal.retry_after is not None else None
    return Response(dumps(refusal.body()), refusal.code, headers=headers, media_type="application/json")


async def respond(account: BotAccount, name: str, raw: Json, request: Request) -> Response:
    """Perform the call `name` with the parameters as they came (`raw`)."""
    method = canonical(name)
    if method is None:
        return _log(account, name, raw, Refusal(*METHOD_NOT_FOUND))
    try:
        params = decode(raw)
    except Refusal as refusal:
        return _log(account, method, raw, refusal)
    fault = account.faults.pick(method, params.get("chat_id"))
    if fault is not None:
        return await _trouble(fault, account, method, params, request)
    if method == GET_UPDATES:
        return await _poll(account, params, request)
    return _perform(account, method, params)


def _perform(account: BotAccount, method: str, params: Json) -> Response:
    try:
        result = METHODS[method](account, Params(params))
    except Refusal as refusal:
        return _log(account, method, params, refusal)
    account.calls.add(method, params, ok=True)
    if isinstance(result, Said):
        return as_response({"ok": True, "result": result.result, "description": result.description})
    return as_response({"ok": True, "result": result})


async def _poll(account: BotAccount, params: Json, request: Request) -> Response:
    try:
        events = await _while_connected(request, get_updates(account, Params(params)))
    except Refusal as refusal:
        return refused(refusal)
    if events is None:
        return Silence()
    bodies = ",".join(event.body for event in events)
    return Response(f'{{"ok":true,"result":[{bodies}]}}', media_type="application/json")


async def _trouble(fault: Fault, account: BotAccount, method: str, params: Json, request: Request) -> Response:
    refusal = fault.refusal()
    if refusal is not None:
        return _log(account, method, params, refusal)
    if fault.kind == "502":
        _log(account, method, params, Refusal(502, "Bad Gateway"))
        return HTMLResponse(NGINX_502, 502)
    if fault.kind == "hang_after_accept":
        if method == GET_UPDATES:
            await _poll(account, params, request)
        else:
            _perform(account, method, params)
    elif method != GET_UPDATES:
        account.calls.add(method, params, ok=False, description=fault.kind)
    if fault.kind != "reset":
        await _while_connected(request, account.faults.hang())
    return Silence()


async def _while_connected(request: Request, work: Coroutine[object, object, _Result]) -> _Result | None:
    """The result of `work`, or None when the client went away first; then the work is stopped."""
    working = asyncio.create_task(work)
    leaving = asyncio.create_task(_left(request))
    try:
        await asyncio.wait({working, leaving}, return_when=asyncio.FIRST_COMPLETED)
        return working.result() if working.done() else None
    finally:
        working.cancel()
        leaving.cancel()


async def _left(request: Request) -> None:
    while (await request.receive())["type"] != "http.disconnect":
        pass


def _log(account: BotAccount, method: str, params: Json, refusal: Refusal) -> Response:
    if method != GET_UPDATES:
        account.calls.add(method, params, False, refusal.code, refusal.description)
    return refused(refusal)
