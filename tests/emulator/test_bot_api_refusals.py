"""What Telegram refuses, and the words it uses."""

from typing import Any

import pytest

from bot.demo.bot_api.methods_chats import REACTIONS
from bot.demo.bot_api.refusals import NOT_MODIFIED, QUERY_TOO_OLD
from tests.emulator.emulator_client import Client, Refused, StoppedClock

FAMILY = "👨‍👩‍👧"
"""Three people and two joiners: 8 UTF-16 code units in 5 code points."""
BAD_PORT = "bad webhook: Webhook can be set up only on ports 80, 88, 443 or 8443"


def bad(reason: str) -> Refused:
    return Refused(400, f"Bad Request: {reason}")


@pytest.fixture(autouse=True)
def started(client: Client) -> None:
    """1001 has written; 1002 never did."""
    client.world.limits.enabled = False
    client.world.start(1001)


@pytest.mark.parametrize(
    ("method", "params", "reason"),
    [
        ("sendMessage", {"text": "x"}, "chat_id is empty"),
        ("sendMessage", {"chat_id": 4242, "text": "x"}, "chat not found"),
        ("sendMessage", {"chat_id": "@nobody", "text": "x"}, "chat not found"),
        ("sendMessage", {"chat_id": 1001}, "message text is empty"),
        ("sendMessage", {"chat_id": 1001, "text": ""}, "message text is empty"),
        ("sendMessage", {"chat_id": 1001, "text": " \n "}, "text must be non-empty"),
        ("sendMessage", {"chat_id": 1001, "text": "x" * 4097}, "message is too long"),
        ("sendMessage", {"chat_id": 1001, "text": FAMILY * 513}, "message is too long"),
        ("sendMessage", {"chat_id": 1001, "text": "x", "parse_mode": "Fancy"}, "unsupported parse_mode"),
        (
            "sendMessage",
            {"chat_id": 1001, "text": "x", "reply_markup": "{"},
            "can't parse reply keyboard markup JSON object",
        ),
        ("sendMessage", {"chat_id": 1001, "text": "x", "reply_markup": []}, "object expected as reply markup"),
        (
            "sendMessage",
            {"chat_id": 1001, "text": "x", "reply_parameters": {"message_id": 99}},
            "message to be replied not found",
        ),
        ("sendPhoto", {"chat_id": 1001}, "there is no photo in the request"),
        ("sendPhoto", {"chat_id": 1001, "photo": "id", "caption": "x" * 1025}, "message caption is too long"),
        ("sendContact", {"chat_id": 1001, "first_name": "x"}, 'parameter "phone_number" is required'),
        ("sendContact", {"chat_id": 1001, "phone_number": "102"}, 'parameter "first_name" is required'),
        ("editMessageText", {"text": "x"}, "message identifier is not specified"),
        ("editMessageText", {"chat_id": 1001, "message_id": 99, "text": "x"}, "message to edit not found"),
        ("editMessageText", {"chat_id": 1001, "message_id": 1, "text": "x"}, "message can't be edited"),
        ("editMessageReplyMarkup", {"chat_id": 1001, "message_id": 99}, "message to edit not found"),
        ("deleteMessage", {"message_id": 1}, "chat identifier is not specified"),
        ("deleteMessage", {"chat_id": 1001}, "message identifier is not specified"),
        ("deleteMessage", {"chat_id": 1001, "message_id": 99}, "message to delete not found"),
        ("deleteMessages", {"chat_id": 1001, "message_ids": []}, "message identifiers are not specified"),
        ("deleteMessages", {"chat_id": 1001}, "message identifiers are not specified"),
        (
            "deleteMessages",
            {"chat_id": 1001, "message_ids": list(range(1, 102))},
            "too many message identifiers specified",
        ),
        ("deleteMessages", {"chat_id": 1001, "message_ids": [0]}, "invalid message identifier specified"),
        ("deleteMessages", {"chat_id": 1001, "message_ids": [1.5]}, "message identifier must be a Number"),
        ("copyMessage", {"chat_id": 1001, "from_chat_id": 1001, "message_id": 99}, "message to copy not found"),
        ("copyMessage", {"chat_id": 1001, "from_chat_id": 4242, "message_id": 1}, "chat not found"),
        (
            "copyMessages",
            {"chat_id": 1001, "from_chat_id": 1001, "message_ids": [98, 99]},
            "there are no messages to copy",
        ),
        (
            "copyMessages",
            {"chat_id": 1001, "from_chat_id": 1001, "message_ids": [2, 1]},
            "message identifiers must be in a strictly increasing order",
        ),
        ("forwardMessage", {"chat_id": 1001, "from_chat_id": 1001, "message_id": 99}, "message to forward not found"),
        ("sendChatAction", {"chat_id": 1001, "action": "dancing"}, "wrong parameter action in request"),
        ("getChat", {"chat_id": 4242}, "chat not found"),
        ("getChat", {"chat_id": 1002}, "chat not found"),
        ("leaveChat", {"chat_id": 1001}, "chat member status can't be changed in private chats"),
        ("answerCallbackQuery", {"callback_query_id": "1"}, QUERY_TOO_OLD),
        ("answerCallbackQuery", {"callback_query_id": "1", "text": "x" * 201}, "MESSAGE_TOO_LONG"),
        ("answerCallbackQuery", {"callback_query_id": "1", "url": "https://example.org"}, "URL_INVALID"),
        ("answerInlineQuery", {"inline_query_id": "1", "results": []}, QUERY_TOO_OLD),
        ("answerPreCheckoutQuery", {"pre_checkout_query_id": "1", "ok": True}, QUERY_TOO_OLD),
        (
            "answerPreCheckoutQuery",
            {"pre_checkout_query_id": "1", "ok": False},
            'parameter "error_message" is required',
        ),
        ("setMessageReaction", {"chat_id": 1001, "message_id": 99}, "message to react not found"),
        (
            "setMessageReaction",
            {"chat_id": 1001, "message_id": 1, "reaction": [{"type": "emoji", "emoji": "✅"}]},
            "REACTION_INVALID",
        ),
        (
            "setMessageReaction",
            {"chat_id": 1001, "message_id": 1, "reaction": [{"type": "emoji", "emoji": "👍"}] * 2},
            "REACTIONS_TOO_MANY",
        ),
        ("setMyCommands", {"commands": [{"command": "көмек", "description": "x"}]}, "BOT_COMMAND_INVALID"),
        ("setMyCommands", {"commands": [{"command": "a" * 33, "description": "x"}]}, "BOT_COMMAND_INVALID"),
        ("setMyCommands", {"commands": [{"command": "a", "description": ""}]}, "BOT_COMMAND_DESCRIPTION_INVALID"),
        ("setMyCommands", {"commands": [{"command": "a", "description": "x"}] * 101}, "BOT_COMMANDS_TOO_MUCH"),
        ("setMyName", {"name": "x" * 65}, "BOT_TITLE_INVALID"),
        ("setMyDescription", {"description": "x" * 513}, "DESCRIPTION_TOO_LONG"),
        ("setMyShortDescription", {"short_description": "x" * 121}, "ABOUT_TOO_LONG"),
        ("setMyName", {"name": "x", "language_code": "kk-KZ"}, "invalid language code specified"),
        ("getMyCommands", {"language_code": "RU"}, "invalid language code specified"),
        ("setMyProfilePhoto", {}, 'parameter "photo" is required'),
        ("setWebhook", {"url": "ftp://example.org"}, "invalid webhook URL specified"),
        ("setWebhook", {"url": "https://example.org:x/hook"}, "invalid webhook URL specified"),
        ("setWebhook", {"url": "http://example.org"}, "bad webhook: An HTTPS URL must be provided for webhook"),
        ("setWebhook", {"url": "https://example.org:9999/hook"}, BAD_PORT),
        ("setWebhook", {"url": "https://[2001:db8::1]:444/hook"}, BAD_PORT),
        (
            "setWebhook",
            {"url": "https://example.org", "secret_token": "a b"},
            "secret token contains unallowed characters",
        ),
        ("setWebhook", {"url": "https://example.org", "secret_token": "a" * 257}, "secret token is too long"),
    ],
)
async def test_refusal(client: Client, method: str, params: dict[str, Any], reason: str) -> None:
    assert await client.refused(method, **params) == bad(reason)


@pytest.mark.parametrize(
    ("method", "params"),
    [
        ("sendMessage", {"chat_id": 1001, "text": "x" * 4096}),
        ("sendMessage", {"chat_id": 1001, "text": FAMILY * 512}),
        ("sendMessage", {"chat_id": 1001, "text": f"<b>{'x' * 4096}</b>", "parse_mode": "HTML"}),
        ("sendMessage", {"chat_id": 1001, "text": f"\n\n{'x' * 4096}\n"}),
        ("sendMessage", {"chat_id": "1001", "text": "x"}),
        ("sendPhoto", {"chat_id": 1001, "photo": "id", "caption": "x" * 1024}),
        ("deleteMessages", {"chat_id": 1001, "message_ids": list(range(50, 150))}),
        ("setMyCommands", {"commands": [{"command": "a" * 32, "description": "x" * 256}] * 100}),
        ("setMyName", {"name": "x" * 64, "language_code": "kk"}),
        ("setMyDescription", {"description": "x" * 512}),
        ("setMyShortDescription", {"short_description": "x" * 120}),
        (
            "sendMessage",
            {"chat_id": 1001, "text": "x", "reply_parameters": {"message_id": 99, "allow_sending_without_reply": True}},
        ),
    ],
)
async def test_the_very_limit_is_allowed(client: Client, method: str, params: dict[str, Any]) -> None:
    await client.call(method, **params)


@pytest.mark.parametrize(
    "method", ["sendMessage", "sendContact", "sendPhoto", "copyMessage", "forwardMessage", "sendChatAction"]
)
async def test_nobody_is_written_to_who_never_wrote_or_does_not_want_it(client: Client, method: str) -> None:
    params = {"text": "x", "photo": "id", "phone_number": "102", "first_name": "x", "action": "typing"}
    source = {"from_chat_id": 1001, "message_id": 1}
    never = Refused(403, "Forbidden: bot can't initiate conversation with a user")
    assert await client.refused(method, chat_id=1002, **params, **source) == never
    client.world.block(1001)
    blocked = Refused(403, "Forbidden: bot was blocked by the user")
    assert await client.refused(method, chat_id=1001, **params, **source) == blocked
    client.world.unblock(1001)
    await client.call(method, chat_id=1001, **params, **source)


async def test_an_edit_must_change_something(client: Client) -> None:
    keyboard = {"inline_keyboard": [[{"text": "A", "callback_data": "a"}]]}
    sent = await client.call("sendMessage", chat_id=1001, text="<b>x</b>", parse_mode="HTML", reply_markup=keyboard)
    same = {"chat_id": 1001, "message_id": sent["message_id"], "reply_markup": keyboard}
    assert await client.refused("editMessageText", **same, text="<b>x</b>\n", parse_mode="HTML") == bad(NOT_MODIFIED)
    assert await client.refused("editMessageReplyMarkup", **same) == bad(NOT_MODIFIED)
    await client.call("editMessageText", **same, text="x")
    other = {"inline_keyboard": [[{"text": "B", "callback_data": "a"}]]}
    await client.call("editMessageText", **(same | {"reply_markup": other}), text="x")
    await client.call("editMessageReplyMarkup", chat_id=1001, message_id=sent["message_id"])
    gone = {"chat_id": 1001, "message_id": sent["message_id"]}
    assert await client.refused("editMessageReplyMarkup", **gone) == bad(NOT_MODIFIED)
    assert await client.refused("editMessageReplyMarkup", **gone, reply_markup={"remove_keyboard": True}) == bad(
        "inline keyboard expected"
    )


async def test_a_card_has_no_text_to_edit(client: Client) -> None:
    sent = await client.call("sendContact", chat_id=1001, phone_number="102", first_name="x")
    assert await client.refused("editMessageText", chat_id=1001, message_id=sent["message_id"], text="x") == bad(
        "there is no text in the message to edit"
    )


async def test_nothing_older_than_two_days_is_deleted(client: Client, clock: StoppedClock) -> None:
    old = (await client.call("sendMessage", chat_id=1001, text="old"))["message_id"]
    clock.wait(48 * 3600)
    young = (await client.call("sendMessage", chat_id=1001, text="young"))["message_id"]
    clock.wait(1)
    too_old = bad("message can't be deleted for everyone")
    assert await client.refused("deleteMessage", chat_id=1001, message_id=old) == too_old
    assert await client.refused("deleteMessages", chat_id=1001, message_ids=[old, young]) == too_old
    shown = [message["message_id"] for message in client.world.messages(1001)]
    assert {old, young} <= set(shown), "one that is too old refuses the whole list"
    await client.call("deleteMessages", chat_id=1001, message_ids=[young])
    assert young not in [message["message_id"] for message in client.world.messages(1001)]


async def test_at_two_days_sharp_it_is_deleted(client: Client, clock: StoppedClock) -> None:
    hers = client.world.send(1001, "hers").message_id
    clock.wait(48 * 3600)
    await client.call("deleteMessage", chat_id=1001, message_id=hers)


async def test_a_die_is_not_deleted_on_its_first_day(client: Client, clock: StoppedClock) -> None:
    die = client.world.send(1001, kind="dice").message_id
    assert (await client.refused("deleteMessage", chat_id=1001, message_id=die)).code == 400
    clock.wait(24 * 3600)
    await client.call("deleteMessage", chat_id=1001, message_id=die)


async def test_a_tap_can_be_answered_for_a_while_only(client: Client, clock: StoppedClock) -> None:
    keyboard = {"inline_keyboard": [[{"text": "A", "callback_data": "a"}]]}
    sent = await client.call("sendMessage", chat_id=1001, text="?", reply_markup=keyboard)
    client.world.tap(1001, sent["message_id"], "a")
    query = (await client.call("getUpdates"))[-1]["callback_query"]["id"]
    clock.wait(150)
    await client.call("answerCallbackQuery", callback_query_id=query, text="x" * 200)
    clock.wait(1)
    assert await client.refused("answerCallbackQuery", callback_query_id=query) == bad(QUERY_TOO_OLD)


@pytest.mark.parametrize("method", ["nonsense", "getupdatesx", "sendMessages", "get_me"])
async def test_unknown_methods(client: Client, method: str) -> None:
    assert await client.refused(method) == Refused(404, "Not Found: method not found")


async def test_method_names_may_be_in_any_case(client: Client) -> None:
    assert (await client.call("GETME"))["is_bot"] is True
    await client.call("sendmessage", chat_id=1001, text="x")
    assert [call.method for call in client.world.calls()] == ["getMe", "sendMessage"]


@pytest.mark.parametrize("token", ["abc", "123", "123:", ":abc", "12x:abc", "-1:abc", "123:a b"])
async def test_a_token_of_another_shape_is_not_found(client: Client, token: str) -> None:
    client.token = token
    assert await client.refused("getMe") == Refused(404, "Not Found")


async def test_a_token_can_be_refused(client: Client) -> None:
    client.world.refused_tokens.add("5:no")
    client.token = "5:no"
    assert await client.refused("getMe") == Refused(401, "Unauthorized")
    assert await client.refused("getUpdates") == Refused(401, "Unauthorized")


async def test_half_an_emoji_is_no_text(client: Client) -> None:
    body = f'{{"chat_id": 1001, "text": "{chr(92)}ud83d"}}'
    headers = {"content-type": "application/json"}
    response = await client.http.post(f"/bot{client.token}/sendMessage", content=body, headers=headers)
    assert response.json()["description"] == "Bad Request: strings must be encoded in UTF-8"


@pytest.mark.parametrize("body", ["{", "[]", '"x"', "[" * 20_000])
async def test_a_body_that_is_no_object(client: Client, body: str) -> None:
    headers = {"content-type": "application/json"}
    response = await client.http.post(f"/bot{client.token}/sendMessage", content=body, headers=headers)
    assert response.status_code == 400
    assert response.json()["ok"] is False


def test_the_reactions_are_those_of_the_library() -> None:
    from telegram.constants import ReactionEmoji

    assert {emoji.value.replace("\ufe0f", "") for emoji in ReactionEmoji} == REACTIONS
