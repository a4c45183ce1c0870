"""Updates made by hand: any kind that Telegram knows, kinds it does not know, and broken ones."""

from .account import BotAccount
from .shapes import Json
from .updates import expiry, kind_of_update, lane

_QUESTIONS = frozenset({"callback_query", "inline_query", "pre_checkout_query", "shipping_query"})


def inject(account: BotAccount, update: Json) -> int | None:
    """Queue an update, whether the bot asked for its kind or not; its id, or None when the queue is full.

    The `update_id` is given here. Questions in it can be answered afterwards, and groups in it become known to the bot.
    """
    fields = {name: value for name, value in update.items() if name != "update_id"}
    kind = kind_of_update(fields)
    payload = fields.get(kind)
    _learn(account, kind, payload)
    expires_at = expiry(kind, payload, account.clock.now())
    return account.queue.push(kind, fields, expires_at, lane(kind, _subject(kind, payload)))


def inject_whole(account: BotAccount, updates: list[object]) -> int | None:
    """Queue updates exactly as they are, with their own ids or without; the place of the last one in the queue."""
    number = None
    for update in updates:
        kind = kind_of_update(update) if isinstance(update, dict) else ""
        payload = update.get(kind) if isinstance(update, dict) else None
        _learn(account, kind, payload)
        expires_at = expiry(kind, payload, account.clock.now())
        number = account.queue.push_whole(update, kind, expires_at, lane(kind, _subject(kind, payload)))
    return number


def _learn(account: BotAccount, kind: str, payload: object) -> None:
    if not isinstance(payload, dict):
        return
    if kind in _QUESTIONS and isinstance(payload.get("id"), str):
        account.new_query(_id_in(payload.get("from")), payload["id"])
    chat = payload.get("chat")
    if isinstance(chat, dict) and chat.get("type") in ("group", "supergroup", "channel") and _id_in(chat) < 0:
        account.group(chat)


def _subject(kind: str, payload: object) -> int:
    if not isinstance(payload, dict):
        return 0
    return _id_in(payload.get("from" if kind == "callback_query" else "chat")) or _id_in(payload.get("from"))


def _id_in(shape: object) -> int:
    number = shape.get("id") if isinstance(shape, dict) else None
    return number if isinstance(number, int) and abs(number) < 2**53 else 0
