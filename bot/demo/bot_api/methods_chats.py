"""Bot API methods about a chat: deleting in it, looking at it, reacting, leaving.

Two days and the refusal of a whole list: `MessagesManager::delete_messages` and `can_revoke_message` in TDLib;
unknown ids are skipped by `check_messages` in tdlib/telegram-bot-api.
"""

from .account import BotAccount
from .methods_copies import message_ids
from .methods_messages import found
from .params import Params
from .people import Chat, Message
from .refusals import TOO_OLD_TO_DELETE, bad_request, forbidden, missing
from .shapes import Json

DELETABLE_SECONDS = 48 * 3600
DICE_SECONDS = 24 * 3600
TYPING_SECONDS = 5.0
ACTIONS = frozenset(
    "cancel typing upload_photo record_video upload_video record_audio record_voice upload_audio upload_voice "
    "upload_document choose_sticker pick_up_location find_location record_video_note upload_video_note".split()
)
REACTIONS = frozenset(
    "👍 👎 ❤ 🔥 🥰 👏 😁 🤔 🤯 😱 🤬 😢 🎉 🤩 🤮 💩 🙏 👌 "
    "🕊 🤡 🥱 🥴 😍 🐳 ❤‍🔥 🌚 🌭 💯 🤣 ⚡ 🍌 🏆 💔 🤨 😐 🍓 "
    "🍾 💋 🖕 😈 😴 😭 🤓 👻 👨‍💻 👀 🎃 🙈 😇 😨 🤝 ✍ 🤗 🫡 "
    "🎅 🎄 ☃ 💅 🤪 🗿 🆒 💘 🙉 🦄 😘 💊 🙊 😎 👾 🤷‍♂ 🤷 🤷‍♀ "
    "😡".split()
)
"""The emoji a bot may react with (documentation of ReactionTypeEmoji); a tick is not among them."""


def delete_message(account: BotAccount, params: Params) -> bool:
    """deleteMessage: either side's, up to two days old."""
    if params.values.get("chat_id") in (None, ""):
        raise bad_request("chat identifier is not specified")
    if params.integer("message_id") <= 0:
        raise bad_request("message identifier is not specified")
    chat = account.readable_chat(params.values.get("chat_id"))
    message = found(chat, params, "message to delete")
    _delete(account, chat, [message])
    return True


def delete_messages(account: BotAccount, params: Params) -> bool:
    """deleteMessages: ids that are not there are skipped; one that is too old refuses them all."""
    numbers = message_ids(params)
    chat = account.readable_chat(params.values.get("chat_id"))
    _delete(account, chat, [chat.messages[number] for number in set(numbers) if number in chat.messages])
    return True


def _delete(account: BotAccount, chat: Chat, messages: list[Message]) -> None:
    now = account.clock.seconds()
    if any(now - message.date > DELETABLE_SECONDS for message in messages):
        raise bad_request(TOO_OLD_TO_DELETE)
    if any("dice" in message.content and now - message.date < DICE_SECONDS for message in messages):
        raise bad_request(TOO_OLD_TO_DELETE)
    for message in messages:
        del chat.messages[message.message_id]
    if messages:
        account.changed(chat.id)


def send_chat_action(account: BotAccount, params: Params) -> bool:
    """sendChatAction: "typing…" for five seconds or until the next message."""
    if params.text("action").lower() not in ACTIONS:
        raise bad_request("wrong parameter action in request")
    chat = account.writable_chat(params.values.get("chat_id"))
    cancelled = params.text("action").lower() == "cancel"
    chat.typing_until = 0.0 if cancelled else account.clock.now() + TYPING_SECONDS
    account.changed(chat.id)
    return True


def get_chat(account: BotAccount, params: Params) -> Json:
    """getChat: everything Telegram tells of a chat."""
    chat = account.readable_chat(params.values.get("chat_id"))
    full = chat.info()
    full |= {
        "accent_color_id": abs(chat.id) % 7,
        "max_reaction_count": 11,
        "accepted_gift_types": dict.fromkeys(
            ("unlimited_gifts", "limited_gifts", "unique_gifts", "premium_subscription", "gifts_from_channels"), False
        ),
    }
    if chat.person and chat.person.username:
        full["active_usernames"] = [chat.person.username]
    if chat.person is None:
        full["permissions"] = dict.fromkeys(_PERMISSIONS, True)
    return full


_PERMISSIONS = (
    "can_send_messages",
    "can_send_audios",
    "can_send_documents",
    "can_send_photos",
    "can_send_videos",
    "can_send_video_notes",
    "can_send_voice_notes",
    "can_send_polls",
    "can_send_other_messages",
    "can_add_web_page_previews",
    "can_change_info",
    "can_invite_users",
    "can_pin_messages",
    "can_manage_topics",
)


def leave_chat(account: BotAccount, params: Params) -> bool:
    """leaveChat: out of a group; there is no leaving a person."""
    chat = account.readable_chat(params.values.get("chat_id"))
    if chat.person:
        raise bad_request("chat member status can't be changed in private chats")
    if chat.left:
        raise forbidden("bot is not a member of the group chat")
    chat.left = True
    return True


def set_message_reaction(account: BotAccount, params: Params) -> bool:
    """setMessageReaction: at most one, of a fixed list; none takes it away."""
    chat = account.writable_chat(params.values.get("chat_id"))
    message = found(chat, params, "message to react")
    reactions = params.structure("reaction") or []
    if not isinstance(reactions, list):
        raise bad_request("expected an Array of ReactionType")
    if len(reactions) > 1:
        raise bad_request("REACTIONS_TOO_MANY")
    for reaction in reactions:
        if not isinstance(reaction, dict) or reaction.get("type") not in {"emoji", "custom_emoji"}:
            raise bad_request("can't parse ReactionType: invalid reaction type specified")
        if reaction["type"] == "emoji" and str(reaction.get("emoji")).replace("\ufe0f", "") not in REACTIONS:
            raise bad_request("REACTION_INVALID")
    message.reaction = list(reactions)
    account.changed(chat.id)
    return True


def get_chat_menu_button(account: BotAccount, params: Params) -> Json:
    """getChatMenuButton: of one private chat, or the one for all."""
    if "chat_id" in params:
        chat = account.readable_chat(params.values["chat_id"])
        return chat.menu_button or account.profile.menu_button
    return account.profile.menu_button


def set_chat_menu_button(account: BotAccount, params: Params) -> bool:
    """setChatMenuButton: for one private chat, or for all."""
    button = params.structure("menu_button") or {"type": "default"}
    if not isinstance(button, dict) or button.get("type") not in {"commands", "web_app", "default"}:
        raise bad_request("MenuButton has unsupported type")
    if button["type"] == "web_app" and not (button.get("text") and isinstance(button.get("web_app"), dict)):
        raise missing("web_app")
    if "chat_id" in params:
        account.readable_chat(params.values["chat_id"]).menu_button = button
    else:
        account.profile.menu_button = button
    return True
