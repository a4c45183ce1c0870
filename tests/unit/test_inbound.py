"""Every kind of update and message has a decided meaning, and no name, phone or file gets through with it."""

import ast
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest

from bot.telegram.inbound import Foreign, Gone, Inbound, Press, Silent, Thing, Words, read, update_id
from tests.unit import update_kinds as kinds
from tests.unit.update_kinds import (
    CHANNEL,
    CHAT,
    GROUP,
    MESSAGE,
    NAME,
    PERSON,
    PRIVATE,
    SENT,
    membership,
    message,
    press,
)

Json = dict[str, Any]


def fields_of(name: str) -> set[str]:
    """The names that a type of the Bot API has on the wire, by an independent model (read, for loading is slow)."""
    library = find_spec("aiogram")
    assert library is not None
    assert library.origin is not None
    source = (Path(library.origin).parent / "types" / f"{name.lower()}.py").read_text(encoding="utf-8")
    found = set()
    for part in next(n for n in ast.parse(source).body if isinstance(n, ast.ClassDef) and n.name == name).body:
        if isinstance(part, ast.AnnAssign) and isinstance(part.target, ast.Name):
            said = part.value.keywords if isinstance(part.value, ast.Call) else []
            aliases = [
                word.value.value for word in said if word.arg == "alias" and isinstance(word.value, ast.Constant)
            ]
            found.add(str(aliases[0]) if aliases else part.target.id)
    return found


def test_every_kind_of_update_is_decided() -> None:
    assert fields_of("Update") - {"update_id"} == kinds.SILENT_UPDATES | kinds.ACTED_ON


def test_every_field_of_a_message_is_decided() -> None:
    decided = [kinds.REMOVED.keys(), kinds.UNREAD.keys(), kinds.SERVICE, kinds.NOT_A_KIND, {"text"}]
    assert fields_of("Message") == set().union(*decided)
    assert len(set().union(*decided)) == sum(len(names) for names in decided)


@pytest.mark.parametrize(
    "payload", [message()["message"], {}, None, [], "x", {"id": "1", "from": PERSON, "chat": GROUP}]
)
def test_a_kind_of_update_that_we_do_not_act_on_is_silent(payload: object) -> None:
    found = {kind: read({"update_id": 1, kind: payload}) for kind in kinds.SILENT_UPDATES}
    assert found == {kind: Silent(kind) for kind in kinds.SILENT_UPDATES}


@pytest.mark.parametrize("kind", sorted(kinds.REMOVED | kinds.UNREAD))
def test_what_is_not_text_is_a_thing_of_its_kind(kind: str) -> None:
    update = message(**{**kinds.REMOVED, **kinds.UNREAD}[kind])
    caption = update["message"].get("caption", "")
    assert read(update) == Thing(CHAT, MESSAGE, kind, SENT, "kk", None, caption)


@pytest.mark.parametrize("payload", [{"user_id": CHAT}, [PERSON], True, -100_200, "x"])
def test_what_telegram_says_by_itself_gets_no_answer(payload: object) -> None:
    found = {kind: read(message(**{kind: payload})) for kind in kinds.SERVICE}
    assert found == dict.fromkeys(kinds.SERVICE, Silent("service"))


MENTION: Json = {"type": "text_mention", "offset": 900, "length": -1, "user": PERSON}


@pytest.mark.parametrize("payload", [PRIVATE, [MENTION], NAME, 7, True])
def test_what_is_said_about_a_message_does_not_change_what_it_is(payload: object) -> None:
    about = kinds.NOT_A_KIND - {"message_id", "from", "date", "chat"}
    found = {field: read(message(text="hello", **{field: payload})) for field in about}
    assert found == dict.fromkeys(about, Words(CHAT, MESSAGE, "hello", SENT, "kk"))


OTHERS: dict[str, tuple[object, Inbound]] = {
    "typed words": (message(text=" Сәлем "), Words(CHAT, MESSAGE, " Сәлем ", SENT, "kk")),
    "words without a hint": (message(text="a", **{"from": {"id": CHAT}}), Words(CHAT, MESSAGE, "a", SENT, None)),
    "no words at all": (message(text=""), Words(CHAT, MESSAGE, "", SENT, "kk")),
    "a picture of an album": (
        message(photo=[kinds.FILE], media_group_id="77"),
        Thing(CHAT, MESSAGE, "photo", SENT, "kk", "77"),
    ),
    "an empty message": (message(), Silent("service")),
    "a button": (press(), Press(CHAT, MESSAGE, "42", "AQE", SENT, "kk")),
    "a button without data": (press(data=None, game_short_name="x"), Press(CHAT, MESSAGE, "42", "", SENT, "kk")),
    "a button of a message that Telegram no longer shows": (
        press(message={"message_id": MESSAGE, "chat": PRIVATE, "date": 0}),
        Press(CHAT, MESSAGE, "42", "AQE", None, "kk"),
    ),
    "a button outside any chat": (
        press(message=None, inline_message_id="x"),
        Silent("callback_query", callback_id="42"),
    ),
    "a button in a group": (
        press(message={"message_id": MESSAGE, "chat": GROUP, "date": SENT}),
        Silent("callback_query", callback_id="42"),
    ),
    "somebody else's button": (press(**{"from": {"id": 9}}), Silent("callback_query", callback_id="42")),
    "blocked": (membership(PRIVATE, "kicked"), Gone(CHAT)),
    "unblocked": (membership(PRIVATE, "member"), Silent("my_chat_member")),
    "put into a group": (membership(GROUP, "member"), Foreign(-100_200)),
    "made administrator of a channel": (membership(CHANNEL, "administrator"), Foreign(-100_300)),
    "restricted in a group": (membership(GROUP, "restricted"), Foreign(-100_200)),
    "taken out of a group": (membership(GROUP, "left"), Silent("my_chat_member")),
    "thrown out of a group": (membership(GROUP, "kicked"), Silent("my_chat_member")),
    "written in a group": (message(text="a", chat=GROUP), Foreign(-100_200)),
    "written in an old group": (message(text="a", chat={"id": -5, "type": "group"}), Foreign(-5)),
    "a group that moves": (message(chat=GROUP, migrate_to_chat_id=-100_201), Foreign(-100_200)),
    "a post of a channel": (
        {"update_id": 1, "channel_post": message(text="a", chat=CHANNEL)["message"]},
        Foreign(-100_300),
    ),
    "a post of no channel": ({"update_id": 1, "channel_post": {}}, Silent("channel_post")),
    "a question about payment": (
        {"update_id": 1, "pre_checkout_query": {"id": "13", "from": PERSON}},
        Silent("pre_checkout_query", checkout_id="13"),
    ),
}


@pytest.mark.parametrize("name", OTHERS)
def test_it_is_read_as(name: str) -> None:
    update, inbound = OTHERS[name]
    assert read(update) == inbound


def test_no_name_phone_or_file_gets_through() -> None:
    updates = [
        *(message(**fields) for fields in (kinds.REMOVED | kinds.UNREAD).values()),
        *(message(**{kind: {"value": NAME}}) for kind in kinds.SERVICE),
        *(update for update, _ in OTHERS.values()),
    ]
    assert [update for update in updates if NAME in repr(read(update))] == []
    assert [update for update in updates if NAME not in repr(update) and "from" in repr(update)] == []


@pytest.mark.parametrize(
    ("update", "number"),
    [
        ({"update_id": 0}, 0),
        ({"update_id": 2**63 - 1}, 2**63 - 1),
        ({"update_id": 2**63}, None),
        ({"update_id": -1}, None),
        ({"update_id": 10**400}, None),
        ({"update_id": True}, None),
        ({"update_id": 1.0}, None),
        ({"update_id": "1"}, None),
        ({"update_id": None}, None),
        ({}, None),
        ([{"update_id": 1}], None),
        (None, None),
    ],
)
def test_an_update_is_numbered_by_a_whole_number_that_can_be_confirmed(update: object, number: int | None) -> None:
    assert update_id(update) == number
