"""Bot API methods about the bot itself: who it is, what it is called and which commands it offers."""

from collections.abc import Callable

from .account import BotAccount
from .params import Params
from .profile import DESCRIPTION, NAME, SHORT_DESCRIPTION, Field, check_language, checked_commands, scope_of
from .refusals import bad_request, missing
from .shapes import Json, loads


def get_me(account: BotAccount, params: Params) -> Json:
    """getMe: the bot's `User` object with all its abilities."""
    return account.user() | {
        "can_join_groups": True,
        "can_read_all_group_messages": False,
        "supports_guest_queries": False,
        "supports_inline_queries": False,
        "can_connect_to_business": False,
        "has_main_web_app": False,
        "has_topics_enabled": False,
        "allows_users_to_create_topics": False,
        "can_manage_bots": False,
        "supports_join_request_queries": False,
    }


def get_my_commands(account: BotAccount, params: Params) -> list[Json]:
    """getMyCommands: exactly what was set for this scope and language; no fallback here."""
    check_language(params.text("language_code"))
    scope = scope_of(params.structure("scope"))
    return account.profile.commands.get((scope, params.text("language_code")), [])


def set_my_commands(account: BotAccount, params: Params) -> bool:
    """setMyCommands: the menu for one scope and language; an empty list takes it away."""
    commands = checked_commands(params.structure("commands"))
    key = (scope_of(params.structure("scope")), params.text("language_code"))
    check_language(key[1])
    if commands:
        account.profile.commands[key] = commands
    else:
        account.profile.commands.pop(key, None)
    return True


def delete_my_commands(account: BotAccount, params: Params) -> bool:
    """deleteMyCommands: after that the next wider scope or language holds."""
    check_language(params.text("language_code"))
    account.profile.commands.pop((scope_of(params.structure("scope")), params.text("language_code")), None)
    return True


def getter(about: Field) -> Callable[[BotAccount, Params], Json]:
    """getMyName, getMyDescription, getMyShortDescription."""

    def get(account: BotAccount, params: Params) -> Json:
        check_language(params.text("language_code"))
        return {about.parameter: account.profile.text(about, params.text("language_code"))}

    return get


def setter(about: Field) -> Callable[[BotAccount, Params], bool]:
    """setMyName, setMyDescription, setMyShortDescription."""

    def change(account: BotAccount, params: Params) -> bool:
        text = params.text(about.parameter).strip()
        language = params.text("language_code")
        if about is NAME and not text and not language:
            raise bad_request("BOT_TITLE_INVALID")  # a bot cannot be without any name
        account.profile.set_text(about, language, text)
        return True

    return change


get_my_name, set_my_name = getter(NAME), setter(NAME)
get_my_description, set_my_description = getter(DESCRIPTION), setter(DESCRIPTION)
get_my_short_description, set_my_short_description = getter(SHORT_DESCRIPTION), setter(SHORT_DESCRIPTION)


def set_my_profile_photo(account: BotAccount, params: Params) -> bool:
    """setMyProfilePhoto: accepted when it is a photo at all; the picture is thrown away."""
    photo = params.values.get("photo")
    if isinstance(photo, str) and photo.startswith("{"):
        try:
            photo = loads(photo)
        except ValueError:
            raise bad_request("can't parse photo JSON object") from None
    if not photo:
        raise missing("photo")
    if isinstance(photo, dict) and photo.get("type") not in {"static", "animated"}:
        raise bad_request("unsupported type specified")
    account.profile.photo = photo
    return True
