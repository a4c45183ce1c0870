"""Money and accounts: banks, eGov and signature, a loan in one's name, money for children, what belongs to both.

Sources, compared 2026-11-23: `safety_content` 2 (documents), 3.4 (eGov, banks, SIM); `law_and_forensics` A1, C8.1
(registration), E1, E5 (Family Code 138-149), E6 (33-38); codes of eGov by SMS: inform.kz 2025-10-10; a loan taken
without her: mgorod.kz 2025-11-27, rus.baq.kz 2025-09-29; “Stop credit”: zakon.kz 2025-12-26. Benefits were not read:
"ask 111".
"""

from datetime import date

from bot.dialog.model import Checked, Choice, Flow, Screen
from bot.flows.directory import Directory
from bot.flows.sheets import read_on, way_to
from bot.i18n import N_, NP_

READ = date(2026, 11, 23)
"""The day on which these words were last compared with their sources."""

_PEOPLE = Choice("people", NP_("button", "People to talk to"), to="people.start")
_OTHER = Choice("other", NP_("button", "Another phone first"), to="digital.other")
_LOAN = Choice("loan", NP_("button", "A loan in my name"), to="money.loan")


def money(directory: Directory, now: int) -> Flow:
    """The conversation of a directory; `now` is seconds since 1970."""
    read = read_on(READ, now)
    lawyer, services = way_to(directory, "legal-aid-state"), way_to(directory, "gov-1414")
    return Flow(
        "money",
        _start(read),
        _bank(),
        _egov(read, services),
        _loan(read, lawyer),
        _alimony(read, lawyer),
        _joint(read, lawyer),
    )


def _start(read: Checked) -> Screen:
    return Screen(
        "start",
        N_(
            "Money, accounts and papers are yours too. Taking away money, food, clothes or housing that you have a "
            "right to is economic violence (Law 245-VIII, article 1). Choose what is closest. About benefits, ask 111."
        ),
        Choice("bank", NP_("button", "Kaspi, Halyk, cards"), to="money.bank"),
        Choice("egov", NP_("button", "eGov and signature"), to="money.egov"),
        Choice("sim", NP_("button", "SIM and calls"), to="digital.sim"),
        _LOAN,
        Choice("alimony", NP_("button", "Money for the children"), to="money.alimony"),
        Choice("joint", NP_("button", "What belongs to both"), to="money.joint"),
        listing=True,
        checked=read,
    )


def _bank() -> Screen:
    return Screen(
        "bank",
        N_(
            "In Kaspi, Halyk and other banks you can look at trusted devices, family accounts, limits and loans. A new "
            "password helps, and messages of the bank on your own phone only. A change can be noticed. So first "
            "another phone, if there is one."
        ),
        _OTHER,
        _LOAN,
    )


def _egov(read: Checked, services: tuple[Choice, ...]) -> Screen:
    return Screen(
        "egov",
        N_(
            "Whoever can open your eGov Mobile sees your papers and can send them on. The code by SMS"
            " goes to the number bound to your IIN: see whose number it is. A new password helps, but"
            " can be noticed. If someone has your digital signature, ask the public service centre."
        ),
        *services,
        _OTHER,
        _LOAN,
        checked=read,
    )


def _loan(read: Checked, lawyer: tuple[Choice, ...]) -> Screen:
    return Screen(
        "loan",
        N_(
            "If a loan was taken without you, tell the bank or lender first and keep proof of it. "
            "Then you can go to the police. How it can be written off and how new loans can be "
            "stopped: ask 1414 or a lawyer. The other person may hear of it."
        ),
        *lawyer,
        _PEOPLE,
        checked=read,
    )


def _alimony(read: Checked, lawyer: tuple[Choice, ...]) -> Screen:
    return Screen(
        "alimony",
        N_(
            "The children's share of a parent's income is 1/4 for 1 child, 1/3 for 2, 1/2 for 3 or more. If income "
            "varies, a court can set a sum. A wife can ask for her own keep in pregnancy and 3 years after the birth, "
            "divorced too. Family Code, article 138 on."
        ),
        *lawyer,
        Choice("collect", NP_("button", "Who collects the child"), to="papers.collect"),
        _PEOPLE,
        checked=read,
    )


def _joint(read: Checked, lawyer: tuple[Choice, ...]) -> Screen:
    return Screen(
        "joint",
        N_(
            "What was acquired in a registered marriage belongs to both, also if one kept the house. Shares are equal; "
            "a court may differ for the children. Selling a home needs your consent at a notary. After divorce the "
            "time limit is 3 years (Family Code, from article 33)."
        ),
        *lawyer,
        _PEOPLE,
        checked=read,
    )
