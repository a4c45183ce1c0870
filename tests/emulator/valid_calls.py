"""Holds every call of the bot against an independent model of the Bot API: aiogram's method classes."""

from collections.abc import Iterable

from aiogram import methods
from pydantic import ValidationError

from bot.demo.bot_api.calls import Call


def wrong_calls(calls: Iterable[Call]) -> list[str]:
    """What is wrong, one line each: an unknown method or parameter, or a value of the wrong shape."""
    return [problem for call in calls for problem in _wrong(call)]


def _wrong(call: Call) -> list[str]:
    model = getattr(methods, call.method[:1].upper() + call.method[1:], None)
    if model is None:
        return [f"{call.method} is no method of the Bot API"]
    unknown = sorted(set(call.params) - set(model.model_fields))
    if unknown:
        return [f"{call.method} has no parameter {unknown[0]}"]
    try:
        model.model_validate(call.params)
    except ValidationError as error:
        first = error.errors()[0]
        return [f"{call.method}: {'.'.join(str(part) for part in first['loc'])}: {first['msg']}"]
    return []
