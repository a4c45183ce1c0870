"""The doors through which the helpline reaches the outside: where it keeps things, and where it counts."""

from collections.abc import Callable
from typing import Protocol, TypeVar

from bot.domain.events import Countable
from bot.domain.routing import Routing

T = TypeVar("T")

Decide = Callable[[Routing | None], tuple[Routing | None, T]]
"""From the entry as it stands (nothing: a stranger) to the entry as it shall be (nothing: it goes), and an answer.

It must be pure: it may be asked again with a newer entry, also from another thread, and only its last word counts.
"""

Due = Callable[[Routing], int]
"""When `Store.due()` shall return an entry, in seconds since 1970."""


class Busy(Exception):
    """The store cannot be reached or written just now (locked, full, gone). Nothing was kept; try again later."""


class Store(Protocol):
    """Keeps one sealed, expiring entry per chat. Every method is one transaction, durable when it returns.

    All methods raise `Busy` when the database cannot do it just now.
    """

    async def find(self, chat: int, now: int) -> Routing | None:
        """The entry of that chat, or nothing. Never writes."""

    async def change(self, chat: int, now: int, decide: Decide[T], due: Due) -> T:
        """Decides about the entry of that chat, writes what was decided, and returns the answer.

        All that is one step: whoever else decides about the same chat at the same time, in this process or in another
        one on the same database, comes before it or after it. Writes nothing when the entry stays as it is.
        """

    async def forget(self, chat: int, now: int) -> None:
        """Removes the entry; no error when there is none."""

    async def due(self, now: int, limit: int) -> list[Routing]:
        """At most `limit` entries whose deadline has come, the most overdue first."""

    async def roll_keys(self, now: int) -> int:
        """Re-seals every entry under today's key, destroys keys that are done with; returns how many were re-sealed."""

    async def ready(self) -> bool:
        """Whether the database answers and has the schema that this program needs. Does not raise."""

    async def close(self) -> None:
        """Finishes what is waiting and closes the database."""


class Counter(Protocol):
    """Counts what people say about the help itself: sums from which nobody can be picked out, never who or when."""

    async def count(self, said: Countable) -> None:
        """Adds one."""
