"""Every Bot API method that the emulator knows, by name."""

from collections.abc import Callable
from typing import Any

from . import methods_chats as chats
from . import methods_copies as copies
from . import methods_messages as messages
from . import methods_profile as profile
from . import methods_queries as queries
from . import methods_updates as updates
from .account import BotAccount
from .params import Params

Method = Callable[[BotAccount, Params], Any]
"""Performs a call and gives its result, as JSON; raises Refusal."""

GET_UPDATES = "getUpdates"

METHODS: dict[str, Method] = {
    "getMe": profile.get_me,
    "getWebhookInfo": updates.get_webhook_info,
    "setWebhook": updates.set_webhook,
    "deleteWebhook": updates.delete_webhook,
    "logOut": updates.log_out,
    "close": updates.close,
    "sendMessage": messages.send_message,
    "sendContact": messages.send_contact,
    "sendPhoto": messages.send_photo,
    "editMessageText": messages.edit_message_text,
    "editMessageReplyMarkup": messages.edit_message_reply_markup,
    "copyMessage": copies.copy_message,
    "copyMessages": copies.copy_messages,
    "forwardMessage": copies.forward_message,
    "deleteMessage": chats.delete_message,
    "deleteMessages": chats.delete_messages,
    "sendChatAction": chats.send_chat_action,
    "getChat": chats.get_chat,
    "leaveChat": chats.leave_chat,
    "setMessageReaction": chats.set_message_reaction,
    "setChatMenuButton": chats.set_chat_menu_button,
    "getChatMenuButton": chats.get_chat_menu_button,
    "answerCallbackQuery": queries.answer_callback_query,
    "answerInlineQuery": queries.answer_inline_query,
    "answerPreCheckoutQuery": queries.answer_pre_checkout_query,
    "setMyCommands": profile.set_my_commands,
    "getMyCommands": profile.get_my_commands,
    "deleteMyCommands": profile.delete_my_commands,
    "setMyName": profile.set_my_name,
    "getMyName": profile.get_my_name,
    "setMyDescription": profile.set_my_description,
    "getMyDescription": profile.get_my_description,
    "setMyShortDescription": profile.set_my_short_description,
    "getMyShortDescription": profile.get_my_short_description,
    "setMyProfilePhoto": profile.set_my_profile_photo,
}

_BY_LOWER_CASE = {name.lower(): name for name in (*METHODS, GET_UPDATES)}


def canonical(name: str) -> str | None:
    """The proper spelling of a method's name, which may come in any case; None for one that does not exist."""
    return _BY_LOWER_CASE.get(name.lower())
