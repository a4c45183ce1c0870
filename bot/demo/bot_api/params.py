"""The parameters of a Bot API call, however they came: in the address, as a form, as files or as JSON.

Telegram takes every parameter as a string and reads some of them as numbers, yes-or-no, or JSON. The same is done
here, so that a handler and the call log see the same values whichever way the bot wrote them.
"""

import json
from collections.abc import Mapping

from .refusals import bad_request, missing
from .shapes import Json, loads

_STRUCTURES = {
    "reply_markup": "can't parse reply keyboard markup JSON object",
    "reply_parameters": "can't parse reply parameters JSON object",
    "message_ids": "can't parse message_ids JSON object",
    "reaction": "can't parse reaction types JSON object",
    "commands": "can't parse commands JSON object",
    "allowed_updates": "",
} | dict.fromkeys(
    (
        "entities",
        "caption_entities",
        "link_preview_options",
        "suggested_post_parameters",
        "scope",
        "menu_button",
        "results",
        "button",
        "media",
    )
)
_NUMBERS = frozenset(
    {
        "chat_id",
        "from_chat_id",
        "message_id",
        "message_thread_id",
        "user_id",
        "offset",
        "limit",
        "timeout",
        "cache_time",
        "max_connections",
        "reply_to_message_id",
    }
)
_FLAGS = frozenset(
    {
        "disable_notification",
        "protect_content",
        "show_alert",
        "drop_pending_updates",
        "remove_caption",
        "show_caption_above_media",
        "has_spoiler",
        "is_big",
        "is_personal",
        "allow_paid_broadcast",
        "ok",
    }
)


def decode(raw: Mapping[str, object]) -> Json:
    """The parameters with numbers, flags and structures read; names not known here stay as they came.

    Raises Refusal (400) for a structure that is not JSON, and for text that is no valid Unicode.
    """
    return {name: _decoded(name, value) for name, value in raw.items()}


def _decoded(name: str, value: object) -> object:
    if name in _STRUCTURES:
        return _structure(name, value)
    if name in _FLAGS:
        return str(value).strip().lower() in {"true", "yes", "1"}
    if name in _NUMBERS:
        return _number(value)
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, (int, float)):
        return str(value)
    if isinstance(value, str):
        _check_text(value)
    return value


def _structure(name: str, value: object) -> object:
    if isinstance(value, str):
        if not value.strip():
            return None
        try:
            value = loads(value)
        except ValueError:
            if name == "allowed_updates":  # Telegram ignores a list that it cannot read
                return None
            raise bad_request(_STRUCTURES[name] or f"can't parse {name} JSON object") from None
    if value is not None:
        _check_text(json.dumps(value, ensure_ascii=False))
    return value


def _number(value: object) -> object:
    if isinstance(value, bool):
        return int(value)
    if isinstance(value, float) and value.is_integer():
        return int(value)
    text = str(value).strip()
    digits = text.removeprefix("-")
    return int(text) if digits.isascii() and digits.isdigit() and len(digits) < 20 else value


def _check_text(text: str) -> None:
    """Refuse half an emoji: it has no UTF-8."""
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        raise bad_request("strings must be encoded in UTF-8") from None


class Params:
    """Decoded parameters, read by name."""

    def __init__(self, values: Json) -> None:
        """`values` as `decode` returns them."""
        self.values = values

    def __contains__(self, name: str) -> bool:
        return self.values.get(name) is not None

    def text(self, name: str) -> str:
        """A string; empty when it is missing or is no string."""
        value = self.values.get(name)
        return value if isinstance(value, str) else ""

    def required(self, name: str) -> str:
        """A string that must be there and not empty. Raises Refusal (400)."""
        value = self.text(name)
        if not value:
            raise missing(name)
        return value

    def integer(self, name: str, default: int = 0, low: int = -(2**31), high: int = 2**31 - 1) -> int:
        """A number, moved into its bounds as Telegram does; `default` when missing, 0 when it is no number."""
        value = self.values.get(name)
        if value is None or value == "":
            return default
        number = value if isinstance(value, int) else 0
        return min(max(number, low), high)

    def flag(self, name: str) -> bool:
        """Yes or no; no when missing."""
        return self.values.get(name) is True

    def structure(self, name: str) -> object:
        """A list or an object; None when missing."""
        return self.values.get(name)
