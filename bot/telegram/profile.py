"""Sets the bot's public name, descriptions and commands in every language."""

from telegram import BotCommand

from bot.flows.profile import COMMANDS, DESCRIPTION, NAME, SHORT_DESCRIPTION
from bot.i18n import FALLBACK, LANGUAGES, translator
from bot.telegram.outbound import Bot


async def set_profile(bot: Bot) -> None:
    """Sets everything for each language, and for all other languages as for `FALLBACK`.

    Raises:
        TelegramError: Telegram refused or could not be reached; repeat the whole.
    """
    for code in (None, *LANGUAGES):
        say = translator(code or FALLBACK).say
        commands = [BotCommand(command.name, say(command.label)) for command in COMMANDS]
        await bot.set_my_name(say(NAME), language_code=code)
        await bot.set_my_short_description(say(SHORT_DESCRIPTION), language_code=code)
        await bot.set_my_description(say(DESCRIPTION), language_code=code)
        await bot.set_my_commands(commands, language_code=code)
