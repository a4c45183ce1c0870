"""The page that tells what the bot does with everything that can be sent, made of what it was seen to do."""

from collections.abc import Mapping

from aiogram import __api_version__

from bot.telegram.receive import RECEIVE
from tests.emulator.kind_cases import Case

Outcome = tuple[str, ...]

_CLOSES = (
    "closes: deletes everything it knows of in the chat, and forgets the chat",
    "an empty chat with the line “Done.”, which goes after a minute",
)
_NUMBERS = ("shows the numbers, before everything else", "102, 112, 103, 111")
OUTCOMES: dict[Outcome, tuple[str, str]] = {
    ("sendMessage home.start",): ("shows the first screen", "the first screen"),
    ("sendMessage urgent.numbers",): _NUMBERS,
    ("deleteMessages", "sendMessage done", "hers is gone"): _CLOSES,
    ("sendMessage in the menu",): ("sends one neutral line", "that the numbers are in the menu"),
    ("answerCallbackQuery", "editMessageText about.what"): ("changes the screen in place", "the screen of that button"),
    ("answerCallbackQuery", "sendMessage about.what"): ("shows the screen anew", "the screen of that button"),
    ("answerCallbackQuery", "editMessageText urgent.numbers"): _NUMBERS,
    ("answerCallbackQuery", "deleteMessages", "sendMessage done", "forgotten"): _CLOSES,
    ("answerCallbackQuery", "editMessageText home.start"): ("shows the first screen instead", "the first screen"),
    ("answerCallbackQuery",): ("ends the waiting mark on the button", "nothing"),
    ("forgotten",): ("treats it as Close; what stands there goes when she comes back in time", "nothing"),
    ("sendMessage home.unread",): (
        "neither opens nor saves it",
        "that only typed words and buttons can be read, and the way to the numbers",
    ),
    ("deleteMessages", "sendMessage home.removed", "hers is gone"): (
        "takes it out of the chat and does not save it",
        "her message is gone; that no number or place is needed here",
    ),
    ("leaveChat",): ("leaves at once, without a word", "nothing"),
    ("answerPreCheckoutQuery False",): ("declines: this bot sells nothing", "that it was not paid"),
    (): ("nothing", "nothing"),
}
"""Every answer that somebody has decided on: what the bot does, and what the person sees."""

_INTRODUCTION = f"""# What the bot does with everything that can be sent

Written by `make kinds` from what the running bot was seen to do with every kind of message and update of Bot API
{__api_version__}, as the installed libraries tell it. A kind without a decided answer fails the tests; so does a page
that is out of date. No answer makes a sound.
"""

SECTIONS = {
    "words": ("She writes", "Words are understood here and kept nowhere."),
    "buttons": ("She presses a button, or blocks the bot", "The waiting mark on a button always ends."),
    "things": ("She sends something else", "Nothing of it is opened, downloaded or saved."),
    "notes": ("Telegram notes something in her chat", "Nobody wrote it to us, so nobody is answered."),
    "places": ("Groups and channels", "This bot is for one person at a time; it has no business there."),
    "updates": (
        "Everything else that Telegram can tell a bot",
        f"It asks for {', '.join(f'`{kind}`' for kind in RECEIVE)} alone; all others were sent to it all the same.",
    ),
}
"""Titles, and what is to be said about all of the section."""

FIRST = "as it is"
"""The way in which each kind comes first; other ways are told where they make a difference."""


def page(outcomes: Mapping[Case, Outcome], words: Mapping[str, Mapping[str, str]]) -> str:
    """The page as Markdown. `words` has the names of kinds and ways."""
    parts = [_INTRODUCTION]
    for section, (title, remark) in SECTIONS.items():
        by_way: dict[str, dict[str, Outcome]] = {}
        for case, outcome in outcomes.items():
            if case.section == section:
                by_way.setdefault(case.way, {})[case.kind] = outcome
        names = words["update" if section == "updates" else "message"]
        same, rows = _rows(by_way, names, words["way"])
        said = f"{remark} The same {_listed(same)}, where nothing else is said." if same else remark
        head = ["| what comes | what the bot does | what she sees |", "|---|---|---|"]
        parts.append("\n".join([f"\n## {title}\n", said, "", *head, *rows, ""]))
    return "".join(parts)


def _rows(
    by_way: dict[str, dict[str, Outcome]], names: Mapping[str, str], ways: Mapping[str, str]
) -> tuple[list[str], list[str]]:
    """The ways that make no difference, and the lines: each kind as it comes first, then the ways that make one."""
    plain = by_way.pop(FIRST)
    lines = [
        _line(f"{names[kind]} (`{kind}`)" if kind in names else kind, outcome)
        for kind, outcome in sorted(plain.items(), key=lambda item: list(OUTCOMES).index(item[1]))
    ]
    same: list[str] = []
    for way, found in by_way.items():
        if all(plain.get(kind) == outcome for kind, outcome in found.items()):
            same.append(ways[way])
            continue
        for outcome in dict.fromkeys(found.values()):
            kinds = [names.get(kind, kind) for kind, other in found.items() if other == outcome]
            what = f"any kind of message ({len(kinds)} tried)" if len(kinds) == len(found) > 1 else _listed(kinds)
            lines.append(_line(f"{what}, {ways[way]}", outcome))
    return same, lines


def _listed(words: list[str]) -> str:
    return " and ".join([*([", ".join(words[:-1])] if words[1:] else []), *words[-1:]])


def _line(what: str, outcome: Outcome) -> str:
    return f"| {what} | {' | '.join(OUTCOMES[outcome])} |"
