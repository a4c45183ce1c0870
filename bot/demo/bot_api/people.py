"""The people of this world, their chats with a bot, and the messages in them."""

from dataclasses import dataclass, field

from .keyboards import Rows
from .shapes import Json


@dataclass(slots=True)
class Person:
    """Somebody with a telephone. Her id is also the id of her private chat."""

    id: int
    name: str
    language: str | None = None
    last_name: str = ""
    username: str = ""
    phone: str = ""

    def user(self) -> Json:
        """The `User` object; what is unknown is left out, as Telegram does."""
        user: Json = {"id": self.id, "is_bot": False, "first_name": self.name}
        return user | self._names() | ({"language_code": self.language} if self.language else {})

    def chat(self) -> Json:
        """The `Chat` object of her private chat."""
        return {"id": self.id, "first_name": self.name} | self._names() | {"type": "private"}

    def _names(self) -> Json:
        names = {"last_name": self.last_name, "username": self.username}
        return {name: value for name, value in names.items() if value}


@dataclass(slots=True)
class Message:
    """One message, as the server keeps it.

    `sender` is None for the bot's own. `content` holds the fields of its kind (text and entities, photo, contact, …);
    what a test merges into a message lands there too and wins over everything else.
    """

    message_id: int
    sender: Person | None
    date: int
    content: Json
    rows: Rows | None = None
    edit_date: int | None = None
    reworded: bool = False
    reply_to: int | None = None
    origin: Json | None = None
    protected: bool = False
    silent: bool = False
    hidden: bool = False
    reaction: list[Json] = field(default_factory=list)


@dataclass(slots=True)
class Notice:
    """The line or the box that answering a tap may show."""

    n: int = 0
    text: str = ""
    alert: bool = False


class Chat:
    """One bot's chat: with a person, or a group it is in."""

    def __init__(self, info: Json, instance: str, person: Person | None = None) -> None:
        """`info` is the `Chat` object of a group; for a person it is made from her name of the moment."""
        self._info = info
        self.id = int(info["id"])
        self.instance = instance
        self.person = person
        self.messages: dict[int, Message] = {}
        self.started = person is None
        self.blocked = False
        self.left = False
        self.typing_until = 0.0
        self.notice = Notice()
        self.last_group_message_id = 0
        self.menu_button: Json | None = None

    def info(self) -> Json:
        """The `Chat` object."""
        return self.person.chat() if self.person else dict(self._info)

    def keep(self, message: Message, at_most: int) -> Message:
        """Store a message; beyond `at_most` the oldest is forgotten, as if it had been deleted."""
        self.messages[message.message_id] = message
        while len(self.messages) > at_most:
            del self.messages[next(iter(self.messages))]
        return message

    def visible(self) -> list[Message]:
        """What is on the person's screen, oldest first."""
        return [message for message in self.messages.values() if not message.hidden]


def rendered(message: Message, chat: Chat, bot: Json, *, with_reply: bool = True) -> Json:
    """The `Message` object of the Bot API; `bot` is the `User` object of the bot."""
    shape: Json = {
        "message_id": message.message_id,
        "from": message.sender.user() if message.sender else bot,
        "chat": chat.info(),
        "date": message.date,
    }
    if message.edit_date:
        shape["edit_date"] = message.edit_date
    if message.origin:
        shape |= _origin(message.origin)
    replied = chat.messages.get(message.reply_to) if message.reply_to and with_reply else None
    if replied:
        shape["reply_to_message"] = rendered(replied, chat, bot, with_reply=False)
    shape |= message.content
    if message.protected:
        shape["has_protected_content"] = True
    if message.rows:
        shape["reply_markup"] = {"inline_keyboard": message.rows}
    return shape


def _origin(origin: Json) -> Json:
    """Where a forwarded message came from, in the new field and in the old ones that Telegram still sends."""
    shape: Json = {"forward_origin": origin, "forward_date": origin["date"]}
    if "sender_user" in origin:
        shape["forward_from"] = origin["sender_user"]
    return shape
