"""The pictures of conversations are complete, and the page that reviewers read is up to date."""

from functools import partial
from pathlib import Path

from bot.dialog.graph import draw_book
from bot.i18n import translator
from tests.books import BOOK

PAGE = Path(__file__).parents[2] / "docs" / "flows.md"


def test_the_page_of_conversations_is_up_to_date() -> None:
    assert PAGE.read_text(encoding="utf-8") == draw_book(BOOK, partial(translator("en").say, values={"hours": 24})), (
        "run: python -m bot graph"
    )


def test_every_screen_and_every_way_is_drawn() -> None:
    drawn = draw_book(BOOK, partial(translator("kk").say, values={"hours": 24})).splitlines()
    screens = [line for line in drawn if line.startswith("    ") and ("[" in line) and "-->" not in line]
    assert len([line for line in screens if "([" not in line]) == len(list(BOOK))
    ways = sum(choice.ticks is None for address in BOOK for choice in BOOK.screen(address).choices)
    roads = sum(len(branch.roads) for branch in BOOK.branches().values())
    assert len([line for line in drawn if "-->" in line]) == ways + roads
