"""Living with a husband's family: papers and phone kept, a marriage made in a mosque only, "the child stays with us".

Sources, compared 2026-11-23: `law_and_forensics` A2 (Law 245-VIII, article 1), C1 (article 72:
taking papers and clothes), C3 (protective order), E7 (Family Code, articles 68, 73); `safety_content` 2 (papers).
"""

from datetime import date

from bot.dialog.model import Checked, Choice, Flow, Screen
from bot.flows.sheets import read_on
from bot.i18n import N_, NP_

READ = date(2026, 11, 23)
"""The day on which these words were last compared with their sources."""

_PEOPLE = Choice("people", NP_("button", "People to talk to"), to="people.start")
_REGION = Choice("region", NP_("button", "In my region"), to="place.mine")
_ORDER = Choice("order", NP_("button", "Protective order"), to="order.start")
_WORDS = Choice("say", NP_("button", "What to say"), to="urgent.say")


def family(now: int) -> Flow:
    """The conversation on the day of `now`, seconds since 1970."""
    read = read_on(READ, now)
    return Flow(
        "family",
        _start(read),
        _papers(read),
        _marriage(read),
        _child(read),
    )


def _start(read: Checked) -> Screen:
    return Screen(
        "start",
        N_(
            "In a husband's family others may decide about your papers, phone, money and work. The "
            "law is about everyone who lives or lived together. Relatives or elders may gather and "
            "ask for peace: you may say no. What comes next, you decide."
        ),
        Choice("papers", NP_("button", "Papers or phone are kept"), to="family.papers"),
        Choice("marriage", NP_("button", "A marriage in a mosque only"), to="family.marriage"),
        Choice("child", NP_("button", "“The child stays with us”"), to="family.child"),
        Choice("check", NP_("button", "Short safety check"), to="check.start"),
        _PEOPLE,
        checked=read,
    )


def _papers(read: Checked) -> Screen:
    return Screen(
        "papers",
        N_(
            "Papers or a phone that were taken are no reason to stay. Police who come keep order while you take "
            "identity papers, seasonal clothes and hygiene items: Law 245-VIII, article 72. A new identity card can be "
            "made; ask 111."
        ),
        _WORDS,
        Choice("papers", NP_("button", "Lost or taken papers"), to="papers.start"),
        _REGION,
        checked=read,
    )


def _marriage(read: Checked) -> Screen:
    return Screen(
        "marriage",
        N_(
            "A marriage may have been made in a mosque only. Law 245-VIII protects you all the same: you lived "
            "together, or have a child together. You can call 102 and ask for a protective order. About money for the "
            "child, ask 111."
        ),
        _ORDER,
        _PEOPLE,
        checked=read,
    )


def _child(read: Checked) -> Screen:
    return Screen(
        "child",
        N_(
            "His relatives do not decide where the child lives. Parents have equal rights until a "
            "court decides. As we read the law, leaving with the child is no offence while no court "
            "has said otherwise. If the child is kept from you, ask 111 or call 102."
        ),
        _WORDS,
        _REGION,
        _PEOPLE,
        checked=read,
    )
