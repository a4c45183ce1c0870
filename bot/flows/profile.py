"""What Telegram shows before anybody taps: the bot's name, descriptions and commands. Ordinary words only.

Promise P4: nothing here may tell what the chat is about. Lengths: name 64, description 512, short description 120
characters, commands in Latin letters (Bot API, setMyName and its neighbours).
"""

from dataclasses import dataclass

from bot.i18n import N_, NP_, Text

# Translators: the name in the list of chats. Ordinary and dull; not the word for help.
NAME = NP_("profile", "Everyday guide")
SHORT_DESCRIPTION = N_("Free phone numbers and plain information.")
DESCRIPTION = N_("Free phone numbers and plain information, at any hour. No name needed.")


@dataclass(frozen=True, slots=True)
class Command:
    """A command of the menu and its words there."""

    name: str
    label: Text


COMMANDS = (
    Command("start", NP_("command", "To the start")),
    Command("urgent", NP_("command", "Numbers")),
    Command("exit", NP_("command", "Close")),
)
