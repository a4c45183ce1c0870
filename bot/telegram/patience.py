"""How long one chat may hold up what Telegram brings us, so that nobody who floods the bot holds up the others.

Telegram brings the next message of a chat, and loads more of other chats, only when earlier ones are confirmed. So
waiting for an answer to be sent, although nothing but a crash needs it, has a budget.
"""

from collections.abc import Callable

FOR_ONE = 3.0
"""Seconds an update that changed nothing durable may wait for its answer to be sent."""

_ORDINARY = 0.3
"""Seconds that sending takes without any trouble; they cost nothing."""

_REST = 10.0
"""Whoever made us wait counts as resting for so many times as long."""

_IN_DEBT = 10.0
"""Seconds of rest still to come from which on nobody waits for that chat."""

_REMEMBERED = 5000


class Patience:
    """Seconds that are left for each chat. `now` is a monotonic clock in seconds."""

    def __init__(self, now: Callable[[], float]) -> None:
        self._now = now
        self._rested: dict[object, float] = {}  # per chat: when everything it cost will be forgotten

    def left(self, chat: object) -> float:
        """How long to wait for an answer to this chat: the usual, or not at all while it is in debt."""
        return 0.0 if self._rested.get(chat, 0.0) > self._now() + _IN_DEBT else FOR_ONE

    def spend(self, chat: object, seconds: float) -> None:
        """Notes how long was waited."""
        if seconds <= _ORDINARY:
            return
        now = self._now()
        self._rested[chat] = max(self._rested.get(chat, now), now) + _REST * seconds
        if len(self._rested) > _REMEMBERED:
            self._rested = {known: until for known, until in self._rested.items() if until > now}

    def __len__(self) -> int:
        return len(self._rested)
