"""What she tells by tapping: it leads her on, it interrupts when it is red, and it is on no screen of its own."""

from functools import partial

from bot.dialog.check import check
from bot.dialog.engine import pressed
from bot.dialog.graph import draw_book
from bot.dialog.model import HOME, Book, Branch, Choice, Flow, Screen, Session, Told
from bot.dialog.view import draw
from bot.domain.situation import Situation
from bot.domain.triage import Band
from bot.flows.phrases import LABELS
from bot.i18n import Filled, Text, translator
from tests.unit.small_book import ABOUT_FLOW, GUARD, PHONE_FLOW, URGENT_FLOW, book_of

PARTNER = Situation().tell({"who": "partner"})
HOME_FLOW = Flow(
    "home",
    Screen(
        "start", Text("Home."), Choice("check", Text("Check"), to="ask.who"), Choice("a", Text("A"), to="about.what")
    ),
    Screen("unread", Text("Not read."), Choice("home", Text("Home"), to=HOME)),
)
ASK = Flow(
    "ask",
    Screen(
        "who",
        Text("Who?"),
        Choice("partner", Text("Partner"), to="ask.neck", tells={"who": "partner"}),
        Choice("skip", Text("Skip"), to="ask.neck"),
    ),
    Screen(
        "neck",
        Told(lambda told: Text("Has he?") if told.who else Text("Has somebody?"), (Situation(), PARTNER)),
        Choice("yes", Text("Yes"), to="ask.next", tells={"neck": "yes"}),
        Choice("recent", Text("Today"), to="ask.next", tells={"neck": "yes", "neck_recent": "yes"}),
        Choice("no", Text("No"), to="ask.next", tells={"neck": "no"}),
    ),
    Branch("next", lambda told: "ask.high" if told.band >= Band.HIGH else "ask.plan", ("ask.high", "ask.plan")),
    Screen(
        "high", Text("High."), Choice("plan", Text("Plan"), to="ask.plan"), Choice("more", Text("M"), to="ask.more")
    ),
    Screen("more", Text("More."), parent="ask.next"),
    Screen(
        "plan",
        Text("Plan."),
        Choice("bag", Text("Bag"), to="ask.plan", ticks=3),
        Choice("key", Text("Key"), to="ask.plan", ticks=4),
        copies=Told(
            lambda told: Text("Bag.") if told.ticked(3) else Text("Empty."), (Situation(), Situation().tick(3))
        ),
    ),
    Screen("red", Text("Red.")),
)
BOOK = Book((HOME_FLOW, URGENT_FLOW, PHONE_FLOW, ABOUT_FLOW, ASK), guard=GUARD, labels=LABELS, red="ask.red")


def walk(*choices: str, start: str = HOME) -> Session:
    session = Session("en", start)
    for choice in choices:
        turn = pressed(BOOK, session, choice)
        assert turn.session is not None
        session = turn.session
    return session


def test_the_book_holds_together() -> None:
    assert check(BOOK, frozenset({"home.unread"})) == []


def test_an_answer_leads_through_the_branch() -> None:
    assert walk("check", "partner", "no").screen == "ask.plan"
    assert walk("check", "partner", "yes").screen == "ask.high"
    assert walk("check", "skip", "yes").told == Situation().tell({"neck": "yes"})


def test_red_interrupts_at_once_and_only_the_first_time() -> None:
    red = walk("check", "partner", "recent")
    assert (red.screen, red.told.band) == ("ask.red", Band.RED)
    again = pressed(BOOK, Session("en", "ask.neck", told=red.told), "no").session
    assert again is not None
    assert (again.screen, again.told.band) == ("ask.high", Band.RED)


def test_red_may_be_a_branch_and_is_missed_when_it_is_gone() -> None:
    parting = Branch("parting", lambda told: "ask.red" if told.who else "ask.plan", ("ask.red", "ask.plan"))
    ask = Flow("ask", *ASK.screens, *ASK.branches, parting)
    flows = (HOME_FLOW, URGENT_FLOW, PHONE_FLOW, ABOUT_FLOW, ask)
    book = Book(flows, guard=GUARD, labels=LABELS, red="ask.parting")
    assert check(book, frozenset({"home.unread"})) == []
    asked = [pressed(book, Session("en", "ask.neck", told=told), "recent").session for told in (PARTNER, Situation())]
    assert [one.screen for one in asked if one] == ["ask.red", "ask.plan"]
    lost = check(Book(flows, guard=GUARD, labels=LABELS, red="ask.gone"), frozenset({"home.unread"}))
    assert lost[0] == "ask.gone: is missing, and what is most urgent depends on it"


def test_back_leads_through_a_branch_to_what_she_told() -> None:
    assert walk("check", "partner", "yes", "more", "_back").screen == "ask.high"
    assert pressed(BOOK, Session("en", "ask.more"), "_back").session == Session("en", "ask.plan")


def test_words_follow_who_it_is() -> None:
    assert draw(BOOK, walk("check", "partner")).text == "Has he?"
    assert draw(BOOK, walk("check", "skip")).text == "Has somebody?"


def test_an_item_of_the_plan_is_ticked_in_place_and_copied() -> None:
    ticked = walk("check", "partner", "no", "bag")
    assert ticked.screen == "ask.plan"
    view = draw(BOOK, ticked)
    assert [button.words for button in view.buttons()][:3] == ["Copy", "✓ Bag", "Key"]
    assert view.buttons()[0].copies == "Bag."
    untied = pressed(BOOK, ticked, "bag").session
    assert untied is not None
    assert draw(BOOK, untied).buttons()[1].words == "Bag"
    assert translator("en").say(Filled(LABELS.chosen, {"item": Text("Bag")})) == "✓ Bag"


def test_what_she_told_stays_with_her_through_urgent_back_and_another_language() -> None:
    told = walk("check", "partner", "yes", "_urgent", "_kk", "_back").told
    assert told == Situation().tell({"who": "partner", "neck": "yes"})


def test_nothing_of_it_is_left_after_close() -> None:
    assert pressed(BOOK, walk("check", "partner"), "_exit").session is None


def test_a_branch_without_a_road_or_with_an_idle_one_is_found() -> None:
    astray = Branch("astray", lambda told: "ask.gone" if told.who else "ask.b", ("ask.b", "ask.c"))
    screens = [
        Screen("start", Text("A."), Choice("on", Text("On"), to="ask.astray")),
        Screen("b", Text("B.")),
        Screen("c", Text("C.")),
    ]
    found = check(book_of(HOME_FLOW, URGENT_FLOW, PHONE_FLOW, ABOUT_FLOW, Flow("ask", *screens, astray)))
    assert "ask.astray: sends somebody to ask.gone, which is none of its roads" in found
    assert "ask.astray: sends nobody to ask.c; remove the road or mend the rule" in found


def test_what_nobody_understands_is_found() -> None:
    odd = Flow(
        "ask",
        Screen(
            "who",
            Text("Who?"),
            Choice("x", Text("X"), to=HOME, tells={"who": "nobody"}),
            Choice("y", Text("Y"), to=HOME, ticks=64),
        ),
    )
    found = check(book_of(HOME_FLOW, URGENT_FLOW, PHONE_FLOW, ABOUT_FLOW, odd))
    assert "ask.who: the choice x tells {'who': 'nobody'}, which nobody understands" in found
    assert "ask.who: the choice y ticks item 64 of 64" in found


def test_branches_that_lead_in_a_circle_end_at_home() -> None:
    circle = Flow("c", Branch("a", lambda _: "c.b", ("c.b",)), Branch("b", lambda _: "c.a", ("c.a",)))
    assert book_of(HOME_FLOW, URGENT_FLOW, PHONE_FLOW, circle).resolve("c.a", Situation()) == HOME


def test_the_picture_shows_branches_and_leaves_ticks_out() -> None:
    page = draw_book(BOOK, partial(translator("en").say, values={"hours": 24}))
    assert 'ask_next{"next"}' in page
    assert "ask_next --> ask_high" in page
    assert "Bag" not in page
