"""Takes updates from Telegram and lets go of each only when its work is done.

Telegram's own queue is the durable one: what is not confirmed comes again. So nothing is confirmed before it was kept,
one odd update never stops the others, and one slow chat stalls nobody (promise P8).
"""

import asyncio
from collections.abc import Callable
from typing import Protocol

from telegram.error import Conflict

from bot import log
from bot.errors import PanaError
from bot.services.ports import Busy
from bot.telegram.application import Errand, Pana
from bot.telegram.fetch import Fetch
from bot.telegram.inbound import Press, Silent, Thing, Words, read, update_id
from bot.telegram.patience import FOR_ONE, Patience
from bot.telegram.rivals import TWO_POLL, Rivals
from bot.telegram.victim import VictimDoor

Decided = set[asyncio.Future[None]] | None
"""What is being sent for an update, or nothing when it could not be kept and must come again."""

RECEIVE = ("message", "callback_query", "my_chat_member", "channel_post", "pre_checkout_query")
"""The kinds of updates that we ask for."""

PAUSES = (0.6, 1.0, 2.0, 5.0)
"""Seconds before trying again after the first, second … failure in a row."""

_LONG_POLL = 30
_AGAIN_AFTER = 0.6  # Telegram answers a repeated offset within 0.5 s with a single update (Bot API server, getUpdates)


class Source(Protocol):
    """Where updates come from. Times are of a monotonic clock, in seconds."""

    last_success: float | None
    """When Telegram was last found to give us its updates; nothing before the first time."""
    last_attempt: float
    """When that was last looked at."""

    async def run(self, stop: asyncio.Event) -> None:
        """Goes on until `stop`; what was begun is finished first."""


class Receiver:
    """Works through updates, in order for each person, side by side for different people."""

    def __init__(self, application: Pana, victim: VictimDoor, now: Callable[[], float]) -> None:
        """`now` is a monotonic clock in seconds."""
        self._application = application
        self._victim = victim
        self._patience = Patience(now)
        self._now = now

    async def take(self, update: object) -> set[asyncio.Future[None]]:
        """Decides and keeps what one update asks for. Returns what is still being sent, for `settle`.

        Raises:
            Busy: nothing could be kept; the update must not be confirmed. Nothing else is ever raised.
        """
        errand = Errand(read(update))
        if isinstance(errand.inbound, Silent):
            log.event("silent", "debug", kind=errand.inbound.kind)
        await self._application.process_update(errand)
        if isinstance(errand.error, Busy):
            raise errand.error
        if errand.error is not None:
            await self._poison(errand)
        return errand.sending

    def cannot_wait(self, update: object) -> bool:
        """Whether somebody is leaving or asks for the numbers."""
        inbound = read(update)
        return isinstance(inbound, Press | Words) and self._victim.cannot_wait(inbound)

    async def settle(self, update: object, sending: set[asyncio.Future[None]]) -> None:
        """Waits for answers, but not for ever: after a while they go on behind and the update may be confirmed.

        Whoever writes faster than we may answer is not waited for at all.
        """
        chat = _chat(update, None)
        if not sending or not (patience := self._patience.left(chat)):
            return
        before = self._now()
        await asyncio.wait(sending, timeout=patience)
        self._patience.spend(chat, self._now() - before)

    async def _poison(self, errand: Errand) -> None:
        """Records an update that broke something as its kind and error, and gives the safe answer."""
        inbound = errand.inbound
        if errand.error is not None:
            log.failure("poison", errand.error, kind=type(inbound).__name__)
        if isinstance(inbound, Press | Words | Thing):
            await self._victim.apologise(inbound.chat, inbound.hint)


class Poller:
    """Fetches updates and confirms them from the front, as far as they are done. Implements `Source`.

    What is not done yet is fetched again and passed over, so that new updates need not wait for a slow answer. The next
    offset is the last confirmed id plus one. Ids are never compared and never stored: after a quiet week Telegram may
    begin anew anywhere (Bot API, Update.update_id).
    """

    def __init__(self, fetch: Fetch, receiver: Receiver, now: Callable[[], float], patience: float) -> None:
        """`now` is a monotonic clock in seconds; `patience` as of `Rivals`."""
        self._fetch = fetch
        self._receiver = receiver
        self._now = now
        self._rivals = Rivals(patience, now)
        self._must_go = False
        self._offset: int | None = None
        self._unconfirmed: list[int] = []  # in the order in which they came
        self._done: set[int] = set()
        self._working: dict[int, asyncio.Future[None]] = {}
        self._refusals = 0  # rounds in a row in which something could not be kept
        self._latest: dict[object, asyncio.Future[Decided]] = {}  # per chat: what its next update has to wait for
        self.last_success: float | None = None
        self.last_attempt = now()

    async def run(self, stop: asyncio.Event) -> None:
        """Polls until `stop`; what was fetched is finished first.

        Raises:
            PanaError: somebody else polls with this token and was there before.
        """
        failures = 0
        while not stop.is_set() and not self._must_go:
            self._rivals.polling()
            batch = await self._next_batch(stop)
            self.last_attempt = self._now()
            if batch is None:
                await pause(PAUSES[min(failures, len(PAUSES) - 1)], stop)
                failures += 1
                continue
            self.last_success, failures = self._now(), 0
            self._begin(batch)
            if self._working:
                await asyncio.wait(self._working.values(), timeout=_AGAIN_AFTER)
            unnumbered = bool(batch) and not self._unconfirmed  # nothing that could ever be confirmed
            refused = self._confirm()
            await pause(self._rest(refused, unnumbered), stop)
        if self._working:
            await asyncio.wait(self._working.values(), timeout=FOR_ONE)
        if self._must_go:
            raise PanaError(TWO_POLL)

    def _rest(self, refused: bool, unnumbered: bool) -> float:
        """Seconds until it makes sense to ask again; longer and longer while something cannot be kept."""
        self._refusals = self._refusals + 1 if refused else 0
        if refused:
            return PAUSES[min(self._refusals, len(PAUSES)) - 1]
        return _AGAIN_AFTER if unnumbered else 0.0

    async def _next_batch(self, stop: asyncio.Event) -> list[object] | None:
        # The first answer shows that Telegram is reached; while something is unfinished it comes at once anyway.
        wait = 0 if self.last_success is None or self._unconfirmed else _LONG_POLL
        fetching = asyncio.ensure_future(self._fetch(self._offset, RECEIVE, wait))
        stopping = asyncio.ensure_future(stop.wait())
        await asyncio.wait({fetching, stopping}, return_when=asyncio.FIRST_COMPLETED)
        stopping.cancel()
        if not fetching.done():
            fetching.cancel()
            return []
        error = fetching.exception()
        if error is not None:
            log.failure("poll_failed", error)
            self._must_go = isinstance(error, Conflict) and self._rivals.conflict()
            return None
        return fetching.result()

    def _begin(self, batch: list[object]) -> None:
        """Starts the work of updates that are new, or that could not be kept the last time."""
        for update in batch:
            number = update_id(update)
            if number is None:
                log.event("unnumbered_update", "warning")
            elif number not in self._working and number not in self._done:
                chat = _chat(update, number)
                deciding = asyncio.ensure_future(self._decide(update, self._latest.get(chat)))
                self._latest[chat] = deciding
                self._working[number] = asyncio.ensure_future(self._finish(number, update, deciding))
                if number not in self._unconfirmed:
                    self._unconfirmed.append(number)

    async def _decide(self, update: object, before: "asyncio.Future[Decided] | None") -> Decided:
        """What is being sent; nothing when it, or an earlier update of the same person, could not be kept.

        Leaving and the numbers do not wait for what came earlier.
        """
        if before is not None and await before is None and not self._receiver.cannot_wait(update):
            return None
        try:
            return await self._receiver.take(update)
        except Busy as error:
            log.failure("busy", error)
            return None

    async def _finish(self, number: int, update: object, deciding: "asyncio.Future[Decided]") -> None:
        sending = await deciding
        if sending is not None:
            await self._receiver.settle(update, sending)
            self._done.add(number)
        chat = _chat(update, number)
        if self._latest.get(chat) is deciding:
            del self._latest[chat]
        del self._working[number]

    def _confirm(self) -> bool:
        """Moves the offset over all that is done, from the front. Returns whether something could not be kept."""
        while self._unconfirmed and self._unconfirmed[0] in self._done:
            number = self._unconfirmed.pop(0)
            self._done.discard(number)
            self._offset = number + 1
        return any(number not in self._working and number not in self._done for number in self._unconfirmed)


def _chat(update: object, otherwise: object) -> object:
    """Whose update it is; updates of one chat go one after the other."""
    return getattr(read(update), "chat", otherwise)


async def pause(seconds: float, stop: asyncio.Event) -> None:
    """Waits so long, or until `stop`."""
    if not seconds:
        return
    try:
        await asyncio.wait_for(stop.wait(), seconds)
    except TimeoutError:
        return
