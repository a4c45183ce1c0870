"""Real examples of everything that Telegram can send, made from an independent model of the Bot API.

Nothing here names a kind: the kinds are what the installed libraries know, so a new release brings its own.
"""

import enum
import types
from datetime import datetime
from functools import cache
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from aiogram import methods
from aiogram.enums import ContentType
from aiogram.types import CallbackQuery, Chat, InaccessibleMessage, Message, TelegramObject, Update, User
from pydantic.fields import FieldInfo
from telegram import Update as OtherUpdate
from telegram.constants import MessageType

from tests.unit.update_kinds import NAME, NOT_A_KIND, SENT

Json = dict[str, Any]

_SIMPLE: dict[object, object] = {str: NAME, int: 1, float: 1.5, bool: True, datetime: SENT, Any: NAME}
_TOGETHER = {"animation": "document", "venue": "location"}
"""Kinds that come with a second field (Bot API, Message)."""


def _fields(model: type[TelegramObject]) -> dict[str, FieldInfo]:
    """The fields of a type by their names on the wire."""
    return {field.alias or name: field for name, field in model.model_fields.items()}


UPDATE_KINDS = sorted((_fields(Update).keys() | set(OtherUpdate.ALL_TYPES)) - {"update_id"})
"""Kinds of updates that one of the installed libraries knows."""

MESSAGE_KINDS = sorted({kind.value for kind in (*ContentType, *MessageType)} - {"any", "unknown"} - NOT_A_KIND)
"""Kinds of messages that one of the installed libraries knows."""


@cache
def has_caption(kind: str) -> bool:
    """Whether words can stand under it: whether there is a method that sends it with words."""
    method = getattr(methods, "Send" + "".join(part.capitalize() for part in kind.split("_")), None)
    return method is not None and "caption" in method.model_fields


def content(kind: str, who: Json, where: Json) -> Json:
    """The fields of a message of this kind; every person in it is `who`, every chat is `where`."""
    names = [kind, *([_TOGETHER[kind]] if kind in _TOGETHER else [])]
    return {name: _value(_fields(Message)[name].annotation, who, where) for name in names}


def update(kind: str, who: Json, where: Json, **more: object) -> Json:
    """An update of this kind; `more` is put into its payload. Messages in it are words."""
    payload = _value(_fields(Update)[kind].annotation, who, where)
    if kind == "callback_query":
        payload |= {"message": _value(Message, who, where), "data": NAME}
    return {kind: payload | more}


def check(update: Json) -> None:
    """Raises ValidationError, a ValueError, for what Telegram could not have sent."""
    Update.model_validate({"update_id": 1, **update})


def _value(wanted: Any, who: Json, where: Json) -> Any:
    """The smallest value of a type: what must be there, and nothing else."""
    if wanted in _SIMPLE:
        return _SIMPLE[wanted]
    origin = get_origin(wanted)
    if origin is Annotated:
        return _value(get_args(wanted)[0], who, where)
    if origin in {Union, types.UnionType}:
        return _value(next(part for part in get_args(wanted) if part is not type(None)), who, where)
    if origin is list:
        return [_value(get_args(wanted)[0], who, where)]
    if origin is Literal:
        return get_args(wanted)[0]
    if not isinstance(wanted, type):
        return NAME  # a type that holds itself: words, with whatever marks
    if issubclass(wanted, enum.Enum):
        return next(iter(wanted)).value
    return _object(wanted, who, where)


def _object(model: type[Any], who: Json, where: Json) -> Json:
    if model in {User, Chat}:
        return dict(who if model is User else where)
    made = {
        name: _plain(field.default) if not field.is_required() else _value(field.annotation, who, where)
        for name, field in _fields(model).items()
        if field.is_required() or (name in {"type", "source", "status"} and field.default is not None)
    }
    if model in {Message, InaccessibleMessage}:
        made |= {"from": dict(who), "text": NAME} if model is Message else {"date": 0}
    if "from" in _fields(model) and model is not CallbackQuery:
        made["from"] = dict(who)
    return made


def _plain(value: object) -> object:
    return value.value if isinstance(value, enum.Enum) else value
