"""Two libraries that know the real Bot API must be able to read every answer: python-telegram-bot and aiogram."""

import warnings
from collections.abc import AsyncIterator
from typing import Any

import pytest
from aiogram import Bot as AiogramBot
from aiogram import methods as aiogram_methods
from aiogram import types as aiogram_types
from pydantic import TypeAdapter
from telegram import (
    Bot,
    BotCommand,
    BotCommandScopeChat,
    CopyTextButton,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    InputProfilePhotoStatic,
    LinkPreviewOptions,
    MenuButtonCommands,
    MenuButtonWebApp,
    Message,
    ReactionTypeEmoji,
    ReplyParameters,
    Update,
    WebAppInfo,
)
from telegram.constants import KeyboardButtonStyle, ParseMode, ReactionEmoji
from telegram.error import BadRequest, Conflict, Forbidden, InvalidToken, RetryAfter

from bot.demo.bot_api.kinds import KINDS
from tests.emulator.emulator_client import BOT_ID, TOKEN, Client, Emulator

PIXEL = b"\x89PNG\r\n\x1a\n" + b"\x00" * 40


@pytest.fixture
async def bot(emulator: Emulator) -> AsyncIterator[Bot]:
    emulator.world.limits.enabled = False
    emulator.world.add_person("First", "ru", username="first_person")
    emulator.world.add_person("Second", last_name="Person")
    emulator.world.start(1001)
    emulator.world.start(1002)
    async with Bot(TOKEN, base_url=emulator.bot_url) as connected:
        yield connected


def keyboard() -> InlineKeyboardMarkup:
    return InlineKeyboardMarkup(
        [
            [InlineKeyboardButton("Tap", callback_data="ok", style=KeyboardButtonStyle.DANGER)],
            [InlineKeyboardButton("Copy", copy_text=CopyTextButton("102"))],
            [InlineKeyboardButton("Open", url="https://example.org")],
        ]
    )


async def test_ptb_reads_what_the_bot_is(bot: Bot) -> None:
    me = await bot.get_me()
    assert (me.id, me.is_bot, me.can_join_groups, me.supports_inline_queries) == (BOT_ID, True, True, False)
    assert me.username is not None
    assert me.username.endswith("bot")
    assert await bot.set_my_profile_photo(InputProfilePhotoStatic(PIXEL))
    assert (await bot.get_webhook_info()).url == ""
    chat = await bot.get_chat(1001)
    assert (chat.type, chat.username, chat.active_usernames) == ("private", "first_person", ("first_person",))


async def test_ptb_sends_edits_and_deletes(bot: Bot, emulator: Emulator) -> None:
    sent = await bot.send_message(
        1001,
        "<b>Hello</b> https://example.org",
        parse_mode=ParseMode.HTML,
        reply_markup=keyboard(),
        link_preview_options=LinkPreviewOptions(is_disabled=True),
        protect_content=True,
        disable_notification=True,
    )
    assert sent.text == "Hello https://example.org"
    assert [entity.type for entity in sent.entities] == ["bold", "url"]
    assert sent.reply_markup == InlineKeyboardMarkup(
        [*keyboard().inline_keyboard[:2], [InlineKeyboardButton("Open", url="https://example.org/")]]
    )
    assert sent.has_protected_content
    (shown,) = emulator.world.messages(1001)[1:]
    assert (shown["silent"], shown["protected"], shown["buttons"][0][0]["style"]) == (True, True, "danger")
    edited = await sent.edit_text("Bye")
    assert isinstance(edited, Message)
    assert (edited.text, edited.reply_markup) == ("Bye", None)
    assert edited.edit_date is not None
    assert isinstance(await sent.edit_reply_markup(keyboard()), Message)
    with pytest.raises(BadRequest, match="not modified"):
        await sent.edit_reply_markup(keyboard())
    assert await bot.set_message_reaction(1001, sent.message_id, [ReactionTypeEmoji(ReactionEmoji.THUMBS_UP)])
    assert await sent.delete()
    assert await bot.delete_messages(1001, [sent.message_id, 999])
    with pytest.raises(BadRequest, match="Message to delete not found"):
        await sent.delete()


async def test_ptb_sends_other_things(bot: Bot) -> None:
    card = await bot.send_contact(1001, "102", "Police", vcard="BEGIN:VCARD\nEND:VCARD")
    assert card.contact is not None
    assert (card.contact.phone_number, card.contact.first_name) == ("102", "Police")
    photo = await bot.send_photo(1001, PIXEL, caption="<i>A picture</i>", parse_mode="HTML", filename="a.png")
    assert (photo.caption, photo.caption_entities[0].type) == ("A picture", "italic")
    again = await bot.send_photo(1001, photo.photo[-1].file_id, reply_parameters=ReplyParameters(card.message_id))
    assert again.reply_to_message is not None
    assert again.reply_to_message.message_id == card.message_id
    assert await bot.send_chat_action(1001, "typing")


async def test_ptb_copies_and_forwards(bot: Bot, emulator: Emulator) -> None:
    hers = emulator.world.send(1001, "words of hers").message_id
    photo = emulator.world.send(1001, "caption", kind="photo").message_id
    copy = await bot.copy_message(1002, 1001, hers, reply_markup=keyboard())
    copies = await bot.copy_messages(1002, 1001, [hers, photo])
    assert [shown["message_id"] for shown in emulator.world.messages(1002)[1:]] == [
        copy.message_id,
        *(item.message_id for item in copies),
    ]
    forwarded = await bot.forward_message(1002, 1001, hers)
    assert forwarded.forward_origin is not None
    origin = forwarded.forward_origin.to_dict()
    assert (origin["type"], origin["sender_user"]["id"]) == ("user", 1001)


async def test_ptb_sets_and_reads_the_profile(bot: Bot) -> None:
    assert await bot.set_my_commands([BotCommand("start", "Begin")], language_code="kk")
    assert await bot.set_my_commands([BotCommand("stop", "End")], scope=BotCommandScopeChat(1001))
    assert await bot.get_my_commands(language_code="kk") == (BotCommand("start", "Begin"),)
    assert await bot.get_my_commands(scope=BotCommandScopeChat(1001)) == (BotCommand("stop", "End"),)
    assert await bot.delete_my_commands(language_code="kk")
    assert await bot.set_my_name("Name")
    assert await bot.set_my_description("Long", "kk")
    assert await bot.set_my_short_description("Short", "ru")
    assert (await bot.get_my_name()).name == "Name"
    assert (await bot.get_my_description("kk")).description == "Long"
    assert (await bot.get_my_short_description("ru")).short_description == "Short"
    assert isinstance(await bot.get_chat_menu_button(), MenuButtonCommands)
    assert await bot.set_chat_menu_button(1001, MenuButtonWebApp("App", WebAppInfo("https://example.org/")))
    assert isinstance(await bot.get_chat_menu_button(1001), MenuButtonWebApp)


async def test_ptb_reads_every_update(bot: Bot, emulator: Emulator) -> None:
    world = emulator.world
    sent = await bot.send_message(1001, "?", reply_markup=keyboard())
    for kind in KINDS:
        world.send(1001, "words", kind=kind)
    hers = world.send(1001, "to change").message_id
    world.edit(1001, hers, "changed")
    world.tap(1001, sent.message_id, "ok")
    world.tap(1001, 10_000, "forged", force=True)
    world.block(1001)
    world.unblock(1001)
    updates = await bot.get_updates(limit=100)
    assert len(updates) == 2 + len(KINDS) + 6
    taps = [update.callback_query for update in updates if update.callback_query]
    assert [tap.message is not None and tap.message.is_accessible for tap in taps] == [True, False]
    assert await taps[0].answer("Thanks", show_alert=True)
    members = [update.my_chat_member for update in updates if update.my_chat_member]
    assert [member.new_chat_member.status for member in members] == ["kicked", "member"]
    assert await bot.get_updates(updates[-1].update_id + 1) == ()


async def test_ptb_knows_the_refusals(bot: Bot, emulator: Emulator) -> None:
    with pytest.raises(BadRequest, match="Chat not found"):
        await bot.send_message(4242, "x")
    emulator.world.block(1002)
    with pytest.raises(Forbidden, match="bot was blocked by the user"):
        await bot.send_message(1002, "x")
    emulator.world.faults.add("sendMessage", "429", retry_after=7)
    with warnings.catch_warnings(), pytest.raises(RetryAfter) as caught:
        warnings.simplefilter("ignore")
        await bot.send_message(1001, "x")
    assert "7" in str(caught.value)
    await bot.set_webhook("https://example.org/hook", secret_token="s")
    with pytest.raises(Conflict):
        await bot.get_updates()
    assert await bot.delete_webhook(drop_pending_updates=True)
    assert await bot.log_out()
    assert await bot.close()
    emulator.world.refused_tokens.add(TOKEN)
    with pytest.raises(InvalidToken):
        await bot.get_me()


async def test_aiogram_reads_every_update(client: Client) -> None:
    world = client.world
    world.start(1001)
    sent = await client.call("sendMessage", chat_id=1001, text="?", reply_markup=keyboard().to_dict())
    for kind in KINDS:
        world.send(1001, "words", kind=kind)
    world.send(1001, message={"text": "/help me", "reply_to_message": {"message_id": sent["message_id"]}})
    world.edit(1001, world.send(1001, "to change").message_id, "changed")
    world.tap(1001, sent["message_id"], "ok")
    world.tap(1001, 10_000, "forged", force=True)
    world.block(1001)
    for update in await client.call("getUpdates"):
        aiogram_types.Update.model_validate(update)
        assert Update.de_json(update, None).to_dict()


ANSWERS: list[tuple[type[aiogram_methods.TelegramMethod[Any]], dict[str, Any]]] = [
    (aiogram_methods.GetMe, {}),
    (aiogram_methods.GetWebhookInfo, {}),
    (aiogram_methods.SetWebhook, {"url": "https://example.org/hook"}),
    (aiogram_methods.DeleteWebhook, {}),
    (aiogram_methods.SendMessage, {"chat_id": 1001, "text": "<b>x</b>", "parse_mode": "HTML"}),
    (aiogram_methods.SendContact, {"chat_id": 1001, "phone_number": "102", "first_name": "Police"}),
    (aiogram_methods.SendPhoto, {"chat_id": 1001, "photo": "file-id", "caption": "x"}),
    (aiogram_methods.EditMessageText, {"chat_id": 1001, "message_id": 2, "text": "y"}),
    (aiogram_methods.EditMessageReplyMarkup, {"chat_id": 1001, "message_id": 2, "reply_markup": keyboard().to_dict()}),
    (aiogram_methods.CopyMessage, {"chat_id": 1001, "from_chat_id": 1001, "message_id": 1}),
    (aiogram_methods.CopyMessages, {"chat_id": 1001, "from_chat_id": 1001, "message_ids": [1, 2]}),
    (aiogram_methods.ForwardMessage, {"chat_id": 1001, "from_chat_id": 1001, "message_id": 1}),
    (aiogram_methods.DeleteMessage, {"chat_id": 1001, "message_id": 1}),
    (aiogram_methods.DeleteMessages, {"chat_id": 1001, "message_ids": [1, 2]}),
    (aiogram_methods.SendChatAction, {"chat_id": 1001, "action": "typing"}),
    (aiogram_methods.GetChat, {"chat_id": 1001}),
    (aiogram_methods.GetChat, {"chat_id": -100123}),
    (aiogram_methods.LeaveChat, {"chat_id": -100123}),
    (
        aiogram_methods.SetMessageReaction,
        {"chat_id": 1001, "message_id": 2, "reaction": [{"type": "emoji", "emoji": "👌"}]},
    ),
    (aiogram_methods.SetChatMenuButton, {"menu_button": {"type": "commands"}}),
    (aiogram_methods.GetChatMenuButton, {}),
    (aiogram_methods.AnswerCallbackQuery, {"callback_query_id": "77"}),
    (aiogram_methods.AnswerInlineQuery, {"inline_query_id": "78", "results": []}),
    (aiogram_methods.AnswerPreCheckoutQuery, {"pre_checkout_query_id": "79", "ok": False, "error_message": "no"}),
    (aiogram_methods.SetMyCommands, {"commands": [{"command": "start", "description": "Begin"}]}),
    (aiogram_methods.GetMyCommands, {}),
    (aiogram_methods.DeleteMyCommands, {}),
    (aiogram_methods.SetMyName, {"name": "Name"}),
    (aiogram_methods.GetMyName, {}),
    (aiogram_methods.SetMyDescription, {"description": "x"}),
    (aiogram_methods.GetMyDescription, {}),
    (aiogram_methods.SetMyShortDescription, {"short_description": "x"}),
    (aiogram_methods.GetMyShortDescription, {}),
    (aiogram_methods.SetMyProfilePhoto, {"photo": {"type": "static", "photo": "attach://p"}}),
    (aiogram_methods.LogOut, {}),
    (aiogram_methods.Close, {}),
]


@pytest.mark.parametrize(("method", "params"), ANSWERS, ids=lambda value: getattr(value, "__name__", ""))
async def test_aiogram_accepts_the_call_and_its_answer(
    client: Client, method: type[aiogram_methods.TelegramMethod[Any]], params: dict[str, Any]
) -> None:
    world = client.world
    world.start(1001)
    world.add_group(-100123, "A group")
    await client.call("sendMessage", chat_id=1001, text="?")
    for kind, number in (("callback_query", "77"), ("inline_query", "78"), ("pre_checkout_query", "79")):
        world.inject({kind: {"id": number, "from": {"id": 1001}}})
    method.model_validate(params)
    result = await client.call(method.__api_method__, **params)
    TypeAdapter(method.__returning__).validate_python(result)


def test_every_method_is_in_that_list() -> None:
    from bot.demo.bot_api.methods import METHODS

    assert {method.__api_method__ for method, _ in ANSWERS} == set(METHODS)


async def test_aiogram_itself_talks_to_it(emulator: Emulator) -> None:
    from aiogram.client.session.aiohttp import AiohttpSession
    from aiogram.client.telegram import TelegramAPIServer

    emulator.world.add_person("First")
    emulator.world.start(1001)
    session = AiohttpSession(api=TelegramAPIServer.from_base(emulator.url))
    async with AiogramBot(TOKEN, session=session) as bot:
        assert (await bot.get_me()).id == BOT_ID
        sent = await bot.send_photo(1001, aiogram_types.BufferedInputFile(PIXEL, "a.png"), caption="x")
        assert sent.photo
        assert len(await bot.get_updates()) == 1
