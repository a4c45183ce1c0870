"""Having injuries examined: a clinic's record or a forensic expert, what happens in the room, and what the report says.

Sources, compared 2026-11-23: `law_and_forensics` B2 (degrees), D2 (who orders it), D3 (cost), D4 and F1 (a clinic must
tell the police), D5 (consent, stopping, who may be present), D6 (30 days, 3 days), D8 (what to bring), D9 (institutes).
Coming without a referral, the price of a private order and an official list of what to bring are confirmed nowhere.
"""

from datetime import date

from bot.dialog.model import Branch, Checked, Choice, Flow, Screen
from bot.domain.situation import Situation
from bot.flows.directory import Contact, Directory, NamedPlace
from bot.flows.sheets import checked, numbers, paragraphs, place, read_on, sheet, tells
from bot.i18n import N_, NP_, Filled

READ = date(2026, 11, 23)
"""The day on which these words were last compared with their sources."""

_PEOPLE = Choice("people", NP_("button", "People to talk to"), to="people.start")
_ROOM = Choice("room", NP_("button", "In the room"), to="examination.room")
_BRING = Choice("bring", NP_("button", "What to bring"), to="examination.bring")
_REFERRAL = Choice("referral", NP_("button", "With a referral"), to="examination.referral")
_WHERE = Choice("where", NP_("button", "Where it is done"), to="examination.where")


def examination(directory: Directory, now: int) -> Flow:
    """The conversation of a directory; `now` is seconds since 1970."""
    read = read_on(READ, now)
    return Flow(
        "examination",
        _start(read),
        # A clinic's record, and an expert by referral.
        _clinic(read),
        _referral(read),
        _bring(read),
        # Consent, stopping, and who is present.
        _room(read),
        _sign(read),
        # The report, and what its words mean.
        _report(read),
        _degrees(read),
        *_institutes(directory, now),
    )


def _start(read: Checked) -> Screen:
    return Screen(
        "start",
        N_(
            "There are two ways, and you can take both. A clinic describes the injuries in its record; no referral is "
            "needed. An expert of the state examines them with a referral from the police or a court, free of charge. "
            "Which way, and whether at all, you decide."
        ),
        Choice("clinic", NP_("button", "At a clinic"), to="examination.clinic"),
        _REFERRAL,
        _ROOM,
        Choice("report", NP_("button", "The report"), to="examination.report"),
        _BRING,
        checked=read,
    )


def _clinic(read: Checked) -> Screen:
    return Screen(
        "clinic",
        N_(
            "One thing to know before you go: by law clinics tell the police about injuries from an offence. An "
            "emergency department or a polyclinic can write down each injury, how it came about and when. You can ask "
            "for a copy. An expert can use that paper later."
        ),
        _REFERRAL,
        _BRING,
        _PEOPLE,
        checked=read,
    )


def _referral(read: Checked) -> Screen:
    return Screen(
        "referral",
        N_(
            "With a referral the examination is free. The police or a court gives it. We found nothing that says one "
            "can come without it. If you are needed there, the police have to bring you. A lawyer who acts for you can "
            "order an examination too, at your cost."
        ),
        _WHERE,
        _ROOM,
        _BRING,
        _PEOPLE,
        checked=read,
    )


def _bring(read: Checked) -> Screen:
    return Screen(
        "bring",
        N_(
            "We found no official list. These are of use if you have them:\n"
            "• the referral and an identity card\n"
            "• papers from a clinic\n"
            "• photos\n"
            "• clothes from that day, unwashed, in paper\n"
            "If the identity card is missing, ask 111 or the police before you go."
        ),
        _WHERE,
        _PEOPLE,
        checked=read,
    )


def _room(read: Checked) -> Screen:
    return Screen(
        "room",
        N_(
            "As a rule nothing begins without your written consent; the law has exceptions. You are "
            "told what is done and whether it hurts. You may stop at any moment. If you have to "
            "undress, only people of your sex may be there, except doctors. You can ask for a woman "
            "as expert: that is a request, not a right."
        ),
        Choice("sign", NP_("button", "Before you sign"), to="examination.sign"),
        Choice("report", NP_("button", "The report"), to="examination.report"),
        _PEOPLE,
        sensitive=True,
        checked=read,
    )


def _sign(read: Checked) -> Screen:
    return Screen(
        "sign",
        N_(
            "Before you sign, you may read the order for the examination. You may add questions or ask for another "
            "expert. Someone who represents you may come along if the investigator allows it. For a child, a parent or "
            "guardian signs."
        ),
        Choice("report", NP_("button", "The report"), to="examination.report"),
        Choice("offices", NP_("button", "Lawyers, papers, offices"), to="people.offices"),
        parent="examination.room",
        checked=read,
    )


def _report(read: Checked) -> Screen:
    return Screen(
        "report",
        N_(
            "The examination takes up to 30 days, longer if papers are missing. The report goes to those who ordered "
            "it, within 3 days after that. You do not get it from the expert. You may read it and ask for a copy: at "
            "the police or in court."
        ),
        Choice("degrees", NP_("button", "What the words mean"), to="examination.degrees"),
        _PEOPLE,
        checked=read,
    )


def _degrees(read: Checked) -> Screen:
    return Screen(
        "degrees",
        N_(
            "The law has its own words for harm:\n"
            "• light: ill for up to 21 days\n"
            "• medium: more than 21 days\n"
            "• grave: danger to life or a lasting loss\n"
            "• pain alone: beating, and an offence too\n"
            "An expert decides. No word measures what it was for you."
        ),
        Choice("offices", NP_("button", "Lawyers, papers, offices"), to="people.offices"),
        _PEOPLE,
        parent="examination.report",
        sensitive=True,
        checked=read,
    )


def _institutes(directory: Directory, now: int) -> tuple[Screen | Branch, ...]:
    """The institute of her region where somebody has confirmed it; otherwise who can name it.

    As long as there is one at all, somebody who has not told her region can choose it.
    """
    shown = {one.code: directory.forensic_for(one.code) for one in directory.regions_in_order("en")}
    found = {code: one for code, one in shown.items() if one is not None}

    roads = [f"examination.{code.lower()}" for code in found] + ["directory.start"] * bool(found)

    def choose(told: Situation) -> str:
        if found and not told.region:
            return "directory.start"
        return f"examination.{told.region.lower()}" if told.region in found else "examination.unnamed"

    return (
        Screen(
            "unnamed",
            N_(
                "The referral names the institute and the town. We show no address here, because none has been "
                "confirmed yet. Whoever writes the referral can tell you the way and the hours, and so can 111."
            ),
            _ROOM,
            Choice("region", NP_("button", "In my region"), to="place.mine"),
            parent="examination.referral",
            checked=read_on(READ, now),
        ),
        *(_institute(code, one, directory, now) for code, one in found.items()),
        Branch("where", choose, (*roads, "examination.unnamed")),
    )


def _institute(code: str, one: Contact | NamedPlace, directory: Directory, now: int) -> Screen:
    """The sheet of one institute; where it has no number that may be shown, 111 is the way."""
    route = directory.route()
    if isinstance(one, NamedPlace):
        ask = Filled(N_("Ask through {number}"), {"number": route.lines[0].number})
        said, reached = paragraphs((place(one),), (tells(one.informs), ask)), route
    else:
        said, reached = sheet(one, directory), one
    return Screen(
        code.lower(),
        said,
        _ROOM,
        numbers=numbers(reached, directory),
        parent="examination.referral",
        checked=checked([one, reached], now),
        sheet=True,
    )
