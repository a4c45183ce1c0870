"""What is on a person's telephone: the chat as she sees it, and the line in her list of chats."""

from .account import BotAccount
from .kinds import kind_of
from .people import Chat, Message
from .profile import DESCRIPTION, NAME, SHORT_DESCRIPTION
from .shapes import Json

_LABELS = {
    "photo": "Photo",
    "video": "Video",
    "voice": "Voice message",
    "video_note": "Video message",
    "audio": "Audio",
    "animation": "GIF",
    "document": "File",
    "sticker": "Sticker",
    "contact": "Contact",
    "location": "Location",
    "venue": "Location",
    "poll": "Poll",
    "dice": "🎲",
}


def chat_view(account: BotAccount, chat: Chat) -> Json:
    """The object of `GET /emulator/people/{id}/chat`; `date` and `now` are unix seconds."""
    person = chat.person
    language = person.language if person else None
    shown = chat.visible()
    now = account.clock.now()
    return {
        "person": {"id": chat.id, "name": person.name if person else "", "language": language, "blocked": chat.blocked},
        "started": chat.started,
        "blocked": chat.blocked,
        "typing": chat.typing_until > now,
        "now": int(now),
        "bot": {
            "id": account.id,
            "name": account.profile.text(NAME, language),
            "username": account.username,
            "description": account.profile.text(DESCRIPTION, language),
            "short_description": account.profile.text(SHORT_DESCRIPTION, language),
            "commands": account.profile.commands_for(chat.id, language),
        },
        "messages": [_message(message) for message in shown],
        "preview": _preview(shown[-1]) if shown else None,
        "notice": {"n": chat.notice.n, "text": chat.notice.text, "alert": chat.notice.alert} if chat.notice.n else None,
    }


def _message(message: Message) -> Json:
    words = message.content.get("text", message.content.get("caption", ""))
    contact = message.content.get("contact")
    return {
        "message_id": message.message_id,
        "from": _side(message),
        "date": message.date,
        "edited": message.reworded,
        "kind": kind_of(message.content),
        "text": words if isinstance(words, str) else "",
        "contact": _contact(contact) if isinstance(contact, dict) else None,
        "silent": message.silent,
        "protected": message.protected,
        "buttons": [[_button(button) for button in row] for row in message.rows or []],
    }


def _side(message: Message) -> str:
    return "person" if message.sender else "bot"


def _contact(contact: Json) -> Json:
    return {name: contact.get(name) for name in ("phone_number", "first_name")}


def _button(button: Json) -> Json:
    shape: Json = {"text": button["text"], "kind": "url", "data": None, "copy": None, "url": None}
    if "callback_data" in button:
        shape |= {"kind": "callback", "data": button["callback_data"]}
    elif "copy_text" in button:
        shape |= {"kind": "copy", "copy": button["copy_text"]["text"]}
    else:
        linked = button.get("web_app") or button.get("login_url") or button
        shape["url"] = linked.get("url") if isinstance(linked, dict) else None
    return shape | {"style": button.get("style")}


def _preview(message: Message) -> Json:
    shape = _message(message)
    words = " ".join(shape["text"].split())
    return {
        "text": words or _LABELS.get(shape["kind"], "Message"),
        "date": message.date,
        "from": shape["from"],
    }
