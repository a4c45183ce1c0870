"""Deletes in time what Telegram would soon no longer let us delete, and forgets chats that have nothing left."""

from dataclasses import dataclass

from bot.domain.routing import Routing
from bot.services.ports import Store

AT_ONCE = 50
"""Chats looked after in one round."""


@dataclass(frozen=True, slots=True)
class Duty:
    """Messages of one chat whose time has come."""

    chat: int
    message_ids: tuple[int, ...]


class Retention:
    """Finds what is due and notes what was done. All methods raise `Busy` when the store cannot be reached."""

    def __init__(self, store: Store, retention: int) -> None:
        """`retention` is in seconds after sending."""
        self._store = store
        self._retention = retention

    async def due(self, now: int) -> list[Duty]:
        """What must be deleted now, the most overdue chats first."""
        return [self._duty(entry, now) for entry in await self._store.due(now, AT_ONCE)]

    def _duty(self, entry: Routing, now: int) -> Duty:
        """What is overdue; when that is everything, the gaps too, where an answer that we do not know of may stand."""
        overdue = entry.overdue(now, self._retention)
        if overdue and len(overdue) == len(entry.messages):
            return Duty(entry.chat, entry.erasable(now, also=overdue))
        return Duty(entry.chat, overdue)

    async def done(self, duty: Duty, now: int) -> None:
        """Notes that the messages are gone, and forgets the chat when none is left."""

        def decide(found: Routing | None) -> tuple[Routing | None, None]:
            kept = found.untrack(frozenset(duty.message_ids)) if found else None
            return (kept if kept and kept.messages else None), None

        await self._store.change(duty.chat, now, decide, lambda entry: entry.due_at(self._retention))
