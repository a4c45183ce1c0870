"""The buttons under a message: what Telegram accepts, and what it says of the rest.

Sources: `Client::get_inline_keyboard_button`, `Client::get_reply_markup` (tdlib/telegram-bot-api), `ReplyMarkup.cpp`
(TDLib) and the Bot API documentation for the limits. Telegram silently takes the first of several actions of one
button; the documentation forbids several, so here they are refused: a button must do what its author wrote.
"""

from .links import check_link
from .refusals import Refusal, bad_request
from .shapes import Json

MAX_BUTTONS = 100
MAX_BUTTONS_IN_ROW = 12
"""TDLib drops what comes after the twelfth button of a row without a word; eight is only what phones show well."""
MAX_CALLBACK_BYTES = 64
MAX_COPY_CHARACTERS = 256
STYLES = frozenset({"danger", "success", "primary"})
ACTIONS = (
    "url",
    "callback_data",
    "web_app",
    "login_url",
    "switch_inline_query",
    "switch_inline_query_current_chat",
    "switch_inline_query_chosen_chat",
    "copy_text",
    "callback_game",
    "pay",
)

Rows = list[list[Json]]
"""An inline keyboard: rows of buttons."""


def inline_rows(markup: object, *, only_inline: bool = False) -> Rows | None:
    """The inline keyboard in a `reply_markup`, checked; None for no keyboard or for one of another kind.

    With `only_inline` (edits) another kind of keyboard is refused. Raises Refusal (400).
    """
    if markup is None:
        return None
    if not isinstance(markup, dict):
        raise bad_request("object expected as reply markup")
    rows = markup.get("inline_keyboard")
    if rows is None:
        if only_inline and markup:
            raise bad_request("inline keyboard expected")
        _check_reply_keyboard(markup.get("keyboard"))
        return None
    if not isinstance(rows, list) or not all(isinstance(row, list) for row in rows):
        raise bad_request('field "inline_keyboard" of the InlineKeyboardMarkup must be an Array of Arrays')
    checked = [[_button(button) for button in row if not _is_blank(button)][:MAX_BUTTONS_IN_ROW] for row in rows]
    kept = [row for row in checked if row]
    if sum(len(row) for row in kept) > MAX_BUTTONS:
        raise bad_request("reply markup is too long")
    return kept or None


def _is_blank(button: object) -> bool:
    """Whether TDLib drops this button silently: it has an empty label."""
    return isinstance(button, dict) and button.get("text") == ""


def _check_reply_keyboard(rows: object) -> None:
    if rows is None:
        return
    if not isinstance(rows, list) or not all(isinstance(row, list) for row in rows):
        raise bad_request('field "keyboard" must be an Array of Arrays')
    for row in rows:
        for button in row:
            if not isinstance(button, (str, dict)):
                raise bad_request("can't parse keyboard button: KeyboardButton must be a String or an Object")


def _unparsable(reason: str) -> Refusal:
    return bad_request(f"can't parse inline keyboard button: {reason}")


def _button(button: object) -> Json:
    if not isinstance(button, dict):
        raise _unparsable("InlineKeyboardButton must be an Object")
    if not isinstance(button.get("text"), str):
        raise _unparsable('Field "text" must be of type String')
    style = button.get("style")
    if style is not None and style not in STYLES:
        raise _unparsable("Invalid button style specified")
    actions = [name for name in ACTIONS if button.get(name) is not None and button.get(name) != ""]
    if not actions:
        raise _unparsable("Text buttons are unallowed in the inline keyboard")
    if len(actions) > 1:
        raise _unparsable("Exactly one of the optional fields must be used to specify type of the button")
    checked: Json = {"text": button["text"]}
    for name in ("icon_custom_emoji_id", "style"):
        if button.get(name):
            checked[name] = button[name]
    checked[actions[0]] = _action(actions[0], button[actions[0]])
    return checked


def _action(name: str, value: object) -> object:
    if name == "url":
        return check_link(_string(name, value))
    if name == "callback_data":
        data = _string(name, value)
        if len(data.encode("utf-8", "surrogatepass")) > MAX_CALLBACK_BYTES:
            raise bad_request("BUTTON_DATA_INVALID")
        return data
    if name == "copy_text":
        copied = value.get("text") if isinstance(value, dict) else None
        if not isinstance(copied, str):
            raise _unparsable('Field "text" must be of type String')
        if not 1 <= len(copied) <= MAX_COPY_CHARACTERS:
            raise bad_request("BUTTON_COPY_TEXT_INVALID")
        return {"text": copied}
    if name in {"web_app", "login_url"}:
        address = value.get("url") if isinstance(value, dict) else None
        if not str(address or "").lower().startswith("https://"):
            raise bad_request(f"inline keyboard button URL '{address}' is invalid: Only HTTPS links are allowed")
        check_link(str(address))
    return value


def _string(name: str, value: object) -> str:
    if not isinstance(value, str):
        raise _unparsable(f'Field "{name}" must be of type String')
    return value
