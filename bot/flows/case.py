"""Who begins a case, how far making peace goes, who gets a lawyer from the state, and which money there is.

Sources, compared 2026-11-23: `law_and_forensics` A5 (reconciliation), B1 and B3 (who begins which case), B4 (offences
at home), E1 (legal aid), E2 (claim in a criminal case), E3 (victim fund); amounts, `directory/amounts.toml`. A second
reconciliation under article 73, and payments after trafficking or torture, are not certain there: 111.
"""

from datetime import date

from bot.dialog.model import Checked, Choice, Flow, Screen
from bot.flows.amounts import mci, unknown
from bot.flows.directory import Directory
from bot.flows.sheets import read_on
from bot.i18n import N_, NP_, Filled, Joined

READ = date(2026, 11, 23)
"""The day on which these words were last compared with their sources."""

_FINE, _CHILD, _GRAVE, _DEATH = 5, 30, 40, 50
"""MCI: the fine of Administrative Code 73(3); what the fund pays (Law 131-VI of 10.01.2018, articles 6-9)."""

_LAWYERS = Choice("lawyers", NP_("button", "Lawyers, papers, offices"), to="people.offices")
_ORDER = Choice("order", NP_("button", "Protective order"), to="order.start")


def case(directory: Directory, now: int) -> Flow:
    """The conversation of a directory, which knows the amounts; `now` is seconds since 1970."""
    read = read_on(READ, now)
    return Flow(
        "case",
        _start(),
        # Which cases need her complaint, and which do not.
        _begins(read),
        _yours(read),
        _state(read),
        _home(directory, now),
        _peace(read),
        _lawyer(read),
        _fund(directory, now),
        _claim(read),
    )


def _start() -> Screen:
    return Screen(
        "start",
        # Translators: the first 40 characters must not tell what this is about.
        N_(
            "Here is how a case begins, how it can end, and which payments there are. You can read it without deciding "
            "anything."
        ),
        Choice("begins", NP_("button", "Who begins a case"), to="case.begins"),
        Choice("peace", NP_("button", "Making peace, and its limits"), to="case.peace"),
        Choice("lawyer", NP_("button", "A lawyer from the state"), to="case.lawyer"),
        Choice("fund", NP_("button", "Money from the state fund"), to="case.fund"),
        Choice("claim", NP_("button", "Money from that person"), to="case.claim"),
    )


def _peace(read: Checked) -> Screen:
    return Screen(
        "peace",
        N_(
            "Making peace is your choice, and you may say no. It does not end a case of violence against a child. For "
            "beating or light harm it is possible once: not if it happens again within a year. Even after it a court "
            "can set requirements. About insults at home, you can ask 111."
        ),
        _LAWYERS,
        checked=read,
    )


def _lawyer(read: Checked) -> Screen:
    return Screen(
        "lawyer",
        N_(
            "Who gets a lawyer from the state: among others, after sexual violence, about "
            "compensation for harmed health, and about child support. In a criminal case also a "
            "child, and those who do not know the language or cannot defend themselves. It is not for"
            " everyone: whether for you, you can ask 111."
        ),
        _LAWYERS,
        checked=read,
    )


def _claim(read: Checked) -> Screen:
    return Screen(
        "claim",
        N_(
            "In a criminal case you can also claim money from the one who did the harm: for suffering, things, "
            "treatment and a representative. There is no state fee. You can do so from the beginning until the court "
            "has looked at all evidence. Criminal Procedure Code, article 166."
        ),
        _LAWYERS,
        checked=read,
    )


def _begins(read: Checked) -> Screen:
    return Screen(
        "begins",
        N_(
            "It depends on what happened. Some cases begin on your complaint. Others the state takes up whatever you "
            "decide. A few you take to court yourself. Which one yours is, you can ask the investigator or 111."
        ),
        Choice("yours", NP_("button", "On your complaint"), to="case.yours"),
        Choice("state", NP_("button", "By the state itself"), to="case.state"),
        Choice("home", NP_("button", "Insults and broken things"), to="case.home"),
        checked=read,
    )


def _yours(read: Checked) -> Screen:
    return Screen(
        "yours",
        N_(
            "On your complaint these begin, if nothing aggravates them: beating, light harm, torment, a threat to "
            "kill, stalking, locking in, forced marriage, sexual violence. Without it the case is closed 3 days after "
            "it was registered. For someone helpless or dependent, the prosecutor can act without it."
        ),
        Choice("statement", NP_("button", "A statement to the police"), to="police.statement"),
        parent="case.begins",
        sensitive=True,
        checked=read,
    )


def _state(read: Checked) -> Screen:
    return Screen(
        "state",
        N_(
            "Whatever you decide, the state takes these up: attempted murder, medium and grave harm "
            "to health, kidnapping, of a bride too. Sexual acts with a child under 16, too. Beating "
            "and light harm as well, when something aggravates them. A report by anyone is enough to "
            "begin."
        ),
        _LAWYERS,
        parent="case.begins",
        sensitive=True,
        checked=read,
    )


def _home(directory: Directory, now: int) -> Screen:
    text = N_(
        "Insults, humiliation and broken things at home, if there is no crime: a judge chooses a warning, 20 hours of "
        "community work or 5 days of arrest. Within a year again: 40 hours or 10 days. Those who may not be arrested "
        "pay {amount}. The police can begin without your statement: Administrative Code, article 73."
    )
    filled = Filled(text, {"amount": mci(_FINE, directory, now)})
    said = Joined((filled, *unknown(directory, now)), " ")
    return Screen("home", said, _ORDER, parent="case.begins", checked=read_on(READ, now))


def _fund(directory: Directory, now: int) -> Screen:
    text = N_(
        "Once, and only for some harm, a state fund pays:\n"
        "{child} to a child after sexual violence\n"
        "{grave} for grave harm or HIV\n"
        "{death} to the family after a death\n"
        "Beating, light and medium harm are not on the list we read. Ask 111 how to apply, and "
        "whether the sums still hold."
    )
    counts = {"child": _CHILD, "grave": _GRAVE, "death": _DEATH}
    filled = Filled(text, {name: mci(count, directory, now) for name, count in counts.items()})
    said = Joined((filled, *unknown(directory, now)), " ")
    return Screen("fund", said, _LAWYERS, checked=read_on(READ, now))
