"""What a person does with her telephone, and what the bot is told of it."""

from dataclasses import dataclass

from .account import BotAccount
from .kinds import CAPTIONED
from .people import Chat, Message
from .shapes import Json
from .text import content as words_of
from .text import written

EDIT_SECONDS = 48 * 3600


class Impossible(Exception):
    """She cannot do that: there is no such message, button or chat. The sentence says which."""

    def __init__(self, reason: str, status: int = 400) -> None:
        """`status` is the HTTP status for the control API."""
        super().__init__(reason)
        self.status = status


@dataclass(frozen=True, slots=True)
class Sent:
    """A message of hers; `update_id` is None when the bot did not ask for such updates."""

    message_id: int
    update_id: int | None


def send(account: BotAccount, chat: Chat, *, text: str = "", kind: str = "text", message: Json | None = None) -> Sent:
    """She sends words, or a message of another kind with `text` as its caption.

    `message` is merged into the result field by field: any Bot API field, also wrong ones. A `reply_to_message` that
    has only a `message_id` becomes the real message. Raises Impossible.
    """
    if chat.person is None:
        raise Impossible("people write in their private chats only")
    if chat.blocked:
        raise Impossible("she has blocked the bot", 409)
    merged = dict(message or {})
    fields: Json = {}
    if text or kind != "text" or message is None:
        made = account.stubs.make(kind, chat.person, text)
        if made is None:
            raise Impossible(f"unknown kind of message: {kind}")
        fields = made
        if kind == "text" and not text.strip():
            raise Impossible("a text message needs text")
    elif isinstance(merged.get("text"), str) and "entities" not in merged:
        fields = words_of(written(merged["text"]))
    fields |= merged
    chat.started = True
    reply_to = _replied(account, chat, fields)
    message_id = _own_number(fields, "message_id") or account.next_message_id(chat)
    date = _own_number(fields, "date") or account.clock.seconds()
    stored = Message(message_id, chat.person, date, fields, reply_to=reply_to)
    account.keep(chat, stored)
    return Sent(message_id, account.update("message", account.shape(chat, stored), chat.id))


def _own_number(fields: Json, name: str) -> int | None:
    """A number that the message was told to have; wrong ones stay in the fields and are only shown."""
    value = fields.get(name)
    return value if isinstance(value, int) and not isinstance(value, bool) and 0 < value < 2**53 else None


def _replied(account: BotAccount, chat: Chat, fields: Json) -> int | None:
    reply = fields.get("reply_to_message")
    if not isinstance(reply, dict) or set(reply) != {"message_id"}:
        return None
    original = chat.messages.get(reply["message_id"]) if isinstance(reply["message_id"], int) else None
    if original is None:
        raise Impossible("the message she replies to is not there", 404)
    del fields["reply_to_message"]
    return original.message_id


def start(account: BotAccount, chat: Chat, payload: str = "") -> Sent:
    """She presses Start, perhaps from a link with a payload; that also ends a block."""
    if chat.blocked:
        unblock(account, chat)
    return send(account, chat, text=f"/start {payload}".strip())


def tap(account: BotAccount, chat: Chat, message_id: int, data: str, *, force: bool = False) -> int | None:
    """She taps a button; the update's id.

    Raises Impossible when there is no such button on her screen, unless `force`: then the tap is forged, and a message
    that is not there is described as inaccessible.
    """
    if chat.person is None:
        raise Impossible("people tap in their private chats only")
    message = chat.messages.get(message_id)
    if not force:
        if message is None or message.hidden:
            raise Impossible("there is no such message", 404)
        if not any(button.get("callback_data") == data for row in message.rows or [] for button in row):
            raise Impossible("there is no such button", 404)
        if chat.blocked:
            raise Impossible("she has blocked the bot", 409)
    shown = account.shape(chat, message) if message else {"chat": chat.info(), "message_id": message_id, "date": 0}
    query: Json = {
        "id": account.new_query(chat.id),
        "from": chat.person.user(),
        "message": shown,
        "chat_instance": chat.instance,
        "data": data,
    }
    return account.update("callback_query", query, chat.person.id)


def edit(account: BotAccount, chat: Chat, message_id: int, text: str) -> int | None:
    """She changes the words of a message of hers; the update's id. Raises Impossible."""
    message = _hers(chat, message_id)
    if not text.strip():
        raise Impossible("a message needs words")
    if account.clock.seconds() - message.date > EDIT_SECONDS:
        raise Impossible("the message is too old to edit", 409)
    caption = any(kind in message.content for kind in CAPTIONED)
    if not caption and "text" not in message.content:
        raise Impossible("that message has no words to edit", 409)
    stale = {"text", "entities", "caption", "caption_entities"}
    kept = {name: value for name, value in message.content.items() if name not in stale}
    message.content = kept | words_of(written(text), caption=caption)
    message.edit_date = account.clock.seconds()
    message.reworded = True
    account.changed(chat.id)
    return account.update("edited_message", account.shape(chat, message), chat.id)


def delete(account: BotAccount, chat: Chat, message_id: int) -> None:
    """She deletes a message for both sides; the bot is not told. Raises Impossible."""
    if chat.messages.pop(message_id, None) is None:
        raise Impossible("there is no such message", 404)
    account.changed(chat.id)


def clear(account: BotAccount, chat: Chat) -> None:
    """She deletes the chat from her telephone; the bot keeps its side and is not told."""
    for message in chat.messages.values():
        message.hidden = True
    account.changed(chat.id)


def block(account: BotAccount, chat: Chat) -> int | None:
    """She blocks the bot; the update's id."""
    return _membership(account, chat, blocked=True)


def unblock(account: BotAccount, chat: Chat) -> int | None:
    """She lets the bot write again; the update's id."""
    return _membership(account, chat, blocked=False)


def _membership(account: BotAccount, chat: Chat, *, blocked: bool) -> int | None:
    if chat.person is None or chat.blocked == blocked:
        return None
    chat.blocked = blocked
    member: Json = {"user": account.user(), "status": "member"}
    banned: Json = {"user": account.user(), "status": "kicked", "until_date": 0}
    change: Json = {
        "chat": chat.info(),
        "from": chat.person.user(),
        "date": account.clock.seconds(),
        "old_chat_member": member if blocked else banned,
        "new_chat_member": banned if blocked else member,
    }
    account.changed(chat.id)
    return account.update("my_chat_member", change, chat.id)


def _hers(chat: Chat, message_id: int) -> Message:
    message = chat.messages.get(message_id)
    if message is None or message.hidden:
        raise Impossible("there is no such message", 404)
    if message.sender is None:
        raise Impossible("that message is not hers", 409)
    return message
