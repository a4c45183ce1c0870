"""People to talk to: by phone or in writing, each with what for, whom they must tell, when, and only then the number.

Everything said about them comes from the directory (`bot.flows.directory`); the organisation's own line from its
`organisation.toml`. Hours on which sources disagree (150) are said to be so.
"""

from collections.abc import Collection, Iterator

from bot.dialog.model import Choice, Flow, Number, Screen
from bot.flows.directory import Contact, Directory, Duty, Kind
from bot.flows.directory.contacts import ROUTE, By
from bot.flows.organisation import Helpline, Organisation, Reporting
from bot.flows.sheets import checked, entry_screen, numbers, sheet, tells, terms, to_entry
from bot.flows.useful import UNREACHED, unreached
from bot.i18n import N_, NP_, Filled, Joined, Said, Words

_FIRST = (ROUTE, "helpline-150")
_FOR_SOME = ("men", "embassies")
_DUTY = {
    Reporting.HELP_ORGANISATION: Duty.POLICE,
    Reporting.CHILDREN: Duty.POLICE_ABOUT_CHILDREN,
    None: Duty.NOT_KNOWN,
}


def people(directory: Directory, organisation: Organisation, now: int) -> Flow:
    """The conversation of a directory and an organisation; `now` is seconds since 1970."""
    contacts = {one.id: one for one in (directory.route(), *directory.hotlines())}
    own = organisation.helpline
    return Flow(
        "people",
        Screen(
            "start",
            N_(
                "Here are people who answer by phone or in writing. Before each number you see whom they tell. "
                "You choose what to say. If it cannot wait, press “Urgent”."
            ),
            *((Choice("own", NP_("button", "Our own line"), to="people.own"),) if own else ()),
            *(to_entry(contacts[one]) for one in _FIRST if one in contacts),
            Choice("region", NP_("button", "In my region"), to="directory.start"),
            Choice("others", NP_("button", "Others"), to="people.others"),
        ),
        *_lists(contacts.values()),
        *((_own(own, organisation),) if own else ()),
        *(_card(one, directory, now) for one in contacts.values()),
    )


def _lists(contacts: Collection[Contact]) -> tuple[Screen, ...]:
    """All others, by what somebody would look for."""
    lists = {name: [one for one in contacts if _belongs(one, name)] for name in ("writing", "some", "offices")}
    return (
        Screen(
            "others",
            N_("Other people and other ways. Choose what is closest. Not sure whom to ask: 111 can tell you."),
            Choice("writing", NP_("button", "Write instead of calling"), to="people.writing"),
            Choice("offices", NP_("button", "Lawyers, papers, offices"), to="people.offices"),
            *(to_entry(one) for one in lists["some"]),
            listing=True,
        ),
        Screen(
            "writing",
            N_(
                "If it is easier to write than to speak, choose one of these. What you write stays in "
                "that app. At night nobody may answer; in danger 102, 112 or 103 comes first."
            ),
            *(to_entry(one) for one in lists["writing"]),
            parent="people.others",
            listing=True,
        ),
        Screen(
            "offices",
            N_("Offices and lines that help with papers, rights and places. If you are not sure which, ask 111."),
            *(to_entry(one) for one in lists["offices"]),
            parent="people.others",
            listing=True,
        ),
    )


def _belongs(contact: Contact, name: str) -> bool:
    """Whether a contact is in one of the lists; one that can be written to may be in two."""
    writing = contact.kind is Kind.APP or any(line.by is By.WHATSAPP for line in contact.lines)
    some = contact.kind is Kind.ADVICE or contact.id in _FOR_SOME
    if name == "writing":
        return writing
    if name == "some":
        return some
    return not some and contact.kind is not Kind.APP and contact.id not in _FIRST


def _card(contact: Contact, directory: Directory, now: int) -> Screen:
    led_by = [one for one in directory.through(contact) if not one.lines]
    return Screen(
        entry_screen(contact),
        sheet(contact, directory),
        *(to_entry(one) for one in led_by),
        *unreached(contact),
        numbers=numbers(contact, directory),
        parent=_parent(contact),
        checked=checked([contact, *directory.through(contact)], now),
        sheet=True,
    )


def _parent(contact: Contact) -> str:
    if contact.id in _FIRST:
        return "people.start"
    if _belongs(contact, "some"):
        return "people.others"
    return "people.writing" if contact.kind is Kind.APP else "people.offices"


def _own(helpline: Helpline, organisation: Organisation) -> Screen:
    return Screen(
        "own",
        Joined(tuple(_own_lines(helpline, organisation))),
        UNREACHED,
        numbers=(Number(helpline.number),),
        sheet=True,
    )


def _own_lines(helpline: Helpline, organisation: Organisation) -> Iterator[Said]:
    yield N_("This line belongs to those who run this program.")
    if organisation.name is not None:
        yield organisation.name
    yield tells([_DUTY[organisation.reporting]])
    yield terms(helpline.hours, helpline.cost, helpline.languages)
    number = Words(helpline.number, helpline.number, helpline.number)
    yield Filled(N_("Phone: {number}"), {"number": number})
