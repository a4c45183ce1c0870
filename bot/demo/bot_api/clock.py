"""The emulator's clock: real time, plus whatever a test or a visitor of the demo has added to it."""

import time
from collections.abc import Callable


class Clock:
    """Wall time that can be moved, and a steady ticking that cannot.

    Messages, deadlines and rate limits follow the wall; the spacing of `getUpdates` requests follows the ticking,
    because it is about how fast a real program really asks.
    """

    def __init__(self, wall: Callable[[], float] = time.time, ticking: Callable[[], float] = time.monotonic) -> None:
        """`wall` gives unix seconds, `ticking` seconds from an arbitrary start that never jump."""
        self._wall = wall
        self._ticking = ticking
        self._added = 0.0

    def now(self) -> float:
        """Unix time in seconds, as everybody in this world sees it."""
        return self._wall() + self._added

    def seconds(self) -> int:
        """Unix time in whole seconds, as Telegram writes dates."""
        return int(self.now())

    def ticks(self) -> float:
        """Seconds on the steady clock."""
        return self._ticking()

    def advance(self, seconds: float) -> float:
        """Move the wall by `seconds` (backwards if negative) and return the new time."""
        self._added += seconds
        return self.now()
