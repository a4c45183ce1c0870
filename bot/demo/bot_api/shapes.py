"""What the emulator writes on the wire: plain JSON objects, in ASCII, exactly one way."""

import json
from typing import Any

Json = dict[str, Any]
"""A JSON object with string keys."""


def dumps(value: object) -> str:
    """JSON text of `value`, ASCII only: Telegram escapes other letters too, and half an emoji survives only escaped."""
    return json.dumps(value, ensure_ascii=True, separators=(",", ":"))


def loads(text: str | bytes) -> object:
    """The value of a JSON text.

    Raises ValueError for every text that is not JSON, also for one nested so deep that the parser gives up.
    """
    try:
        value: object = json.loads(text)
    except RecursionError as error:
        raise ValueError("nested too deep") from error
    return value
