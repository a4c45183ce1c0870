"""What is kept, by whom, until when, and who is told: written from the settings and from `organisation.toml`.

Where the organisation says nothing, the screens say so. Sources: `docs/privacy.md`; duties to tell, Law 245-VIII,
articles 37 and 69 (`organisation.Reporting`).
"""

from collections.abc import Iterator
from datetime import date

from bot.dialog.model import Choice, Flow, Screen
from bot.flows.directory import Directory
from bot.flows.organisation import Minors, Organisation, Reporting
from bot.flows.sheets import read_on
from bot.i18n import N_, NP_, Filled, Joined, Said, Text, Words

READ = date(2026, 11, 23)
"""The day on which the duties named here were last compared with the law."""

_TELLS: dict[Reporting | None, Text] = {
    Reporting.HELP_ORGANISATION: N_("By law those who run it tell the police about violence, or a threat of it."),
    Reporting.CHILDREN: N_("By law those who run it tell the police about violence against a child."),
    None: N_("What those who run it have to tell the police is not written here. You can ask before you speak."),
}
_UNDER_18: dict[Minors | None, Text] = {
    Minors.HELPED: N_("Their people answer those under 18 as well."),
    Minors.NUMBERS_ONLY: N_("Their people do not answer those under 18. 111 answers children too, day and night."),
    None: N_(
        "Whether their people answer those under 18 is not written here. 111 answers children too, day and night."
    ),
}


def privacy(directory: Directory, organisation: Organisation, now: int) -> Flow:
    """The conversation of an organisation; `{hours}` is filled from the settings when it is shown.

    `now` is seconds since 1970.
    """
    return Flow(
        "privacy",
        _kept(),
        _answers(),
        _who(organisation, directory),
        _told(organisation, directory, now),
    )


def _kept() -> Screen:
    return Screen(
        "kept",
        N_(
            "In plain words: we save no name, no phone number and no message. A locked note says which chat this is "
            "and which messages to delete later. It is gone when you press “Close”. If you do not, it goes {hours} "
            "hours after the last message. Telegram itself keeps this chat until you delete it."
        ),
        Choice("answers", NP_("button", "Where your answers are"), to="privacy.answers"),
        Choice("who", NP_("button", "Who runs this"), to="privacy.who"),
        Choice("told", NP_("button", "Who is told"), to="privacy.told"),
        Choice("telegram", NP_("button", "What Telegram keeps"), to="phone.telegram"),
    )


def _answers() -> Screen:
    return Screen(
        "answers",
        N_(
            "What you choose here travels inside the buttons of this chat. They are kept at Telegram, as the chat is, "
            "and not by us. “Close” takes them away with the messages of the last two days."
        ),
    )


def _who(organisation: Organisation, directory: Directory) -> Screen:
    return Screen("who", Joined(tuple(_said_of(organisation, directory))), *_own_line(organisation), sheet=True)


def _told(organisation: Organisation, directory: Directory, now: int) -> Screen:
    return Screen(
        "told",
        Joined(
            (
                N_("We tell nobody what you read and press here."),
                _TELLS[organisation.reporting],
                _UNDER_18[organisation.minors],
            ),
            " ",
        ),
        checked=read_on(READ, now, [directory.route()]),
    )


def _own_line(organisation: Organisation) -> tuple[Choice, ...]:
    """The way to its number: that stands only where it is said before it whom they tell, and when they answer."""
    label = NP_("button", "Our own line")
    return (Choice("own", label, to="people.own"),) if organisation.helpline else ()


def _said_of(organisation: Organisation, directory: Directory) -> Iterator[Said]:
    yield N_("Here is what those who run this program say about themselves.")
    if organisation == Organisation():
        yield N_("Nothing so far: their name is not written here. 102, 112, 103 and 111 do not depend on them.")
        return
    if organisation.name is not None:
        yield organisation.name
    if organisation.bin:
        yield Filled(N_("Business number (BIN): {number}"), {"number": organisation.bin})
    if organisation.responsible:
        yield Filled(N_("Answers for personal data: {who}"), {"who": organisation.responsible})
    if organisation.regions:
        named = [one.name for code in organisation.regions if (one := directory.region(code)) is not None]
        yield Filled(N_("Can help in: {regions}"), {"regions": Joined(tuple(named), ", ")})
    if organisation.funding is not None:
        yield organisation.funding
    if missing := list(_missing(organisation)):
        yield Filled(N_("Not written: {what}."), {"what": Joined(tuple(missing), ", ")})


def _missing(organisation: Organisation) -> Iterator[Said]:
    given: dict[Text, Words | str | tuple[str, ...] | None] = {
        NP_("not written", "its name"): organisation.name,
        NP_("not written", "its business number"): organisation.bin,
        NP_("not written", "who answers for personal data"): organisation.responsible,
        NP_("not written", "where it can help"): organisation.regions,
        NP_("not written", "who pays for it"): organisation.funding,
    }
    return (what for what, said in given.items() if not said)
