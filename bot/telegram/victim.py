"""The door of the person who seeks help: what she does becomes an answer in her chat.

Her words are handed on as they come and are gone afterwards; nothing of hers is logged.
"""

import asyncio
from collections.abc import Callable
from typing import TypeVar

from telegram.error import TelegramError

from bot import log
from bot.domain.routing import Tracked
from bot.services.answer import Answer, Erase, Line, Show
from bot.services.conversation import Conversation
from bot.services.opened import STALE_SCREEN, Moment
from bot.services.ports import Busy
from bot.services.retention import Duty, Retention
from bot.telegram.farewell import Farewell
from bot.telegram.inbound import REMOVED_AT_ONCE, Gone, Press, Thing, Words
from bot.telegram.lanes import Job, Locks, Sending, is_urgent
from bot.telegram.limits import Overtaken, Still
from bot.telegram.outbound import ChatGone, Outbound, Vanished

_TELL_AT_ONCE = 3.0
_BELIEVED = 0.1  # seconds for which she is believed to be there still, without asking the store
_REMEMBERED = 500

K = TypeVar("K")


class VictimDoor:
    """Handles one input at a time per person."""

    def __init__(
        self,
        conversation: Conversation,
        retention: Retention,
        outbound: Outbound,
        clock: Callable[[], int],
        now: Callable[[], float],
    ) -> None:
        """`clock` gives whole seconds since 1970, `now` is a monotonic clock in seconds."""
        self._conversation = conversation
        self._retention = retention
        self._outbound = outbound
        self._clock = clock
        self._now = now
        self._locks = Locks()
        self._told: set[tuple[int, int]] = set()  # chats, and messages, that got an answer without the store
        self._albums: dict[tuple[int, str], int] = {}
        self._left_with: dict[int, int] = {}  # the typed message with which somebody left; nowhere but here
        self._farewell = Farewell(conversation, outbound, clock, self._locks)
        self.sending = Sending(self._give, now)

    async def press(self, press: Press) -> set[asyncio.Future[None]]:
        """Answers a button. Returns what is still being sent.

        Raises:
            Busy: nothing could be kept; the same update must come again.
        """
        acknowledged = asyncio.ensure_future(self._outbound.acknowledge(press.callback_id))
        moment = Moment(press.chat, press.message_id, self._clock(), press.hint)
        async with self._locks.of(press.chat):
            try:
                answer = await self._conversation.press(moment, press.data, press.sent_at)
            except Busy:
                await self._answer_without_store(moment, press.data, "")
                raise
            is_kept = press.sent_at is not None and moment.now - press.sent_at < STALE_SCREEN
            return {acknowledged, *await self._post(press.chat, answer, press.message_id if is_kept else None)}

    async def words(self, words: Words) -> set[asyncio.Future[None]]:
        """Answers typed words. Returns and raises as `press`."""
        moment = Moment(words.chat, words.message_id, self._clock(), words.hint)
        async with self._locks.of(words.chat):
            if words.message_id < self._left_with.get(words.chat, 0):
                return set()  # she wrote it before she left, and it could not be kept then: it is not answered now
            try:
                answer = await self._conversation.words(moment, words.text, words.sent_at)
            except Busy:
                await self._answer_without_store(moment, None, words.text)
                raise
            sending = await self._post(words.chat, answer, words.message_id)
            if any(isinstance(step, Erase) and step.leaving for step in answer):
                _remember(self._left_with, words.chat, words.message_id)
            return sending

    async def thing(self, thing: Thing) -> set[asyncio.Future[None]]:
        """Answers anything that is not text; an album gets one answer. Returns and raises as `press`.

        Words under a picture that mean leaving or help are answered as words.
        """
        if self._conversation.is_pressing(None, thing.caption):
            return await self.words(Words(thing.chat, thing.message_id, thing.caption, thing.sent_at, thing.hint))
        moment = Moment(thing.chat, thing.message_id, self._clock(), thing.hint)
        async with self._locks.of(thing.chat):
            try:
                answer = await self._conversation.other(moment, thing.sent_at, thing.kind in REMOVED_AT_ONCE)
            except Busy:
                await self._answer_without_store(moment, None, "")
                raise
            if thing.album is not None and self._seen(thing.chat, thing.album):
                return set()
            return await self._post(thing.chat, answer, thing.message_id)

    async def gone(self, gone: Gone) -> None:
        """She blocked the bot: as an exit, without anything to send. Raises as `press`."""
        async with self._locks.of(gone.chat):
            self.sending.drop(gone.chat)
            await self._conversation.blocked(gone.chat, self._clock())

    def cannot_wait(self, inbound: Press | Words) -> bool:
        """Whether she is leaving or asks for the numbers: that is done even while earlier updates of hers wait."""
        return self._conversation.is_pressing(*_said(inbound))

    async def apologise(self, chat: int, hint: object) -> None:
        """The answer when something broke inside: the numbers, once."""
        moment = Moment(chat, 0, self._clock(), hint)
        await self._answer_without_store(moment, None, "")

    async def finish(self) -> None:
        """Before the program ends: sends what waits, and takes away the lines that exits left."""
        self._farewell.take_lines_away()
        await self.sending.finish()
        await self._farewell.finish()

    async def tidy(self) -> int:
        """Deletes what is due in all chats; returns how many chats were looked after.

        Raises:
            Busy: the store cannot be reached.
        """
        duties = await self._retention.due(self._clock())
        for duty in duties:
            await self._tidy_one(duty)
        return len(duties)

    async def _tidy_one(self, duty: Duty) -> None:
        """Deletes without holding the chat's lock: nobody waits for a tidying on a bad line."""
        try:
            await self._outbound.erase(duty.chat, duty.message_ids)
        except ChatGone:
            async with self._locks.of(duty.chat):
                await self._conversation.blocked(duty.chat, self._clock())
            return
        except TelegramError as error:
            log.failure("tidy_failed", error)
            return
        async with self._locks.of(duty.chat):
            await self._retention.done(duty, self._clock())

    async def _post(self, chat: int, answer: Answer, to: int | None) -> set[asyncio.Future[None]]:
        for told in [told for told in self._told if told[0] == chat]:
            self._told.discard(told)
        if not answer:
            return set()
        first = answer[0]
        if isinstance(first, Erase) and first.leaving:
            self.sending.drop(chat)
            return {await self._farewell.leave(chat, first, answer[1:])}
        return {self.sending.post(chat, answer, to)}

    async def _note_block(self, chat: int) -> None:
        try:
            async with self._locks.of(chat):
                await self._conversation.blocked(chat, self._clock())
        except Busy as error:
            log.failure("block_not_noted", error)

    async def _give(self, chat: int, job: Job) -> None:
        """Carries out an answer and notes what now stands in the chat."""
        sent: list[Tracked] = []
        erased: tuple[int, ...] = ()
        to: int | None = None
        try:
            await self._outbound.give(chat, job.answer, sent, self._still(chat, job))
            to = job.to if sent or _is_strangers(job.answer) else None
            erased = tuple(i for step in job.answer if isinstance(step, Erase) for i in step.message_ids)
        except ChatGone:
            await self._note_block(chat)
            return
        except Overtaken:
            log.event("overtaken", "debug")
        except Vanished as error:
            await self._note_vanished(chat, error.message_id)
        except (TelegramError, Busy) as error:
            log.failure("answer_failed", error)
        await self._note(chat, erased, tuple(sent), to)

    def _still(self, chat: int, job: Job) -> Still:
        """Tells whether an answer is still wanted. She may have left at another replica, so the store is asked too."""

        async def still(sure: bool = False) -> bool:
            if job.overtaken or (not sure and self._now() - job.believed < _BELIEVED):
                return not job.overtaken
            try:
                is_there = await self._conversation.awaits(chat, job.to, self._clock())
            except Busy:
                if not is_urgent(job.answer):
                    raise
                is_there = True  # whoever asked for the numbers gets them, also while nothing can be looked up
            job.believed = self._now()
            return is_there and not job.overtaken

        return still

    async def _note_vanished(self, chat: int, message_id: int) -> None:
        try:
            async with self._locks.of(chat):
                await self._conversation.vanished(chat, message_id, self._clock())
        except Busy as error:
            log.failure("vanished_not_noted", error)  # its time of keeping ends anyway

    async def _note(self, chat: int, erased: tuple[int, ...], sent: tuple[Tracked, ...], to: int | None) -> None:
        """Notes what was deleted and sent; what was sent to a chat that she has left is deleted at once."""
        left_behind: tuple[int, ...] = ()
        try:
            async with self._locks.of(chat):
                if erased:
                    await self._conversation.erased(chat, erased, self._clock())
                if sent or to is not None:
                    left_behind = await self._conversation.sent(chat, sent, self._clock(), to)
        except Busy as error:
            log.failure("sent_not_noted", error)  # exit also deletes the gap between known ids
        if left_behind:
            await self._farewell.erase(chat, left_behind)

    async def _answer_without_store(self, moment: Moment, data: str | None, text: str) -> None:
        answer = self._conversation.without_store(moment, data, text)
        is_static = any(isinstance(step, Line) for step in answer)
        told = (moment.chat, 0 if is_static else moment.message_id)
        if told in self._told:
            return
        self._told.add(told)
        try:
            await asyncio.wait_for(self._outbound.give(moment.chat, answer, []), timeout=_TELL_AT_ONCE)
        except (ChatGone, TelegramError, TimeoutError) as error:
            log.failure("static_answer_failed", error)

    def _seen(self, chat: int, album: str) -> bool:
        if (chat, album) in self._albums:
            return True
        _remember(self._albums, (chat, album), 1)
        return False


def _is_strangers(answer: Answer) -> bool:
    return any(isinstance(step, Show) and step.stranger for step in answer)


def _remember(memory: dict[K, int], key: K, value: int) -> None:
    """Notes something for a while: the oldest goes when there is too much."""
    memory.pop(key, None)
    memory[key] = value
    while len(memory) > _REMEMBERED:
        memory.pop(next(iter(memory)))


def _said(inbound: Press | Words) -> tuple[str | None, str]:
    """The data of a button and the typed words, one of which there is."""
    return (inbound.data, "") if isinstance(inbound, Press) else (None, inbound.text)
