"""Bot API methods that write: sending a message and changing it.

Order of the checks and wording: `Client::do_send_message`, `check_message` and `process_edit_message_*` in
tdlib/telegram-bot-api.
"""

from typing import Any

from .account import BotAccount
from .keyboards import Rows, inline_rows
from .params import Params
from .people import Chat, Message
from .refusals import NOT_MODIFIED, bad_request
from .shapes import Json
from .text import MAX_CAPTION, MAX_TEXT, Styled, content, styled

MAX_VCARD_BYTES = 2048


def send_message(account: BotAccount, params: Params) -> Json:
    """sendMessage: plain words, with or without buttons."""
    fields = _words(params)
    preview = params.structure("link_preview_options")
    if isinstance(preview, dict) and preview:
        fields["link_preview_options"] = preview
    return _sent(account, params, fields)


def send_contact(account: BotAccount, params: Params) -> Json:
    """sendContact: a card with a number; short numbers such as 102 are fine."""
    card: Json = {"phone_number": params.required("phone_number"), "first_name": params.required("first_name")}
    for name in ("last_name", "vcard"):
        if params.text(name):
            card[name] = params.text(name)
    if len(params.text("vcard").encode()) > MAX_VCARD_BYTES:
        raise bad_request("vcard is too long")  # the limit is documented, the wording is ours
    return _sent(account, params, {"contact": card})


def send_photo(account: BotAccount, params: Params) -> Json:
    """sendPhoto: the picture itself is thrown away; what comes back names files that do not exist."""
    if not params.text("photo"):
        raise bad_request("there is no photo in the request")
    fields: Json = {"photo": account.stubs.photo_sizes()} | content(caption_of(params), caption=True)
    if params.flag("has_spoiler"):
        fields["has_media_spoiler"] = True
    return _sent(account, params, fields)


def caption_of(params: Params) -> Styled:
    """The caption in a call. Raises Refusal (400)."""
    return styled(
        params.text("caption"),
        params.text("parse_mode"),
        params.structure("caption_entities"),
        limit=MAX_CAPTION,
        too_long="message caption is too long",
    )


def _words(params: Params) -> Json:
    if not params.text("text"):
        raise bad_request("message text is empty")
    words = styled(
        params.text("text"),
        params.text("parse_mode"),
        params.structure("entities"),
        limit=MAX_TEXT,
        too_long="message is too long",
    )
    if not words.text:
        raise bad_request("text must be non-empty")
    return content(words)


def _sent(account: BotAccount, params: Params, fields: Json) -> Json:
    chat = account.writable_chat(params.values.get("chat_id"))
    message = put(account, chat, params, fields)
    return account.shape(chat, message)


def put(account: BotAccount, chat: Chat, params: Params, fields: Json, *, origin: Json | None = None) -> Message:
    """Check what goes with a message (reply, buttons, speed) and write it. Raises Refusal (400, 429)."""
    reply_to = _reply_to(chat, params)
    rows = inline_rows(params.structure("reply_markup"))
    too_fast = account.floods.check(chat.id)
    if too_fast:
        raise too_fast
    return write(account, chat, params, fields, rows=rows, reply_to=reply_to, origin=origin)


def write(
    account: BotAccount,
    chat: Chat,
    params: Params,
    fields: Json,
    *,
    rows: Rows | None = None,
    reply_to: int | None = None,
    origin: Json | None = None,
) -> Message:
    """Write a message of the bot into a chat."""
    message = Message(
        account.next_message_id(chat),
        None,
        account.clock.seconds(),
        fields,
        rows,
        reply_to=reply_to,
        origin=origin,
        protected=params.flag("protect_content"),
        silent=params.flag("disable_notification"),
    )
    return account.keep(chat, message)


def _reply_to(chat: Chat, params: Params) -> int | None:
    wanted = params.structure("reply_parameters")
    if wanted is None:
        number: Any = params.integer("reply_to_message_id")
        lenient = False
    elif isinstance(wanted, dict):
        number, lenient = wanted.get("message_id"), wanted.get("allow_sending_without_reply") is True
    else:
        raise bad_request("object expected as reply parameters")
    if not number or number in chat.messages:
        return number or None
    if lenient:
        return None
    raise bad_request("message to be replied not found")


def edit_message_text(account: BotAccount, params: Params) -> Json:
    """editMessageText: other words, other buttons; no buttons given means none."""
    fields = _words(params)
    chat, message = _own_message(account, params)
    if "text" not in message.content:
        raise bad_request("there is no text in the message to edit")
    rows = inline_rows(params.structure("reply_markup"), only_inline=True)
    preview = params.structure("link_preview_options")
    if isinstance(preview, dict) and preview:
        fields["link_preview_options"] = preview
    if (fields, rows) == (message.content, message.rows):
        raise bad_request(NOT_MODIFIED)
    message.reworded = message.reworded or fields.get("text") != message.content.get("text")
    message.content, message.rows = fields, rows
    return _edited(account, chat, message)


def edit_message_reply_markup(account: BotAccount, params: Params) -> Json:
    """editMessageReplyMarkup: the same words, other buttons."""
    chat, message = _own_message(account, params)
    rows = inline_rows(params.structure("reply_markup"), only_inline=True)
    if rows == message.rows:
        raise bad_request(NOT_MODIFIED)
    message.rows = rows
    return _edited(account, chat, message)


def _own_message(account: BotAccount, params: Params) -> tuple[Chat, Message]:
    if params.values.get("chat_id") in (None, "") and "message_id" not in params:
        if not params.text("inline_message_id"):
            raise bad_request("message identifier is not specified")
        raise bad_request("MESSAGE_ID_INVALID")  # there are no inline messages in this world
    chat = account.writable_chat(params.values.get("chat_id"))
    message = found(chat, params, "message to edit")
    if message.sender is not None or message.origin is not None:
        raise bad_request("message can't be edited")
    return chat, message


def found(chat: Chat, params: Params, what: str, name: str = "message_id") -> Message:
    """The message a call names. Raises Refusal (400): "<what> not found"."""
    message = chat.messages.get(params.integer(name))
    if message is None:
        raise bad_request(f"{what} not found")
    return message


def _edited(account: BotAccount, chat: Chat, message: Message) -> Json:
    message.edit_date = account.clock.seconds()
    account.changed(chat.id)
    return account.shape(chat, message)
