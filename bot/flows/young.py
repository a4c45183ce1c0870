"""For those under 18, in words of their own: 102 and 111 first, then who has to tell what, and only then more.

Sources, compared 2026-11-23: `safety_content` 1.6 (minor as user), 2 (children), 4.1 (approved sentence);
`law_and_forensics` E7 (Family Code, article 67: a child may turn to the guardianship body), F1 (Administrative Code,
article 127-1: schools and clinics tell); contacts police-102, contact-centre-111.
"""

from dataclasses import replace
from datetime import date

from bot.dialog.model import Checked, Choice, Flow, Screen
from bot.flows.directory import Directory
from bot.flows.sheets import checked, lines_of, read_on
from bot.i18n import N_, NP_

READ = date(2026, 11, 23)
"""The day on which these words were last compared with their sources."""

_HELP = Choice("help", NP_("button", "Who can help me"), to="young.help")
_HELP_AFTER_LIMITS = replace(_HELP, to="young.limits")
_WORDS = Choice("say", NP_("button", "What I can say"), to="young.say")
_WORDS_AFTER_LIMITS = replace(_WORDS, to="young.limits")
"""Who is told comes before anything can be told."""


def young(directory: Directory, now: int) -> Flow:
    """The conversation of a directory; `now` is seconds since 1970. Russian and Kazakh say "thou"."""
    read = read_on(READ, now)
    return Flow(
        "young",
        _start(directory, now),
        _limits(directory, read),
        _help(directory, read),
        _say(),
        _mother(directory),
        _what(),
    )


def _start(directory: Directory, now: int) -> Screen:
    lines = directory.emergency("police-102", "contact-centre-111")
    return Screen(
        "start",
        N_(
            "It is good that you wrote. This is not your fault. If you are scared now, go to a neighbour. Call 102 or "
            "111."
        ),
        Choice("home", NP_("button", "Somebody at home hurts me"), to="young.limits", tells={"minor": "yes"}),
        Choice("elsewhere", NP_("button", "It is not at home"), to="young.limits"),
        Choice("mother", NP_("button", "Somebody hurts my mother"), to="young.mother"),
        Choice("what", NP_("button", "What nobody may do"), to="young.what"),
        numbers=lines_of(lines),
        checked=checked(lines, now),
    )


def _limits(directory: Directory, read: Checked) -> Screen:
    return Screen(
        "limits",
        N_(
            "Read this before you tell anybody more. This program tells nobody what you press. At a school or a clinic "
            "they tell the police, by law, when a child is hurt. 111 can pass it on, too. You can ask them first."
        ),
        _HELP,
        _WORDS,
        numbers=lines_of([directory.route()]),
        checked=read,
    )


def _help(directory: Directory, read: Checked) -> Screen:
    return Screen(
        "help",
        N_(
            "You can choose one adult you trust: a teacher, a school psychologist, an aunt, a "
            "neighbour. 111 talks with children day and night. Schools may have a QR code of 111: "
            "with it you can write instead of calling. You may also go to the guardianship body on "
            "your own."
        ),
        _WORDS,
        Choice("people", NP_("button", "People to talk to"), to="people.start"),
        numbers=lines_of([directory.route()]),
        parent="young.limits",
        checked=read,
    )


def _say() -> Screen:
    return Screen(
        "say",
        N_(
            "A few words to a grown-up are enough: “Someone hurts me. I am afraid to go home. Please help me.” You do "
            "not have to tell everything, and no photos are needed. If one adult does not listen, tell another."
        ),
        _HELP,
        parent="young.limits",
    )


def _mother(directory: Directory) -> Screen:
    lines = directory.emergency("police-102", "emergency-112")
    return Screen(
        "mother",
        N_(
            "This is not your fault. Your task is to be safe, not to stop it. Go to a neighbour or a room with a way "
            "out. Call 102 and say the address."
        ),
        _HELP_AFTER_LIMITS,
        _WORDS_AFTER_LIMITS,
        numbers=lines_of(lines),
    )


def _what() -> Screen:
    return Screen(
        "what",
        N_(
            "Nobody may do this, at home either: hit you, lock you in, threaten you or keep food from"
            " you. Nobody may touch you against your will or ask for photos of your body. You need "
            "not keep that a secret."
        ),
        Choice("touched", NP_("button", "If somebody touched you"), to="assault.young"),
        _HELP_AFTER_LIMITS,
        _WORDS_AFTER_LIMITS,
    )
