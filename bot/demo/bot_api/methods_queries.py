"""Bot API methods that answer a question Telegram asked: a tap, an inline search, a checkout.

A question can be answered for a while only, and only if it was asked.
"""

import re

from .account import BotAccount
from .html import utf16_length
from .params import Params
from .refusals import QUERY_TOO_OLD, bad_request

MAX_ANSWER = 200
_OWN_LINK = re.compile(r"(?:https?://)?(?:t\.me|telegram\.me)/\w+\?start=[\w-]*", re.ASCII)


def answer_callback_query(account: BotAccount, params: Params) -> bool:
    """answerCallbackQuery: stops the little clock on the button and may show a line or a box."""
    text = params.text("text")
    if utf16_length(text) > MAX_ANSWER:
        raise bad_request("MESSAGE_TOO_LONG")
    url = params.text("url")
    if url and not _OWN_LINK.fullmatch(url):
        raise bad_request("URL_INVALID")
    chat_id = account.query(str(params.values.get("callback_query_id", "")))
    if chat_id is None:
        raise bad_request(QUERY_TOO_OLD)
    chat = account.chats.get(chat_id)
    if text and chat:
        chat.notice.n += 1
        chat.notice.text, chat.notice.alert = text, params.flag("show_alert")
        account.changed(chat.id)
    return True


def answer_inline_query(account: BotAccount, params: Params) -> bool:
    """answerInlineQuery: the results are checked for their number alone."""
    results = params.structure("results")
    if not isinstance(results, list):
        raise bad_request("expected an Array of inline query results")
    if len(results) > 50:
        raise bad_request("RESULTS_TOO_MUCH")
    _answered(account, params, "inline_query_id")
    return True


def answer_pre_checkout_query(account: BotAccount, params: Params) -> bool:
    """answerPreCheckoutQuery: a refusal needs its reason."""
    if not params.flag("ok"):
        params.required("error_message")
    _answered(account, params, "pre_checkout_query_id")
    return True


def _answered(account: BotAccount, params: Params, name: str) -> None:
    if account.query(str(params.values.get(name, ""))) is None:
        raise bad_request(QUERY_TOO_OLD)
