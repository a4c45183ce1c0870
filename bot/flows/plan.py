"""A plan of one's own, put together by tapping: each line is a choice, and what is unsafe is left out.

Nothing of it is kept: what is chosen travels in the buttons (`bot.domain.safety_plan`) and ends on cards
(`bot.flows.plan_card`). Sources, compared 2026-11-23: `safety_content` 2; `law_and_forensics` C1 (article 72), B4;
contact police-service-zakon-i-poryadok. Whether a place takes animals is not known: "ask 111".
"""

from datetime import date

from bot.dialog.model import Checked, Choice, Flow, Screen
from bot.domain.safety_plan import GROUPS, Item
from bot.flows.directory import Directory
from bot.flows.plan_card import card_parts
from bot.flows.sheets import read_on
from bot.i18n import N_, NP_, Joined, Text

READ = date(2026, 11, 23)
"""The day on which these words were last compared with their sources."""

_APP = "police-service-zakon-i-poryadok"

# Translators: buttons that are ticked; at most 32 characters, so that the mark fits.
LABELS: dict[Item, Text] = {
    Item.EXIT: NP_("button", "A room with a way out"),
    Item.PHONE: NP_("button", "Phone charged, on me"),
    Item.WORD: NP_("button", "A code word with someone"),
    Item.NEIGHBOUR: NP_("button", "A neighbour calls 102"),
    Item.COVER: NP_("button", "If a blow cannot be avoided"),
    Item.APP: NP_("button", "“Law and Order”"),
    Item.MESSAGE: NP_("button", "A message ready to send"),
    Item.DOOR: NP_("button", "A neighbour, a shop"),
    Item.MOMENT: NP_("button", "A moment to write"),
    Item.BAG: NP_("button", "A bag kept elsewhere"),
    Item.CASH: NP_("button", "Some money of my own"),
    Item.SPARE: NP_("button", "Keys, medicine, charger"),
    Item.COPIES: NP_("button", "Photos of papers"),
    Item.HABIT: NP_("button", "A habit of going out"),
    Item.HOUR: NP_("button", "When that person is away"),
    Item.ROAD: NP_("button", "How I get there"),
    Item.ROOF: NP_("button", "Where I do not go"),
    Item.PEOPLE_FIRST: NP_("button", "People before things"),
    Item.ESCORT: NP_("button", "My things, with police there"),
    Item.QUIET: NP_("button", "Nothing shows where I am"),
    Item.SCHOOL: NP_("button", "A letter to the school"),
    Item.ROUTES: NP_("button", "Other routes and shops"),
    Item.BREACH: NP_("button", "If the order is broken"),
    Item.IN_WRITING: NP_("button", "Contact in writing only"),
    Item.SPOT: NP_("button", "A place to run to"),
    Item.SENTENCE: NP_("button", "One sentence for the child"),
    Item.NUMBERS: NP_("button", "102, 111 and our address"),
    Item.TOGETHER: NP_("button", "Leave together"),
    Item.IN_PARTS: NP_("button", "The plan in parts"),
    Item.IDENTITY: NP_("button", "Identity papers"),
    Item.CHILD_PAPERS: NP_("button", "The children's papers"),
    Item.COURT: NP_("button", "Marriage, court, police"),
    Item.BANK: NP_("button", "Bank and contracts"),
    Item.OTHER_PAPERS: NP_("button", "Home, work, health"),
    Item.FRIEND: NP_("button", "A friend takes it in time"),
    Item.ITS_PAPERS: NP_("button", "Its vaccination passport"),
    Item.WHO_TAKES: NP_("button", "Ask who takes animals"),
}

_GROUPS: dict[str, Text] = {
    "staying": NP_("button", "While I stay"),
    "silent": NP_("button", "If I cannot speak aloud"),
    "preparing": NP_("button", "Before I leave"),
    "leaving": NP_("button", "When I leave"),
    "after": NP_("button", "After I left"),
    "children": NP_("button", "With children"),
    "papers": NP_("button", "Which papers"),
    "animals": NP_("button", "Animals"),
}

_A_CHOICE = N_("Tap what fits. Each line is a choice; leave out what is not safe for you.")

# Translators: above the lines of each group. The first 40 characters must not tell what it is about.
_ABOUT: dict[str, Text] = {
    "staying": N_(
        "If you are staying for now, a few things can be ready early. When it gets tense, kitchen, bathroom, "
        "balcony, garage and stairs are places to keep away from."
    ),
    "silent": N_(
        "If you cannot speak aloud, writing can work. “Law and Order” goes under your name and stays in that app. "
        "If you can call, 102 or 112 comes first."
    ),
    "preparing": N_(
        "Before leaving, it helps to prepare quietly and to tell few people. Leaving and the weeks after it are often "
        "the most dangerous time."
    ),
    "leaving": N_(
        "On the day itself people come before things: things can wait. By law, police who were called keep "
        "order while you take papers, clothes and hygiene items (Law 245-VIII, article 72)."
    ),
    "after": N_(
        "After leaving, small changes make you harder to find. If there is a protective order, every breach can be "
        "reported to 102. A photo of it on the phone helps."
    ),
    "children": N_(
        "With children, a small plan of their own helps. They need not carry messages or guard secrets. Going back "
        "for a child can be dangerous."
    ),
    "papers": N_(
        "These papers are useful later, if they can be taken without risk. What is lost or taken away can be "
        "replaced. Nobody has to stay because of papers."
    ),
    "animals": N_(
        "An animal can be part of the plan too. Not every place takes one, so it is better to ask early. A threat to "
        "an animal is a threat to people as well."
    ),
}
_WITHOUT_APP = N_("If you cannot speak aloud, writing can work. If you can call, 102 or 112 comes first.")


def plan(directory: Directory, now: int) -> Flow:
    """The conversation of a directory; `now` is seconds since 1970."""
    app = directory.hotline(_APP)
    hidden = frozenset() if app else frozenset({Item.APP})
    checked = read_on(READ, now, [app] if app else [])
    return Flow(
        "plan",
        Screen(
            "start",
            N_(
                "Here you can put together a short list for yourself by tapping. We do not keep it, "
                "but whoever opens this chat can see it until “Close”. You need not save it; reading "
                "once is enough."
            ),
            *(Choice(group, label, to=f"plan.{group}") for group, label in _GROUPS.items()),
            Choice("card", NP_("button", "My card"), to="plan.card"),
            listing=True,
            sensitive=True,
        ),
        *(_group(group, checked, hidden) for group in GROUPS),
        *card_parts(checked, hidden),
    )


def _group(group: str, checked: Checked, hidden: frozenset[Item]) -> Screen:
    """The lines of a group to tick, and the way to the card; an app is named only while the directory shows it."""
    items = [item for item in GROUPS[group] if item not in hidden]
    about = _WITHOUT_APP if Item.APP in hidden and Item.APP in GROUPS[group] else _ABOUT[group]
    return Screen(
        group,
        Joined((about, _A_CHOICE), " "),
        *(Choice(item.name.lower(), LABELS[item], to=f"plan.{group}", ticks=item) for item in items),
        Choice("card", NP_("button", "My card"), to="plan.card"),
        listing=True,
        sensitive=True,
        checked=checked,
    )
