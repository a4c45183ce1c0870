"""Injuries: when it happened, and then only what still helps: a doctor first, having it written down, keeping things.

Sources, compared 2026-11-23: `safety_content` 1.6 (neck, pregnancy), 2 (evidence and journal), 4.1 (neck);
`law_and_forensics` B3 (time limits), D4 (medical papers), D6 (same day), D7 and D8 (clothes in paper), F1 (whom a
clinic tells: bot.flows.examination). How fast marks fade is confirmed nowhere and is not said.
"""

from datetime import date

from bot.dialog.model import Branch, Checked, Choice, Flow, Number, Screen
from bot.domain.situation import Situation
from bot.domain.triage import Fact
from bot.flows.directory import Directory
from bot.flows.sheets import lines_of, read_on
from bot.flows.when import when
from bot.i18n import N_, NP_

READ = date(2026, 11, 23)
"""The day on which these words were last compared with their sources."""

_NECK = Choice("neck", NP_("button", "If the neck was pressed"), to="injury.neck")
_KEEP = Choice("keep", NP_("button", "What can help later"), to="injury.keeping")
_RECORD = Choice("record", NP_("button", "Doctor's record, examination"), to="examination.start")
_ASSAULT = Choice("assault", NP_("button", "Sex against your will"), to="assault.start")
_PLACE = Choice("place", NP_("button", "A safe place"), to="place.mine")
_PEOPLE = Choice("people", NP_("button", "People to talk to"), to="people.start")
_NOTES = Choice("notes", NP_("button", "Notes for yourself"), to="injury.notes")
_MESSAGES = Choice("messages", NP_("button", "Messages and recordings"), to="injury.messages")
_WHERE = Choice("where", NP_("button", "Where to keep it"), to="injury.where")

_WAYS_ON = (_NECK, _KEEP, _RECORD, _ASSAULT, _PEOPLE)
"""From every answer but the oldest: the neck stands first."""

_NOW = {"hours": "injury.hours", "days": "injury.days", "weeks": "injury.weeks", "earlier": "injury.earlier"}
_TOO_LATE_FOR_TRACES = ("weeks", "earlier")


def injury(directory: Directory, now: int) -> Flow:
    """The conversation of a directory; `now` is seconds since 1970."""
    doctor = directory.emergency("ambulance-103")
    read = read_on(READ, now)
    return Flow(
        "injury",
        _start(),
        # Up to three days: a doctor comes first, and so does the neck.
        _hours(lines_of(doctor), read),
        _days(lines_of(doctor), read),
        _unknown(lines_of(doctor), read),
        _neck(lines_of(doctor), read),
        # After three days, and after a month.
        _weeks(read),
        _earlier(read),
        # What can be kept, in the first days and later.
        _keep(read),
        _keep_later(read),
        # Each kind of thing, and where it is safe.
        _photos(read),
        _clothes(read),
        _notes(read),
        _messages(read),
        _where(read),
        Branch("now", lambda told: _NOW.get(told.when, "injury.unknown"), (*_NOW.values(), "injury.unknown")),
        Branch("keeping", _what_can_be_kept, ("injury.keep", "injury.keep_later")),
    )


def _start() -> Screen:
    return Screen(
        "start",
        N_(
            "This is not your fault. What still helps depends on the time, and you need not say what happened. When "
            "was it?"
        ),
        *when("injury.now", passed_over="injury.unknown", ever=Fact.PHYSICAL),
    )


def _what_can_be_kept(told: Situation) -> str:
    """Clothes and fresh pictures only while they can still show something."""
    return "injury.keep_later" if told.when in _TOO_LATE_FOR_TRACES else "injury.keep"


def _hours(numbers: tuple[Number, ...], read: Checked) -> Screen:
    return Screen(
        "hours",
        N_(
            "First your health, then the rest. Heavy bleeding, fainting, trouble breathing or a blow while pregnant: "
            "call 103. After pressure on the neck a doctor is needed even without marks. It is best to have injuries "
            "written down today or tomorrow morning. About the police, you decide."
        ),
        *_WAYS_ON,
        numbers=numbers,
        checked=read,
    )


def _days(numbers: tuple[Number, ...], read: Checked) -> Screen:
    return Screen(
        "days",
        N_(
            "A lot still counts in these days. Fainting, trouble breathing, strong headache: call "
            "103. If you are pregnant: pain, bleeding, or the child does not move: 103 too. After "
            "pressure on the neck a doctor is needed now, even without marks. Injuries are best "
            "written down today; the police you decide."
        ),
        *_WAYS_ON,
        numbers=numbers,
        checked=read,
    )


def _unknown(numbers: tuple[Number, ...], read: Checked) -> Screen:
    return Screen(
        "unknown",
        N_(
            "It is fine not to say. If it was in the last 3 days, a doctor comes first, above all "
            "after pressure on the neck. Fainting, trouble breathing, heavy bleeding or a blow while "
            "pregnant: call 103. Older injuries can be written down too. What to do about them, you "
            "decide."
        ),
        *_WAYS_ON,
        numbers=numbers,
        checked=read,
    )


def _neck(numbers: tuple[Number, ...], read: Checked) -> Screen:
    return Screen(
        "neck",
        N_(
            "About the doctor, in short. After pressure on the neck one is needed even without marks."
            " Changed voice, trouble swallowing, breathing or seeing, headache, fainting, pregnancy: "
            "call 103. Say plainly that your neck was squeezed. For a day and a night it is safer to "
            "be with someone you trust."
        ),
        _RECORD,
        _PLACE,
        _PEOPLE,
        parent="injury.now",
        numbers=numbers,
        checked=read,
    )


def _weeks(read: Checked) -> Screen:
    return Screen(
        "weeks",
        N_(
            "Even after days and weeks it is not too late. A doctor can write down what is still seen and what still "
            "hurts. Papers and photos from that time can be used too. If your neck was pressed and something still "
            "troubles you, a doctor is needed. If it is bad, call 103."
        ),
        *_WAYS_ON,
        checked=read,
    )


def _earlier(read: Checked) -> Screen:
    return Screen(
        "earlier",
        N_(
            "Even after months something can be done. Papers from a clinic, photos, messages and "
            "people who saw it still count. For beating and light harm the law leaves one year, for "
            "graver harm more. A lawyer can say what is possible now. If something hurts until today,"
            " a doctor can look at it."
        ),
        _KEEP,
        _RECORD,
        Choice("offices", NP_("button", "Lawyers, papers, offices"), to="people.offices"),
        _ASSAULT,
        _PEOPLE,
        checked=read,
    )


def _keep(read: Checked) -> Screen:
    return Screen(
        "keep",
        N_(
            "None of this has to be done; you decide. Some of it may help later, with a doctor, the police or a court. "
            "Your calm comes first: if keeping it is dangerous, leave it."
        ),
        Choice("photos", NP_("button", "Photos"), to="injury.photos"),
        Choice("clothes", NP_("button", "Clothes and things"), to="injury.clothes"),
        _NOTES,
        _MESSAGES,
        _WHERE,
        parent="injury.now",
        sensitive=True,
        checked=read,
    )


def _keep_later(read: Checked) -> Screen:
    return Screen(
        "keep_later",
        N_(
            "None of this has to be done; you decide. What was kept from that time still helps: photos, papers, "
            "messages. You can also write down now what you remember."
        ),
        _NOTES,
        _MESSAGES,
        Choice("clinic", NP_("button", "Papers from a clinic"), to="examination.clinic"),
        _WHERE,
        _PEOPLE,
        parent="injury.now",
        sensitive=True,
        checked=read,
    )


def _photos(read: Checked) -> Screen:
    return Screen(
        "photos",
        N_(
            "Pictures appear in the gallery, and may appear in a shared cloud. If the phone is looked"
            " through, a doctor's record is safer. If you decide to: one with the face and the "
            "injury, one close, with a coin beside it. The same again after 24 and 72 hours. It is "
            "best not to edit them."
        ),
        _WHERE,
        _RECORD,
        parent="injury.keep",
        checked=read,
    )


def _clothes(read: Checked) -> Screen:
    return Screen(
        "clothes",
        N_(
            "Clothes can be of use later. If you decide to keep them, leave them unwashed, in a paper bag, not in "
            "plastic. If they are washed already, that is no mistake: other things still count."
        ),
        _WHERE,
        _RECORD,
        parent="injury.keep",
        checked=read,
    )


def _notes(read: Checked) -> Screen:
    return Screen(
        "notes",
        N_(
            "A few lines are enough, best on the same day. The date, the time, the place. What was done and said, word "
            "for word, and what hurts. Who saw or heard it, which doctor, which officer. Facts without opinions are of "
            "most use."
        ),
        _WHERE,
        _PEOPLE,
        parent="injury.keeping",
        checked=read,
    )


def _messages(read: Checked) -> Screen:
    return Screen(
        "messages",
        N_(
            "A screenshot helps most when it shows the date, the number and the name. It is best not "
            "to cut or change anything. A recording made in secret may not be accepted by a court. "
            "Before making one, or showing it to everyone, you can ask a lawyer."
        ),
        _WHERE,
        Choice("offices", NP_("button", "Lawyers, papers, offices"), to="people.offices"),
        parent="injury.keeping",
        checked=read,
    )


def _where(read: Checked) -> Screen:
    return Screen(
        "where",
        N_(
            "Where it lies matters as much as what it is. It can be with someone you trust, or in a mailbox made on "
            "another phone. A phone that is looked through is no good place, and this chat takes no files. A doctor's "
            "record stays with the clinic."
        ),
        _RECORD,
        _PLACE,
        _PEOPLE,
        parent="injury.keeping",
        checked=read,
    )
