"""Being held or taken away to marry: for the person, and for relatives and friends who learn of it.

Sources, compared 2026-11-23: `safety_content` 1.6 (confinement, bride kidnapping: what to say, never a custom);
`law_and_forensics` A4 (anyone can report), B1 (Criminal Code, articles 125, 125-1, 126), B3 (complaint).
"""

from datetime import date

from bot.dialog.model import Checked, Choice, Flow, Screen
from bot.flows.directory import Directory
from bot.flows.sheets import checked, lines_of, read_on
from bot.i18n import N_, NP_

READ = date(2026, 11, 23)
"""The day on which these words were last compared with their sources."""

_PEOPLE = Choice("people", NP_("button", "People to talk to"), to="people.start")
_INSIDE = Choice("now", NP_("button", "I cannot leave now"), to="held.now", tells={"held_now": "yes"})
_FRIEND = Choice("other", NP_("button", "It happens to somebody else"), to="held.other")
_MARRY = Choice("marriage", NP_("button", "Taken away to marry"), to="held.marriage")


def held(directory: Directory, now: int) -> Flow:
    """The conversation of a directory; `now` is seconds since 1970."""
    read = read_on(READ, now)
    return Flow(
        "held",
        _start(read),
        _now(directory, now),
        _marriage(read),
        _other(read),
        _past(read),
    )


def _start(read: Checked) -> Screen:
    return Screen(
        "start",
        N_(
            "This is about not being free to leave, or being taken away to marry. It is an offence, not a custom. "
            "Choose what is closest."
        ),
        _INSIDE,
        _MARRY,
        Choice("month", NP_("button", "It was within the last month"), to="held.past", tells={"confined": "yes"}),
        Choice("earlier", NP_("button", "It was longer ago"), to="held.past"),
        _FRIEND,
        checked=read,
    )


def _marriage(read: Checked) -> Screen:
    return Screen(
        "marriage",
        N_(
            "Nobody else can say yes for you, neither parents nor elders. Taking someone away is kidnapping: Criminal "
            "Code, article 125. Forcing a marriage is an offence, too: article 125-1. You can tell 102 so, in these "
            "words."
        ),
        _INSIDE,
        _FRIEND,
        _PEOPLE,
        checked=read,
    )


def _other(read: Checked) -> Screen:
    return Screen(
        "other",
        N_(
            "Anyone may call 102, relatives and friends, too. Say who was taken, when and where, and the car with its "
            "number. There is no need to wait until families agree. It is safer not to go there alone."
        ),
        Choice("numbers", NP_("button", "The numbers"), to="urgent.numbers"),
        Choice("name", NP_("button", "Do I have to give my name"), to="someone.name"),
        _MARRY,
        _PEOPLE,
        checked=read,
    )


def _past(read: Checked) -> Screen:
    return Screen(
        "past",
        N_(
            "This is not your fault. Locking someone in is an offence: Criminal Code, article 126. "
            "For it, a case opens on your complaint; for kidnapping, without it as well. If you are "
            "hurt, a doctor can help: 103. About a place to stay: 111."
        ),
        Choice("region", NP_("button", "In my region"), to="place.mine"),
        _PEOPLE,
        Choice("rights", NP_("button", "Police and rights"), to="police.start"),
        Choice("assault", NP_("button", "Sex against your will"), to="assault.start"),
        checked=read,
    )


def _now(directory: Directory, now: int) -> Screen:
    """What is shown at once when somebody cannot leave."""
    lines = directory.emergency()
    return Screen(
        "now",
        # Translators: at most 205 characters.
        N_(
            "Free from any phone: 102 or 112. Say the address or what you see from the window, the floor, and who is "
            "there. If you cannot call, one message to someone you trust is enough."
        ),
        Choice("silent", NP_("button", "I cannot speak"), to="urgent.silent"),
        Choice("trusted", NP_("button", "Ask someone to call for me"), to="urgent.trusted"),
        Choice("after", NP_("button", "Afterwards"), to="urgent.after"),
        numbers=lines_of(lines),
        checked=checked(lines, now),
    )
