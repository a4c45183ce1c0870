"""Two small questions, asked only of those who press for them: was this useful, and did the number answer?

Nothing is asked a second time or later, and an answer goes no further than a sum (`bot.domain.events`). The
first stands last on every screen that ends a path (`asked_at_the_ends`), the second on a contact (`unreached`). Which
topic or contact is meant follows from the screen that she came from.
"""

from collections.abc import Callable

from bot.dialog.check import CHOICES_AT_MOST
from bot.dialog.model import Choice, Flow, Screen
from bot.domain.events import ContactReported, Event, Found, Useful, Usefulness
from bot.flows.directory import Contact
from bot.i18n import N_, NP_

USEFUL = Choice("useful", NP_("button", "Was this useful?"), to="useful.ask")
UNREACHED = Choice("unreached", NP_("button", "No answer or wrong number"), to="useful.number")


_NOT_NOW = frozenset(
    "check.later check.danger check.medical held.now someone.now someone.name someone.missing "
    "dark.alone dark.together".split()
)
"""Ends that are read while something happens, or by who looks for somebody: only what helps stands there."""


def asked_at_the_ends(flow: Flow) -> Flow:
    """The flow with the question on each screen that ends a path.

    That is a screen that no other has behind it, apart from questions, from what is read in danger (`_NOT_NOW`), and
    from those that already offer as many ways on as a screen may have.
    """
    behind = {screen.parent for screen in flow.screens}

    def is_end(screen: Screen) -> bool:
        address = f"{flow.name}.{screen.name}"
        room = len(screen.choices) < CHOICES_AT_MOST and not screen.listing and screen.choice("skip") is None
        return room and screen is not flow.screens[0] and address not in behind | _NOT_NOW

    asked = (screen.followed_by(USEFUL) if is_end(screen) else screen for screen in flow.screens)
    return Flow(flow.name, *asked, *flow.branches)


def unreached(contact: Contact) -> tuple[Choice, ...]:
    """The choice for a contact that has a number of its own, else none."""
    return (UNREACHED,) if contact.lines else ()


def _useful(answer: Usefulness) -> Callable[[str], Event]:
    return lambda came_from: Useful(came_from.partition(".")[0], answer)


def _reported(found: Found) -> Callable[[str], Event]:
    return lambda came_from: ContactReported(came_from.rpartition(".")[2], found)


_PEOPLE = Choice("people", NP_("button", "People to talk to"), to="people.start")
_TOPICS = Choice("topics", NP_("button", "Information"), to="topics.start")

useful = Flow(
    "useful",
    Screen(
        "ask",
        N_("Was this useful to you? One tap is enough. Nothing about you goes with it, and nobody will ask again."),
        Choice("yes", NP_("useful", "Yes"), to="useful.thanks", row="answer", reports=_useful(Usefulness.YES)),
        Choice("partly", NP_("useful", "Partly"), to="useful.thanks", row="answer", reports=_useful(Usefulness.PARTLY)),
        Choice("no", NP_("useful", "No"), to="useful.thanks", row="answer", reports=_useful(Usefulness.NO)),
    ),
    # Each thank-you is its own parent: Back leads to where she was before the question, and does not ask anew.
    Screen(
        "thanks",
        N_("Thank you. If something is still open, people can answer it."),
        _PEOPLE,
        _TOPICS,
        parent="useful.thanks",
    ),
    Screen(
        "number",
        N_("What happened with this number? One tap is enough. Nothing about you goes with it."),
        Choice("silent", NP_("button", "Nobody answered"), to="useful.noted", reports=_reported(Found.NO_ANSWER)),
        Choice("wrong", NP_("button", "It is a wrong number"), to="useful.noted", reports=_reported(Found.WRONG)),
    ),
    Screen(
        "noted",
        N_("Thank you. You can try another one. 111 answers at any hour, and “Urgent” has the free numbers."),
        _PEOPLE,
        Choice("region", NP_("button", "In my region"), to="directory.start"),
        parent="useful.noted",
    ),
)
