"""Carries out an exit: takes everything out of her chat, forgets her, and shows for a minute that it worked."""

import asyncio
from collections.abc import Callable

from telegram.error import TelegramError

from bot import log
from bot.domain.routing import Tracked
from bot.services.answer import Answer, Erase
from bot.services.conversation import Conversation
from bot.services.ports import Busy
from bot.telegram.lanes import Locks
from bot.telegram.outbound import ChatGone, Outbound

_MARK_AT_ONCE, _ERASE_AT_ONCE = 0.3, 3.0

LINE_STAYS = 60.0
"""Seconds for which the line that shows that Close worked stays in the chat (`safety_content` 3.3)."""


class Farewell:
    """One exit at a time per chat; whoever calls `leave` holds the chat's lock."""

    def __init__(self, conversation: Conversation, outbound: Outbound, clock: Callable[[], int], locks: Locks) -> None:
        """`clock` gives whole seconds since 1970."""
        self._conversation = conversation
        self._outbound = outbound
        self._clock = clock
        self._locks = locks
        self._last_lines: dict[int, int] = {}  # the line that an exit left, until it goes too; nowhere but here
        self._behind: set[asyncio.Future[bool]] = set()

    def take_lines_away(self) -> None:
        """Before the program ends: the lines that exits left go now."""
        for chat, message_id in list(self._last_lines.items()):
            self._take_line_away(chat, message_id)

    async def finish(self) -> None:
        """Waits until the lines are gone."""
        while self._behind:
            await asyncio.wait(list(self._behind))

    async def leave(self, chat: int, erase: Erase, rest: Answer) -> asyncio.Future[None]:
        """Deletes first, forgets then: a crash in between loses no id. On a bad line deleting goes on behind.

        Returns what is still being sent, the `rest` of the answer. Raises `Busy` when she cannot be forgotten now.
        Before that it is marked that she leaves, for other replicas; but deleting does not wait for a slow store.
        """
        marking = asyncio.ensure_future(self._mark(chat, erase.message_ids))
        await asyncio.wait({marking}, timeout=_MARK_AT_ONCE)
        earlier = tuple(i for i in [self._last_lines.pop(chat, None)] if i is not None)
        erasing = asyncio.ensure_future(self.erase(chat, erase.message_ids + earlier))
        await asyncio.wait({erasing}, timeout=_ERASE_AT_ONCE)
        await marking
        if erasing.done() and erasing.result():
            forgotten = await self._conversation.left(chat, erase.message_ids, self._clock())
            return asyncio.ensure_future(self._last_line(chat, forgotten.behind, rest if forgotten.was_last else ()))
        await self._conversation.leaving(chat, erase.message_ids, self._clock())
        return asyncio.ensure_future(self._leave_slowly(chat, erase.message_ids, erasing, rest))

    async def _mark(self, chat: int, message_ids: tuple[int, ...]) -> None:
        try:
            await self._conversation.leaving(chat, message_ids, self._clock())
        except Busy as error:
            log.failure("exit_not_marked", error)  # deleting comes first; forgetting fails too, so she is heard again

    async def _leave_slowly(
        self, chat: int, message_ids: tuple[int, ...], erasing: asyncio.Future[bool], rest: Answer
    ) -> None:
        """Goes on deleting; if that fails, the entry stays marked and the sweep tries again."""
        if not await erasing:
            return
        try:
            async with self._locks.of(chat):
                await self._conversation.erased(chat, message_ids, self._clock())
        except Busy as error:
            log.failure("exit_not_forgotten", error)
        await self._last_line(chat, (), rest)

    async def _last_line(self, chat: int, left_behind: tuple[int, ...], rest: Answer) -> None:
        """What was on its way while she left goes too; then the line that shows that Close worked."""
        if left_behind and not await self.erase(chat, left_behind):
            return
        lines: list[Tracked] = []
        try:
            await self._outbound.give(chat, rest, lines)
        except (ChatGone, TelegramError) as error:
            log.failure("last_line_failed", error)
            return
        for line in lines:
            self._last_lines[chat] = line.message_id
            asyncio.get_running_loop().call_later(LINE_STAYS, self._take_line_away, chat, line.message_id)

    def _take_line_away(self, chat: int, message_id: int) -> None:
        if self._last_lines.get(chat) == message_id:
            del self._last_lines[chat]
            self._behind.add(task := asyncio.ensure_future(self.erase(chat, (message_id,))))
            task.add_done_callback(self._behind.discard)

    async def erase(self, chat: int, message_ids: tuple[int, ...]) -> bool:
        """Whether Telegram has dealt with the deletion. Never raises."""
        try:
            await self._outbound.erase(chat, message_ids)
        except (ChatGone, TelegramError) as error:
            log.failure("erase_failed", error)
            return False
        return True
