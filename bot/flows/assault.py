"""After sexual violence: nothing has to be told, medicine that cannot wait comes first, and she decides all the rest.

Sources, compared 2026-11-23: `safety_content` 4.1 (the first sentences), 1.6; `law_and_forensics` D7 (72 hours, 5 days,
3 months; clothes in paper; where it is free), B1 and B3 (complaint), A1 and A2 (spouses), E1 (lawyer), F1 (whom a
clinic tells; children). The longer window for traces and the list of free medicine are confirmed nowhere.
"""

from datetime import date

from bot.dialog.model import Branch, Checked, Choice, Flow, Number, Screen
from bot.domain.triage import Fact
from bot.flows.directory import Directory
from bot.flows.sheets import address, lines_of, read_on
from bot.flows.when import when
from bot.i18n import N_, NP_

READ = date(2026, 11, 23)
"""The day on which these words were last compared with their sources."""

_CLINIC = Choice("clinic", NP_("button", "Where, and whom they tell"), to="assault.clinic")
_TRACES = Choice("traces", NP_("button", "If an examination may follow"), to="assault.traces")
_DECIDE = Choice("decide", NP_("button", "The police: you decide"), to="assault.decide")
_NECK = Choice("neck", NP_("button", "If the neck was pressed"), to="injury.neck")
_PLACE = Choice("place", NP_("button", "A safe place"), to="place.mine")
_PEOPLE = Choice("people", NP_("button", "People to talk to"), to="people.start")

_NOW = {
    "hours": "assault.medicine",
    "days": "assault.medicine",
    "weeks": "assault.weeks",
    "earlier": "assault.later",
}


def assault(directory: Directory, now: int) -> Flow:
    """The conversation of a directory; `now` is seconds since 1970. Not knowing when counts as just now."""
    read = read_on(READ, now)
    return Flow(
        "assault",
        _start(read),
        # What a doctor can still do, by how long ago it was.
        _medicine(directory, now),
        _weeks(read),
        _later(read),
        _clinic(read),
        _young(lines_of(directory.emergency("contact-centre-111", "ambulance-103"), first="111"), read),
        _traces(read),
        _decide(directory, now),
        Branch("now", lambda told: _NOW.get(told.when, "assault.medicine"), tuple(dict.fromkeys(_NOW.values()))),
    )


def _start(read: Checked) -> Screen:
    return Screen(
        "start",
        N_(
            "This is not your fault. You decide what happens next. In the first three days a doctor can give important "
            "medicine. No details are asked here. When was it?"
        ),
        *when("assault.now", passed_over="assault.medicine", ever=Fact.PHYSICAL, lately=Fact.ASSAULT_RECENT),
        checked=read,
    )


def _clinic(read: Checked) -> Screen:
    return Screen(
        "clinic",
        N_(
            "You can go to an emergency department, or ask at an HIV prevention centre. Where the medicine is free in "
            "your region, 111 can tell. To know beforehand: by law clinics tell the police about injuries from an "
            "offence. Whether you write a statement, you decide."
        ),
        _DECIDE,
        Choice("young", NP_("button", "If you are under 18"), to="assault.young"),
        _PEOPLE,
        parent="assault.now",
        checked=read,
    )


def _young(numbers: tuple[Number, ...], read: Checked) -> Screen:
    return Screen(
        "young",
        N_(
            "This is not your fault. You can call 111 first and just ask; they answer children too. "
            "If you are in pain, call 103. A doctor can give medicine: some works only in the first 3"
            " days, some in 5. Adults who help have to tell the police or child protection: ask first"
            " whom."
        ),
        Choice("help", NP_("button", "Who can help me"), to="young.limits"),
        _CLINIC,
        _PEOPLE,
        numbers=numbers,
        parent="assault.clinic",
        checked=read,
    )


def _traces(read: Checked) -> Screen:
    return Screen(
        "traces",
        N_(
            "Only if you may want it later; you decide. An examination is best as soon as possible, within 72 hours. "
            "Until then it is better not to wash or change. Clothes go into paper, not plastic. If you have washed or "
            "changed already, you can still go and take the clothes along."
        ),
        Choice("exam", NP_("button", "How an examination goes"), to="examination.start"),
        _CLINIC,
        _PEOPLE,
        parent="assault.now",
        sensitive=True,
        checked=read,
    )


def _medicine(directory: Directory, now: int) -> Screen:
    """The ambulance and 111 first: within three days it is as urgent as anything here (`safety_content` 1.4)."""
    lines = directory.emergency("ambulance-103", "contact-centre-111")
    return Screen(
        "medicine",
        N_(
            "What a doctor can give, the sooner the better:\n"
            "• against HIV: it begins within 72 hours\n"
            "• against an unwanted pregnancy: within 5 days\n"
            "• against hepatitis B: a vaccine\n"
            "You can ask for this alone. If you are bleeding or in strong pain, call 103."
        ),
        _CLINIC,
        _TRACES,
        _NECK,
        _DECIDE,
        _PEOPLE,
        numbers=lines_of(lines, first="103"),
        checked=read_on(READ, now, lines),
    )


def _weeks(read: Checked) -> Screen:
    return Screen(
        "weeks",
        N_(
            "It is not too late to see a doctor. Against an unwanted pregnancy there is medicine up "
            "to 5 days after. The vaccine against hepatitis B can begin within 3 months. About HIV "
            "and pressure on the neck, speak to the doctor now. Bleeding or strong pain: call 103."
        ),
        _CLINIC,
        _NECK,
        _DECIDE,
        _PLACE,
        _PEOPLE,
        checked=read,
    )


def _later(read: Checked) -> Screen:
    return Screen(
        "later",
        N_(
            "However long ago it was, it counts. You can see a doctor now as well; the vaccine against hepatitis B can "
            "begin within 3 months. You can talk about it with a psychologist, today or in a year. What you say and to "
            "whom, you decide."
        ),
        _CLINIC,
        _DECIDE,
        _PLACE,
        _PEOPLE,
        checked=read,
    )


def _decide(directory: Directory, now: int) -> Screen:
    """About a statement; the state lawyer has a choice while the directory shows the contact."""
    lawyer = directory.hotline("legal-aid-state")
    return Screen(
        "decide",
        N_(
            "You decide, now or later. The law means spouses and partners too. Many of these cases "
            "begin on your statement. The gravest, or when you depend on that person, may begin "
            "without it. You may have a right to a lawyer from the state, with a paper from the "
            "investigation."
        ),
        *((Choice("lawyer", NP_("button", "A lawyer from the state"), to=address(lawyer)),) if lawyer else ()),
        Choice("exam", NP_("button", "How an examination goes"), to="examination.start"),
        _PEOPLE,
        parent="assault.now",
        checked=read_on(READ, now, [lawyer] if lawyer else []),
    )
