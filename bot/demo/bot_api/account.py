"""One bot: its chats, its updates, its profile and what it may do."""

import random
from collections.abc import Callable
from dataclasses import dataclass, field

from .calls import CallLog
from .clock import Clock
from .deliveries import Deliveries
from .faults import Faults
from .floods import Floods, Limits
from .kinds import Stubs
from .people import Chat, Message, Person, rendered
from .polling import Poller
from .profile import NAME, Profile
from .refusals import BLOCKED, CHAT_NOT_FOUND, NEVER_STARTED, bad_request, forbidden
from .shapes import Json
from .updates import UpdateQueue, expiry, lane


@dataclass(slots=True)
class Webhook:
    """Where updates are sent instead; an empty `url` means nowhere."""

    url: str = ""
    secret_token: str = ""
    max_connections: int = 40
    ip_address: str = ""
    has_certificate: bool = False
    next_allowed: float = field(default=-1.0, compare=False)


class BotAccount:
    """A bot as Telegram's server knows it."""

    def __init__(
        self, token: str, clock: Clock, limits: Limits, rng: random.Random, changed: Callable[[int], None]
    ) -> None:
        """`token` is `digits:text`; `changed` is called with a person's id when her screen changes."""
        self.token = token
        self.id = int(token.partition(":")[0])
        self.clock = clock
        self.limits = limits
        self.changed = changed
        self.profile = Profile()
        self.profile.texts[NAME.parameter, ""] = f"Bot {self.id}"
        self.chats: dict[int, Chat] = {}
        self.queue = UpdateQueue(rng)
        self.webhook = Webhook()
        self.floods = Floods(limits, clock)
        self.faults = Faults(rng)
        self.poller = Poller(self.queue, clock, self.faults.pick_duplicate)
        self.deliveries = Deliveries(self.queue, clock, limits, rng, lambda: self.hook(Webhook()))
        self.calls = CallLog(clock)
        self.stubs = Stubs(rng)
        self._rng = rng
        self._last_message_id = 0
        self._queries: dict[str, tuple[float, int]] = {}

    def hook(self, webhook: Webhook) -> None:
        """From now on updates go there; with an empty address nowhere."""
        self.webhook = webhook
        self.deliveries.end()
        if webhook.url:
            self.deliveries.begin(webhook.url, webhook.secret_token, webhook.max_connections)

    def user(self) -> Json:
        """The `User` object of the bot, as it stands in messages."""
        return {
            "id": self.id,
            "is_bot": True,
            "first_name": self.profile.text(NAME, None),
            "username": self.username,
        }

    @property
    def username(self) -> str:
        """The name in links; every bot's ends in "bot"."""
        return f"demo_{self.id}_bot"

    def chat_with(self, person: Person) -> Chat:
        """Her chat, made on first use."""
        chat = self.chats.get(person.id)
        if chat is None:
            chat = self.chats[person.id] = Chat(person.chat(), self._instance(), person)
        return chat

    def group(self, info: Json) -> Chat:
        """A group the bot is in; `info` is its `Chat` object."""
        chat = self.chats.get(info["id"])
        if chat is None:
            chat = self.chats[info["id"]] = Chat(info, self._instance())
        return chat

    def readable_chat(self, chat_id: object) -> Chat:
        """The chat a call wants to read. Raises Refusal (400) when the bot cannot know it."""
        chat = self._chat(chat_id)
        if not chat.started:
            raise bad_request(CHAT_NOT_FOUND)
        return chat

    def writable_chat(self, chat_id: object) -> Chat:
        """The chat a call wants to write to. Raises Refusal (400, 403)."""
        chat = self._chat(chat_id)
        if chat.left:
            raise forbidden("bot is not a member of the group chat")
        if not chat.started:
            raise forbidden(NEVER_STARTED)
        if chat.blocked:
            raise forbidden(BLOCKED)
        return chat

    def next_message_id(self, chat: Chat) -> int:
        """One counter for all private chats of the bot, both sides; groups count for themselves."""
        if chat.person is None:
            chat.last_group_message_id += 1
            return chat.last_group_message_id
        self._last_message_id += 1
        return self._last_message_id

    def keep(self, chat: Chat, message: Message) -> Message:
        """Put a message into a chat and tell whoever looks at it."""
        chat.keep(message, self.limits.kept_messages)
        if message.sender is None:
            chat.typing_until = 0.0
        self.changed(chat.id)
        return message

    def shape(self, chat: Chat, message: Message) -> Json:
        """The `Message` object."""
        return rendered(message, chat, self.user())

    def update(self, kind: str, payload: Json, subject: int) -> int | None:
        """Tell the bot, if it asked for this kind; the update's id, or None when it was not queued.

        `subject` is the id of the chat, for taps of the person.
        """
        if not self.queue.wants(kind):
            return None
        now = self.clock.now()
        return self.queue.push(kind, {kind: payload}, expiry(kind, payload, now), lane(kind, subject))

    def new_query(self, chat_id: int, query_id: str = "") -> str:
        """The id of a new question to the bot (a tap, …) that can be answered for a while."""
        now = self.clock.now()
        if len(self._queries) > 10_000:
            self._queries = {key: value for key, value in self._queries.items() if value[0] >= now}
        query_id = query_id or str(self._rng.getrandbits(62) | 1 << 62)
        self._queries[query_id] = (now + self.limits.callback_seconds, chat_id)
        return query_id

    def query(self, query_id: str) -> int | None:
        """The chat of a question that can still be answered; None when it is too old or unknown."""
        until, chat_id = self._queries.get(query_id, (float("-inf"), 0))
        return chat_id if self.clock.now() <= until else None

    def _chat(self, chat_id: object) -> Chat:
        if chat_id is None or chat_id == "":
            raise bad_request("chat_id is empty")
        chat = self.chats.get(chat_id) if isinstance(chat_id, int) else None
        if chat is None:
            raise bad_request(CHAT_NOT_FOUND)
        return chat

    def _instance(self) -> str:
        return str(self._rng.getrandbits(62) | 1 << 61)
