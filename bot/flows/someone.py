"""For somebody who worries about another person: neighbours, relatives, friends. Who looks for a person gets nothing.

Sources, compared 2026-11-23: `safety_content` 1.6 (bystander; never confirm that anyone contacted us);
`law_and_forensics` A4 (anyone can report; no criminal case without a name), F1 (Family Code, article 67: a child).
"""

from datetime import date

from bot.dialog.model import Checked, Choice, Flow, Screen
from bot.flows.directory import Directory
from bot.flows.sheets import checked, lines_of, read_on
from bot.i18n import N_, NP_

READ = date(2026, 11, 23)
"""The day on which these words were last compared with their sources."""

_PEOPLE = Choice("people", NP_("button", "People to talk to"), to="people.start")


def someone(directory: Directory, now: int) -> Flow:
    """The conversation of a directory; `now` is seconds since 1970."""
    read = read_on(READ, now)
    return Flow(
        "someone",
        _start(),
        _now(directory, now),
        _name(read),
        _talk(),
        _child(read),
        _missing(),
    )


def _start() -> Screen:
    return Screen(
        "start",
        N_("It is good that you noticed. Nobody is told what you press here. Choose what is closest."),
        Choice("now", NP_("button", "It is happening now"), to="someone.now"),
        Choice("talk", NP_("button", "How to talk with them"), to="someone.talk"),
        Choice("child", NP_("button", "It is about a child"), to="someone.child"),
        Choice("dark", NP_("button", "They do not want to live"), to="dark.other"),
        Choice("missing", NP_("button", "I am looking for somebody"), to="someone.missing"),
    )


def _now(directory: Directory, now: int) -> Screen:
    lines = directory.emergency()
    return Screen(
        "now",
        # Translators: at most 205 characters.
        N_(
            "Anyone may call 102 or 112. Say the address, the floor, what you hear, whether children are there. It is "
            "safer not to step between. You can stay near and call again."
        ),
        Choice("say", NP_("button", "What to say"), to="urgent.say"),
        Choice("silent", NP_("button", "I cannot speak"), to="urgent.silent"),
        Choice("name", NP_("button", "Do I have to give my name"), to="someone.name"),
        numbers=lines_of(lines),
        checked=checked(lines, now),
    )


def _name(read: Checked) -> Screen:
    return Screen(
        "name",
        N_(
            "You can call without giving your name; police can be sent all the same. To open a criminal case, a name "
            "is needed. What 102 sees of your number, we do not know."
        ),
        _PEOPLE,
        parent="someone.now",
        checked=read,
    )


def _talk() -> Screen:
    return Screen(
        "talk",
        N_(
            "You could say: “I worry about you. I believe you. What do you need?” Then listen; what comes next is not "
            "yours to decide. It is safer not to speak to the other person, and to tell relatives nothing."
        ),
        Choice("topics", NP_("button", "Information"), to="topics.start"),
        _PEOPLE,
    )


def _child(read: Checked) -> Screen:
    return Screen(
        "child",
        N_(
            "By law, whoever learns of a threat to a child's life, health or rights tells the guardianship body. It is "
            "the one where the child lives: Family Code, article 67. You can also call 111. When it is now: 102."
        ),
        Choice("now", NP_("button", "It is happening now"), to="someone.now"),
        _PEOPLE,
        checked=read,
    )


def _missing() -> Screen:
    return Screen(
        "missing",
        N_(
            "We tell nobody whether anyone has been here. This program saves no names and finds no one. If a person is "
            "missing, 102 is where to ask."
        ),
        Choice("numbers", NP_("button", "The numbers"), to="urgent.numbers"),
    )
