"""The band table: every rule of `safety_content` 1.4 as a row, and that silence lowers nothing."""

from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.situation import REGIONS, WHEN, WHO, Situation
from bot.domain.triage import Answer, Band, Fact, band_of

NOTHING = Situation()
ANSWERS = st.dictionaries(st.sampled_from(Fact), st.sampled_from(Answer))
WORD = {answer: answer.name.lower() for answer in Answer}


def band(*yes: Fact) -> Band:
    return band_of(lambda fact: Answer.YES if fact in yes else Answer.NOT_ASKED)


TABLE: list[tuple[tuple[Fact, ...], Band]] = [
    ((), Band.UNKNOWN),
    ((Fact.DANGER_NOW,), Band.RED),
    ((Fact.NECK_RECENT,), Band.RED),
    ((Fact.HELD_NOW,), Band.RED),
    ((Fact.ASSAULT_RECENT,), Band.RED),
    ((Fact.BADLY_HURT,), Band.RED),
    ((Fact.SUICIDAL,), Band.RED),
    ((Fact.CHILD_HURT,), Band.RED),
    ((Fact.NECK,), Band.HIGH),
    ((Fact.THREATS,), Band.HIGH),
    ((Fact.WEAPON,), Band.HIGH),
    ((Fact.FORCED,), Band.HIGH),
    ((Fact.OWN_FEAR,), Band.HIGH),
    ((Fact.CONFINED,), Band.HIGH),
    ((Fact.BREACH,), Band.HIGH),
    ((Fact.MINOR,), Band.HIGH),
    ((Fact.WORSE, Fact.CONTROL), Band.HIGH),
    ((Fact.SEPARATED, Fact.WORSE), Band.HIGH),
    ((Fact.SEPARATED, Fact.CONTROL), Band.HIGH),
    ((Fact.PREGNANT, Fact.WORSE), Band.HIGH),
    ((Fact.PREGNANT, Fact.CONTROL), Band.HIGH),
    ((Fact.PREGNANT, Fact.PHYSICAL), Band.HIGH),
    ((Fact.WORSE,), Band.ELEVATED),
    ((Fact.CONTROL,), Band.ELEVATED),
    ((Fact.PHYSICAL,), Band.ELEVATED),
    ((Fact.PRESSURE,), Band.ELEVATED),
    ((Fact.SEPARATED,), Band.UNKNOWN),
    ((Fact.PREGNANT,), Band.UNKNOWN),
    ((Fact.CHILDREN,), Band.UNKNOWN),
    ((Fact.DEPENDANT,), Band.UNKNOWN),
    ((Fact.PREGNANT, Fact.PRESSURE), Band.ELEVATED),
    ((Fact.CHILDREN, Fact.DEPENDANT, Fact.PREGNANT), Band.UNKNOWN),
]


@pytest.mark.parametrize(("yes", "expected"), TABLE, ids=str)
def test_every_rule(yes: tuple[Fact, ...], expected: Band) -> None:
    assert band(*yes) is expected


def test_every_fact_is_in_the_table() -> None:
    assert {fact for yes, _ in TABLE for fact in yes} == set(Fact)


@pytest.mark.parametrize(("yes", "expected"), TABLE, ids=str)
def test_more_of_the_truth_never_lowers(yes: tuple[Fact, ...], expected: Band) -> None:
    assert all(band(*yes, *more) >= expected for count in (1, 2) for more in combinations(Fact, count))


@given(ANSWERS)
def test_silence_and_no_are_alike_and_never_raise_or_lower(answers: dict[Fact, Answer]) -> None:
    yes = tuple(fact for fact, answer in answers.items() if answer is Answer.YES)
    assert band_of(lambda fact: answers.get(fact, Answer.NOT_ASKED)) is band(*yes)


@given(st.lists(st.tuples(st.sampled_from(Fact), st.sampled_from(Answer))))
def test_within_a_session_the_band_never_falls(told: list[tuple[Fact, Answer]]) -> None:
    situation, reached = NOTHING, Band.UNKNOWN
    for fact, answer in told:
        situation = situation.tell({fact.value: WORD[answer]})
        assert situation.answer(fact) is answer
        assert situation.band >= reached
        reached = situation.band
        assert Situation.unpack(situation.pack()) == situation


def test_what_nobody_understands_is_left_out() -> None:
    odd = {"who": "nobody", "when": "", "region": "KZ-99", "neck": "perhaps", "gone": "yes"}
    assert NOTHING.tell(odd) == NOTHING


@given(st.binary(max_size=24))
def test_any_bytes_are_a_situation(packed: bytes) -> None:
    found = Situation.unpack(packed)
    assert found.band >= band_of(found.answer)
    assert found.who in {"", *WHO}
    assert found.when in {"", *WHEN}
    assert found.region in {"", *REGIONS}
    assert Situation.unpack(found.pack()) == found


def test_a_plan_is_ticked_and_taken_back() -> None:
    ticked = NOTHING.tick(0).tick(63)
    assert [item for item in range(64) if ticked.ticked(item)] == [0, 63]
    assert ticked.tick(0).tick(63) == NOTHING
    assert NOTHING.pack() == b""
    assert Situation.unpack(ticked.pack()) == ticked
