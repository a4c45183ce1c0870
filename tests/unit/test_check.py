"""Books that must be refused, one for each mistake that the check knows, and the real book, which has none."""

from itertools import count

import pytest

from bot.dialog.check import CHOICES_AT_MOST, check, situations
from bot.dialog.codec import digest
from bot.dialog.engine import own_keys
from bot.dialog.model import HOME, Book, Choice, Flow, Number, Screen
from bot.domain.situation import WHO
from bot.flows import SHOWN_DIRECTLY
from bot.i18n import Text
from tests.books import BOOK
from tests.unit.small_book import ABOUT_FLOW, GUARD, HOME_FLOW, PHONE_FLOW, SMALL, URGENT_FLOW, book_of

WORDS = Text("Words.")
DIRECT = frozenset({"home.unread"})


def alike() -> tuple[str, str]:
    """Two names that are one and the same inside a button."""
    seen: dict[bytes, str] = {}
    for number in count():
        name = f"name{number}"
        other = seen.setdefault(digest(name), name)
        if other != name:
            return other, name
    raise AssertionError("unreachable")  # count() has no end


FIRST, SECOND = alike()


def like(known: str) -> str:
    """A name that is another one, and yet the same inside a button."""
    return next(f"x{number}" for number in count() if digest(f"x{number}") == digest(known))


def to(name: str, address: str) -> Choice:
    return Choice(name, WORDS, to=address)


def start(*choices: Choice) -> Flow:
    """The first flow with a road to `about` and these choices."""
    return Flow("home", Screen("start", WORDS, to("what", "about.what"), *choices), HOME_FLOW.screens[1])


def with_start(*choices: Choice) -> Book:
    return book_of(start(*choices), URGENT_FLOW, PHONE_FLOW, ABOUT_FLOW)


def with_flow(flow: Flow, *choices: Choice) -> Book:
    return book_of(start(*choices), URGENT_FLOW, PHONE_FLOW, ABOUT_FLOW, flow)


BAD: dict[str, tuple[Book, list[str]]] = {
    "two flows of one name": (
        book_of(HOME_FLOW, URGENT_FLOW, PHONE_FLOW, ABOUT_FLOW, Flow("about", Screen("what", WORDS))),
        [
            "about: 2 flows have this name; rename one",
            "about.kept: nobody can get here; lead a choice to it or remove it",
        ],
    ),
    "a flow without screens": (
        with_flow(Flow("empty")),
        ["empty: has no screen; add one or remove the flow"],
    ),
    "two screens of one name": (
        with_flow(Flow("more", Screen("one", WORDS), Screen("one", WORDS)), to("more", "more.one")),
        ["more.one: 2 screens have this name; rename one"],
    ),
    "no home": (
        book_of(Flow("home", *HOME_FLOW.screens[1:]), URGENT_FLOW, PHONE_FLOW, ABOUT_FLOW),
        [
            "home.start: is missing, and everything depends on it",
            "home.unread: the choice home leads to home.start, which does not exist",
            "phone.shared: the choice home leads to home.start, which does not exist",
            "about.what: nobody can get here; lead a choice to it or remove it",
            "about.kept: nobody can get here; lead a choice to it or remove it",
        ],
    ),
    "no numbers": (
        book_of(HOME_FLOW, Flow("urgent", *URGENT_FLOW.screens[1:]), PHONE_FLOW, ABOUT_FLOW),
        [
            "urgent.numbers: is missing, and everything depends on it",
            "urgent.silent: nobody can get here; lead a choice to it or remove it",
        ],
    ),
    "no question about the phone": (
        book_of(HOME_FLOW, URGENT_FLOW, PHONE_FLOW, ABOUT_FLOW, guard="phone.gone"),
        ["phone.gone: is missing, and everything depends on it"],
    ),
    "Back into nowhere": (
        with_flow(Flow("more", Screen("one", WORDS, parent="more.gone")), to("more", "more.one")),
        ["more.one: Back leads to more.gone, which does not exist"],
    ),
    "a choice into nowhere": (
        with_start(to("more", "more.gone")),
        ["home.start: the choice more leads to more.gone, which does not exist"],
    ),
    "a choice named like the engine's own": (
        with_start(to("_more", HOME)),
        ["home.start: the choice _more begins with _, which is for the engine's own; rename it"],
    ),
    "two choices of one name": (
        with_start(to("what", "about.what")),
        ["home.start: two choices are named what"],
    ),
    "a screen that nobody can reach": (
        with_flow(Flow("more", Screen("one", WORDS))),
        ["more.one: nobody can get here; lead a choice to it or remove it"],
    ),
    "two screens that lead only to each other": (
        with_flow(
            Flow("more", Screen("one", WORDS, to("two", "more.two")), Screen("two", WORDS, to("one", "more.one")))
        ),
        [
            "more.one: nobody can get here; lead a choice to it or remove it",
            "more.two: nobody can get here; lead a choice to it or remove it",
        ],
    ),
    "more choices than can be taken in": (
        with_start(*(to(f"more{number}", HOME) for number in range(CHOICES_AT_MOST))),
        ["home.start: has 6 choices, at most 5 can be taken in"],
    ),
    "flows that look alike": (
        book_of(
            start(to("first", f"{FIRST}.one"), to("second", f"{SECOND}.one")),
            URGENT_FLOW,
            PHONE_FLOW,
            ABOUT_FLOW,
            Flow(FIRST, Screen("one", WORDS)),
            Flow(SECOND, Screen("one", WORDS)),
        ),
        [f"flows: {SECOND} and {FIRST} look alike inside a button; rename one"],
    ),
    "screens that look alike": (
        with_flow(
            Flow("more", Screen(FIRST, WORDS, to("second", f"more.{SECOND}")), Screen(SECOND, WORDS)),
            to("more", f"more.{FIRST}"),
        ),
        [f"screens of more: {SECOND} and {FIRST} look alike inside a button; rename one"],
    ),
    "choices that look alike": (
        with_start(to(FIRST, HOME), to(SECOND, HOME)),
        [f"choices of home.start: {SECOND} and {FIRST} look alike inside a button; rename one"],
    ),
    "a choice that looks like the engine's own": (
        with_start(to(like("_exit"), HOME)),
        [f"choices of home.start: {like('_exit')} and _exit look alike inside a button; rename one"],
    ),
}


@pytest.mark.parametrize("name", BAD)
def test_a_book_is_refused_for(name: str) -> None:
    book, findings = BAD[name]
    assert check(book, DIRECT) == findings


def test_a_card_that_looks_like_another_button_is_found_on_every_screen() -> None:
    numbers = next(Number(f"{n}") for n in count(100) if digest(f"_card{n}") == digest("what"))
    book = book_of(
        HOME_FLOW,
        Flow("urgent", *URGENT_FLOW.screens, Screen("more", WORDS, numbers=(numbers,))),
        PHONE_FLOW,
        ABOUT_FLOW,
    )
    finding = f"choices of home.start: what and _card{numbers.number} look alike inside a button; rename one"
    assert check(book, DIRECT | {"urgent.more"}) == [finding]


def test_a_whole_book_passes() -> None:
    assert check(SMALL, DIRECT) == []


def test_a_screen_shown_directly_needs_no_road_but_leads_on() -> None:
    assert check(SMALL) == ["home.unread: nobody can get here; lead a choice to it or remove it"]


def test_the_real_book_passes() -> None:
    assert check(BOOK, SHOWN_DIRECTLY) == []


def test_the_question_about_the_phone_and_the_engines_own_names_stand_in_the_real_book() -> None:
    assert BOOK.guard == GUARD
    assert own_keys(BOOK) == {
        "_exit", "_urgent", "_back", "_on", "_not", "_kk", "_ru", "_en", "_card102", "_card112", "_card103", "_card111",
        "_card150", "_card1414", "_card+7 7172 556200",
    }  # fmt: skip


def test_what_every_rule_is_tried_with_is_worked_out_once() -> None:
    """Each start of the bot and each change of the directory checks the book; each branch did it anew, for a second."""
    assert situations() is situations()
    assert len(set(situations())) > 1500
    assert {told.who for told in situations()} == {"", *WHO}
