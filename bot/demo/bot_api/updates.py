"""The queue between Telegram and the bot: what has happened and was not yet confirmed.

Rules from tdlib/telegram-bot-api (`Client::do_get_updates`, `Client::add_update`) and from `TQueue.cpp` in TDLib: ids
begin at a random number; asking with an offset confirms everything before it; an offset more than ten beyond the end,
or far before the beginning, confirms nothing; a negative one keeps only the last so many; what is too old is never
delivered; at most 100,000 wait.
"""

import random
from collections import deque
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from itertools import islice

from .shapes import Json, dumps

MAX_WAITING = 100_000
FURTHEST_FUTURE = 10
FURTHEST_PAST = 2 * MAX_WAITING
LATEST_FIRST_ID = 1_000_000_000

NOT_BY_DEFAULT = frozenset({"chat_member", "message_reaction", "message_reaction_count"})
DAY = 86_400.0
LIFETIMES = {
    "inline_query": 30.0,
    "callback_query": 150.0,
    "shipping_query": 150.0,
    "pre_checkout_query": 150.0,
    "chosen_inline_result": 600.0,
}
"""Seconds an update waits; what is not named waits a day from the date inside it."""
_LANES = {"message": 0, "edited_message": 0, "callback_query": 3, "my_chat_member": 5, "chat_member": 6}


def lane(kind: str, subject: int) -> int:
    """The webhook queue of an update: in one lane there is order, between lanes there is none.

    `subject` is the chat's id, for taps the person's. Source: the `webhook_queue_id` arguments in `Client.cpp`.
    """
    return subject + (_LANES.get(kind, 1) << 33)


@dataclass(slots=True, eq=False)
class Event:
    """One waiting update. `update_id` is what the bot reads in `body`; None when an injected one has no such number."""

    number: int
    update_id: int | None
    kind: str
    body: str
    expires_at: float
    lane: int
    delivered: bool = False


class UpdateQueue:
    """One bot's updates, in order."""

    def __init__(self, rng: random.Random) -> None:
        """`rng` chooses the first id."""
        self._rng = rng
        self._events: deque[Event] = deque()
        self._next: int | None = None
        self._strangers = 0
        self.allowed: frozenset[str] | None = None
        self.confirmed: int | None = None
        self.listeners: list[Callable[[], None]] = []
        """Called after each new update; a poller or a webhook sender waits here."""

    def wants(self, kind: str) -> bool:
        """Whether the bot asked for this kind of update."""
        return kind not in NOT_BY_DEFAULT if self.allowed is None else kind in self.allowed

    def allow(self, kinds: object) -> None:
        """Take over `allowed_updates`: a list of names, empty for the default; anything else changes nothing."""
        if isinstance(kinds, list):
            names = frozenset(kind.lower() for kind in kinds if isinstance(kind, str))
            self.allowed = names or None

    def push(self, kind: str, fields: Json, expires_at: float, in_lane: int) -> int | None:
        """Add an update of these fields; its id, or None when the queue is full."""
        number = self._number()
        if number is None:
            return None
        body = dumps({"update_id": number} | fields)
        self._add(Event(number, number, kind, body, expires_at, in_lane))
        return number

    def push_whole(self, update: object, kind: str, expires_at: float, in_lane: int) -> int | None:
        """Add an update as it is, with its own `update_id` or without; its place in the queue, or None when full."""
        number = self._number()
        if number is None:
            return None
        own = update.get("update_id") if isinstance(update, dict) else None
        update_id = own if isinstance(own, int) and not isinstance(own, bool) else None
        self._strangers += 1
        self._add(Event(number, update_id, kind, dumps(update), expires_at, in_lane))
        return number

    def _number(self) -> int | None:
        if len(self._events) >= MAX_WAITING:
            return None
        if self._next is None:
            self._next = self._rng.randint(FURTHEST_PAST + 1, LATEST_FIRST_ID)
        self._next += 1
        return self._next - 1

    def _add(self, event: Event) -> None:
        self._events.append(event)
        for listener in tuple(self.listeners):
            listener()

    def head(self) -> int:
        """The number of the oldest waiting update, or of the next to come; 0 before the first."""
        return self._events[0].number if self._events else self._next or 0

    def take(self, offset: int, limit: int, now: float) -> list[Event]:
        """Confirm what is before `offset`, then the oldest `limit` updates that are not too old at `now` (unix)."""
        self._drop_unconfirmable()
        start = self._start(offset)
        while self._events and (self._events[0].number < start or self._events[0].expires_at < now):
            dropped = self._events.popleft()
            if dropped.number < start:
                self.confirmed = dropped.update_id if dropped.update_id is not None else self.confirmed
        taken: list[Event] = []
        for event in self._events:
            if len(taken) >= limit:
                break
            if event.expires_at >= now:
                event.delivered = True
                taken.append(event)
        return taken

    def settle(self, offset: int) -> int:
        """Carry out a negative offset (keep only the last so many) and give the offset to go on with."""
        if offset < 0:
            while len(self._events) > -offset:
                self._events.popleft()
        return offset if offset > 0 else self.head()

    def clear(self) -> None:
        """Forget everything that waits."""
        self._events.clear()

    def restart_ids(self) -> None:
        """Go on at a new random number, as Telegram may after a week without updates. The queue must be empty."""
        if self._events:
            raise ValueError("updates are waiting")
        self._next = None

    def waiting(self, now: float) -> int:
        """How many updates wait."""
        return sum(1 for event in self._events if event.expires_at >= now)

    def after(self, number: int, limit: int) -> list[Event]:
        """The oldest `limit` updates after a place in the queue, whether too old or not; for a webhook sender."""
        return list(islice((event for event in self._events if event.number > number), max(limit, 0)))

    def remove(self, event: Event) -> None:
        """One update is done with: confirmed by a webhook, or too old for it."""
        if event in self._events:  # else everything was thrown away while it was on its way
            self._events.remove(event)
            self.confirmed = event.update_id if event.update_id is not None else self.confirmed

    def peek(self) -> Iterable[Event]:
        """All that waits, oldest first."""
        return tuple(self._events)

    def _start(self, offset: int) -> int:
        """The number up to which this offset confirms (exclusive)."""
        if offset <= 0 or self._next is None:
            return self.head()
        if self._strangers:
            known = self._after_stranger(offset)
            if known is not None:
                return known
        if self._next - FURTHEST_PAST <= offset <= self._next + FURTHEST_FUTURE:
            return offset
        return self.head()

    def _after_stranger(self, offset: int) -> int | None:
        """The bot counts with the ids it has read; injected updates may have any."""
        for event in reversed(self._events):
            if event.delivered and event.update_id == offset - 1:
                return event.number + 1
        return None

    def _drop_unconfirmable(self) -> None:
        """An update without a number cannot be confirmed by any offset: once delivered, it is gone."""
        if self._strangers and any(event.delivered and event.update_id is None for event in self._events):
            self._events = deque(event for event in self._events if not (event.delivered and event.update_id is None))


def expiry(kind: str, payload: object, now: float) -> float:
    """Until when (unix) an update waits. A date that cannot be one (injected nonsense) counts as now."""
    lifetime = LIFETIMES.get(kind)
    if lifetime is not None:
        return now + lifetime
    date = payload.get("edit_date") or payload.get("date") if isinstance(payload, dict) else None
    return (date if isinstance(date, int) and 1_000_000_000 < date < 10**12 else now) + DAY


def kind_of_update(update: Json) -> str:
    """The name of the first field of an update that is not its id; "" when there is none."""
    return next((name for name in update if name != "update_id"), "")
