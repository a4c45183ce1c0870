"""How a contact or a place reads on a screen: what it is for, whom it must tell, when, and only then its number.

The order is R30 of the requirements: she knows who will be told before she can call. Sources of the duties: Law
245-VIII, articles 10, 26, 37, 69, and the rules of centre 111 (`directory.contacts.Duty`).
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from bot.dialog.model import Checked, Choice, Number
from bot.flows.directory import Contact, Directory, Duty, Kind, NamedPlace, too_old
from bot.flows.directory.contacts import By, Cost, Entry, Hours, Line, Opening, ahead
from bot.i18n import N_, NP_, Filled, Joined, Said, Text, Words

# Translators: the first line above every contact. At least 40 characters; it must not tell what the contact is.
_READ_FIRST = N_("Before you call or write, please read this to the end.")

HEARD_OF = N_("Last heard of in {year}.")

_THEY_TELL = N_("Whom they tell: {duty}.")
_DUTIES: dict[Duty, Text] = {
    Duty.IS_POLICE: NP_("whom they tell", "this is the police itself"),
    Duty.POLICE: NP_("whom they tell", "the police, about violence or a threat of it"),
    Duty.POLICE_IF_HURT: NP_("whom they tell", "the police, about injuries from an offence"),
    Duty.POLICE_ABOUT_CHILDREN: NP_(
        "whom they tell", "the police, about violence against a child; about an adult, ask first"
    ),
    Duty.PASSES_ON: NP_("whom they tell", "they can pass it on to the police and other services"),
    Duty.NOT_KNOWN: NP_("whom they tell", "we do not know, so ask them first"),
}
_HOURS: dict[Opening, Text] = {
    Opening.ALWAYS: NP_("hours", "Day and night"),
    Opening.OFFICE: NP_("hours", "In office hours, which differ"),
    Opening.CONFLICTING: NP_("hours", "Sources disagree on the hours"),
    Opening.NOT_KNOWN: NP_("hours", "Hours not known"),
}
_COSTS = {Cost.FREE: NP_("cost", "free"), Cost.CHARGED: NP_("cost", "may cost money")}
_SPOKEN = {"kk": NP_("spoken", "Kazakh"), "ru": NP_("spoken", "Russian"), "en": NP_("spoken", "English")}
_DAYS = {
    "Mon": NP_("day", "Mon"),
    "Tue": NP_("day", "Tue"),
    "Wed": NP_("day", "Wed"),
    "Thu": NP_("day", "Thu"),
    "Fri": NP_("day", "Fri"),
    "Sat": NP_("day", "Sat"),
    "Sun": NP_("day", "Sun"),
}


def sheet(contact: Contact, directory: Directory) -> Said:
    """Everything that may be shown of a contact, a fact a line, the numbers last."""
    about = (
        *_told(contact, directory),
        *((contact.caveat,) if contact.caveat else ()),
        terms(contact.hours, contact.cost, contact.languages),
    )
    street = (Filled(N_("Address: {address}"), {"address": contact.address}),) if contact.address else ()
    ways = tuple(_way(one) for one in directory.through(contact) if one.lines)
    return paragraphs(
        (_READ_FIRST,), (contact.name, contact.what_for), about, (*street, *map(_line, contact.lines), *ways)
    )


def paragraphs(*parts: Sequence[Said]) -> Said:
    """Groups of lines with an empty line between them; an empty group leaves none."""
    return Joined(tuple(Joined(tuple(part)) for part in parts if part), "\n\n")


def numbers(contact: Contact, directory: Directory) -> tuple[Number, ...]:
    """The numbers of a contact, then those of the contacts that lead to it."""
    ways = [line for one in directory.through(contact) for line in one.lines if line.by is By.CALL]
    lines = [*contact.lines, *ways]
    return tuple(dict.fromkeys(Number(line.number, line.by is By.WHATSAPP) for line in lines))


def lines_of(contacts: Iterable[Contact], first: str = "") -> tuple[Number, ...]:
    """The numbers of several contacts in their order, after the number `first`, should it be among them."""
    found = [Number(line.number) for contact in contacts for line in contact.lines]
    return tuple(sorted(found, key=lambda one: one.number != first))


def place(named: NamedPlace) -> Said:
    """A place with its town, what it is for, and the year of the last sign of it; nothing that leads somebody there."""
    names = zip(("kk", "ru", "en"), (named.name, named.name, named.name), strict=True)
    whole = [_with_town(name.say(code), named.city.say(code)) for code, name in names]
    said = Joined((Words(*whole), named.what_for), ". ")
    if named.heard_of is None:
        return said
    return Joined((said, Filled(HEARD_OF, {"year": str(named.heard_of)})), " ")


def way_to(directory: Directory, entry: str) -> tuple[Choice, ...]:
    """The choice that leads to a contact for the whole country; none while the directory does not show it."""
    found = directory.hotline(entry)
    return (to_entry(found),) if found else ()


def entry_screen(entry: Contact) -> str:
    """The name of a contact's own screen. An id has no dot, so none of them can be the name of a screen of ours."""
    return f"entry.{entry.id}"


def address(entry: Contact) -> str:
    """Where that screen stands: with the people of the whole country, or in its region."""
    return f"{'directory' if entry.region else 'people'}.{entry_screen(entry)}"


def to_entry(entry: Contact) -> Choice:
    """The choice that leads to a contact, named so that it is no choice of ours."""
    return Choice(entry_screen(entry), entry.short, to=address(entry))


def tells(duties: Iterable[Duty], number: str | None = None, label: Text = _THEY_TELL) -> Said:
    """One line about whom a service must tell; with a number where only that one of several is meant."""
    what = Joined(tuple(_DUTIES[duty] for duty in duties), "; ")
    if number is None:
        return Filled(label, {"duty": what})
    return Filled(N_("Whom {number} tells: {duty}."), {"number": number, "duty": what})


def terms(hours: Hours, cost: Cost, languages: Sequence[str]) -> Said:
    """One line with hours, cost and languages, as far as they are known."""
    parts: list[Said] = [opening(hours)]
    parts += [_COSTS[cost]] if cost in _COSTS else []
    parts += [Joined(tuple(_SPOKEN[language] for language in languages), ", ")] if languages else []
    return Joined(tuple(parts), " · ")


def opening(hours: Hours) -> Said:
    """When somebody answers."""
    if hours.opening is not Opening.WEEKLY:
        return _HOURS[hours.opening]
    days = Joined(tuple(_DAYS[day] for day in hours.days.split("-")), "–")
    return Joined((days, _same(f"{hours.opens}–{hours.closes}")), " ")


def checked(entries: Sequence[Entry], now: int) -> Checked | None:
    """The month of the oldest check among entries, and whether one of them is overdue."""
    return _checked([one.read for one in entries], now) if entries else None


def read_on(day: date, now: int, entries: Sequence[Entry] = ()) -> Checked:
    """The same for facts that were read on a day, together with entries that they speak of."""
    return _checked([day, *(one.read for one in entries)], now)


def _checked(days: Sequence[date], now: int) -> Checked:
    """A day in the future is a slip of the pen: nobody knows then when it was, and its month would be a lie."""
    if any(ahead(one, now) for one in days):
        return Checked(None, None, overdue=True)
    oldest = min(days)
    return Checked(oldest.year, oldest.month, too_old(oldest, now))


def _told(contact: Contact, directory: Directory) -> Iterator[Said]:
    """Whom it tells; then whom those tell through whom it is reached, where that is somebody else."""
    ways = [one for one in directory.through(contact) if one.lines]
    if contact.kind is not Kind.ADVICE or not ways:
        yield tells(contact.informs)
    for one in ways:
        if contact.kind is Kind.ADVICE or one.informs != contact.informs:
            yield tells(one.informs, one.lines[0].number)


def _line(line: Line) -> Said:
    if line.by is By.WHATSAPP:
        return Filled(N_("In WhatsApp: {number}"), {"number": line.number})
    if line.label is not None:
        return Joined((line.label, _same(line.number)), ": ")
    return Filled(N_("Phone: {number}"), {"number": line.number})


def _way(contact: Contact) -> Said:
    return Filled(N_("Ask through {number}"), {"number": contact.lines[0].number})


def _with_town(name: str, town: str) -> str:
    return name if town in name else f"{name}, {town}"


def _same(text: str) -> Words:
    return Words(text, text, text)
