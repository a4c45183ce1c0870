"""Reads what Telegram sends into the few things we act on. Names, phones and files are left where they are.

Everything that Telegram, or somebody pretending to be Telegram, may send has an answer here: something we act on, or a
silence with a name. Nothing raises (promise P9).
"""

from collections.abc import Mapping
from dataclasses import dataclass

Raw = Mapping[str, object]

REMOVED_AT_ONCE = ("contact", "venue", "location")
"""Things that tell who or where somebody is; they are taken out of the chat."""

UNREAD = tuple(
    "photo video video_note voice audio animation document sticker poll dice game story checklist paid_media "
    "live_photo rich_message invoice giveaway".split()
)
"""Things that we neither open nor save; she is told so. A message that is two of them counts as the earlier one."""

# Tuples, not sets: what is compared with them may be anything that JSON can hold, and need not have a hash.
_SHARED = ("group", "supergroup", "channel")
_INSIDE = ("member", "administrator", "restricted")

_HIGHEST_ID = 2**52
_HIGHEST_TIME = 2**40
_TELEGRAM_ITSELF = 777000


@dataclass(frozen=True, slots=True)
class Press:
    """A button was pressed. `sent_at` is when its message was sent; None when Telegram no longer shows it."""

    chat: int
    message_id: int
    callback_id: str
    data: str
    sent_at: int | None
    hint: object


@dataclass(frozen=True, slots=True)
class Words:
    """Typed words."""

    chat: int
    message_id: int
    text: str
    sent_at: int
    hint: object


@dataclass(frozen=True, slots=True)
class Thing:
    """Anything else that can be sent, with the words written under it. Pictures of one album share their `album`."""

    chat: int
    message_id: int
    kind: str
    sent_at: int
    hint: object
    album: str | None
    caption: str = ""


@dataclass(frozen=True, slots=True)
class Gone:
    """She blocked the bot."""

    chat: int


@dataclass(frozen=True, slots=True)
class Foreign:
    """A group or a channel, where this bot has no business: it leaves without a word."""

    chat: int


@dataclass(frozen=True, slots=True)
class Silent:
    """Nothing to say. A press or a payment question still gets the empty answer that ends its waiting."""

    kind: str
    callback_id: str | None = None
    checkout_id: str | None = None


Inbound = Press | Words | Thing | Gone | Foreign | Silent


def read(update: object) -> Inbound:
    """What an update means to us. Takes anything that JSON can hold."""
    if not isinstance(update, dict):
        return Silent("malformed")
    if "message" in update:
        return _message(update["message"])
    if "callback_query" in update:
        return _press(update["callback_query"])
    if "my_chat_member" in update:
        return _membership(update["my_chat_member"])
    if "pre_checkout_query" in update:
        query = update["pre_checkout_query"]
        return Silent("pre_checkout_query", checkout_id=_word(query.get("id")) if isinstance(query, dict) else None)
    if "channel_post" in update and (chat := _foreign(update["channel_post"])) is not None:
        return Foreign(chat)
    known = next((key for key in update if key != "update_id" and isinstance(key, str) and key.isidentifier()), None)
    return Silent(known[:40] if known else "empty")


def update_id(update: object) -> int | None:
    """The number of an update, or nothing when it has none that can be confirmed."""
    found = update.get("update_id") if isinstance(update, dict) else None
    return found if isinstance(found, int) and not isinstance(found, bool) and 0 <= found < 2**63 else None


def _message(message: object) -> Inbound:
    if not isinstance(message, dict):
        return Silent("malformed")
    if (group := _foreign(message)) is not None:
        return Foreign(group)
    chat, sender = _private(message), message.get("from")
    message_id, sent_at = _number(message.get("message_id"), _HIGHEST_ID), _number(message.get("date"), _HIGHEST_TIME)
    if chat is None or message_id is None or sent_at is None or not _is_person(sender, chat):
        return Silent("malformed")
    hint = sender.get("language_code") if isinstance(sender, dict) else None
    if isinstance(text := message.get("text"), str):
        return Words(chat, message_id, text, sent_at, hint)
    for kind in (*REMOVED_AT_ONCE, *UNREAD):
        if kind in message:
            caption, album = message.get("caption"), _word(message.get("media_group_id"))
            return Thing(chat, message_id, kind, sent_at, hint, album, caption if isinstance(caption, str) else "")
    return Silent("service")


def _press(query: object) -> Inbound:
    if not isinstance(query, dict):
        return Silent("malformed")
    callback_id = _word(query.get("id"))
    message, data, sender = query.get("message"), query.get("data"), query.get("from")
    if callback_id is None or not isinstance(message, dict):
        return Silent("callback_query", callback_id=callback_id)
    chat, message_id = _private(message), _number(message.get("message_id"), _HIGHEST_ID)
    if chat is None or message_id is None or not _is_person(sender, chat):
        return Silent("callback_query", callback_id=callback_id)
    hint = sender.get("language_code") if isinstance(sender, dict) else None
    sent_at = _number(message.get("date"), _HIGHEST_TIME)
    return Press(chat, message_id, callback_id, data if isinstance(data, str) else "", sent_at, hint)


def _membership(change: object) -> Inbound:
    if not isinstance(change, dict):
        return Silent("malformed")
    member = change.get("new_chat_member")
    status = member.get("status") if isinstance(member, dict) else None
    if (chat := _private(change)) is not None:
        return Gone(chat) if status == "kicked" else Silent("my_chat_member")
    group = _foreign(change)
    if group is not None and status in _INSIDE:
        return Foreign(group)
    return Silent("my_chat_member")


def _private(holder: Raw) -> int | None:
    chat = holder.get("chat")
    if isinstance(chat, dict) and chat.get("type") == "private":
        return _number(chat.get("id"), _HIGHEST_ID)
    return None


def _foreign(holder: object) -> int | None:
    chat = holder.get("chat") if isinstance(holder, dict) else None
    if not isinstance(chat, dict) or chat.get("type") not in _SHARED:
        return None
    chat_id = chat.get("id")
    return chat_id if isinstance(chat_id, int) and -_HIGHEST_ID < chat_id < 0 else None


def _is_person(sender: object, chat: int) -> bool:
    """Whether the message is from the one person whose chat this is."""
    return (
        isinstance(sender, dict)
        and sender.get("id") == chat
        and chat != _TELEGRAM_ITSELF
        and sender.get("is_bot") is not True
    )


def _number(value: object, limit: int) -> int | None:
    return value if isinstance(value, int) and not isinstance(value, bool) and 0 < value < limit else None


def _word(value: object) -> str | None:
    return value if isinstance(value, str) and 0 < len(value) <= 64 else None
