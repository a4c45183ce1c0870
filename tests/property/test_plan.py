"""Whatever anybody ticks, forged bits included: everything chosen is on some card, and every card can be sent."""

from hypothesis import given
from hypothesis import strategies as st

from bot.dialog.codec import DATA_LIMIT, Reader
from bot.dialog.engine import own_keys, pressed
from bot.dialog.model import Session
from bot.dialog.view import COPIED_AT_MOST, draw
from bot.domain.safety_plan import chosen
from bot.domain.situation import REGIONS, WHEN, WHO, Situation
from bot.domain.triage import Fact
from bot.flows.plan_card import LINES
from bot.i18n import LANGUAGES, translator
from tests.books import BOOK

READER = Reader(BOOK, own_keys(BOOK))
SHEET = 600
plans = st.one_of(
    st.integers(0, (1 << 64) - 1),
    st.sets(st.integers(0, 63), max_size=12).map(lambda bits: sum(1 << bit for bit in bits)),
)
everything_else = st.sampled_from(
    [
        Situation(),
        Situation().tell({"who": WHO[-1], "when": WHEN[-1], "region": REGIONS[-1], **dict.fromkeys(Fact, "yes")}),
    ]
)


def walk(session: Session) -> list[Session]:
    """The cards from the first to the last, as somebody sees them who always goes on."""
    seen: list[Session] = []
    step = pressed(BOOK, session, "card").session
    while step is not None and step.screen not in {"plan.kept", "plan.empty"}:
        assert len(seen) < 8
        seen.append(step)
        step = pressed(BOOK, step, "next").session
    return seen


@given(plan=plans, told=everything_else, language=st.sampled_from(list(LANGUAGES)))
def test_every_chosen_line_is_on_one_card_that_can_be_sent(plan: int, told: Situation, language: str) -> None:
    start = Session(language, "plan.start", came_from="topics.more", asked=True)
    told = Situation(told.answers, told.band, told.who, told.when, told.region, plan)
    copied: list[str] = []
    for session in walk(Session(language, start.screen, start.came_from, asked=True, told=told)):
        view = draw(BOOK, session)
        copy = next(button.copies for button in view.buttons() if button.copies)
        assert 0 < len(copy) <= COPIED_AT_MOST
        assert copy in view.text
        assert len(view.text) <= SHEET
        copied += copy.split("\n")
    assert copied == [translator(language).say(LINES[item]) for item in chosen(plan)]


@given(plan=plans, told=everything_else, screen=st.sampled_from([one for one in BOOK if one.startswith("plan.")]))
def test_a_plan_travels_whole_in_every_button(plan: int, told: Situation, screen: str) -> None:
    told = Situation(told.answers, told.band, told.who, told.when, told.region, plan)
    for button in draw(BOOK, Session("kk", screen, came_from="topics.more", asked=True, told=told)).buttons():
        if button.data is not None:
            assert len(button.data) <= DATA_LIMIT
            tap = READER.read(button.data)
            assert tap is not None
            assert (tap.session.told, tap.choice) == (told, button.key)
