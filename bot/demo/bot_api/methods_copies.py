"""Bot API methods that hand a message on: copied without a trace of where it came from, or forwarded with it.

Source: `Client::process_copy_message_query`, `process_forward_message_query` and `check_messages` in
tdlib/telegram-bot-api; the documentation for what is skipped.
"""

from itertools import pairwise

from .account import BotAccount
from .kinds import CAPTIONED, KINDS, NEVER_COPIED, is_service, kind_of
from .methods_messages import caption_of, found, put, write
from .params import Params
from .people import Message
from .refusals import bad_request
from .shapes import Json
from .text import content

MAX_MESSAGES = 100
_CONTENT = frozenset(
    "entities caption caption_entities show_caption_above_media has_media_spoiler link_preview_options".split()
) | frozenset(KINDS)
"""Fields of a message that are its content; all others belong to its place and its author."""


def copy_message(account: BotAccount, params: Params) -> Json:
    """copyMessage: the same content, a new message of the bot; answers with its id alone."""
    source = account.readable_chat(params.values.get("from_chat_id"))
    original = found(source, params, "message to copy")
    if not _copyable(original):
        raise bad_request("message can't be copied")
    chat = account.writable_chat(params.values.get("chat_id"))
    fields = _copied(original)
    if "caption" in params and any(kind in fields for kind in CAPTIONED):
        fields = _without_caption(fields) | content(caption_of(params), caption=True)
    return {"message_id": put(account, chat, params, fields).message_id}


def copy_messages(account: BotAccount, params: Params) -> list[Json]:
    """copyMessages: up to a hundred; what is not there or cannot be copied is skipped."""
    numbers = message_ids(params)
    if any(after <= before for before, after in pairwise(numbers)):
        raise bad_request("message identifiers must be in a strictly increasing order")
    source = account.readable_chat(params.values.get("from_chat_id"))
    chat = account.writable_chat(params.values.get("chat_id"))
    originals = [source.messages[number] for number in numbers if number in source.messages]
    originals = [original for original in originals if _copyable(original)]
    if not originals:
        raise bad_request("there are no messages to copy")
    too_fast = account.floods.check(chat.id, len(originals))
    if too_fast:
        raise too_fast
    contents = [_copied(original) for original in originals]
    if params.flag("remove_caption"):
        contents = [_without_caption(fields) for fields in contents]
    return [{"message_id": write(account, chat, params, fields).message_id} for fields in contents]


def forward_message(account: BotAccount, params: Params) -> Json:
    """forwardMessage: shows whose words these are, as every forwarded message does."""
    source = account.readable_chat(params.values.get("from_chat_id"))
    original = found(source, params, "message to forward")
    if is_service(original.content) or original.protected:
        raise bad_request("message can't be forwarded")
    chat = account.writable_chat(params.values.get("chat_id"))
    author = original.sender.user() if original.sender else account.user()
    origin = original.origin or {"type": "user", "date": original.date, "sender_user": author}
    message = put(account, chat, params, _copied(original), origin=origin)
    return account.shape(chat, message)


def message_ids(params: Params) -> list[int]:
    """The list of ids in a call, 1 to 100. Raises Refusal (400)."""
    given = params.structure("message_ids")
    if given is None or given == []:
        raise bad_request("message identifiers are not specified")
    if not isinstance(given, list):
        raise bad_request("expected an Array of message identifiers")
    if len(given) > MAX_MESSAGES:
        raise bad_request("too many message identifiers specified")
    numbers = []
    for item in given:
        if isinstance(item, bool) or not isinstance(item, (int, str)):
            raise bad_request("message identifier must be a Number")
        if not str(item).isascii() or not str(item).removeprefix("-").isdigit():
            raise bad_request("can't parse message identifier as Number")
        if int(item) <= 0:
            raise bad_request("invalid message identifier specified")
        numbers.append(int(item))
    return numbers


def _copyable(message: Message) -> bool:
    fields = message.content
    return kind_of(fields) in KINDS and not is_service(fields) and NEVER_COPIED.isdisjoint(fields)


def _copied(original: Message) -> Json:
    """The content alone: no reply, no buttons, and nothing that says who wrote it and when."""
    return {name: value for name, value in original.content.items() if name in _CONTENT}


def _without_caption(fields: Json) -> Json:
    return {name: value for name, value in fields.items() if name not in {"caption", "caption_entities"}}
