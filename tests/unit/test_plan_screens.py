"""The plan on screens: labels that leave room for the mark, lines of which five always fit, and honest empty cards."""

import pytest

from bot.dialog.engine import pressed
from bot.dialog.model import Book, Session
from bot.dialog.view import COPIED_AT_MOST, Button, draw
from bot.domain.safety_plan import GROUPS, Item
from bot.domain.situation import Situation
from bot.flows import write_book
from bot.flows.directory import Directory, shipped
from bot.flows.organisation import Organisation
from bot.flows.plan import LABELS
from bot.flows.plan_card import LINES, LONGEST_LINE
from bot.flows.proof import problems
from bot.i18n import LANGUAGES, translator
from tests.books import BOOK, PINNED

APP = "police-service-zakon-i-poryadok"
EVERYTHING = Situation(plan=(1 << 64) - 1)

every_language = pytest.mark.parametrize("language", LANGUAGES)


def plan(*items: Item) -> Situation:
    told = Situation()
    for item in items:
        told = told.tick(item)
    return told


def text(address: str, language: str, told: Situation, book: Book = BOOK) -> str:
    return draw(book, Session(language, address, told=told)).text


def copy_button(address: str, language: str, told: Situation) -> Button | None:
    buttons = draw(BOOK, Session(language, address, told=told)).buttons()
    return next((button for button in buttons if button.copies), None)


@every_language
def test_every_line_has_a_label_that_leaves_room_for_the_mark_and_a_short_sentence(language: str) -> None:
    say = translator(language).say
    assert set(LABELS) == set(LINES) == set(Item)
    assert [say(label) for label in LABELS.values() if len(say(label)) > 32] == []
    assert [say(line) for line in LINES.values() if len(say(line)) > LONGEST_LINE] == []
    assert len({say(line) for line in LINES.values()}) == len(Item)


@every_language
@pytest.mark.parametrize("group", GROUPS)
def test_a_group_chosen_as_a_whole_fits_one_card(language: str, group: str) -> None:
    button = copy_button("plan.card-1", language, plan(*GROUPS[group]))
    assert button is not None
    said = [translator(language).say(LINES[item]) for item in GROUPS[group]]
    assert button.copies == "\n".join(said)
    assert len(button.copies) <= COPIED_AT_MOST


@every_language
def test_the_five_longest_lines_fit_one_card(language: str) -> None:
    longest = sorted((translator(language).say(line) for line in LINES.values()), key=len)[-5:]
    assert len("\n".join(longest)) <= COPIED_AT_MOST


@pytest.mark.parametrize(
    ("start", "lines", "to"),
    [
        ("plan.card", 0, "plan.empty"),
        ("plan.card", 1, "plan.card-1"),
        ("plan.card", 37, "plan.card-1"),
        ("plan.next-1", 0, "plan.kept"),
        ("plan.next-1", 5, "plan.kept"),
        ("plan.next-1", 6, "plan.card-2"),
        ("plan.next-2", 10, "plan.kept"),
        ("plan.next-2", 11, "plan.card-3"),
        ("plan.next-7", 35, "plan.kept"),
        ("plan.next-7", 36, "plan.card-8"),
    ],
)
def test_the_way_leads_to_the_next_card_only_when_something_is_left_for_it(start: str, lines: int, to: str) -> None:
    items = [item for group in GROUPS.values() for item in group][:lines]
    assert BOOK.resolve(start, plan(*items)) == to


@every_language
def test_one_card_is_not_counted_and_several_are(language: str) -> None:
    assert "1/" not in text("plan.card-1", language, plan(*GROUPS["staying"]))
    assert "1/2" in text("plan.card-1", language, plan(*GROUPS["staying"], Item.BAG))
    assert "2/2" in text("plan.card-2", language, plan(*GROUPS["staying"], Item.BAG))
    assert "8/8" in text("plan.card-8", language, EVERYTHING)


@every_language
@pytest.mark.parametrize("number", range(1, 9))
def test_a_card_without_lines_says_so_and_copies_nothing(language: str, number: int) -> None:
    """Only a forged button leads there; Telegram would refuse a button that copies nothing."""
    address = f"plan.card-{number}"
    assert copy_button(address, language, Situation()) is None
    assert translator(language).say(LINES[Item.EXIT]) not in text(address, language, Situation())


@pytest.mark.parametrize("item", Item)
def test_a_tick_stays_on_its_screen_and_a_second_one_takes_it_back(item: Item) -> None:
    group = next(group for group, items in GROUPS.items() if item in items)
    here = Session("kk", f"plan.{group}", asked=True)
    ticked = pressed(BOOK, here, item.name.lower()).session
    assert ticked is not None
    assert (ticked.screen, ticked.told) == (here.screen, plan(item))
    assert pressed(BOOK, ticked, item.name.lower()).session == here


def test_the_app_is_named_only_while_the_directory_shows_it() -> None:
    whole = shipped().directory()
    without = Directory({key: one for key, one in whole.shown.items() if key != APP})
    book = write_book(without, Organisation(), PINNED)
    assert problems(book, [one.name for one in whole.shown.values()]) == []
    assert book.screen("plan.silent").choice("app") is None
    told = plan(Item.APP, Item.DOOR)
    for language in LANGUAGES:
        name = translator(language).say(LABELS[Item.APP])
        for address in ("plan.silent", "plan.card-1"):
            assert name in text(address, language, told)
            assert name not in text(address, language, told, book)
    assert book.resolve("plan.card", plan(Item.APP)) == "plan.empty"
