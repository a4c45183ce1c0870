"""Which messages are remembered, when they must go, and what is deleted when she leaves, unknown ids included."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.routing import AROUND_AT_MOST, DOUBT_REACHES, GAP_AT_MOST, TRACKED_AT_MOST, Routing, Tracked, around

HOUR = 3600
NOW = 1_800_000_000
IDS = st.integers(1, 2**40)
MESSAGES = st.lists(st.builds(Tracked, IDS | st.integers(1, 3000), st.integers(NOW - 72 * HOUR, NOW)), max_size=24)


def entry(*messages: tuple[int, int], seen_at: int = NOW, doubt: int | None = None) -> Routing:
    """An entry with messages given as id and age in seconds."""
    return Routing(7, "kk", seen_at, tuple(Tracked(number, NOW - age) for number, age in messages), doubt=doubt)


def tracking(messages: list[Tracked]) -> Routing:
    routing = entry()
    for message in messages:
        routing = routing.track(message.message_id, message.sent_at)
    return routing


@given(MESSAGES)
def test_messages_are_kept_in_order_and_once_with_the_date_known_first(messages: list[Tracked]) -> None:
    first: dict[int, int] = {}
    for message in messages:
        first.setdefault(message.message_id, message.sent_at)
    expected = tuple(Tracked(number, first[number]) for number in sorted(first))
    assert tracking(messages) == Routing(7, "kk", NOW, expected)


def test_a_message_that_is_known_changes_nothing_so_that_nothing_is_written() -> None:
    routing = entry((10, 60))
    assert routing.track(10, NOW) is routing
    assert (routing.knows(10), routing.knows(11)) == (True, False)


@given(MESSAGES, st.frozensets(st.integers(1, 3000)))
def test_what_is_gone_is_no_longer_tracked_and_the_rest_stays(messages: list[Tracked], gone: frozenset[int]) -> None:
    routing = tracking(messages)
    left = tuple(message for message in routing.messages if message.message_id not in gone)
    assert routing.untrack(gone) == replace(routing, messages=left)


def test_an_answer_ends_a_doubt_and_a_later_one_does_not_move_its_end() -> None:
    doubted = entry((10, 0), doubt=10)
    answered = doubted.answered((Tracked(30, NOW), Tracked(31, NOW)))
    assert answered == replace(entry((10, 0), (30, 0), (31, 0), doubt=10), certain=31)
    assert answered.answered((Tracked(40, NOW),)).certain == 31
    assert answered.receive(10, NOW) == replace(answered, certain=None)
    assert doubted.answered(()) == doubted


def test_only_a_message_whose_answer_is_not_known_to_be_sent_is_answered_again() -> None:
    came = entry((10, 60)).receive(12, NOW).receive(13, NOW)
    assert [came.has_answered(number) for number in (12, 13, 14)] == [False, False, False]
    noted = came.answered((Tracked(15, NOW),), to=12)
    assert [noted.has_answered(number) for number in (12, 13, 14)] == [True, False, False]
    assert came.answered((Tracked(15, NOW),)).waiting == (12, 13)
    assert came.untrack(frozenset({12})).waiting == (13,)


def test_a_message_of_hers_that_comes_twice_raises_a_doubt_that_the_first_one_keeps() -> None:
    routing = entry((10, 60), (12, 50))
    assert routing.receive(13, NOW) == replace(entry((10, 60), (12, 50), (13, 0)), waiting=(13,))
    assert routing.receive(12, NOW) == replace(routing, doubt=12)
    assert routing.receive(12, NOW).receive(10, NOW) == replace(routing, doubt=12)


@pytest.mark.parametrize(
    ("later", "seen_at"),
    [(0, NOW), (299, NOW), (300, NOW + 300), (86_400, NOW + 86_400), (-1, NOW - 1), (-86_400, NOW - 86_400)],
)
def test_an_action_is_noted_every_five_minutes_and_when_the_clock_went_back(later: int, seen_at: int) -> None:
    assert entry((10, 0)).seen(NOW + later) == entry((10, 0), seen_at=seen_at)


@pytest.mark.parametrize(
    ("retention", "due"),
    [
        (1 * HOUR, 1 * HOUR),
        (24 * HOUR, 24 * HOUR),
        (46 * HOUR, 46 * HOUR),
        (47 * HOUR, 46 * HOUR),
        (999 * HOUR, 46 * HOUR),
    ],
)
def test_something_is_due_when_the_oldest_message_must_go_and_never_later_than_telegram_allows(
    retention: int, due: int
) -> None:
    assert entry((10, 50), (11, 70), (12, 0)).due_at(retention) == NOW - 70 + due
    assert entry(seen_at=NOW - 5).due_at(retention) == NOW - 5 + due


def test_overdue_are_exactly_those_whose_deadline_has_come() -> None:
    routing = entry((10, 3 * HOUR), (11, 2 * HOUR + 1), (12, 2 * HOUR), (13, 2 * HOUR - 1), (14, 0))
    assert routing.overdue(NOW, 2 * HOUR) == (10, 11, 12)
    assert routing.overdue(NOW + 46 * HOUR, 99 * HOUR) == (10, 11, 12, 13, 14)


@given(MESSAGES, st.integers(HOUR, 72 * HOUR), st.integers(NOW - 10, NOW + 72 * HOUR))
def test_what_is_due_and_what_is_overdue_agree(messages: list[Tracked], retention: int, now: int) -> None:
    routing = tracking(messages)
    if routing.messages:
        assert (routing.due_at(retention) <= now) == bool(routing.overdue(now, retention))


@pytest.mark.parametrize(
    ("messages", "left", "closed", "due", "overdue"),
    [
        (((10, 60), (12, 50)), None, False, NOW - 60 + HOUR, ()),
        (((10, 60), (12, 50)), 12, True, 0, (10, 12)),
        (((10, 60), (12, 50)), 99, True, 0, (10, 12)),
        (((10, 60), (12, 50)), 11, False, 0, (10,)),
        (((10, 60), (12, 50)), 9, False, NOW - 60 + HOUR, ()),
        ((), 12, True, NOW + HOUR, ()),
    ],
)
def test_what_an_exit_left_is_due_at_once_and_the_chat_is_closed_until_she_comes_again(
    messages: tuple[tuple[int, int], ...], left: int | None, closed: bool, due: int, overdue: tuple[int, ...]
) -> None:
    routing = replace(entry(*messages), left=left)
    assert routing.is_closed is closed
    assert routing.due_at(HOUR) == due
    assert routing.overdue(NOW, HOUR) == overdue


LEAVING = {
    "nothing is known": (entry(), (), ()),
    "only what she pressed": (entry(), (10,), (10,)),
    "neighbours": (entry((10, 0), (11, 0)), (12,), (12, 11, 10)),
    "a gap": (entry((10, 0), (13, 0)), (), (13, 12, 11, 10)),
    "a gap up to what she pressed": (entry((10, 0)), (13,), (13, 12, 11, 10)),
    "too old to be deleted, so no gap either": (entry((10, 48 * HOUR), (13, 0)), (), (13,)),
    "just young enough": (entry((10, 48 * HOUR - 1), (12, 0)), (), (12, 11, 10)),
    "a wide gap, from its low end": (
        entry((1000, 0), (2000, 0)),
        (),
        (2000, *range(1000 + GAP_AT_MOST, 999, -1)),
    ),
    "two wide gaps, half from each": (
        entry((1000, 0), (2000, 0), (3000, 0)),
        (),
        (3000, *range(2150, 1999, -1), *range(1150, 999, -1)),
    ),
    "more gaps than can be tried, the newest": (
        entry(*((number, 0) for number in range(2, 802, 2))),
        (),
        (*range(800, 199, -1), *range(198, 0, -2)),
    ),
    "after a doubt, everything up to the newest": (
        entry((1000, 0), (9000, 0), doubt=1000),
        (),
        (9000, *range(1000 + DOUBT_REACHES, 999, -1)),
    ),
    "after a doubt, not beyond the newest": (entry((10, 0), (12, 0), doubt=10), (14,), (14, 13, 12, 11, 10)),
    "after a doubt, not beyond the first of ours that is known": (
        replace(entry((1000, 0), (5000, 0), (9000, 0), doubt=1000), certain=1700),
        (),
        (9000, *range(5150, 4999, -1), *range(1700, 999, -1)),
    ),
    "a doubt about what is too old": (entry((10, 48 * HOUR), doubt=10), (), ()),
}


@pytest.mark.parametrize("name", LEAVING)
def test_what_is_deleted_when_she_leaves(name: str) -> None:
    routing, also, ids = LEAVING[name]
    assert routing.erasable(NOW, also) == ids


@given(MESSAGES, st.lists(IDS, max_size=2), st.integers(0, 48 * HOUR))
def test_leaving_takes_all_that_is_known_newest_first_and_at_most_300_unknown_between(
    messages: list[Tracked], also: list[int], later: int
) -> None:
    routing, now = tracking(messages), NOW + later
    known = {m.message_id for m in routing.messages if now - m.sent_at < 48 * HOUR} | set(also)
    ids = routing.erasable(now, tuple(also))
    unknown = set(ids) - known
    assert list(ids) == sorted(set(ids), reverse=True)
    assert known <= set(ids)
    assert len(unknown) <= GAP_AT_MOST == 300
    assert [number for number in unknown if not min(known) < number < max(known)] == []
    room = (max(known) - min(known) + 1 - len(known)) if known else 0
    assert bool(unknown) == bool(room)


@given(MESSAGES, IDS | st.integers(1, 3000), st.lists(IDS, max_size=2))
def test_a_doubt_adds_at_most_what_it_reaches(messages: list[Tracked], doubt: int, also: list[int]) -> None:
    routing = tracking(messages)
    without, doubted = routing.erasable(NOW, tuple(also)), replace(routing, doubt=doubt).erasable(NOW, tuple(also))
    more = set(doubted) - set(without)
    assert set(without) <= set(doubted)
    assert [number for number in more if not doubt < number <= doubt + DOUBT_REACHES] == []
    assert [number for number in more if number > max(without)] == []


@given(st.integers(1, 2**52))
def test_of_a_chat_that_is_not_remembered_the_ids_around_are_tried_in_one_call(message_id: int) -> None:
    ids = around(message_id)
    assert list(ids) == list(range(ids[0], ids[0] - AROUND_AT_MOST, -1))
    assert message_id in ids
    assert min(ids) >= 1
    assert AROUND_AT_MOST == 100


def test_of_too_many_messages_the_newest_are_remembered() -> None:
    full = tracking([Tracked(number, NOW) for number in range(1, TRACKED_AT_MOST + 1)])
    assert full.track(TRACKED_AT_MOST + 1, NOW).messages == (*full.messages[1:], Tracked(TRACKED_AT_MOST + 1, NOW))
