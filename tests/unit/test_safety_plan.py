"""The lines of a plan: bits that never move, groups that can be taken in, cards in a fixed order."""

import pytest

from bot.domain.safety_plan import GROUPS, LINES_ON_A_CARD, Item, card, cards, chosen
from bot.domain.situation import PLAN_ITEMS

BITS = {
    name: bit
    for bit, name in enumerate(
        (
            "EXIT PHONE WORD NEIGHBOUR COVER "
            "BAG CASH SPARE COPIES HABIT "
            "HOUR ROAD ROOF PEOPLE_FIRST ESCORT "
            "QUIET SCHOOL ROUTES BREACH IN_WRITING "
            "SPOT SENTENCE NUMBERS TOGETHER IN_PARTS "
            "APP MESSAGE DOOR MOMENT "
            "IDENTITY CHILD_PAPERS COURT BANK OTHER_PAPERS "
            "FRIEND ITS_PAPERS WHO_TAKES"
        ).split()
    )
}
"""Written down apart from the code: these bits are in buttons of people's chats. A new one is added at the end."""


def test_no_bit_moves_and_none_is_used_twice() -> None:
    assert {item.name: item.value for item in Item} == BITS
    assert max(Item) < PLAN_ITEMS


def test_every_line_is_in_one_group_of_at_most_five() -> None:
    assert sorted(item for items in GROUPS.values() for item in items) == sorted(Item)
    assert max(len(items) for items in GROUPS.values()) == LINES_ON_A_CARD == 5


def bits(*items: int) -> int:
    return sum(1 << item for item in items)


@pytest.mark.parametrize(
    ("plan", "hidden", "lines"),
    [
        (0, [], []),
        (bits(Item.FRIEND, Item.EXIT), [], [Item.EXIT, Item.FRIEND]),
        (bits(Item.BAG, Item.APP, Item.WORD), [], [Item.WORD, Item.APP, Item.BAG]),
        (bits(Item.APP, Item.DOOR), [Item.APP], [Item.DOOR]),
        (bits(Item.APP), [Item.APP], []),
        (bits(*range(len(Item), 64)), [], []),
        (bits(63, Item.QUIET), [], [Item.QUIET]),
    ],
)
def test_chosen_lines_come_in_their_order(plan: int, hidden: list[Item], lines: list[Item]) -> None:
    assert chosen(plan, frozenset(hidden)) == tuple(lines)


@pytest.mark.parametrize(("lines", "count"), [(0, 0), (1, 1), (5, 1), (6, 2), (10, 2), (11, 3), (37, 8)])
def test_five_lines_fill_a_card(lines: int, count: int) -> None:
    items = chosen((1 << 64) - 1)[:lines]
    assert cards(items) == count
    assert [line for number in range(1, count + 1) for line in card(items, number)] == list(items)
    assert card(items, count + 1) == ()
