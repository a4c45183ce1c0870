"""Being followed, watched or written to against one's will.

Sources, compared 2026-11-23: `law_and_forensics` B1 and B3 (Criminal Code, article 115-1, on complaint), C3 (protective
order), C8 (paper of registration); `safety_content` 1.6 (stalking: evidence before blocking), 2 (journal).
"""

from datetime import date

from bot.dialog.model import Checked, Choice, Flow, Screen
from bot.flows.sheets import read_on
from bot.i18n import N_, NP_

READ = date(2026, 11, 23)
"""The day on which these words were last compared with their sources."""

_PEOPLE = Choice("people", NP_("button", "People to talk to"), to="people.start")
_PHONE = Choice("phone", NP_("button", "Phone and Telegram"), to="phone.ask")


def stalking(now: int) -> Flow:
    """The conversation on the day of `now`, seconds since 1970."""
    read = read_on(READ, now)
    return Flow(
        "stalking",
        _start(read),
        _keep(),
        _police(read),
    )


def _start(read: Checked) -> Screen:
    return Screen(
        "start",
        N_(
            "Being followed, watched or written to against your will is an offence. It is called stalking: Criminal "
            "Code, article 115-1. Choose what is closest."
        ),
        Choice("keep", NP_("button", "What to keep"), to="stalking.keep"),
        Choice("police", NP_("button", "To tell the police"), to="stalking.police"),
        _PHONE,
        Choice("check", NP_("button", "Short safety check"), to="check.start"),
        _PEOPLE,
        checked=read,
    )


def _keep() -> Screen:
    return Screen(
        "keep",
        N_(
            "You could write down each time: date, hour, place, what was done, who saw it. A screenshot can show date, "
            "number and name. Better before you block anybody: that is noticed. You could tell someone you trust first."
        ),
        _PHONE,
        _PEOPLE,
    )


def _police(read: Checked) -> Screen:
    return Screen(
        "police",
        N_(
            "A case about stalking opens on your complaint. You can ask for the paper with its number. Say if you "
            "parted within the last year, or if there were threats. With a protective order, contact against your will "
            "is a breach: 102."
        ),
        Choice("rights", NP_("button", "Police and rights"), to="police.start"),
        _PEOPLE,
        checked=read,
    )
