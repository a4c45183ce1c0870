"""What a bot says about itself: names, descriptions and commands, per language.

Fallbacks: a person sees the text in the language of her telephone, else the one without a language. Commands are
looked up for her chat, then for all private chats, then for everybody, each first in her language (Bot API,
"Determining list of commands").
"""

import re
from dataclasses import dataclass, field

from .html import utf16_length
from .refusals import bad_request
from .shapes import Json

MAX_COMMANDS = 100
MAX_COMMAND_DESCRIPTION = 256
_LANGUAGE = re.compile(r"[a-z]{2}")
_COMMAND = re.compile(r"[a-z0-9_]{1,32}")

Scope = tuple[str | int, ...]
"""A kind of scope and the ids that belong to it, such as `("chat", 1001)`."""
EVERYBODY: Scope = ("default",)
PRIVATE: Scope = ("all_private_chats",)
_SCOPES = {
    "default": (),
    "all_private_chats": (),
    "all_group_chats": (),
    "all_chat_administrators": (),
    "chat": ("chat_id",),
    "chat_administrators": ("chat_id",),
    "chat_member": ("chat_id", "user_id"),
}


@dataclass(frozen=True, slots=True)
class Field:
    """One text of the profile: the parameter that sets it, how long it may be, and the refusal when it is longer.

    The lengths are documented; the wording of these refusals is not, and was not seen.
    """

    parameter: str
    longest: int
    too_long: str


NAME = Field("name", 64, "BOT_TITLE_INVALID")
DESCRIPTION = Field("description", 512, "DESCRIPTION_TOO_LONG")
SHORT_DESCRIPTION = Field("short_description", 120, "ABOUT_TOO_LONG")


@dataclass(slots=True)
class Profile:
    """One bot's own words."""

    texts: dict[tuple[str, str], str] = field(default_factory=dict)
    commands: dict[tuple[Scope, str], list[Json]] = field(default_factory=dict)
    menu_button: Json = field(default_factory=lambda: {"type": "commands"})
    photo: object = None

    def text(self, about: Field, language: str | None) -> str:
        """The text in this language, else the one for all other languages, else ""."""
        default = self.texts.get((about.parameter, ""), "")
        return self.texts.get((about.parameter, language or ""), default)

    def set_text(self, about: Field, language: str, text: str) -> None:
        """Set a text; an empty one removes it. Raises Refusal (400): too long, or no such language."""
        check_language(language)
        if utf16_length(text) > about.longest:
            raise bad_request(about.too_long)
        if text:
            self.texts[about.parameter, language] = text
        else:
            self.texts.pop((about.parameter, language), None)

    def commands_for(self, chat_id: int, language: str | None) -> list[Json]:
        """The menu that one person sees."""
        for scope in (("chat", chat_id), PRIVATE, EVERYBODY):
            for code in (language or "", ""):
                if (scope, code) in self.commands:
                    return self.commands[scope, code]
        return []


def check_language(code: str) -> None:
    """Raise Refusal (400) unless this is "" or two small Latin letters (`validate_bot_language_code` in TDLib)."""
    if code and not _LANGUAGE.fullmatch(code):
        raise bad_request("invalid language code specified")


def scope_of(value: object) -> Scope:
    """The scope in a call; everybody when none is given. Raises Refusal (400)."""
    if value is None:
        return EVERYBODY
    if not isinstance(value, dict):
        raise bad_request("BotCommandScope must be an Object")
    kind = str(value.get("type"))
    if kind not in _SCOPES:
        raise bad_request("unsupported type specified")
    ids = []
    for name in _SCOPES[kind]:
        number = value.get(name)
        if isinstance(number, str) and number.removeprefix("-").isdigit():
            number = int(number)
        if not isinstance(number, int):
            raise bad_request("chat_id is empty" if name == "chat_id" else f"invalid {name} specified")
        ids.append(number)
    return (kind, *ids)


def checked_commands(value: object) -> list[Json]:
    """The commands in a call. Raises Refusal (400)."""
    if not isinstance(value, list):
        raise bad_request("expected an Array of BotCommand")
    if len(value) > MAX_COMMANDS:
        raise bad_request("BOT_COMMANDS_TOO_MUCH")
    commands = []
    for item in value:
        if not isinstance(item, dict):
            raise bad_request("expected an Object")
        name = str(item.get("command") or "").removeprefix("/")
        description = str(item.get("description") or "")
        if not _COMMAND.fullmatch(name):
            raise bad_request("BOT_COMMAND_INVALID")
        if not 1 <= utf16_length(description) <= MAX_COMMAND_DESCRIPTION:
            raise bad_request("BOT_COMMAND_DESCRIPTION_INVALID")
        commands.append({"command": name, "description": description})
    return commands
