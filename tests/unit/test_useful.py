"""Answers to "was this useful" and "did the number answer": told once to the counter, never kept, never asked again."""

import pytest

from bot.dialog.engine import pressed
from bot.dialog.model import Choice, Flow, Screen, Session
from bot.dialog.view import draw
from bot.domain.events import ContactReported, Countable, Found, Useful, Usefulness
from bot.domain.routing import Routing
from bot.flows import write_book
from bot.flows.directory import shipped
from bot.flows.directory.contacts import Hours, Opening
from bot.flows.organisation import Helpline, Organisation
from bot.flows.useful import USEFUL, asked_at_the_ends
from bot.i18n import LANGUAGES, Text
from bot.services.conversation import Conversation
from bot.services.opened import Moment
from bot.services.ports import Decide, Due, T
from bot.storage.memory import MemoryStore
from tests.books import BOOK, PINNED
from tests.core_phone import RETENTION, CorePhone, Tally

BEFORE_A_PATH = "home urgent phone about topics people directory useful privacy".split()
"""Conversations that inform about nothing of their own, or that must not ask anything."""


@pytest.mark.parametrize(
    ("came_from", "screen", "choice", "said", "to"),
    [
        ("money.loan", "useful.ask", "yes", Useful("money", Usefulness.YES), "useful.thanks"),
        ("papers.card", "useful.ask", "partly", Useful("papers", Usefulness.PARTLY), "useful.thanks"),
        ("digital.sim", "useful.ask", "no", Useful("digital", Usefulness.NO), "useful.thanks"),
        (
            "people.entry.helpline-150",
            "useful.number",
            "silent",
            ContactReported("helpline-150", Found.NO_ANSWER),
            "useful.noted",
        ),
        ("people.entry.gov-1414", "useful.number", "wrong", ContactReported("gov-1414", Found.WRONG), "useful.noted"),
    ],
)
def test_an_answer_says_what_it_is_about(came_from: str, screen: str, choice: str, said: Countable, to: str) -> None:
    turn = pressed(BOOK, Session("kk", screen, came_from), choice)
    assert turn.events == (said,)
    assert turn.session is not None
    assert turn.session.screen == to


@pytest.mark.parametrize("choice", ["yes", "people", "_back", "_urgent", "gone"])
def test_nothing_is_said_without_a_screen_that_it_is_about_or_by_other_buttons(choice: str) -> None:
    came_from = None if choice == "yes" else "money.loan"
    assert pressed(BOOK, Session("ru", "useful.ask", came_from), choice).events == ()


@pytest.mark.parametrize(("screen", "choice"), [("useful.ask", "no"), ("useful.number", "wrong")])
def test_back_from_the_thanks_does_not_ask_anew(screen: str, choice: str) -> None:
    thanked = pressed(BOOK, Session("en", screen, "people.entry.gov-1414", direct=True), choice).session
    assert thanked is not None
    back = pressed(BOOK, thanked, "_back").session
    assert back is not None
    assert back.screen == "people.entry.gov-1414"


def test_every_path_ends_with_the_question_and_nothing_else_asks() -> None:
    asked = {address for address in BOOK if BOOK.screen(address).choice("useful")}
    without = {flow.name for flow in BOOK.flows} - {address.partition(".")[0] for address in asked}
    assert without == {*BEFORE_A_PATH, *(flow.name for flow in BOOK.flows if flow.name.startswith("sample"))}
    assert not asked & {"check.danger", "check.medical", "check.neck", "dark.alone", "held.now", "check.start"}
    assert {"check.unknown", "assault.decide", "young.help", "order.approach", "place.men", "plan.kept"} <= asked
    for address in asked:
        assert BOOK.screen(address).choices[-1] == USEFUL, address


def test_an_end_is_what_no_screen_leads_back_to() -> None:
    on = Choice("on", Text("On"), to="about.what")
    first, middle = Screen("first", Text("Aa.")), Screen("middle", Text("Aa."), on)
    end, full = Screen("end", Text("Aa."), on, parent="path.middle"), Screen("full", Text("Aa."), *[on] * 5)
    asked = asked_at_the_ends(Flow("path", first, middle, end, full))
    assert [screen.name for screen in asked.screens if screen.choice("useful")] == ["end"]
    assert asked.screens[2].choices == (on, USEFUL)


def test_every_contact_with_a_number_can_be_reported_and_no_other_screen() -> None:
    own = Organisation(helpline=Helpline("+7 700 000 00 00", Hours(Opening.ALWAYS)))
    directory = shipped().directory()
    book = write_book(directory, own, PINNED)
    with_number = {f"people.entry.{one.id}" for one in (directory.route(), *directory.hotlines()) if one.lines}
    found = {address for address in book if book.screen(address).choice("unreached")}
    assert found == {*with_number, "people.own"}


@pytest.mark.parametrize("language", LANGUAGES)
def test_three_answers_stand_side_by_side_with_the_friendliest_first(language: str) -> None:
    row = draw(BOOK, Session(language, "useful.ask", "money.loan")).rows[0]
    assert [button.key for button in row] == ["yes", "partly", "no"]


async def test_one_tap_is_counted_once_and_changes_nothing_that_is_kept() -> None:
    phone = CorePhone()
    await phone.write("/start")
    for key in ("topics", "more", "money", "loan", "useful"):
        await phone.tap(key)
    before = await phone.store.find(phone.chat, phone.now)
    assert phone.tally.said == []
    await phone.tap("partly")
    assert phone.tally.said == [Useful("money", Usefulness.PARTLY)]
    assert await phone.store.find(phone.chat, phone.now) == before
    await phone.tap("_back")
    await phone.tap("_exit")
    assert len(phone.tally.said) == 1


class Hurried(MemoryStore):
    """A store in which somebody else is always faster, so that everything is decided twice."""

    async def change(self, chat: int, now: int, decide: Decide[T], due: Due) -> T:
        decide(await self.find(chat, now))
        return await super().change(chat, now, decide, due)


async def test_what_is_decided_twice_is_counted_once() -> None:
    store, tally = Hurried(), Tally()
    await MemoryStore.change(store, 7, 100, lambda _: (Routing(7, "en", 100), None), lambda _: 200)
    view = draw(BOOK, Session("en", "useful.ask", "money.loan"))
    yes = next(button.data for button in view.buttons() if button.key == "yes")
    assert yes is not None
    await Conversation(store, lambda: BOOK, RETENTION, tally).press(Moment(7, 20, 100), yes, 100)
    assert tally.said == [Useful("money", Usefulness.YES)]


async def test_a_stranger_with_an_old_button_counts_for_nothing() -> None:
    phone = CorePhone()
    view = draw(BOOK, Session("en", "useful.ask", "money.loan"))
    yes = next(button.data for button in view.buttons() if button.key == "yes")
    assert yes is not None
    await phone.press(yes, 5)
    assert phone.tally.said == []
