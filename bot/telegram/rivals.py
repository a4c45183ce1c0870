"""Notices that another program fetches updates with the same token, and which of the two has to go."""

from collections.abc import Callable

UNDISTURBED = 35.0
"""Seconds without a conflict after which nobody else polls: longer than one long poll."""

TWO_POLL = (
    "Another program fetches updates with this bot's token, so people's messages are divided between the two. It was "
    "there first, so this one ends. Stop one of them. To run several, use a webhook (docs/replicas.md). If the other "
    "one is not yours, revoke the token in @BotFather at once."
)


class Rivals:
    """Notices that somebody else polls with the same token, and which of the two came later.

    Telegram ends the poll of whoever asked first, so both hear of it again and again. Whoever has polled undisturbed
    before stays; whoever was disturbed from the beginning, and for longer than a restart takes, has to go.
    """

    def __init__(self, patience: float, now: Callable[[], float]) -> None:
        """`patience` is in seconds: how long a newcomer bears it. `now` is a monotonic clock in seconds."""
        self._patience = patience
        self._now = now
        self._began: float | None = None
        self._first = self._last = float("-inf")

    def polling(self) -> None:
        """Polling begins or goes on."""
        self._began = self._now() if self._began is None else self._began

    def conflict(self) -> bool:
        """Notes a conflict. Returns whether it is for this program to go."""
        now = self._now()
        if now - self._last > UNDISTURBED:
            self._first = now
        self._last = now
        came_later = self._began is not None and self._first - self._began < UNDISTURBED
        return came_later and now - self._first > self._patience
