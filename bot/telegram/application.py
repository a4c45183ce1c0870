"""Hands what came in to the right door, through python-telegram-bot's own dispatcher."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from telegram.ext import Application, ApplicationBuilder, BaseHandler, ContextTypes, ExtBot

from bot.telegram.inbound import Foreign, Gone, Inbound, Press, Silent, Thing, Words
from bot.telegram.limits import Limits, Ticket
from bot.telegram.outbound import Outbound
from bot.telegram.request import AiohttpRequest
from bot.telegram.victim import VictimDoor

Pana = Application[Any, Any, Any, Any, Any, Any]
Future = asyncio.Future[None]


@dataclass(slots=True)
class Errand:
    """One update on its way through the doors: what is still being sent for it, and what went wrong."""

    inbound: Inbound
    sending: set[Future] = field(default_factory=set)
    error: Exception | None = None


class _Door(BaseHandler[Errand, ContextTypes.DEFAULT_TYPE, None]):
    """A handler for inbound objects of some kinds."""

    def __init__(self, kinds: tuple[type, ...], callback: Callable[[Errand, ContextTypes.DEFAULT_TYPE], Any]) -> None:
        super().__init__(callback)
        self._kinds = kinds

    def check_update(self, update: object) -> bool:
        return isinstance(update, Errand) and isinstance(update.inbound, self._kinds)


def build(token: str, api_base_url: str, limits: Limits, request: AiohttpRequest, updates: AiohttpRequest) -> Pana:
    """The application of python-telegram-bot, without its updater: receiving is ours (`docs/decisions.md`).

    `updates` is for fetching alone, so that a long poll never holds up an answer; whoever made both closes them.
    """
    return (
        ApplicationBuilder()
        .token(token)
        .base_url(f"{api_base_url}/bot")
        .base_file_url(f"{api_base_url}/file/bot")
        .request(request)
        .get_updates_request(updates)
        .rate_limiter(limits)
        .updater(None)
        .job_queue(None)
        .build()
    )


def add_doors(application: Pana, victim: VictimDoor, outbound: Outbound) -> None:
    """Connects the doors. Errors are left on the errand, where the receiver looks for them."""

    async def on_victim(errand: Errand, _: ContextTypes.DEFAULT_TYPE) -> None:
        errand.sending = await _answer(victim, errand.inbound)

    async def on_other(errand: Errand, _: ContextTypes.DEFAULT_TYPE) -> None:
        errand.sending = _formality(outbound, errand.inbound)

    async def on_error(errand: object, context: ContextTypes.DEFAULT_TYPE) -> None:
        if isinstance(errand, Errand) and isinstance(context.error, Exception):
            errand.error = context.error

    application.add_handler(_Door((Press, Words, Thing, Gone), on_victim))
    application.add_handler(_Door((Foreign, Silent), on_other))
    application.add_error_handler(on_error)


async def _answer(victim: VictimDoor, inbound: Inbound) -> set[Future]:
    match inbound:
        case Press():
            return await victim.press(inbound)
        case Words():
            return await victim.words(inbound)
        case Thing():
            return await victim.thing(inbound)
        case Gone():
            await victim.gone(inbound)
    return set()


def _formality(outbound: Outbound, inbound: Inbound) -> set[Future]:
    """What must be done about things that nobody gets an answer to."""
    match inbound:
        case Foreign(chat):
            return {asyncio.ensure_future(outbound.leave(chat))}
        case Silent(callback_id=str(callback_id)):
            return {asyncio.ensure_future(outbound.acknowledge(callback_id))}
        case Silent(checkout_id=str(checkout_id)):
            return {asyncio.ensure_future(outbound.decline_payment(checkout_id))}
    return set()


def bot_of(application: Pana) -> ExtBot[Ticket]:
    """The application's bot, with the type that our limiter gives it."""
    found: ExtBot[Ticket] = application.bot
    return found
