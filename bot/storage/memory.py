"""A store that keeps nothing beyond its process: for tests."""

from bot.domain.routing import Routing
from bot.services.ports import Decide, Due, Store, T


class MemoryStore(Store):
    """As `SqlStore`, in a dictionary. Nothing is sealed, because nothing is written."""

    def __init__(self) -> None:
        self._entries: dict[int, tuple[int, int, Routing]] = {}  # chat -> due, day it was written or re-sealed, entry

    async def find(self, chat: int, now: int) -> Routing | None:
        """As `Store.find`."""
        entry = self._entries.get(chat)
        return entry[2] if entry else None

    async def change(self, chat: int, now: int, decide: Decide[T], due: Due) -> T:
        """As `Store.change`; nothing can come in between, because it never waits."""
        found = await self.find(chat, now)
        entry, answer = decide(found)
        if entry is None:
            self._entries.pop(chat, None)
        elif entry != found:
            self._entries[chat] = (due(entry), now // 86400, entry)
        return answer

    async def forget(self, chat: int, now: int) -> None:
        """As `Store.forget`."""
        self._entries.pop(chat, None)

    async def due(self, now: int, limit: int) -> list[Routing]:
        """As `Store.due`."""
        ready = sorted((due, chat) for chat, (due, _, _) in self._entries.items() if due <= now)
        return [self._entries[chat][2] for _, chat in ready[:limit]]

    async def roll_keys(self, now: int) -> int:
        """As `Store.roll_keys`: counts the entries of other days and moves them to today."""
        today = now // 86400
        old = [chat for chat, (_, day, _) in self._entries.items() if day != today]
        for chat in old:
            due, _, routing = self._entries[chat]
            self._entries[chat] = (due, today, routing)
        return len(old)

    async def ready(self) -> bool:
        """Always."""
        return True

    async def close(self) -> None:
        """Forgets everything."""
        self._entries.clear()
