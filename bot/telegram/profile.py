"""Sets the bot's public name, descriptions and commands in every language, and looks whether they are set."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from telegram import BotCommand

from bot.flows.profile import COMMANDS, DESCRIPTION, NAME, SHORT_DESCRIPTION
from bot.i18n import FALLBACK, LANGUAGES, translator
from bot.telegram.outbound import Bot


@dataclass(frozen=True, slots=True)
class Profile:
    """What everybody can see in one language; `commands` are the words of the menu by the names of the commands."""

    name: str
    short_description: str
    description: str
    commands: Mapping[str, str]

    def words(self) -> str:
        """All of it, to be read at once."""
        return "\n".join([self.name, self.short_description, self.description, *self.commands.values()])


def ours(code: str | None) -> Profile:
    """What `set_profile` sets for a language; for all other languages (None) as for `FALLBACK`."""
    say = translator(code or FALLBACK).say
    return Profile(
        say(NAME), say(SHORT_DESCRIPTION), say(DESCRIPTION), {command.name: say(command.label) for command in COMMANDS}
    )


def languages() -> Iterator[str | None]:
    """The languages that a profile is set in; None stands for all others."""
    yield from (None, *LANGUAGES)


async def set_profile(bot: Bot) -> None:
    """Sets everything for each language, and for all other languages as for `FALLBACK`.

    Raises:
        TelegramError: Telegram refused or could not be reached; repeat the whole.
    """
    for code in languages():
        profile = ours(code)
        await bot.set_my_name(profile.name, language_code=code)
        await bot.set_my_short_description(profile.short_description, language_code=code)
        await bot.set_my_description(profile.description, language_code=code)
        await bot.set_my_commands([BotCommand(*each) for each in profile.commands.items()], language_code=code)


async def look_profile(bot: Bot, code: str | None) -> Profile:
    """What people see now in a language. Changes nothing. Raises as `set_profile`."""
    commands = await bot.get_my_commands(language_code=code)
    return Profile(
        (await bot.get_my_name(language_code=code)).name,
        (await bot.get_my_short_description(language_code=code)).short_description,
        (await bot.get_my_description(language_code=code)).description,
        {command.command: command.description for command in commands},
    )
