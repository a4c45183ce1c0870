"""A small Telegram: the people, the bots, and everything that happens between them."""

import asyncio
import random
from collections.abc import Callable

from . import actions, injection
from .account import BotAccount
from .actions import Impossible, Sent
from .calls import Call
from .clock import Clock
from .faults import Faults
from .floods import Limits
from .people import Chat, Person
from .shapes import Json
from .view import chat_view

FIRST_PERSON = 1001


class World:
    """All state of the emulator. `bot_id` everywhere: which bot; the first one when it is left out."""

    def __init__(
        self,
        token: str | None = None,
        *,
        clock: Clock | None = None,
        limits: Limits | None = None,
        seed: int | None = None,
    ) -> None:
        """With `token` (`digits:text`) the bot exists at once, else from its first call; `seed` repeats all ids."""
        self.clock = clock or Clock()
        self.limits = limits or Limits()
        self.people: dict[int, Person] = {}
        self.refused_tokens: set[str] = set()
        """Tokens that get 401."""
        self.accounts: dict[str, BotAccount] = {}
        self.closed = False
        self._rng = random.Random(seed)  # noqa: S311 -- ids of an emulated world, no secret
        self._watchers: set[Callable[[int], None]] = set()
        if token is not None:
            self.account(token)

    def account(self, token: str) -> BotAccount:
        """The bot of this token, made on first use."""
        account = self.accounts.get(token)
        if account is None:
            rng = random.Random(self._rng.getrandbits(64))  # noqa: S311 -- as above
            account = self.accounts[token] = BotAccount(token, self.clock, self.limits, rng, self.changed)
            for person in self.people.values():
                account.chat_with(person)
        return account

    def bot(self, bot_id: int | None = None) -> BotAccount:
        """A bot by its id. Raises Impossible (404)."""
        for account in self.accounts.values():
            if bot_id is None or account.id == bot_id:
                return account
        raise Impossible("no such bot has called yet", 404)

    @property
    def faults(self) -> Faults:
        """The troubles of the first bot."""
        return self.bot().faults

    def add_person(
        self,
        name: str,
        language: str | None = None,
        *,
        id: int | None = None,
        last_name: str = "",
        username: str = "",
        phone: str = "",
    ) -> Person:
        """Somebody new. Without `id` the next free number from 1001. Raises Impossible when the id is taken."""
        number = max([FIRST_PERSON - 1, *self.people]) + 1 if id is None else id
        if number in self.people or number <= 0:
            raise Impossible("that id is taken or not positive", 409)
        person = Person(number, name, language or None, last_name, username, phone)
        self.people[number] = person
        for account in self.accounts.values():
            account.chat_with(person)
        return person

    def person(self, person_id: int) -> Person:
        """Somebody by id. Raises Impossible (404)."""
        person = self.people.get(person_id)
        if person is None:
            raise Impossible("there is no such person", 404)
        return person

    def add_group(self, chat_id: int, title: str, kind: str = "supergroup", *, bot_id: int | None = None) -> Chat:
        """A group (negative id) that the bot is in."""
        return self.bot(bot_id).group({"id": chat_id, "title": title, "type": kind})

    def chat(self, person_id: int, *, bot_id: int | None = None) -> Chat:
        """Somebody's chat with a bot. Raises Impossible (404)."""
        return self.bot(bot_id).chat_with(self.person(person_id))

    def send(
        self,
        person_id: int,
        text: str = "",
        *,
        kind: str = "text",
        message: Json | None = None,
        bot_id: int | None = None,
    ) -> Sent:
        """She sends words, something of another `kind` (with `text` as caption), or any fields (`actions.send`)."""
        chat = self.chat(person_id, bot_id=bot_id)
        return actions.send(self.bot(bot_id), chat, text=text, kind=kind, message=message)

    def start(self, person_id: int, payload: str = "", *, bot_id: int | None = None) -> Sent:
        """She presses Start."""
        return actions.start(self.bot(bot_id), self.chat(person_id, bot_id=bot_id), payload)

    def tap(
        self, person_id: int, message_id: int, data: str, *, force: bool = False, bot_id: int | None = None
    ) -> int | None:
        """She taps a button; `force` for one that is not there."""
        chat = self.chat(person_id, bot_id=bot_id)
        return actions.tap(self.bot(bot_id), chat, message_id, data, force=force)

    def edit(self, person_id: int, message_id: int, text: str, *, bot_id: int | None = None) -> int | None:
        """She changes a message of hers."""
        return actions.edit(self.bot(bot_id), self.chat(person_id, bot_id=bot_id), message_id, text)

    def delete(self, person_id: int, message_id: int, *, bot_id: int | None = None) -> None:
        """She deletes a message on both sides."""
        actions.delete(self.bot(bot_id), self.chat(person_id, bot_id=bot_id), message_id)

    def clear(self, person_id: int, *, bot_id: int | None = None) -> None:
        """She deletes the chat on her side."""
        actions.clear(self.bot(bot_id), self.chat(person_id, bot_id=bot_id))

    def block(self, person_id: int, *, bot_id: int | None = None) -> int | None:
        """She blocks the bot."""
        return actions.block(self.bot(bot_id), self.chat(person_id, bot_id=bot_id))

    def unblock(self, person_id: int, *, bot_id: int | None = None) -> int | None:
        """She unblocks the bot."""
        return actions.unblock(self.bot(bot_id), self.chat(person_id, bot_id=bot_id))

    def inject(self, update: Json, *, bot_id: int | None = None) -> int | None:
        """Queue any update; its `update_id` is given here."""
        return injection.inject(self.bot(bot_id), update)

    def inject_whole(self, updates: list[object], *, bot_id: int | None = None) -> int | None:
        """Queue updates as they are, also malformed ones."""
        return injection.inject_whole(self.bot(bot_id), updates)

    def view(self, person_id: int, *, bot_id: int | None = None) -> Json:
        """What is on her telephone (see `view.chat_view`)."""
        return chat_view(self.bot(bot_id), self.chat(person_id, bot_id=bot_id))

    def messages(self, person_id: int, *, bot_id: int | None = None) -> list[Json]:
        """The messages on her telephone, oldest first."""
        shown: list[Json] = self.view(person_id, bot_id=bot_id)["messages"]
        return shown

    def calls(self, method: str | None = None, chat_id: int | None = None, *, since: int = 0) -> list[Call]:
        """What the first bot has called: everything after number `since`, or one method's calls."""
        log = self.bot().calls
        found = log.since(since) if method is None else log.of(method, chat_id)
        return [call for call in found if call.n > since]

    def pending(self, *, bot_id: int | None = None) -> int:
        """How many updates wait for the bot's confirmation."""
        return self.bot(bot_id).queue.waiting(self.clock.now())

    def advance(self, seconds: float) -> float:
        """Let time pass for everybody; the new unix time. Whoever looks at a screen is told to look again."""
        now = self.clock.advance(seconds)
        for person_id in self.people:
            self.changed(person_id)
        return now

    def watch(self, watcher: Callable[[int], None]) -> Callable[[], None]:
        """Call `watcher` with a person's id on every change of her screen; returns the way to stop that."""
        self._watchers.add(watcher)
        return lambda: self._watchers.discard(watcher)

    async def close(self) -> None:
        """Let go of every request that waits: long polls, event streams, calls that hang, calls to webhooks."""
        self.closed = True
        self.changed(0)
        for account in self.accounts.values():
            account.poller.release()
            account.deliveries.end()
            account.faults.clear()
        await asyncio.sleep(0)

    def changed(self, person_id: int) -> None:
        """Tell the watchers that somebody's screen is another one now."""
        for watcher in tuple(self._watchers):
            watcher(person_id)
