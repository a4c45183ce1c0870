"""What can stand in somebody's own plan, line by line, and in which order it is read.

Each line is one bit of `Situation.plan`, so it travels in the buttons of her chat and nowhere else (promise P5).
Source of what can be planned: `safety_content` 2, compared 2026-11-23.
"""

from collections.abc import Mapping
from enum import IntEnum
from types import MappingProxyType

LINES_ON_A_CARD = 5
"""More can neither be learned by heart nor taken in at a glance (`safety_content` 2); five also fit a copy button."""


class Item(IntEnum):
    """A line of the plan and its bit, 0 to 63. Bits are part of buttons in people's chats: append, never reuse one."""

    EXIT = 0
    PHONE = 1
    WORD = 2
    NEIGHBOUR = 3
    COVER = 4
    BAG = 5
    CASH = 6
    SPARE = 7
    COPIES = 8
    HABIT = 9
    HOUR = 10
    ROAD = 11
    ROOF = 12
    PEOPLE_FIRST = 13
    ESCORT = 14
    QUIET = 15
    SCHOOL = 16
    ROUTES = 17
    BREACH = 18
    IN_WRITING = 19
    SPOT = 20
    SENTENCE = 21
    NUMBERS = 22
    TOGETHER = 23
    IN_PARTS = 24
    APP = 25
    MESSAGE = 26
    DOOR = 27
    MOMENT = 28
    IDENTITY = 29
    CHILD_PAPERS = 30
    COURT = 31
    BANK = 32
    OTHER_PAPERS = 33
    FRIEND = 34
    ITS_PAPERS = 35
    WHO_TAKES = 36


GROUPS: Mapping[str, tuple[Item, ...]] = MappingProxyType(
    {
        "staying": (Item.EXIT, Item.PHONE, Item.WORD, Item.NEIGHBOUR, Item.COVER),
        "silent": (Item.APP, Item.MESSAGE, Item.DOOR, Item.MOMENT),
        "preparing": (Item.BAG, Item.CASH, Item.SPARE, Item.COPIES, Item.HABIT),
        "leaving": (Item.HOUR, Item.ROAD, Item.ROOF, Item.PEOPLE_FIRST, Item.ESCORT),
        "after": (Item.QUIET, Item.SCHOOL, Item.ROUTES, Item.BREACH, Item.IN_WRITING),
        "children": (Item.SPOT, Item.SENTENCE, Item.NUMBERS, Item.TOGETHER, Item.IN_PARTS),
        "papers": (Item.IDENTITY, Item.CHILD_PAPERS, Item.COURT, Item.BANK, Item.OTHER_PAPERS),
        "animals": (Item.FRIEND, Item.ITS_PAPERS, Item.WHO_TAKES),
    }
)
"""Lines that are chosen together, in the order in which a card shows them. This order may change; bits may not."""


def chosen(plan: int, hidden: frozenset[Item] = frozenset()) -> tuple[Item, ...]:
    """The chosen lines in the order of a card, but for `hidden` ones; bits that mean nothing are left out."""
    return tuple(item for items in GROUPS.values() for item in items if plan >> item & 1 and item not in hidden)


def card(items: tuple[Item, ...], number: int) -> tuple[Item, ...]:
    """The lines of one card, counted from 1; none when there are not so many."""
    return items[(number - 1) * LINES_ON_A_CARD : number * LINES_ON_A_CARD]


def cards(items: tuple[Item, ...]) -> int:
    """How many cards these lines fill."""
    return -(-len(items) // LINES_ON_A_CARD)
