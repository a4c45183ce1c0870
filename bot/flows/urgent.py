"""Urgent: the numbers at once, a way that needs no voice, what to say on the phone, and what comes after.

Sources, compared 2026-11-23: contacts police-102, emergency-112, ambulance-103, contact-centre-111 and
police-service-zakon-i-poryadok (profit.kz 2025-10-28; tied to identity, leaves traces, no reply time is published);
`safety_content` 1.6 (neck, weapon, confinement), 2 (leaving, children), 3.2 (traces of a call).
"""

from datetime import date

from bot.dialog.model import Checked, Choice, Flow, Screen
from bot.flows.directory import Directory
from bot.flows.sheets import checked, lines_of, read_on
from bot.i18n import N_, NP_

READ = date(2026, 11, 23)
"""The day on which these words were last compared with their sources."""

_APP = "police-service-zakon-i-poryadok"


def urgent(directory: Directory, now: int) -> Flow:
    """The conversation of a directory; `now` is seconds since 1970."""
    read = read_on(READ, now)
    return Flow(
        "urgent",
        _numbers(directory, now),
        _silent(directory, now),
        _trusted(),
        _traces(read),
        _say(read),
        _after(read),
    )


def _numbers(directory: Directory, now: int) -> Screen:
    lines = directory.emergency()
    return Screen(
        "numbers",
        # Translators: at most 240 characters in all. The first 40 must not tell what this is about.
        N_(
            "Free calls from any phone, at any hour:\n"
            "102 police\n"
            "112 rescue service\n"
            "103 ambulance\n"
            "111 advice, support, children too\n"
            "This program cannot call for you."
        ),
        Choice("silent", NP_("button", "I cannot speak"), to="urgent.silent"),
        Choice("say", NP_("button", "What to say"), to="urgent.say", row="more"),
        Choice("after", NP_("button", "It is quiet now"), to="urgent.after", row="more"),
        numbers=lines_of(lines),
        checked=checked(lines, now),
    )


def _trusted() -> Screen:
    return Screen(
        "trusted",
        N_(
            "You can write to someone you trust, or knock at a neighbour's door. A few words are enough: “Call 102, "
            "this is my address.” If you are locked in, add the floor and who is there. Then delete that message if it "
            "can be seen."
        ),
    )


def _traces(read: Checked) -> Screen:
    return Screen(
        "traces",
        N_(
            "The number stays in the phone's list of calls. It can also be on the operator's bill. If it is safe, "
            "delete that one line: an empty list is noticed too. A contact sent here goes when you press “Close”."
        ),
        checked=read,
    )


def _say(read: Checked) -> Screen:
    return Screen(
        "say",
        N_(
            "On the phone, a few words in any order are enough. The address, the floor, a landmark. What is happening "
            "now, and if there are children, a weapon or an injury. Say if the person you fear is near or gone. Kazakh "
            "or Russian is best: they may not know English."
        ),
        Choice("traces", NP_("button", "What a call leaves behind"), to="urgent.traces"),
        checked=read,
    )


def _after(read: Checked) -> Screen:
    return Screen(
        "after",
        N_(
            "When it is quiet again, you can choose what comes first. If you are hurt, call 103 or "
            "see a doctor. After pressure on the neck, a doctor is needed even without marks. You can"
            " ask 111 about a safe place in your region. Tonight it is safer to be with someone you "
            "trust."
        ),
        Choice("region", NP_("button", "In my region"), to="directory.start"),
        Choice("injuries", NP_("button", "Injuries and evidence"), to="injury.start"),
        Choice("people", NP_("button", "People to talk to"), to="people.start"),
        Choice("say", NP_("button", "What to say"), to="urgent.say"),
        Choice("phone", NP_("button", "Phone and Telegram"), to="phone.ask"),
        sensitive=True,
        checked=read,
    )


def _silent(directory: Directory, now: int) -> Screen:
    """The way without a voice; it names the app only while the directory shows it."""
    app = directory.hotline(_APP)
    named = N_(
        "If you cannot speak aloud, open eGov Mobile, Kaspi.kz or Halyk and find “Law and Order”. There you can send "
        "the police a text, voice, photo or video. It goes under your name and stays in that app. We do not know how "
        "fast they answer. If you can call, 102 or 112 comes first."
    )
    unnamed = N_(
        "If you cannot speak aloud, someone you trust can call for you. If you can call, 102 or 112 comes first."
    )
    writing = Choice("writing", NP_("button", "Write instead of calling"), to="people.writing")
    return Screen(
        "silent",
        named if app else unnamed,
        Choice("trusted", NP_("button", "Ask someone to call for me"), to="urgent.trusted"),
        writing,
        Choice("traces", NP_("button", "What a call leaves behind"), to="urgent.traces"),
        checked=read_on(READ, now, [app] if app else []),
    )
