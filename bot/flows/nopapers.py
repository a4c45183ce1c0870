"""Without papers: who answers all the same, for foreigners too, and for those who are made to work.

Sources, compared 2026-11-23: `safety_content` 1.6 (migrants, no papers); `law_and_forensics` E9 (ask 111).
"""

from datetime import date

from bot.dialog.model import Checked, Choice, Flow, Screen
from bot.flows.sheets import read_on
from bot.i18n import N_, NP_

READ = date(2026, 11, 23)
"""The day on which these words were last compared with their sources."""

_PEOPLE = Choice("people", NP_("button", "People to talk to"), to="people.start")
_REGION = Choice("region", NP_("button", "In my region"), to="place.mine")


def nopapers(now: int) -> Flow:
    """The conversation on the day of `now`, seconds since 1970."""
    read = read_on(READ, now)
    return Flow(
        "nopapers",
        _start(read),
        _foreign(read),
        _work(read),
    )


def _start(read: Checked) -> Screen:
    return Screen(
        "start",
        N_(
            "102, 112 and 103 answer anyone, with papers or without. Someone may say that nobody helps you without "
            "them. Often that is said to frighten. Choose what is closest."
        ),
        Choice("taken", NP_("button", "Lost or taken papers"), to="papers.start"),
        Choice("foreign", NP_("button", "I am a foreigner"), to="nopapers.foreign"),
        Choice("work", NP_("button", "Made to work, papers kept"), to="nopapers.work"),
        _REGION,
        checked=read,
    )


def _foreign(read: Checked) -> Screen:
    return Screen(
        "foreign",
        N_(
            "The fear of being sent away is often used to keep people silent. 102, 112 and 103 answer foreigners, too. "
            "Your consulate is a choice, not the only way. Which places take foreigners, ask 111."
        ),
        Choice("others", NP_("button", "Others"), to="people.others"),
        _REGION,
        _PEOPLE,
        checked=read,
    )


def _work(read: Checked) -> Screen:
    return Screen(
        "work",
        N_(
            "If someone keeps your papers and makes you work, it may be human trafficking. This is not your fault. You "
            "can tell 102 or ask 111. You do not need papers to call."
        ),
        Choice("say", NP_("button", "What to say"), to="urgent.say"),
        _PEOPLE,
        checked=read,
    )
