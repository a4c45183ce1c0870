"""How fast a bot may send: about 30 messages a second in all, one a second to one person, 20 a minute to a group.

Telegram's own numbers (bots FAQ) are averages and short bursts pass; how large a burst, it does not say. The bursts
here are guesses and can be set.
"""

import math
from dataclasses import dataclass

from .clock import Clock
from .refusals import Refusal, too_many_requests

_MANY_CHATS = 10_000


@dataclass(slots=True)
class Limits:
    """Rates in messages a second, bursts in messages at once; `enabled=False` turns all refusals for speed off."""

    enabled: bool = True
    send_rate: float = 30.0
    send_burst: int = 20
    chat_rate: float = 1.0
    chat_burst: int = 8
    group_rate: float = 20 / 60
    group_burst: int = 20
    callback_seconds: float = 150.0
    """How long after a tap it can still be answered."""
    kept_messages: int = 2_000
    """How many messages one chat keeps; older ones are gone as if deleted."""
    webhook_pause: float = 2.0
    """Seconds before the second repetition of a call to a webhook; the first comes at once, each later one doubles."""
    webhook_longest_pause: float = 60.0
    """Seconds; the longest pause is between this and twice as much."""
    webhook_idle: float = 60.0
    """Seconds of silence after which a call to a webhook has failed."""


@dataclass(slots=True)
class _Bucket:
    tokens: float
    at: float


class Floods:
    """Counts one bot's messages."""

    def __init__(self, limits: Limits, clock: Clock) -> None:
        """`limits` may be changed later and hold at once."""
        self._limits = limits
        self._clock = clock
        self._all = _Bucket(self._overall_capacity(), clock.now())
        self._chats: dict[int, _Bucket] = {}

    def check(self, chat_id: int, messages: int = 1) -> Refusal | None:
        """Count so many messages to a chat; a refusal (429) instead, and nothing counted, when that is too fast."""
        if not self._limits.enabled:
            return None
        rate, capacity = self._chat_rate(chat_id)
        now = self._clock.now()
        bucket = self._chats.setdefault(chat_id, _Bucket(capacity, now))
        waits = (
            _wait(self._all, self._limits.send_rate, self._overall_capacity(), now, messages),
            _wait(bucket, rate, capacity, now, messages),
        )
        if max(waits) > 0:
            return too_many_requests(max(1, math.ceil(max(waits))))
        self._all.tokens -= messages
        bucket.tokens -= messages
        self._forget(now)
        return None

    def _overall_capacity(self) -> float:
        return self._limits.send_rate + self._limits.send_burst

    def _chat_rate(self, chat_id: int) -> tuple[float, float]:
        if chat_id < 0:
            return self._limits.group_rate, float(self._limits.group_burst)
        return self._limits.chat_rate, float(self._limits.chat_burst)

    def _forget(self, now: float) -> None:
        """Keep no counter for a chat that has been quiet long enough."""
        if len(self._chats) > _MANY_CHATS:
            self._chats = {chat: bucket for chat, bucket in self._chats.items() if now - bucket.at < 120}


def _wait(bucket: _Bucket, rate: float, capacity: float, now: float, wanted: int) -> float:
    """Refill, then the seconds until `wanted` messages may go; a batch larger than the bucket goes when it is full."""
    passed = max(0.0, now - bucket.at)  # the clock may have been moved back
    bucket.tokens = min(capacity, bucket.tokens + passed * rate)
    bucket.at = now
    lacking = min(wanted, capacity) - bucket.tokens
    return lacking / rate if lacking > 1e-9 else 0.0
