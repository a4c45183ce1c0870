"""The two doors through which the helpline reaches the outside: where it keeps things, and where it answers."""

from typing import Protocol

from bot.domain.routing import Routing


class Busy(Exception):
    """The store cannot be reached or written just now (locked, full, gone). Nothing was kept; try again later."""


class Store(Protocol):
    """Keeps one sealed, expiring entry per chat. Every method is one transaction, durable when it returns.

    All methods raise `Busy` when the database cannot do it just now.
    """

    async def find(self, chat: int, now: int) -> Routing | None:
        """The entry of that chat, or nothing. Never writes."""

    async def keep(self, routing: Routing, due: int, now: int) -> None:
        """Writes the entry, replacing an earlier one of the same chat; `due` is when `due()` shall return it."""

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
