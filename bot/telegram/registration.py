"""Tells Telegram where to bring updates, and keeps looking whether that still holds.

Only commands change it (`webhook set`, `webhook delete`), from one place and never at a start: two replicas that set it
would end each other's. What waits at Telegram is never thrown away, because somebody may have asked for help.
"""

import asyncio
from collections.abc import Callable

from telegram.error import TelegramError

from bot import log
from bot.errors import PanaError
from bot.telegram.outbound import Bot
from bot.telegram.receive import PAUSES, RECEIVE, pause

CONNECTIONS = 100
"""How many updates Telegram brings at the same time: its most, so that slow chats hold up nobody else."""

_LOOK_EVERY = 30.0
MANY = 1000
"""Updates that wait; Telegram drops new ones from 100,000 on."""

NOT_REGISTERED = (
    "No webhook is registered at Telegram, so nothing would arrive here. Run: python -m bot webhook set. To poll "
    "instead, leave out BOT_WEBHOOK_URL."
)
ELSEWHERE = (
    "Another webhook than BOT_WEBHOOK_URL is registered at Telegram, so this bot's messages go elsewhere. If that is "
    "not yours, revoke the token in @BotFather at once. If it is yours, run: python -m bot webhook set"
)
FOREIGN = (
    "A webhook is set for this bot, so its messages go elsewhere. If that is not yours, revoke the token in @BotFather "
    "at once. If it is yours, run: python -m bot webhook delete"
)


async def set_webhook(bot: Bot, url: str, secret: str) -> None:
    """Registers the webhook; repeating it changes nothing.

    Raises:
        TelegramError: Telegram refused or could not be reached.
    """
    await bot.set_webhook(url, allowed_updates=RECEIVE, max_connections=CONNECTIONS, secret_token=secret)


async def delete_webhook(bot: Bot) -> None:
    """Takes the webhook away, so that polling works; repeating it changes nothing. Raises as `set_webhook`."""
    await bot.delete_webhook()


async def refuse_webhook(bot: Bot) -> None:
    """For polling: a webhook that we did not set means that somebody else gets her messages (T8).

    Raises:
        PanaError: one is set; nothing was touched.
    """
    try:
        info = await bot.get_webhook_info()
    except TelegramError as error:
        log.failure("webhook_unknown", error)
        return
    if info.url:
        raise PanaError(FOREIGN)


class Registration:
    """Looks at Telegram every half minute whether updates are brought to us. Implements `Source`."""

    def __init__(self, bot: Bot, url: str, now: Callable[[], float]) -> None:
        """`now` is a monotonic clock in seconds."""
        self._bot = bot
        self._url = url
        self._now = now
        self.last_success: float | None = None
        self.last_attempt = now()

    async def begin(self, stop: asyncio.Event) -> None:
        """Looks until Telegram has told it once; nothing may be done before.

        Raises:
            PanaError: the webhook is not this one.
        """
        failures = 0
        while not stop.is_set() and not await self._look():
            await pause(PAUSES[min(failures, len(PAUSES) - 1)], stop)
            failures += 1

    async def run(self, stop: asyncio.Event) -> None:
        """As `Source.run`, after `begin`."""
        wait, failures = _LOOK_EVERY, 0
        while not stop.is_set():
            await pause(wait, stop)
            if stop.is_set() or await self._look():
                wait, failures = _LOOK_EVERY, 0
            else:
                wait = PAUSES[min(failures, len(PAUSES) - 1)]
                failures += 1

    async def _look(self) -> bool:
        self.last_attempt = self._now()
        try:
            info = await self._bot.get_webhook_info()
        except TelegramError as error:
            log.failure("webhook_unknown", error)
            return False
        if info.url != self._url:
            if self.last_success is None:
                raise PanaError(ELSEWHERE if info.url else NOT_REGISTERED)
            log.event("webhook_elsewhere", "error")  # and soon not ready: `/readyz` wants a recent success
            return False
        self.last_success = self._now()
        if info.pending_update_count >= MANY:
            log.event("many_waiting", "warning", pending=min(info.pending_update_count, 99_999))
        return True
