"""The protective order, what it does and does not do, and what a judge can add to it.

Sources, compared 2026-11-23: `law_and_forensics` B4 (breach), C3 (protective order), C4 (court requirements), C5
(no-approach order), C6 (how long somebody is held). Renewal, the use of article 13(19) and a breach of court
requirements are marked low or unknown there: 111.
"""

from collections.abc import Collection, Iterable
from datetime import date

from bot.dialog.model import Checked, Choice, Flow, Screen
from bot.domain.triage import Fact
from bot.flows.amounts import mci, unknown
from bot.flows.directory import Directory
from bot.flows.sample_texts import offer
from bot.flows.sheets import read_on
from bot.i18n import N_, NP_, Filled, Joined

READ = date(2026, 11, 23)
"""The day on which these words were last compared with their sources."""

_FINE = 30
"""MCI: the fine of Administrative Code 461 for those who may not be arrested."""

_REGION = Choice("region", NP_("button", "A safe place"), to="directory.start")
_LAWYERS = Choice("lawyers", NP_("button", "Lawyers, papers, offices"), to="people.offices")
_COURT = Choice("court", NP_("button", "What a judge can add"), to="order.court")


def order(directory: Directory, now: int, texts: Collection[str] = ()) -> Flow:
    """The conversation of a directory, which knows the amounts; `now` is seconds since 1970.

    `texts` are names of the samples to be shown.
    """
    read = read_on(READ, now)
    return Flow(
        "order",
        Screen(
            "start",
            # Translators: the first 40 characters must not tell what this is about.
            N_(
                "Without a court, for 30 days from the day it is handed over: the police can give a "
                "protective order. It forbids violence. Against your will it forbids looking for, "
                "following, visiting or calling you, your children under 18 or an incapacitated "
                "relative. Law 245-VIII, article 60."
            ),
            Choice("who", NP_("button", "Who gives it, and when"), to="order.who"),
            Choice("not", NP_("button", "What it does not do"), to="order.not"),
            Choice("copy", NP_("button", "Your copy and the 30 days"), to="order.copy"),
            Choice("breach", NP_("button", "If it is broken"), to="order.breach"),
            _COURT,
            checked=read,
        ),
        *_order(read, offer("school", texts)),
        *_breach(directory, now),
        *_court(read, offer("requirements", texts)),
    )


def _order(read: Checked, text: Iterable[Choice]) -> tuple[Screen, ...]:
    return (
        Screen(
            "who",
            N_(
                "Who gives it and when: a district inspector, a juvenile inspector, an inspector for "
                "protection from domestic violence, or the head of the police. It is for a person of "
                "16 or older whom there is no ground to detain. The law we read does not ask for your"
                " consent. You can ask for it yourself."
            ),
            checked=read,
        ),
        Screen(
            "not",
            N_(
                "What it does not do: by itself it does not put the person out of the home. Separately, the police may "
                "forbid them to be there for a time, if life and health are threatened: article 13. How this is used, "
                "you can ask 111. Paper does not stop everyone, so a plan and 102 stay with you."
            ),
            _COURT,
            _REGION,
            checked=read,
        ),
        Screen(
            "copy",
            N_(
                "Your copy is given to you the same day, against your signature, and your rights are explained. If "
                "not, you can ask for it. The police check on that person at least once in 7 days. The 30 days begin "
                "when it is handed over: you can note that day. What comes after, you can ask 111."
            ),
            *text,
            checked=read,
        ),
    )


def _breach(directory: Directory, now: int) -> tuple[Screen, ...]:
    return (
        _broken(directory, now),
        Screen(
            "held",
            N_(
                "How long someone is held: for offences at home or a broken order, up to 24 hours until the hearing. "
                "In other cases usually up to 3 hours. So the person can be back the same day. You can ask the officer "
                "when that will be, and think where you want to be then."
            ),
            _REGION,
            parent="order.breach",
            checked=read_on(READ, now),
        ),
    )


def _broken(directory: Directory, now: int) -> Screen:
    text = N_(
        "If it is broken, every time counts, a message too. You can call 102 and tell the number and the day of the "
        "order. A court can give 10 days of arrest, and 20 if it happens again within a year: Administrative Code, "
        "article 461. Those who may not be arrested pay {amount}."
    )
    filled = Filled(text, {"amount": mci(_FINE, directory, now)})
    return Screen(
        "breach",
        Joined((filled, *unknown(directory, now)), " "),
        Choice("mine", NP_("button", "It was broken in my case"), to="check.result", tells={Fact.BREACH: "yes"}),
        Choice("held", NP_("button", "How long someone is held"), to="order.held"),
        Choice("say", NP_("button", "What to say on the phone"), to="urgent.say"),
        _REGION,
        checked=read_on(READ, now),
    )


def _court(read: Checked, text: Iterable[Choice]) -> tuple[Screen, ...]:
    return (
        Screen(
            "court",
            N_(
                "A judge can add more, for 3 months to 1 year: special requirements for behaviour. No contact, no "
                "weapons, no alcohol or drugs, help of a psychologist, talks with the police. In rare cases no living "
                "with you, for up to 30 days. In a criminal case too. Administrative Code, article 54."
            ),
            Choice("ask", NP_("button", "How to ask for this"), to="order.ask"),
            Choice("approach", NP_("button", "An order not to come near"), to="order.approach"),
            _LAWYERS,
            checked=read,
        ),
        Screen(
            "ask",
            N_(
                "You can ask for this aloud in court, before the ruling, or in writing through the police or the "
                "prosecutor. You can keep a copy. A few facts are enough: what happened, what you fear, what to "
                "forbid. What follows if someone breaks these requirements, you can ask 111."
            ),
            *text,
            parent="order.court",
            checked=read,
        ),
        Screen(
            "approach",
            N_(
                "In a criminal case there is one more step: an order not to come near you. You write to the "
                "investigator, who asks an investigating judge. The judge decides within 24 hours, and you get a copy. "
                "Whoever breaks it pays, and a stricter measure follows. Criminal Procedure Code, article 165."
            ),
            parent="order.court",
            checked=read,
        ),
    )
