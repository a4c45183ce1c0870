"""The card of somebody's own plan: a few short lines to learn by heart or to copy, five on a card.

Whatever is chosen fits: five lines of at most 50 characters are within the 256 that a button may copy. Further lines
are on further cards, in a fixed order. Sources: `safety_content` 2; `law_and_forensics` C1 (article 72), compared
2026-11-23.
"""

from collections.abc import Iterator
from functools import partial

from bot.dialog.model import Branch, Checked, Choice, Screen, Told
from bot.domain.safety_plan import Item, card, cards, chosen
from bot.domain.situation import Situation
from bot.i18n import N_, NP_, Filled, Joined, Said, Text

LONGEST_LINE = 50
"""Characters of a line in any language: five of them and the breaks between are 254."""

# Translators: lines of a card to learn by heart; at most 50 characters each, also in translation.
LINES: dict[Item, Text] = {
    Item.EXIT: NP_("plan", "Early to a room with an exit; keys in one place"),
    Item.PHONE: NP_("plan", "Phone charged and on me; 102 known by heart"),
    Item.WORD: NP_("plan", "On our code word: someone comes or calls 102"),
    Item.NEIGHBOUR: NP_("plan", "The neighbour hears noise and calls 102"),
    Item.COVER: NP_("plan", "Into a corner, low, arms over head and neck"),
    Item.APP: NP_("plan", "“Law and Order”: Kaspi.kz, Halyk, eGov Mobile"),
    Item.MESSAGE: NP_("plan", "A message is ready: “Call 102” and the address"),
    Item.DOOR: NP_("plan", "I go to a neighbour, a pharmacy or a shop"),
    Item.MOMENT: NP_("plan", "I write while water runs, on stairs, on a walk"),
    Item.BAG: NP_("plan", "An ordinary bag at a friend's or at work"),
    Item.CASH: NP_("plan", "Small notes, and a card that only I can see"),
    Item.SPARE: NP_("plan", "Second keys, charger, medicine for 7 days"),
    Item.COPIES: NP_("plan", "Photos of papers with one person, deleted here"),
    Item.HABIT: NP_("plan", "I go out often, so that it looks usual"),
    Item.HOUR: NP_("plan", "I go when that person is away; few know of it"),
    Item.ROAD: NP_("plan", "A taxi from another phone, or a bus"),
    Item.ROOF: NP_("plan", "Not to those where I would be looked for first"),
    Item.PEOPLE_FIRST: NP_("plan", "In danger: people first, things later"),
    Item.ESCORT: NP_("plan", "I ask 102 to keep order while I take my things"),
    Item.QUIET: NP_("plan", "I do not post where I am; location is off"),
    Item.SCHOOL: NP_("plan", "School has it in writing who collects the child"),
    Item.ROUTES: NP_("plan", "Other routes, other shops, other hours"),
    Item.BREACH: NP_("plan", "Order broken: date, place, words; I call 102"),
    Item.IN_WRITING: NP_("plan", "About the children: in writing only, briefly"),
    Item.SPOT: NP_("plan", "The child knows one place to run to"),
    Item.SENTENCE: NP_("plan", "“Your job is to be safe, not to stop anyone”"),
    Item.NUMBERS: NP_("plan", "The child can call 102 or 111 and say the address"),
    Item.TOGETHER: NP_("plan", "We leave together, if that is possible"),
    Item.IN_PARTS: NP_("plan", "I tell the plan in parts; no secrets to guard"),
    Item.IDENTITY: NP_("plan", "Identity card, passport, residence permit"),
    Item.CHILD_PAPERS: NP_("plan", "Children: birth certificates, IIN, vaccinations"),
    Item.COURT: NP_("plan", "Marriage and court papers, protective order, slip"),
    Item.BANK: NP_("plan", "Bank cards, loan contracts, alimony papers"),
    Item.OTHER_PAPERS: NP_("plan", "Flat, car, diploma, work and medical papers"),
    Item.FRIEND: NP_("plan", "The animal goes to a friend in good time"),
    Item.ITS_PAPERS: NP_("plan", "The animal's vaccination passport is in the bag"),
    Item.WHO_TAKES: NP_("plan", "I ask 111 who takes an animal"),
}

# Translators: above a card. The first 40 characters must not tell what it is about.
_ONE = N_("A short list to learn or to copy:")
_OF_SEVERAL = N_("A short list to learn or to copy, {number}:")
_BELOW = N_("You need not save it: read it once. “Close” takes it out of this chat; a copy stays in the phone.")

_PEOPLE = Choice("people", NP_("button", "People to talk to"), to="people.start")


def card_parts(checked: Checked, hidden: frozenset[Item]) -> Iterator[Screen | Branch]:
    """The cards, the ways between them, and what stands before and after; `hidden` lines are on none of them."""
    most = cards(chosen((1 << len(Item)) - 1, hidden))
    yield Branch("card", partial(_road, hidden, 1, "plan.empty"), ("plan.empty", "plan.card-1"))
    yield Screen(
        "empty",
        N_(
            "Nothing is chosen yet, and that is fine. You can choose a line or two, or only read. "
            "It can also be put together with someone: 111 answers at any hour."
        ),
        Choice("groups", NP_("button", "To the list"), to="plan.start"),
        _PEOPLE,
    )
    for number in range(1, most + 1):
        yield _card(number, most, checked, hidden)
        if number < most:
            after = f"plan.card-{number + 1}"
            yield Branch(f"next-{number}", partial(_road, hidden, number + 1, "plan.kept"), ("plan.kept", after))
    yield Screen(
        "kept",
        N_(
            "What you chose is only in the buttons of this chat. “Close” takes it away. A copied text stays in the "
            "phone, and some keyboards show it: you can copy another word over it. What you know by heart nobody sees."
        ),
        Choice("change", NP_("button", "Change the list"), to="plan.start"),
        _PEOPLE,
        Choice("region", NP_("button", "In my region"), to="directory.start"),
    )


def _road(hidden: frozenset[Item], number: int, otherwise: str, told: Situation) -> str:
    """The card of that number when something is left for it."""
    return f"plan.card-{number}" if card(chosen(told.plan, hidden), number) else otherwise


def _card(number: int, most: int, checked: Checked, hidden: frozenset[Item]) -> Screen:
    samples = tuple(Situation(plan=plan) for plan in (0, 1, (1 << len(Item)) - 1))
    return Screen(
        f"card-{number}",
        Told(partial(_text, hidden, number), samples),
        Choice("next", NP_("button", "Next"), to=f"plan.next-{number}" if number < most else "plan.kept"),
        parent="plan.start",
        checked=checked,
        sheet=True,
        copies=Told(partial(_lines, hidden, number), samples),
    )


def _lines(hidden: frozenset[Item], number: int, told: Situation) -> Said:
    return Joined(tuple(LINES[item] for item in card(chosen(told.plan, hidden), number)))


def _text(hidden: frozenset[Item], number: int, told: Situation) -> Said:
    """The lines of a card between what it is and what becomes of it; only a forged button shows one without lines."""
    count = cards(chosen(told.plan, hidden))
    head: Said = Filled(_OF_SEVERAL, {"number": f"{number}/{count}"}) if count > 1 else _ONE
    lines = _lines(hidden, number, told) if number <= count else N_("Nothing is chosen for this one.")
    return Joined((head, lines, _BELOW), "\n\n")
