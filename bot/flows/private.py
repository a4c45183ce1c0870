"""Somebody threatens to tell something private: what it is about is never asked, named or kept.

Sources, compared 2026-11-23: `law_and_forensics` A1 (Law 245-VIII, article 1: blackmail is psychological violence), B1
(Criminal Code, article 123); `safety_content` 1.6 (evidence before blocking; threats to tell), 2 (evidence).
"""

from datetime import date

from bot.dialog.model import Checked, Choice, Flow, Screen
from bot.flows.sheets import read_on
from bot.i18n import N_, NP_

READ = date(2026, 11, 23)
"""The day on which these words were last compared with their sources."""

_PEOPLE = Choice("people", NP_("button", "People to talk to"), to="people.start")
_KEEP = Choice("keep", NP_("button", "What to keep"), to="private.keep")


def private(now: int) -> Flow:
    """The conversation on the day of `now`, seconds since 1970."""
    read = read_on(READ, now)
    return Flow(
        "private",
        _start(read),
        _keep(),
        _demand(read),
        _told(),
    )


def _start(read: Checked) -> Screen:
    return Screen(
        "start",
        N_(
            "Whatever it is about, it is yours alone, and nobody here asks. By law, blackmail is psychological "
            "violence. You can take your time before you answer anybody."
        ),
        _KEEP,
        Choice("demand", NP_("button", "They demand something"), to="private.demand"),
        Choice("told", NP_("button", "It was told already"), to="private.told"),
        Choice("young", NP_("button", "I am under 18"), to="young.start"),
        _PEOPLE,
        checked=read,
    )


def _keep() -> Screen:
    return Screen(
        "keep",
        N_(
            "Before you block anybody, you could keep the words and who sent them. A screenshot can "
            "show date, number and name. Private pictures need not be kept or shown to anybody. "
            "Someone you trust could keep it, away from your phone. Before recording in secret, ask a"
            " lawyer."
        ),
        Choice("phone", NP_("button", "Phone and Telegram"), to="phone.ask"),
        _PEOPLE,
    )


def _demand(read: Checked) -> Screen:
    return Screen(
        "demand",
        N_(
            "You owe nobody an answer, money or closeness for silence. Forcing someone into sex by blackmail is an "
            "offence: Criminal Code, article 123. You can say to 102 only: “I am being blackmailed.” What it is about "
            "can wait."
        ),
        _KEEP,
        Choice("say", NP_("button", "What to say"), to="urgent.say"),
        _PEOPLE,
        checked=read,
    )


def _told() -> Screen:
    return Screen(
        "told",
        N_(
            "This is not your fault. You decide whom to speak to first, and what about. You could "
            "keep the words, with date and name; private pictures need not be kept or shown. If you "
            "fear for your life, press “Urgent”."
        ),
        _KEEP,
        Choice("young", NP_("button", "I am under 18"), to="young.start"),
        _PEOPLE,
        Choice("check", NP_("button", "Short safety check"), to="check.start"),
        Choice("dark", NP_("button", "I do not want to live"), to="dark.start", tells={"suicidal": "yes"}),
    )
