"""I stay, I went back, he is coming back: without reproach, what can make the place where she is safer.

Sources, compared 2026-11-23: `safety_content` 2 (staying), 4.1 (approved sentence); `law_and_forensics` C3 (protective
order, 30 days), C4 (court requirements, 3 to 12 months), C6 (Administrative Code, article 789: hours in custody).
"""

from datetime import date

from bot.dialog.model import Checked, Choice, Flow, Screen
from bot.flows.sheets import read_on
from bot.i18n import N_, NP_

READ = date(2026, 11, 23)
"""The day on which these words were last compared with their sources."""

_PEOPLE = Choice("people", NP_("button", "People to talk to"), to="people.start")
_REGION = Choice("region", NP_("button", "In my region"), to="place.mine")
_AGREE = Choice("word", NP_("button", "A word agreed with somebody"), to="staying.word")
_ORDER = Choice("order", NP_("button", "Protective order"), to="order.start")
_PLAN = Choice("plan", NP_("button", "A list for myself"), to="plan.start")
_WORDS = Choice("say", NP_("button", "What to say"), to="urgent.say")


def staying(now: int) -> Flow:
    """The conversation on the day of `now`, seconds since 1970."""
    read = read_on(READ, now)
    return Flow(
        "staying",
        _start(),
        _now(),
        _word(),
        _release(read),
        _end(read),
    )


def _start() -> Screen:
    return Screen(
        "start",
        N_("Many people go back, and it is not weakness. Let us make the place where you are safer."),
        Choice("now", NP_("button", "I stay for now"), to="staying.now"),
        Choice("release", NP_("button", "The police let them go"), to="staying.release"),
        Choice("end", NP_("button", "The 30 days are ending"), to="staying.end"),
        Choice("die", NP_("button", "“I will die if you go”"), to="dark.threat", tells={"threats": "yes"}),
        Choice("check", NP_("button", "Short safety check"), to="check.start"),
    )


def _now() -> Screen:
    return Screen(
        "now",
        N_(
            "When it is about to start, you could move early to a room with a way out. Kitchen, "
            "bathroom, balcony and garage are worse. If there is a weapon, it is safer not to hide or"
            " take it. Tell 102 about it. The phone can be charged and on you, 102 and one more "
            "number known by heart."
        ),
        _AGREE,
        Choice("phone", NP_("button", "Phone and Telegram"), to="phone.ask"),
        _PEOPLE,
    )


def _word() -> Screen:
    return Screen(
        "word",
        N_(
            "You could agree on a word with one person you trust. When they hear it, they come, call 102 or take the "
            "children. A neighbour can call 102 when there is noise. They need the flat, and whether children are "
            "there."
        ),
        _PLAN,
        _PEOPLE,
        parent="staying.now",
    )


def _release(read: Checked) -> Screen:
    return Screen(
        "release",
        N_(
            "Someone who was taken away may be back within hours. The police hold a person up to 3 hours, up to 24 "
            "where a court may order arrest. You can ask the officer when that ends. Until then you can choose where "
            "to sleep."
        ),
        _REGION,
        _AGREE,
        _WORDS,
        checked=read,
    )


def _end(read: Checked) -> Screen:
    return Screen(
        "end",
        N_(
            "Here is how the 30 days end. A protective order lasts 30 days from the day it was handed over. Before "
            "that, you can tell the inspector in writing what is new. You can ask for requirements of a court, for 3 "
            "to 12 months. At a breach: 102."
        ),
        _ORDER,
        _AGREE,
        _PEOPLE,
        checked=read,
    )
