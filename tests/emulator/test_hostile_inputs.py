"""What somebody may send to confuse or misuse the bot: one harmless answer at most, and nothing kept or logged of it.

The numbers are the rows of `docs/hostile_inputs.md`.
"""

import json
from typing import Any

import pytest

from tests.emulator.kind_cases import Case, person, private, shared
from tests.emulator.living import Living, Phone

Json = dict[str, Any]
CANARY = "Zkqcanary"
FORMALITIES = {"getMe", "getWebhookInfo", "setWebhook"}

TYPED: dict[str, tuple[str, str]] = {
    "01 the longest text": ("ё" * 4096, "home.start"),
    "03 nothing that can be seen": ("\u200b\u200d\u2060\ufeff", "home.start"),
    "03 spaces of many kinds": ("\u2800\u3164\u00a0\u2003\u00ad", "home.start"),
    "04 turned around fifty times": ("\u202e" * 50 + CANARY, "home.start"),
    "04 isolated": (f"\u2066{CANARY}\u2069", "home.start"),
    "05 five hundred families": ("👨‍👩‍👧‍👦" * 500, "home.start"),
    "05 a tower of marks": ("a" + "\u0301\u0323" * 2000, "home.start"),
    "05 one sign that is a sentence": ("﷽" * 300, "home.start"),
    "06 marks and placeholders": (f"<b>{CANARY}</b> *x* {{0.__class__}} %s %(x)s ${{x}}", "home.start"),
    "06 a database command": (f"'; DROP TABLE routing; -- {CANARY}", "home.start"),
    "07 a character that ends texts": ("\x00\x1b[2J\x07", "home.start"),
    "07 half a character": ("\ud83d" + CANARY, "home.start"),
    "08 help in capitals": ("ПОМОГИТЕ!!!", "urgent.numbers"),
    "08 help in Latin letters": ("pomogite pojaluista", "urgent.numbers"),
    "08 help in Kazakh on a Russian keyboard": ("комек керек", "urgent.numbers"),
    "08 three languages at once": ("please комек help көмек", "urgent.numbers"),
    "08 hidden signs inside a word": ("по\u200bмо\u00adги\u2060те", "urgent.numbers"),
    "11 a payload of 64 signs": ("/start " + "A" * 64, "home.start"),
    "11 a payload of somebody else's": (f"/start ../../etc/passwd?{CANARY}", "home.start"),
    "12 a command that we do not have": (f"/settings {CANARY}", "home.start"),
    "12 a command for another bot": ("/START@other_bot", "home.start"),
    "48 help a thousand times": ("помогите " * 455, "urgent.numbers"),
}

OTHER_PERSON: Json = {"id": 5, "is_bot": False, "first_name": CANARY}
OTHER_CHAT: Json = {"id": -100_777, "type": "channel", "title": CANARY}
LINKS = (
    "http://a.example HTTPS://A.EXAMPLE:8443/x?y#z a.example www.a.example //a.example ftp://a.example "
    "tg://user?id=1 tg://resolve?domain=x t.me/x https://t.me/+x ton://x mailto:a@a.example tel:+77010000000 "
    "javascript:alert(1) data:text/html,x file:///etc/passwd http://[::1]/ http://127.0.0.1 http://xn--e1awd7f.example "
    "https://a.example@b.example"
)


def _entity(kind: str, **more: object) -> Json:
    return {"type": kind, "offset": 0, "length": 4, **more}


SENT: dict[str, tuple[Json, str]] = {
    "01 the longest caption": ({"photo": [], "caption": "ё" * 1024}, "home.unread"),
    "09 what may be inside words": (
        {
            "text": "word " + CANARY,
            "entities": [
                _entity("custom_emoji", custom_emoji_id=CANARY),
                _entity("spoiler"),
                _entity("expandable_blockquote"),
                _entity("text_mention", user=OTHER_PERSON),
            ],
        },
        "home.start",
    ),
    "10 a hidden link": ({"text": "word", "entities": [_entity("text_link", url=f"https://{CANARY}")]}, "home.start"),
    "10 twenty links": ({"text": LINKS}, "home.start"),
    "12 a command under a picture": ({"photo": [], "caption": "/start"}, "home.unread"),
    "12 the numbers under a picture": ({"photo": [], "caption": "/urgent"}, "urgent.numbers"),
    "19 forwarded from a channel": (
        {
            "text": CANARY,
            "forward_origin": {"type": "channel", "date": 1, "chat": OTHER_CHAT, "message_id": 1},
            "forward_from_chat": OTHER_CHAT,
        },
        "home.start",
    ),
    "19 forwarded from somebody who hides": (
        {"text": "a", "forward_origin": {"type": "hidden_user", "date": 1, "sender_user_name": CANARY}},
        "home.start",
    ),
    "20 a quote from another chat": (
        {
            "text": "a",
            "quote": {"text": f"помогите {CANARY}", "position": 0},
            "external_reply": {"origin": {"type": "chat", "date": 1, "sender_chat": OTHER_CHAT}, "chat": OTHER_CHAT},
        },
        "home.start",
    ),
    "21 an animated sticker": ({"sticker": {"is_animated": True, "set_name": CANARY}}, "home.unread"),
    "23 a program as a file": (
        {"document": {"file_name": f"{CANARY}.apk", "mime_type": "application/x-msdownload", "file_size": 2**40}},
        "home.unread",
    ),
    "24 a contact with everything": (
        {"contact": {"phone_number": CANARY, "first_name": CANARY, "user_id": 5, "vcard": f"BEGIN:VCARD\n{CANARY}"}},
        "home.removed",
    ),
    "25 a place that moves": (
        {"location": {"latitude": 43.2, "longitude": 76.9, "live_period": 0x7FFFFFFF}},
        "home.removed",
    ),
    "27 a poll without its fields": ({"poll": {"id": CANARY}}, "home.unread"),
    "43 marks without a place": ({"text": "a", "entities": [{"type": "bold"}]}, "home.start"),
    "43 marks beyond the end": (
        {"text": "👍", "entities": [{"type": "bold", "offset": 1, "length": 10**9}, {"offset": -1}, None, 7]},
        "home.start",
    ),
    "43 a date far ahead": ({"text": "a", "date": 2**39}, "home.start"),
}

NOBODY: dict[str, Json] = {
    "40 a bot": {"from": {"id": 5, "is_bot": True, "first_name": CANARY}},
    "40 an anonymous administrator": {"from": {"id": 1087968824, "is_bot": True, "first_name": "Group"}},
    "40 a channel": {"from": {"id": 136817688, "is_bot": True, "first_name": "Channel"}, "sender_chat": OTHER_CHAT},
    "40 Telegram itself": {"from": {"id": 777000, "is_bot": False, "first_name": "Telegram"}},
    "41 no sender": {"from": None},
    "41 somebody else": {"from": OTHER_PERSON},
}


def shown(phone: Phone) -> list[str]:
    """The screens and lines that she got, by name."""
    return [Case.screen(message["text"]) for message in phone.bots]


def unharmed(alive: Living, rows: int = 1) -> None:
    """Nothing was kept but the entry, nothing logged but codes, and none of her words or names are anywhere."""
    lines = [json.loads(line) for line in alive.log.getvalue().splitlines()]
    assert [line for line in lines if line["level"] not in {"debug", "info"}] == []
    assert alive.rows() <= rows
    assert [name for name, content in alive.place.files().items() if CANARY.encode() in content] == []
    assert CANARY not in alive.log.getvalue()
    calls = [call for call in alive.emulator.world.calls() if call.method not in FORMALITIES]
    assert CANARY not in json.dumps([call.params for call in calls])
    assert [call.method for call in calls if "parse_mode" in call.params] == []


@pytest.mark.parametrize("row", TYPED)
async def test_typed(alive: Living, row: str) -> None:
    text, screen = TYPED[row]
    phone = alive.phone("ru", name=CANARY)
    alive.emulator.world.send(phone.id, message={"text": text, "entities": []})
    await alive.settled()
    assert shown(phone) == [screen]
    unharmed(alive)


@pytest.mark.parametrize("row", SENT)
async def test_sent(alive: Living, row: str) -> None:
    fields, screen = SENT[row]
    phone = alive.phone("ru", name=CANARY)
    alive.emulator.world.send(phone.id, message=fields)
    await alive.settled()
    assert shown(phone) == [screen]
    unharmed(alive)
    alive.emulator.world.clock.advance(25 * 3600)
    await alive.victim.tidy()
    assert alive.rows() == 0


@pytest.mark.parametrize("row", NOBODY)
async def test_nobody_to_answer(alive: Living, row: str) -> None:
    phone = alive.phone("ru")
    alive.emulator.world.chat(phone.id).started = True
    message = {"message_id": 5, "date": 1_900_000_000, "chat": private(phone.id), "text": "помогите", **NOBODY[row]}
    alive.emulator.world.inject({"message": message})
    alive.emulator.world.inject({"message": {**message, "chat": private(777000)}})
    await alive.settled()
    assert shown(phone) == []
    unharmed(alive, rows=0)


async def test_41_a_name_is_used_nowhere(alive: Living) -> None:
    """Names that look like ours, or turn the line around."""
    for name in ("Оператор", "Support", "\u202e" + CANARY * 6):
        phone = alive.phone("ru", name=name, username=CANARY, last_name=CANARY)
        await phone.start()
        assert shown(phone) == ["home.start"]
        assert name not in json.dumps([call.params for call in alive.emulator.world.calls()], ensure_ascii=False)
    unharmed(alive, rows=3)


async def test_02_a_text_of_100_000_characters(alive: Living) -> None:
    """Longer than Telegram lets anybody write; what follows is understood."""
    phone = alive.phone("ru")
    alive.emulator.world.send(phone.id, message={"text": CANARY * 11_000, "entities": []})
    await alive.settled()
    await phone.say("помогите")
    assert shown(phone) == ["home.start", "urgent.numbers"]
    unharmed(alive)


async def test_11_start_again_and_again(alive: Living) -> None:
    phone = alive.phone("ru")
    for payload in ("", "abc", "A" * 64, "abc"):
        await phone.start(payload)
    assert shown(phone) == ["home.start"] * 4
    unharmed(alive)


async def test_16_a_group_that_becomes_a_supergroup_is_left(alive: Living) -> None:
    group, now = shared(5, "group"), shared(6, "supergroup")
    base = {"message_id": 5, "date": 1_900_000_000, "from": person(5)}
    alive.emulator.world.inject({"message": {**base, "chat": group, "migrate_to_chat_id": now["id"]}})
    alive.emulator.world.inject({"message": {**base, "chat": now, "migrate_from_chat_id": group["id"]}})
    await alive.settled()
    left = [call.params["chat_id"] for call in alive.emulator.world.calls("leaveChat")]
    assert sorted(left) == sorted([group["id"], now["id"]])
    unharmed(alive, rows=0)


@pytest.mark.parametrize("closed", [False, True])
async def test_17_a_message_changed_fifty_times(alive: Living, closed: bool) -> None:
    phone = alive.phone("ru")
    first = alive.emulator.world.send(phone.id, "сәлем").message_id
    await alive.settled()
    if closed:
        message = next(message for message in phone.messages if message["message_id"] == first)
        await phone.say(".")
    before = alive.emulator.world.bot().calls.count
    for number in range(50):
        text = f"помогите {CANARY} {number}"
        edited = {"message_id": first, "date": 1_900_000_000, "edit_date": 1_900_000_001, "chat": private(phone.id)}
        alive.emulator.world.inject({"edited_message": {**edited, "from": person(phone.id), "text": text}})
    await alive.settled()
    assert alive.emulator.world.bot().calls.count == before
    assert shown(phone) == (["done"] if closed else ["home.start"])
    assert not closed or message["text"] == "сәлем"
    unharmed(alive)


async def test_22_an_album_with_words_under_some_pictures_gets_one_answer(alive: Living) -> None:
    phone = alive.phone("ru")
    for number in range(10):
        words = {"caption": f"{CANARY} {number}"} if number % 3 else {}
        alive.emulator.world.send(phone.id, message={"photo": [], "media_group_id": "77", **words})
    await alive.settled()
    assert shown(phone) == ["home.unread"]
    unharmed(alive)


async def test_22_help_under_one_picture_of_an_album_is_heard(alive: Living) -> None:
    phone = alive.phone("ru")
    for number in range(5):
        words = {"caption": "помогите"} if number == 3 else {}
        alive.emulator.world.send(phone.id, message={"photo": [], "media_group_id": "77", **words})
    await alive.settled()
    assert sorted(shown(phone)) == ["home.unread", "urgent.numbers"]


async def test_25_a_place_that_moves_for_eight_hours_is_taken_out_once(alive: Living) -> None:
    phone = alive.phone("ru")
    sent = alive.emulator.world.send(phone.id, kind="live_location").message_id
    await alive.settled()
    for minute in range(0, 480, 8):
        moved = {"latitude": 43.0 + minute / 1000, "longitude": 76.9, "live_period": 28_800}
        edited = {"message_id": sent, "date": 1_900_000_000, "edit_date": 1_900_000_000 + 60 * minute}
        message = {**edited, "chat": private(phone.id), "from": person(phone.id), "location": moved}
        alive.emulator.world.inject({"edited_message": message})
    await alive.settled()
    assert [message["from"] for message in phone.messages] == ["bot"]
    assert shown(phone) == ["home.removed"]
    unharmed(alive)


async def test_28_who_wants_to_pay_is_told_no_and_nothing_else_happens(alive: Living) -> None:
    phone = alive.phone("ru")
    asked = {"id": "77", "from": person(phone.id), "currency": "XTR", "total_amount": 1, "invoice_payload": CANARY}
    alive.emulator.world.inject({"pre_checkout_query": asked})
    alive.emulator.world.inject({"shipping_query": {**asked, "shipping_address": {"city": CANARY}}})
    await alive.settled()
    calls = [call for call in alive.emulator.world.calls() if call.method not in FORMALITIES]
    assert [(call.method, call.params["ok"]) for call in calls] == [("answerPreCheckoutQuery", False)]
    unharmed(alive, rows=0)
