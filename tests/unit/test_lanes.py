"""Everything about one person goes in order, different people never wait for each other, and nothing is left behind."""

import asyncio
import logging
from collections.abc import Awaitable, Callable

import pytest

from bot.dialog.model import Session
from bot.dialog.view import View
from bot.services.answer import Answer, Card, Erase, Line, Show
from bot.telegram.lanes import WAITING_AT_MOST, Locks, Sending
from tests.unit.skipping_loop import now, run

ALMA, BOTA = 1, 2
VIEW, OTHER_VIEW = View(Session("kk", "home.start"), "Home.", ()), View(Session("kk", "about.what"), "About.", ())


def line(text: str) -> Answer:
    return (Line(text),)


def at(message_id: int, view: View = VIEW) -> Answer:
    return (Show(view, at=message_id),)


class Post:
    """Carries answers out in a second each, and notes when; `broken` texts fail."""

    def __init__(self, *broken: str) -> None:
        self.carried: list[tuple[float, int, Answer]] = []
        self._broken = {line(text) for text in broken}

    async def give(self, chat: int, answer: Answer) -> None:
        await asyncio.sleep(1)
        self.carried.append((now(), chat, answer))
        if answer in self._broken:
            raise ValueError("broken")


def carried(post: Post, work: Callable[[Sending], Awaitable[None]]) -> list[tuple[float, int, Answer]]:
    """What was carried out, and when, by the end of the work and of all that it queued; at one moment by chat."""

    async def whole() -> None:
        sending = Sending(lambda chat, job: post.give(chat, job.answer), lambda: 0.0)
        await work(sending)
        await asyncio.wait_for(sending.finish(), 100)
        assert len(sending) == 0

    run(whole())
    return sorted(post.carried, key=lambda sent: sent[:2])


def test_answers_to_one_person_go_one_after_the_other_in_order() -> None:
    async def work(sending: Sending) -> None:
        for text in "abc":
            sending.post(ALMA, line(text))

    assert carried(Post(), work) == [(1, ALMA, line("a")), (2, ALMA, line("b")), (3, ALMA, line("c"))]


def test_answers_to_different_people_go_at_the_same_time() -> None:
    async def work(sending: Sending) -> None:
        for chat in range(50):
            sending.post(chat, line("a"))

    assert carried(Post(), work) == [(1, chat, line("a")) for chat in range(50)]


def test_an_answer_is_done_when_it_was_carried_out() -> None:
    async def work(sending: Sending) -> None:
        first, second = sending.post(ALMA, line("a")), sending.post(ALMA, line("b"))
        await first
        assert (now(), second.done()) == (1, False)
        await second
        assert now() == 2

    assert len(carried(Post(), work)) == 2


@pytest.mark.parametrize(
    ("earlier", "later", "overtaken"),
    [
        (at(5), at(5, OTHER_VIEW), True),
        (at(5), at(6), False),
        ((Show(VIEW),), (Show(VIEW),), True),
        ((Show(VIEW),), (Show(OTHER_VIEW),), False),
        ((Show(VIEW, replaces=5),), (Show(VIEW, replaces=6),), False),
        ((Show(VIEW, replaces=5),), at(5), False),
        (at(5), (Show(VIEW),), False),
        (line("a"), line("a"), False),
        ((Card("102"),), (Card("102"),), False),
        ((Erase((5,)),), at(5), False),
        ((Erase((5,)), Show(VIEW)), (Show(VIEW),), False),
        ((Show(VIEW),), (Erase((5,)), Show(VIEW)), False),
        ((), at(5), False),
    ],
)
def test_what_has_been_overtaken_is_not_sent(earlier: Answer, later: Answer, overtaken: bool) -> None:
    async def work(sending: Sending) -> None:
        sending.post(ALMA, line("in the way"))
        await asyncio.sleep(0)
        waiting = sending.post(ALMA, earlier)
        sending.post(ALMA, later)
        assert waiting.done() is overtaken

    sent = [answer for _, _, answer in carried(Post(), work)]
    assert sent == [line("in the way"), *([] if overtaken else [earlier]), later]


def test_what_deletes_first_and_then_says_the_same_is_said_once() -> None:
    async def work(sending: Sending) -> None:
        sending.post(ALMA, line("in the way"))
        await asyncio.sleep(0)
        for message_id in (5, 6, 7):
            sending.post(ALMA, (Erase((message_id,)), Show(VIEW)))
        sending.post(ALMA, (Erase((8,)), Show(OTHER_VIEW)))

    sent = [answer for _, _, answer in carried(Post(), work)]
    assert sent == [line("in the way"), (Erase((5, 6, 7)), Show(VIEW)), (Erase((8,)), Show(OTHER_VIEW))]


def test_of_too_many_answers_the_newest_are_given() -> None:
    async def work(sending: Sending) -> None:
        sending.post(ALMA, line("first"))
        await asyncio.sleep(0)
        futures = [sending.post(ALMA, line(str(number))) for number in range(WAITING_AT_MOST + 3)]
        assert [future.done() for future in futures] == [True] * 3 + [False] * WAITING_AT_MOST

    sent = [answer for _, _, answer in carried(Post(), work)]
    assert sent == [line("first"), *(line(str(number + 3)) for number in range(WAITING_AT_MOST))]


def test_ten_presses_in_a_hurry_send_the_first_and_the_last() -> None:
    views = [View(Session("kk", "home.start"), str(number), ()) for number in range(10)]

    async def work(sending: Sending) -> None:
        sending.post(ALMA, at(5, views[0]))
        await asyncio.sleep(0)
        for view in views[1:]:
            sending.post(ALMA, at(5, view))

    assert carried(Post(), work) == [(1, ALMA, at(5, views[0])), (2, ALMA, at(5, views[9]))]


def test_only_what_waits_last_is_overtaken_so_that_order_stays() -> None:
    async def work(sending: Sending) -> None:
        for answer in (line("in the way"), at(5), line("between"), at(5, OTHER_VIEW)):
            sending.post(ALMA, answer)
            await asyncio.sleep(0)

    sent = [answer for _, _, answer in carried(Post(), work)]
    assert sent == [line("in the way"), at(5), line("between"), at(5, OTHER_VIEW)]


def test_what_waits_for_somebody_who_leaves_is_dropped_and_counts_as_done() -> None:
    async def work(sending: Sending) -> None:
        futures = [sending.post(chat, line(text)) for text in "abc" for chat in (ALMA, BOTA)]
        await asyncio.sleep(0.5)
        sending.drop(ALMA)
        assert [future.done() for future in futures] == [False, False, True, False, True, False]
        sending.post(ALMA, line("after"))
        sending.drop(77)

    assert carried(Post(), work) == [
        (1, ALMA, line("a")),
        (1, BOTA, line("a")),
        (2, ALMA, line("after")),
        (2, BOTA, line("b")),
        (3, BOTA, line("c")),
    ]


def test_an_answer_that_breaks_does_not_hold_up_the_next_and_counts_as_done() -> None:
    async def work(sending: Sending) -> None:
        broken, after = sending.post(ALMA, line("broken")), sending.post(ALMA, line("after"))
        sending.post(BOTA, line("other"))
        await broken
        await after

    sent = carried(Post("broken"), work)
    assert sent == [(1, ALMA, line("broken")), (1, BOTA, line("other")), (2, ALMA, line("after"))]


def test_an_answer_that_breaks_is_logged_as_what_broke(caplog: pytest.LogCaptureFixture) -> None:
    async def work(sending: Sending) -> None:
        sending.post(ALMA, line("broken"))

    with caplog.at_level(logging.ERROR, "pana"):
        carried(Post("broken"), work)
    assert [(record.name, record.getMessage()) for record in caplog.records] == [("pana", "answer_broke")]


def test_after_a_quiet_while_a_chat_is_served_again() -> None:
    async def work(sending: Sending) -> None:
        await sending.post(ALMA, line("a"))
        await asyncio.sleep(10)
        assert len(sending) == 0
        await sending.post(ALMA, line("b"))

    assert carried(Post(), work) == [(1, ALMA, line("a")), (12, ALMA, line("b"))]


def test_giving_up_on_finishing_ends_what_was_going_on_and_counts_it_as_done() -> None:
    post = Post()

    async def whole() -> None:
        sending = Sending(lambda chat, job: post.give(chat, job.answer), lambda: 0.0)
        futures = [sending.post(ALMA, line(text)) for text in "abc"]
        with pytest.raises(TimeoutError):
            await asyncio.wait_for(sending.finish(), 1.5)
        await asyncio.sleep(0)
        assert [future.done() for future in futures] == [True] * 3
        assert len(sending) == 0

    run(whole())
    assert post.carried == [(1, ALMA, line("a"))]


async def hold(locks: Locks, chat: int, seen: list[tuple[str, float]], name: str) -> None:
    async with locks.of(chat):
        seen.append((f"{name} in", now()))
        await asyncio.sleep(1)
        seen.append((f"{name} out", now()))


def test_decisions_about_one_person_are_made_one_after_the_other_in_order() -> None:
    async def whole() -> list[tuple[str, float]]:
        locks, seen = Locks(), list[tuple[str, float]]()
        await asyncio.gather(*(hold(locks, ALMA, seen, name) for name in "abc"))
        return seen

    assert run(whole()) == [("a in", 0), ("a out", 1), ("b in", 1), ("b out", 2), ("c in", 2), ("c out", 3)]


def test_decisions_about_different_people_are_made_at_the_same_time() -> None:
    async def whole() -> list[tuple[str, float]]:
        locks, seen = Locks(), list[tuple[str, float]]()
        await asyncio.gather(*(hold(locks, chat, seen, str(chat)) for chat in (ALMA, BOTA)))
        return seen

    assert sorted(run(whole())) == [("1 in", 0), ("1 out", 1), ("2 in", 0), ("2 out", 1)]


def test_a_lock_is_gone_when_nobody_waits_for_it_even_after_an_error_or_a_cancelled_wait() -> None:
    async def whole() -> None:
        locks, seen = Locks(), list[tuple[str, float]]()
        assert len(locks) == 0
        waiting = [asyncio.create_task(hold(locks, ALMA, seen, name)) for name in "abc"]
        await asyncio.sleep(0.5)
        assert len(locks) == 1
        waiting[0].cancel()  # the one inside
        waiting[1].cancel()  # one that waits
        await asyncio.gather(*waiting, return_exceptions=True)
        assert seen == [("a in", 0), ("c in", 0.5), ("c out", 1.5)]
        with pytest.raises(ValueError, match="inside"):
            async with locks.of(BOTA):
                raise ValueError("inside")
        assert len(locks) == 0

    run(whole())
