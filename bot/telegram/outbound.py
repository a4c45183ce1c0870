"""Puts an answer into her chat: shows, sends, deletes, and tries again when the line is bad.

Every send is silent and without link previews. Nothing of hers is ever put into a text.
"""

import asyncio
from collections.abc import Awaitable, Callable, Iterable
from typing import TypeVar

from telegram import CopyTextButton, InlineKeyboardButton, InlineKeyboardMarkup, LinkPreviewOptions, Message
from telegram.error import BadRequest, Forbidden, NetworkError, RetryAfter, TelegramError, TimedOut
from telegram.ext import ExtBot

from bot import log
from bot.dialog.model import URGENT
from bot.dialog.view import Button, View
from bot.domain.routing import Tracked
from bot.services.answer import Answer, Card, Erase, Line, Show
from bot.services.ports import Busy
from bot.telegram.limits import FIRST, Overtaken, Still, Ticket, always

_NO_PREVIEW = LinkPreviewOptions(is_disabled=True)
_PAUSES = (0.4, 1.0, 2.0, 4.0, 8.0, 15.0, 30.0)
_TRY_FOR = 60
_BLANK = "…"
_AT_ONCE = 100
_NOT_THERE = (
    "message to edit not found",
    "message can't be edited",
    "message_id_invalid",
    "message to delete not found",
    "there is no text in the message to edit",  # a forged press on a card
)
_NO_CHAT = ("chat not found", "user is deactivated", "peer_id_invalid", "user not found")

T = TypeVar("T")
Bot = ExtBot[Ticket]


class ChatGone(Exception):
    """She blocked the bot or deleted her account."""


class Vanished(Exception):
    """A stranger pressed a button of this message, which is no longer there: she left before the press came."""

    def __init__(self, message_id: int) -> None:
        super().__init__()
        self.message_id = message_id


class Outbound:
    """Sends to one chat at a time, in order. `clock` gives whole seconds since 1970; `jitter` a factor about 1."""

    def __init__(self, bot: Bot, clock: Callable[[], int], jitter: Callable[[], float]) -> None:
        self._bot = bot
        self._clock = clock
        self._jitter = jitter

    async def give(self, chat: int, answer: Answer, sent: list[Tracked], still: Still = always) -> None:
        """Carries out the steps while they are `still` wanted.

        Messages that now stand in the chat and must be deleted later are added to `sent`, also when a later step fails.

        Raises:
            ChatGone: nothing more can be sent there.
            Overtaken, Vanished: the rest was no longer wanted.
            Busy: whether it is still wanted could not be told in about a minute.
            TelegramError: a step was finally refused, or could not be carried out in about a minute.
        """
        for step in answer:
            match step:
                case Show():
                    await self._show(chat, step, sent, still)
                case Card():
                    sent.append(await self._card(chat, step.number, still))
                case Line():
                    sent.append(await self._line(chat, step.text, still))
                case Erase():
                    await self.erase(chat, step.message_ids)

    async def acknowledge(self, callback_id: str) -> None:
        """Ends the waiting mark on a pressed button. Too late or unknown is nothing to worry about."""
        try:
            await self._bot.answer_callback_query(callback_id, rate_limit_args=FIRST)
        except TelegramError as error:
            log.event("acknowledge_failed", "debug", error=type(error).__name__)

    async def decline_payment(self, checkout_id: str) -> None:
        """This bot sells nothing."""
        try:
            await self._bot.answer_pre_checkout_query(checkout_id, ok=False, error_message="-")
        except TelegramError as error:
            log.event("decline_failed", "debug", error=type(error).__name__)

    async def leave(self, chat: int) -> None:
        """Leaves a group or channel without a word."""
        try:
            await self._bot.leave_chat(chat)
        except TelegramError as error:
            log.event("leave_failed", "info", error=type(error).__name__)

    async def erase(self, chat: int, message_ids: Iterable[int]) -> None:
        """Deletes messages, a hundred in a call; ids that are not there are skipped, too old ones stay.

        Raises:
            ChatGone, TelegramError: as `give`.
        """
        ids = list(message_ids)
        await asyncio.gather(*(self._erase(chat, ids[i : i + _AT_ONCE]) for i in range(0, len(ids), _AT_ONCE)))

    async def _erase(self, chat: int, ids: list[int]) -> None:
        try:
            await self._persist(lambda: self._bot.delete_messages(chat, ids, rate_limit_args=FIRST))
        except BadRequest as error:
            if len(ids) == 1:
                log.event("delete_refused", "info", error=type(error).__name__)
                return
            half = len(ids) // 2  # one message that may not be deleted must not protect the others
            await asyncio.gather(self._erase(chat, ids[:half]), self._erase(chat, ids[half:]))

    async def _show(self, chat: int, step: Show, sent: list[Tracked], still: Still) -> None:
        if step.at is not None:
            if await self._edit(chat, step.at, step.view, still):
                return
            if step.stranger:
                raise Vanished(step.at)
            if not await still(sure=True):  # perhaps it is gone because she left a moment ago
                raise Overtaken
        sent.append(await self._send(chat, step.view, still))
        if step.replaces is not None:
            await self._take_away(chat, step.replaces)

    async def _edit(self, chat: int, message_id: int, view: View, still: Still) -> bool:
        """Whether the message now shows the view."""
        try:
            await self._persist(
                lambda: self._bot.edit_message_text(
                    view.text,
                    chat_id=chat,
                    message_id=message_id,
                    reply_markup=keyboard(view),
                    link_preview_options=_NO_PREVIEW,
                    rate_limit_args=_ticket(view, still),
                ),
                still,
            )
        except BadRequest as error:
            reason = error.message.lower()
            if "message is not modified" in reason:
                return True
            if any(words in reason for words in _NOT_THERE):
                return False
            raise
        return True

    async def _send(self, chat: int, view: View, still: Still) -> Tracked:
        message: Message = await self._persist(
            lambda: self._bot.send_message(
                chat,
                view.text,
                reply_markup=keyboard(view),
                disable_notification=True,
                link_preview_options=_NO_PREVIEW,
                rate_limit_args=_ticket(view, still),
            ),
            still,
        )
        return Tracked(message.message_id, self._clock())

    async def _card(self, chat: int, number: str, still: Still) -> Tracked:
        message: Message = await self._persist(
            lambda: self._bot.send_contact(
                chat, number, first_name=number, disable_notification=True, rate_limit_args=Ticket(True, still)
            ),
            still,
        )
        return Tracked(message.message_id, self._clock())

    async def _line(self, chat: int, text: str, still: Still) -> Tracked:
        message: Message = await self._persist(
            lambda: self._bot.send_message(
                chat,
                text,
                disable_notification=True,
                link_preview_options=_NO_PREVIEW,
                rate_limit_args=Ticket(True, still),
            ),
            still,
        )
        return Tracked(message.message_id, self._clock())

    async def _take_away(self, chat: int, message_id: int) -> None:
        """Deletes one message; where Telegram no longer allows that, leaves it without words and buttons."""
        try:
            await self._persist(lambda: self._bot.delete_message(chat, message_id))
        except BadRequest:
            try:
                await self._persist(lambda: self._bot.edit_message_text(_BLANK, chat_id=chat, message_id=message_id))
            except BadRequest as error:
                log.event("blank_refused", "info", error=type(error).__name__)

    async def _persist(self, call: Callable[[], Awaitable[T]], still: Still = always) -> T:
        """Tries until it works, is refused, is no longer wanted, or about a minute has passed."""
        give_up = self._clock() + _TRY_FOR
        for pause in _PAUSES:
            try:
                if not await still():
                    raise Overtaken
                return await call()
            except Forbidden:
                raise ChatGone from None
            except BadRequest as error:
                if any(words in error.message.lower() for words in _NO_CHAT):
                    raise ChatGone from None
                raise
            except (TimedOut, NetworkError, RetryAfter, Busy) as error:
                log.event("send_failed", "info", error=type(error).__name__)
                if self._clock() + pause > give_up:
                    raise
                await asyncio.sleep(pause * self._jitter())
        raise TimedOut


def _ticket(view: View, still: Still) -> Ticket:
    return Ticket(first=view.session.screen == URGENT, still=still)


def keyboard(view: View) -> InlineKeyboardMarkup:
    """The buttons of a screen as Telegram takes them."""
    return InlineKeyboardMarkup([[_button(button) for button in row] for row in view.rows])


def _button(button: Button) -> InlineKeyboardButton:
    if button.opens is not None:
        return InlineKeyboardButton(button.words, url=button.opens)
    if button.copies is not None:
        return InlineKeyboardButton(button.words, copy_text=CopyTextButton(button.copies))
    return InlineKeyboardButton(button.words, callback_data=button.data)
