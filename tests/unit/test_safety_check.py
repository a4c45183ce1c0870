"""The short safety check: which road each answer takes, that red interrupts, and that it stays short enough."""

from functools import cache

import pytest

from bot.dialog.codec import Reader, encode
from bot.dialog.engine import own_keys, pressed
from bot.dialog.model import Session
from bot.dialog.view import draw
from bot.domain.situation import WHO, Situation
from bot.domain.triage import Answer, Band, Fact
from bot.i18n import LANGUAGES
from tests.books import BOOK

MOST_TAPS, MOST_LETTERS = 15, 1680
"""Under two minutes: 6 to 8 seconds a tap (`safety_content` 1.3), or 14 letters read in a second."""

every_language = pytest.mark.parametrize("language", LANGUAGES)
SEVEN_NO = ["no"] * 7
ENDS = {"check.high", "check.elevated", "check.unknown", "check.danger", "check.medical"}
ENDS_WITH_SKIP = "now who neck signs threats weapon worse control locked forced lately fear hit separated about".split()


def walk(*taps: str, start: str = "check.start") -> Session:
    session = Session("en", start)
    for tap in taps:
        assert BOOK.screen(session.screen).choice(tap) or tap.startswith("_"), f"{session.screen} has no {tap}"
        turn = pressed(BOOK, session, tap)
        assert turn.session is not None
        session = turn.session
    return session


def answers(*seven: str, who: str = "partner") -> Session:
    return walk("yes", "no", who, "on", *seven)


ROADS = [
    (["yes", "no", "partner", "on", *SEVEN_NO, "no", "none"], "check.unknown", Band.UNKNOWN),
    (["skip", "skip", "skip", "skip"], "check.unknown", Band.UNKNOWN),
    (["yes", "no", "skip", "on", *["skip"] * 8, "skip"], "check.unknown", Band.UNKNOWN),
    (["yes", "no", "skip", "on", *SEVEN_NO, "no", "pregnant"], "check.unknown", Band.UNKNOWN),
    (["yes", "no", "skip", "on", *SEVEN_NO, "yes", "pregnant"], "check.high", Band.HIGH),
    (["yes", "no", "skip", "on", *SEVEN_NO, "yes", "none"], "check.elevated", Band.ELEVATED),
    (["yes", "no", "skip", "on", *SEVEN_NO, "no", "children"], "check.unknown", Band.UNKNOWN),
    (["yes", "no", "skip", "on", *SEVEN_NO, "skip", "dependant"], "check.unknown", Band.UNKNOWN),
    (["no", "on", "yes"], "check.danger", Band.RED),
    (["yes", "yes"], "check.danger", Band.RED),
]
YES_TO = [
    (["yes", "earlier", "no", "no", "no", "no", "no", "no", "none"], "check.high", Band.HIGH),
    (["yes", "skip", "no", "no", "no", "no", "no", "no", "none"], "check.high", Band.HIGH),
    (["yes", "recent"], "check.medical", Band.RED),
    (["yes", "lasting"], "check.medical", Band.RED),
    (["no", "yes", "no", "no", "no", "no", "no", "none"], "check.high", Band.HIGH),
    (["no", "no", "yes", "no", "no", "no", "no", "none"], "check.high", Band.HIGH),
    (["no", "no", "no", "yes", "no", "no", "no", "no", "none"], "check.elevated", Band.ELEVATED),
    (["no", "no", "no", "yes", "no", "no", "no", "skip", "none"], "check.elevated", Band.ELEVATED),
    (["no", "no", "no", "yes", "no", "no", "no", "yes", "none"], "check.high", Band.HIGH),
    (["no", "no", "no", "yes", "no", "no", "no", "no", "pregnant"], "check.high", Band.HIGH),
    (["no", "no", "no", "no", "yes", "no", "no", "no", "no", "none"], "check.elevated", Band.ELEVATED),
    (["no", "no", "no", "no", "yes", "earlier", "no", "no", "no", "none"], "check.elevated", Band.ELEVATED),
    (["no", "no", "no", "no", "yes", "skip", "no", "no", "yes", "none"], "check.high", Band.HIGH),
    (["no", "no", "no", "no", "yes", "month", "no", "no", "none"], "check.high", Band.HIGH),
    (["no", "no", "no", "yes", "yes", "no", "no", "no", "none"], "check.high", Band.HIGH),
    (["no", "no", "no", "no", "no", "yes", "earlier", "no", "none"], "check.high", Band.HIGH),
    (["no", "no", "no", "no", "no", "yes", "skip", "no", "none"], "check.high", Band.HIGH),
    (["no", "no", "no", "no", "no", "yes", "recent"], "assault.medicine", Band.RED),
    (["yes", "earlier", "no", "no", "no", "no", "no", "no", "pregnant"], "check.medical", Band.RED),
    (["no", "no", "no", "no", "no", "no", "yes", "none"], "check.high", Band.HIGH),
]


@pytest.mark.parametrize(("taps", "screen", "band"), ROADS, ids=str)
def test_every_road(taps: list[str], screen: str, band: Band) -> None:
    reached = walk(*taps)
    assert (reached.screen, reached.told.band) == (screen, band)


@pytest.mark.parametrize(("seven", "screen", "band"), YES_TO, ids=str)
def test_every_answer_to_the_seven(seven: list[str], screen: str, band: Band) -> None:
    reached = answers(*seven)
    assert (reached.screen, reached.told.band) == (screen, band)


def test_somebody_locked_in_now_is_red_at_once() -> None:
    reached = answers("no", "no", "no", "no", "yes", "now")
    assert reached.told.band is Band.RED
    assert BOOK.screen(reached.screen).numbers[0].number == "102"


def test_whether_she_parted_is_asked_only_when_it_can_change_something() -> None:
    assert answers(*SEVEN_NO, "no").screen == "check.about"
    assert answers("no", "no", "no", "yes", "no", "no", "no").screen == "check.separated"
    assert answers("no", "yes", "no", "yes", "no", "no", "no").screen == "check.about"


@pytest.mark.parametrize(
    ("facts", "screen"),
    [
        ({"danger_now": "yes"}, "check.danger"),
        ({"child_hurt": "yes"}, "check.danger"),
        ({"neck_recent": "yes"}, "check.medical"),
        ({"badly_hurt": "yes"}, "check.medical"),
        ({"assault_recent": "yes"}, "assault.medicine"),
        ({"neck": "yes", "pregnant": "yes"}, "check.medical"),
        ({"held_now": "yes", "neck_recent": "yes"}, "check.medical"),
        ({"held_now": "yes"}, "held.now"),
        ({"neck_recent": "yes", "danger_now": "yes"}, "check.danger"),
        ({"neck_recent": "yes", "danger_now": "no"}, "check.medical"),
    ],
)
def test_where_red_leads(facts: dict[str, str], screen: str) -> None:
    assert BOOK.red is not None
    assert BOOK.resolve(BOOK.red, Situation().tell(facts)) == screen


def test_what_was_pressed_elsewhere_does_not_hide_what_the_answers_say() -> None:
    for fact, end in (("suicidal", "dark.start"), ("held_now", "held.now")):
        told = Situation().tell({fact: "yes"})
        assert BOOK.resolve("check.result", told) == end
        assert BOOK.resolve("check.result", told.tell({"weapon": "yes"})) == "check.high"
        assert BOOK.resolve("check.result", told.tell({"neck_recent": "yes"})) == "check.medical"


def test_every_fact_can_be_told_by_a_button_or_is_for_words_and_volunteers() -> None:
    told = {key for address in BOOK for choice in BOOK.screen(address).choices for key in choice.tells}
    assert set(Fact) - told == {Fact.BADLY_HURT, Fact.CHILD_HURT, Fact.PRESSURE}


def test_back_from_red_is_the_question_or_where_she_came_from() -> None:
    assert walk("yes", "yes", "_back").screen == "check.now"
    assert answers("yes", "recent", "_back").screen == "check.neck"
    elsewhere = Session("en", "check.danger", came_from="directory.start", direct=True)
    back = pressed(BOOK, elsewhere, "_back").session
    assert back is not None
    assert back.screen == "directory.start"


def test_red_interrupts_once_and_is_not_taken_back() -> None:
    reached = walk("yes", "yes", "_back", "no", "partner", "on", *SEVEN_NO, "none")
    assert (reached.screen, reached.told.band) == ("check.danger", Band.RED)
    assert reached.told.answer(Fact.DANGER_NOW) is Answer.NO


@every_language
def test_three_open_questions_say_little_and_two_do_not(language: str) -> None:
    few = answers("skip", "skip", "skip", *["no"] * 4, "no", "none")
    enough = answers("skip", "skip", *["no"] * 5, "no", "none")
    texts = [
        draw(BOOK, Session(language, one.screen, told=one.told)).text for one in (few, enough, walk(*["skip"] * 4))
    ]
    assert texts[0] == texts[2] != texts[1]


@pytest.mark.parametrize("who", ["", *WHO])
def test_russian_says_he_or_she_only_where_that_was_told(who: str) -> None:
    text = draw(BOOK, Session("ru", "check.neck", told=Situation(who=who))).text
    expected = {"partner": "Он ", "former": "Он ", "wife": "Она "}.get(who, "Этот человек ")
    assert text.split("\n")[1].startswith(expected)


def test_who_and_answers_travel_in_every_button() -> None:
    reached = answers("no", "no", "yes", "yes", "yes", "month", "skip")
    expected = {"weapon": "yes", "neck": "no", "forced": "skipped", "confined": "yes", "danger_now": "no"}
    told = reached.told
    assert {fact: told.answer(Fact(fact)).name.lower() for fact in expected} == expected
    reader = Reader(BOOK, own_keys(BOOK))
    for address in (name for name in BOOK if name.startswith("check.")):
        session = Session("kk", address, came_from="topics.start", asked=True, told=told)
        tap = reader.read(encode(session, "skip"))
        assert tap is not None
        assert (tap.session.told, tap.session.told.who) == (told, "partner")


def test_leaving_a_question_open_leads_where_a_no_leads() -> None:
    questions = [BOOK.screen(f"check.{name}") for name in ENDS_WITH_SKIP]
    for screen in questions:
        ways = {choice.name: choice.to for choice in screen.choices}
        assert ways["skip"] == ways.get("no", ways.get("none", ways.get("earlier", ways.get("other"))))


@cache
def longest(session: Session) -> tuple[int, int]:
    """The most taps, and the most letters, from here to the end; open questions count as a no, all persons as one."""
    if session.screen in ENDS:
        return 0, 0
    letters = len(draw(BOOK, session).text)
    names = [choice.name for choice in BOOK.screen(session.screen).choices]
    ways = []
    for name in ["other"] if session.screen == "check.who" else [name for name in names if name != "skip"]:
        turn = pressed(BOOK, session, name).session
        if turn is not None and turn.screen.startswith("check."):
            ways.append(longest(turn))
    return max(taps for taps, _ in ways) + 1, max(read for _, read in ways) + letters


@every_language
def test_the_longest_road_is_short(language: str) -> None:
    first = draw(BOOK, Session(language, "check.start")).text
    taps, letters = longest(Session(language, "check.now"))
    assert taps + 1 <= MOST_TAPS
    assert letters + len(first) <= MOST_LETTERS


@every_language
def test_no_result_names_a_score_or_says_that_she_is_safe(language: str) -> None:
    for address in ("check.high", "check.elevated", "check.unknown", "check.danger", "check.medical"):
        for told in (Situation(), answers(*SEVEN_NO, "no", "none").told):
            text = draw(BOOK, Session(language, address, told=told)).text.lower()
            for word in ("%", "score", "балл", "ұпай", "low", "низк", "төмен", "you are safe", "в безопасности"):
                assert word not in text, (address, word)
