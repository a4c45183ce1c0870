"""Papers that are lost or kept by somebody, what to do without them, and who may collect a child.

Sources, compared 2026-11-23: `safety_content` 2 (documents 7, 8; school); `law_and_forensics` C1 (article 72), C3, E7
(Family Code 68, 73), E9; a lost or stolen identity card: inform.kz 2025-09-06, the online service: politico.kz
2025-05-28. Admission without papers is settled nowhere that we read: "ask 111".
"""

from datetime import date

from bot.dialog.model import Checked, Choice, Flow, Screen
from bot.flows.directory import Directory
from bot.flows.sheets import read_on, way_to
from bot.i18n import N_, NP_

READ = date(2026, 11, 23)
"""The day on which these words were last compared with their sources."""

_PEOPLE = Choice("people", NP_("button", "People to talk to"), to="people.start")
_REGION = Choice("region", NP_("button", "In my region"), to="directory.start")
_CARD = Choice("card", NP_("button", "Identity card"), to="papers.card")
_DIGITAL = Choice("digital", NP_("button", "Papers in eGov"), to="papers.digital")


def papers_lost(directory: Directory, now: int) -> Flow:
    """The conversation of a directory; `now` is seconds since 1970."""
    read = read_on(READ, now)
    lawyer, services = way_to(directory, "legal-aid-state"), way_to(directory, "gov-1414")
    return Flow(
        "papers",
        _start(),
        _taken(read),
        _card(read, services),
        _digital(read),
        _collect(read, lawyer),
        _lives(read, lawyer),
        _without(read),
    )


def _start() -> Screen:
    return Screen(
        "start",
        N_(
            "Papers that are lost or kept by someone can be replaced. Nobody has to stay because of them. Choose what "
            "is closest."
        ),
        Choice("taken", NP_("button", "Someone keeps my papers"), to="papers.taken"),
        _CARD,
        _DIGITAL,
        Choice("collect", NP_("button", "Who collects the child"), to="papers.collect"),
        Choice("without", NP_("button", "Without papers"), to="papers.without"),
    )


def _taken(read: Checked) -> Screen:
    return Screen(
        "taken",
        N_(
            "If someone keeps your papers, you can call 102. By law, police who were called keep "
            "order while you take papers, clothes and hygiene items: Law 245-VIII, article 72. If "
            "going back is not safe, papers can be replaced without it."
        ),
        Choice("say", NP_("button", "What to say"), to="urgent.say"),
        _CARD,
        _PEOPLE,
        checked=read,
    )


def _card(read: Checked, services: tuple[Choice, ...]) -> Screen:
    return Screen(
        "card",
        N_("A lost or taken identity card can be replaced. Where, with which paper and for what fee: ask 111 or 1414."),
        *services,
        _DIGITAL,
        _PEOPLE,
        checked=read,
    )


def _digital(read: Checked) -> Screen:
    return Screen(
        "digital",
        N_(
            "eGov Mobile has “Digital documents”: identity card, birth and marriage certificates and others. They help "
            "while the paper is missing. Whoever can open your eGov sees them too."
        ),
        Choice("egov", NP_("button", "eGov and signature"), to="money.egov"),
        _PEOPLE,
        checked=read,
    )


def _collect(read: Checked, lawyer: tuple[Choice, ...]) -> Screen:
    return Screen(
        "collect",
        N_(
            "You can tell school and kindergarten in writing who collects the child. Add a copy of a "
            "protective order if there is one. Until a court decides, both parents have equal rights:"
            " Family Code, article 68. So a letter may not be enough."
        ),
        Choice("lives", NP_("button", "Where the child lives"), to="papers.lives"),
        *lawyer,
        _PEOPLE,
        checked=read,
    )


def _lives(read: Checked, lawyer: tuple[Choice, ...]) -> Screen:
    return Screen(
        "lives",
        N_(
            "As we read the law, to leave with your children is no offence while no court has decided"
            " otherwise. Where they live is settled by agreement, mediation or court: Family Code, "
            "article 73. If a court has set meetings, breaking that has consequences."
        ),
        *lawyer,
        _PEOPLE,
        parent="papers.collect",
        checked=read,
    )


def _without(read: Checked) -> Screen:
    return Screen(
        "without",
        N_(
            "Without papers you can still call 102, 103, 112 and 111. Places differ in what they ask for: ask 111 "
            "before you go. You can say that the papers were lost or taken and can be replaced."
        ),
        _REGION,
        _PEOPLE,
        checked=read,
    )
