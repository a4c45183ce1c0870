"""Thoughts of not living: one warm line, who is near, 111, and 103 for wounds or pills; no other questions.

A fixed route. Sources, compared 2026-11-23: `safety_content` 1.6 (suicidal; threats of suicide by the person she
fears), 4.1 (approved sentence); contacts ambulance-103, contact-centre-111.
"""

from datetime import date

from bot.dialog.model import Checked, Choice, Flow, Number, Screen
from bot.flows.directory import Contact, Directory
from bot.flows.sheets import checked, lines_of, read_on
from bot.i18n import N_, NP_

READ = date(2026, 11, 23)
"""The day on which these words were last compared with their sources."""

_PEOPLE = Choice("people", NP_("button", "People to talk to"), to="people.start")


def dark(directory: Directory, now: int) -> Flow:
    """The conversation of a directory; `now` is seconds since 1970."""
    read = read_on(READ, now)
    lines = directory.emergency("ambulance-103", "contact-centre-111")
    return Flow(
        "dark",
        _start(lines, now),
        _together(lines_of(lines, first="111"), read),
        _alone(lines_of(lines, first="111"), read),
        _other(read),
        _threat(lines_of(directory.emergency("ambulance-103", "police-102")), read),
    )


def _start(lines: tuple[Contact, ...], now: int) -> Screen:
    return Screen(
        "start",
        # Translators: at most 205 characters.
        N_(
            "Thank you for telling us. This is very hard right now. You can call 111 for free. If you are wounded or "
            "took pills, call 103. Is anyone with you?"
        ),
        Choice("together", NP_("button", "Yes, someone I trust"), to="dark.together"),
        Choice("alone", NP_("button", "No, or someone I fear"), to="dark.alone"),
        Choice("skip", NP_("button", "I'd rather not say"), to="dark.alone"),
        numbers=lines_of(lines, first="111"),
        checked=checked(lines, now),
    )


def _together(numbers: tuple[Number, ...], read: Checked) -> Screen:
    return Screen(
        "together",
        N_(
            "You could say to this person: “I do not want to be alone tonight.” They could put pills "
            "and sharp things away. If you are afraid of them: 111. With wounds or pills: 103."
        ),
        _PEOPLE,
        numbers=numbers,
        checked=read,
    )


def _alone(numbers: tuple[Number, ...], read: Checked) -> Screen:
    return Screen(
        "alone",
        N_(
            "You could call 111 now; they answer day and night. You could write to someone you trust:"
            " “Please come to me.” It helps to be where people are. With wounds or pills: 103."
        ),
        _PEOPLE,
        numbers=numbers,
        checked=read,
    )


def _other(read: Checked) -> Screen:
    return Screen(
        "other",
        N_(
            "You can listen, without arguing or bargaining. It helps if somebody stays with this person. With wounds "
            "or pills: 103. 111 talks with you, too."
        ),
        _PEOPLE,
        Choice("numbers", NP_("button", "The numbers"), to="urgent.numbers"),
        checked=read,
    )


def _threat(numbers: tuple[Number, ...], read: Checked) -> Screen:
    return Screen(
        "threat",
        N_(
            "You are not responsible for someone else's choice. If it is happening now, call 103 or 102 with the "
            "address. It is safer not to go there alone. Such words can mean danger for you, too."
        ),
        Choice("check", NP_("button", "Short safety check"), to="check.start"),
        _PEOPLE,
        Choice("numbers", NP_("button", "The numbers"), to="urgent.numbers"),
        numbers=numbers,
        checked=read,
    )
