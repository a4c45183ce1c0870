"""For somebody who hurts another person and wants to stop: it is possible, and there is help with it.

Nothing about other people is said here, and no place is named. Sources, compared 2026-11-23: `safety_content` 1.6
(perpetrator writes), 4.1 (approved sentence); Law 245-VIII, article 69 (voluntary programmes).
"""

from datetime import date

from bot.dialog.model import Choice, Flow, Screen
from bot.flows.directory import Directory
from bot.flows.sheets import lines_of, read_on, to_entry
from bot.i18n import N_, NP_

READ = date(2026, 11, 23)
"""The day on which these words were last compared with their sources."""


def change(directory: Directory, now: int) -> Flow:
    """The conversation of a directory; `now` is seconds since 1970. It leads to 111, never to a list of places."""
    dark = Choice("dark", NP_("button", "I do not want to live"), to="dark.start", tells={"suicidal": "yes"})
    return Flow(
        "change",
        Screen(
            "start",
            N_(
                "The person who hits is responsible. Stopping is possible, and psychologists help with it. "
                "We share nothing about other people."
            ),
            Choice("now", NP_("button", "It may happen now"), to="change.now"),
            Choice("help", NP_("button", "Help with stopping"), to="change.help"),
            dark,
        ),
        Screen(
            "now",
            N_(
                "You can leave the room and the house before it happens. You can walk, and call somebody calm. "
                "If someone is hurt: 103. If you cannot stop: 102 or 112."
            ),
            Choice("numbers", NP_("button", "The numbers"), to="urgent.numbers"),
            Choice("help", NP_("button", "Help with stopping"), to="change.help"),
            dark,
            numbers=lines_of(directory.emergency("ambulance-103", "police-102", "emergency-112")),
            checked=read_on(READ, now),
        ),
        Screen(
            "help",
            N_(
                "There are voluntary programmes for people who want to stop. Organisations that help run them: "
                "Law 245-VIII, article 69. Ask 111 where there is one. "
                "Looking for somebody against their will is no part of stopping."
            ),
            Choice("now", NP_("button", "It may happen now"), to="change.now"),
            to_entry(directory.route()),
            checked=read_on(READ, now),
        ),
    )
