"""The most urgent things stay near: counted by following every choice from home."""

from dataclasses import replace

from bot.dialog.model import HOME, Flow, Screen
from bot.flows.taps import AT_MOST, taps, too_far
from bot.i18n import N_
from tests.books import BOOK


def test_the_most_urgent_things_are_near() -> None:
    assert too_far(BOOK) == []
    found = taps(BOOK)
    assert {address: found[address] for address in AT_MOST} == dict(AT_MOST)


def test_every_screen_but_those_that_answer_something_sent_can_be_reached() -> None:
    assert set(BOOK) - set(taps(BOOK)) <= {"home.unread", "home.removed", "check.danger", "check.medical"}


def test_every_region_is_three_taps_away() -> None:
    found = taps(BOOK)
    pages = [address for address in BOOK if address.startswith("directory.kz-") and address.count("-") == 1]
    assert {found[address] for address in pages} == {3}
    assert len(pages) == 20


def test_what_moves_away_is_named() -> None:
    alone = Flow("home", Screen("start", N_("Done.")))
    others = (flow for flow in BOOK.flows if flow.name not in {"home", "useful"})
    book = replace(BOOK, flows=(alone, *others))
    assert taps(book)[HOME] == 0
    assert "order.start: no taps from home, at most 3" in too_far(book)
