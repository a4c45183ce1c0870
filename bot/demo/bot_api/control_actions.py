"""What can be asked through the control API, one function for each path."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from . import actions, injection
from .account import BotAccount
from .actions import Impossible
from .faults import KINDS
from .people import Chat, Person
from .shapes import Json
from .view import chat_view
from .world import World


@dataclass
class Ask:
    """One request: its body, and the parts of its address."""

    world: World
    body: Json
    path: Mapping[str, Any]
    query: Mapping[str, str]

    @cached_property
    def account(self) -> BotAccount:
        """The bot it is about. Raises Impossible."""
        wanted = self.query.get("bot")
        if wanted is not None and not (wanted.isascii() and wanted.isdigit()):
            raise Impossible("bot must be a number")
        return self.world.bot(int(wanted) if wanted else None)

    @cached_property
    def chat(self) -> Chat:
        """The chat it is about. Raises Impossible."""
        return self.account.chat_with(self.world.person(self.path["id"]))

    def text(self, name: str, default: str | None = None) -> str:
        """A string of the body. Raises Impossible."""
        value = self.body.get(name, default)
        if not isinstance(value, str):
            raise Impossible(f"{name} must be a string")
        return value

    def number(self, name: str) -> int:
        """A whole number of the body. Raises Impossible."""
        value = self.optional_number(name)
        if value is None:
            raise Impossible(f"{name} must be a whole number")
        return value

    def optional_number(self, name: str) -> int | None:
        """A whole number of the body, or None for null or nothing. Raises Impossible."""
        value = self.body.get(name)
        if value is not None and (isinstance(value, bool) or not isinstance(value, int)):
            raise Impossible(f"{name} must be a whole number")
        return value


def list_people(ask: Ask) -> object:
    """Everybody."""
    return [_person(ask, person) for person in ask.world.people.values()]


def add_person(ask: Ask) -> object:
    """Somebody new."""
    person = ask.world.add_person(
        ask.text("name"),
        _language(ask),
        id=ask.optional_number("id"),
        last_name=ask.text("last_name", ""),
        username=ask.text("username", ""),
        phone=ask.text("phone", ""),
    )
    return _person(ask, person)


def change_person(ask: Ask) -> object:
    """Another language on her telephone, another name."""
    person = ask.world.person(ask.path["id"])
    if "language" in ask.body:
        person.language = _language(ask)
    if "name" in ask.body:
        person.name = ask.text("name")
    ask.world.changed(person.id)
    return _person(ask, person)


def _person(ask: Ask, person: Person) -> Json:
    """As she is listed; before the first bot there is nothing she could have blocked."""
    blocked = bool(ask.world.accounts) and ask.account.chat_with(person).blocked
    return {"id": person.id, "name": person.name, "language": person.language, "blocked": blocked}


def _language(ask: Ask) -> str | None:
    return ask.text("language") if ask.body.get("language") is not None else None


def show_chat(ask: Ask) -> object:
    """Her screen."""
    return chat_view(ask.account, ask.chat)


def send(ask: Ask) -> object:
    """She sends something."""
    message = ask.body.get("message")
    if message is not None and not isinstance(message, dict):
        raise Impossible("message must be an object")
    kind = ask.text("kind", "text")
    sent = actions.send(ask.account, ask.chat, text=ask.text("text", ""), kind=kind, message=message)
    return {"message_id": sent.message_id, "update_id": sent.update_id}


def start(ask: Ask) -> object:
    """She presses Start."""
    sent = actions.start(ask.account, ask.chat, ask.text("payload", ""))
    return {"message_id": sent.message_id, "update_id": sent.update_id}


def tap(ask: Ask) -> object:
    """She taps a button."""
    force = ask.body.get("force") is True
    return {"update_id": actions.tap(ask.account, ask.chat, ask.number("message_id"), ask.text("data"), force=force)}


def edit(ask: Ask) -> object:
    """She changes a message of hers."""
    return {"update_id": actions.edit(ask.account, ask.chat, ask.number("message_id"), ask.text("text"))}


def delete(ask: Ask) -> object:
    """She deletes a message."""
    actions.delete(ask.account, ask.chat, ask.number("message_id"))
    return {}


def clear(ask: Ask) -> object:
    """She deletes the chat."""
    actions.clear(ask.account, ask.chat)
    return {}


def block(ask: Ask) -> object:
    """She blocks the bot."""
    return {"update_id": actions.block(ask.account, ask.chat)}


def unblock(ask: Ask) -> object:
    """She unblocks the bot."""
    return {"update_id": actions.unblock(ask.account, ask.chat)}


def add_fault(ask: Ask) -> object:
    """Trouble from now on."""
    kind = ask.text("kind")
    if kind not in KINDS:
        raise Impossible(f"kind must be one of {', '.join(sorted(KINDS))}")
    probability = ask.body.get("probability", 1.0)
    if isinstance(probability, bool) or not isinstance(probability, (int, float)) or not 0 <= probability <= 1:
        raise Impossible("probability must be a number from 0 to 1")
    times = ask.optional_number("times") if "times" in ask.body else 1
    retry_after = ask.optional_number("retry_after")
    number = ask.account.faults.add(
        ask.text("method"),
        kind,
        times,
        chat_id=ask.optional_number("chat_id"),
        retry_after=1 if retry_after is None else retry_after,
        probability=float(probability),
        description=ask.text("description", ""),
    )
    return {"fault": number}


def clear_faults(ask: Ask) -> object:
    """No trouble any more."""
    ask.account.faults.clear()
    return {}


def show_clock(ask: Ask) -> object:
    """What time it is."""
    return {"now": ask.world.clock.now()}


def move_clock(ask: Ask) -> object:
    """Time passes."""
    seconds = ask.body.get("advance")
    if isinstance(seconds, bool) or not isinstance(seconds, (int, float)) or not abs(seconds) < 2**33:
        raise Impossible("advance must be a number of seconds")
    return {"now": ask.world.advance(seconds)}


def inject(ask: Ask) -> object:
    """Any update."""
    if "raw" not in ask.body:
        return {"update_id": injection.inject(ask.account, ask.body)}
    raw = ask.body["raw"]
    if not isinstance(raw, list):
        raise Impossible("raw must be a list of updates")
    return {"update_id": injection.inject_whole(ask.account, raw)}


def show_calls(ask: Ask) -> object:
    """What the bot has called."""
    since = ask.query.get("since", "0")
    if not (since.isascii() and since.isdigit()):
        raise Impossible("since must be a number")
    return [call.shape() for call in ask.account.calls.since(int(since))]


def show_state(ask: Ask) -> object:
    """How things stand."""
    queue = ask.account.queue
    return {
        "pending": queue.waiting(ask.world.clock.now()),
        "offset_confirmed": queue.confirmed,
        "people": len(ask.world.people),
    }


_PERSON = "/emulator/people/{id:int}"

ACTIONS: dict[tuple[str, str], Callable[[Ask], object]] = {
    ("GET", "/emulator/people"): list_people,
    ("POST", "/emulator/people"): add_person,
    ("PATCH", _PERSON): change_person,
    ("GET", f"{_PERSON}/chat"): show_chat,
    ("POST", f"{_PERSON}/send"): send,
    ("POST", f"{_PERSON}/start"): start,
    ("POST", f"{_PERSON}/tap"): tap,
    ("POST", f"{_PERSON}/edit"): edit,
    ("POST", f"{_PERSON}/delete"): delete,
    ("POST", f"{_PERSON}/clear"): clear,
    ("POST", f"{_PERSON}/block"): block,
    ("POST", f"{_PERSON}/unblock"): unblock,
    ("POST", "/emulator/faults"): add_fault,
    ("DELETE", "/emulator/faults"): clear_faults,
    ("GET", "/emulator/clock"): show_clock,
    ("POST", "/emulator/clock"): move_clock,
    ("POST", "/emulator/updates"): inject,
    ("GET", "/emulator/calls"): show_calls,
    ("GET", "/emulator/state"): show_state,
}
"""Method and path of each action."""
