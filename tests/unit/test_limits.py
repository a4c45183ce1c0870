"""We stay under Telegram's limits, one busy chat never slows another, and leaving never waits."""

import asyncio
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from telegram.error import RetryAfter

from bot.telegram.limits import FIRST, Limits, Pace
from tests.unit.skipping_loop import now, run

ALMA, BOTA = 1, 2
RATES = st.sampled_from([0.5, 1.0, 3.0, 25.0, 30.0])
GAPS = st.lists(st.sampled_from([0.0, 0.0, 0.0, 0.01, 0.3, 1.0, 5.0, 60.0]) | st.floats(0, 3), max_size=60)


@given(RATES, st.integers(1, 10), GAPS)
def test_never_more_than_the_burst_and_the_rate_in_any_stretch_of_time(
    rate: float, burst: int, gaps: list[float]
) -> None:
    pace, moment, sent = Pace(rate, burst), 1000.0, list[float]()
    for gap in gaps:
        moment += gap
        sent.append(moment + pace.take(moment))
    for first, start in enumerate(sent):
        for last in range(first, len(sent)):
            assert last - first + 1 <= burst + rate * (sent[last] - start) + 1e-6


@given(RATES, st.integers(1, 10), GAPS)
def test_nobody_waits_longer_than_the_rate_asks(rate: float, burst: int, gaps: list[float]) -> None:
    pace, moment, allowed = Pace(rate, burst), 1000.0, float(burst)
    for gap in gaps:
        moment += gap
        allowed = min(burst, allowed + gap * rate) - 1  # a bucket that holds `burst` and fills at `rate`
        assert pace.take(moment) == pytest.approx(max(0.0, -allowed / rate), abs=1e-6)


@pytest.mark.parametrize("rate", [0, -1])
def test_a_rate_of_nothing_is_no_limit(rate: float) -> None:
    pace = Pace(rate, 1)
    assert [pace.take(1000.0) for _ in range(100)] == [0.0] * 100


def test_a_pace_is_idle_when_it_has_forgotten_all_calls() -> None:
    pace = Pace(2, 4)
    assert pace.idle(1000.0)
    pace.take(1000.0)
    assert [pace.idle(1000.4), pace.idle(1000.5)] == [False, True]


class Telegram:
    """Notes when it was called; asks for patience as often as it was told to."""

    def __init__(self, *pauses: float | timedelta) -> None:
        self.called: list[float] = []
        self._pauses = list(pauses)

    async def __call__(self, *_: Any, **__: Any) -> bool:
        self.called.append(now())
        if self._pauses:
            raise RetryAfter(self._pauses.pop(0))  # type: ignore[arg-type]
        return True


async def call(
    limits: Limits, telegram: Telegram, chat: object = ALMA, endpoint: str = "sendMessage", first: bool = False
) -> object:
    data = {} if chat is None else {"chat_id": chat}
    return await limits.process_request(telegram, (), {}, endpoint, data, FIRST if first else None)


def limits(send_rate: float = 0, chat_rate: float = 0) -> Limits:
    return Limits(send_rate, chat_rate, now)


def rounded(moments: list[float]) -> list[float]:
    return [round(moment, 3) for moment in moments]


def test_one_chat_gets_a_short_burst_and_then_one_a_second() -> None:
    async def work() -> list[float]:
        telegram, limit = Telegram(), limits(chat_rate=1)
        await asyncio.gather(*(call(limit, telegram) for _ in range(7)))
        return telegram.called

    assert rounded(run(work())) == [0, 0, 0, 0, 1, 2, 3]


def test_a_busy_chat_does_not_slow_another() -> None:
    async def work() -> list[float]:
        busy, calm, limit = Telegram(), Telegram(), limits(chat_rate=1)
        await asyncio.gather(*(call(limit, busy) for _ in range(30)), call(limit, calm, BOTA))
        return calm.called

    assert run(work()) == [0]


def test_all_chats_together_stay_under_the_bots_own_limit() -> None:
    async def work() -> list[float]:
        telegram, limit = Telegram(), limits(send_rate=10, chat_rate=1)
        await asyncio.gather(*(call(limit, telegram, chat) for chat in range(1, 13)))
        return telegram.called

    assert rounded(run(work())) == [0, 0, 0, 0, 0, 0, 0, 0, 0.1, 0.2, 0.3, 0.4]


@pytest.mark.parametrize("endpoint", ["sendMessage", "sendContact", "sendPhoto", "copyMessage", "editMessageText"])
def test_what_puts_something_into_a_chat_waits_its_turn(endpoint: str) -> None:
    async def work() -> list[float]:
        telegram, limit = Telegram(), limits(chat_rate=1)
        await asyncio.gather(*(call(limit, telegram, endpoint=endpoint) for _ in range(5)))
        return telegram.called

    assert rounded(run(work())) == [0, 0, 0, 0, 1]


@pytest.mark.parametrize("endpoint", ["deleteMessages", "deleteMessage", "answerCallbackQuery", "getMe", "leaveChat"])
def test_everything_else_never_waits(endpoint: str) -> None:
    async def work() -> list[float]:
        telegram, limit = Telegram(), limits(send_rate=1, chat_rate=1)
        await asyncio.gather(*(call(limit, Telegram()) for _ in range(20)))
        began = now()
        await asyncio.gather(*(call(limit, telegram, endpoint=endpoint) for _ in range(20)))
        return [moment - began for moment in telegram.called]

    assert run(work()) == [0] * 20


def test_leaving_and_the_urgent_numbers_never_wait_but_are_counted() -> None:
    async def work() -> tuple[list[float], list[float]]:
        telegram, others, limit = Telegram(), Telegram(), limits(send_rate=1, chat_rate=1)
        await asyncio.gather(*(call(limit, telegram, first=True) for _ in range(20)))
        await call(limit, others)
        return telegram.called, others.called

    urgent, others = run(work())
    assert urgent == [0] * 20
    assert rounded(others) == [17]  # the twenty-first of a burst of four, at one a second


def test_leaving_does_not_wait_for_a_chat_that_telegram_has_slowed_down() -> None:
    async def work() -> list[float]:
        slowed, leaving, limit = Telegram(50), Telegram(), limits()
        going_on = asyncio.create_task(call(limit, slowed))
        await asyncio.sleep(1)
        await call(limit, leaving, first=True)
        await going_on
        return leaving.called

    assert run(work()) == [1]


@pytest.mark.parametrize("pause", [30, timedelta(seconds=30)])
def test_telegrams_patience_holds_only_the_chat_it_was_asked_for(pause: float | timedelta) -> None:
    async def work() -> tuple[list[float], list[float], list[float]]:
        slowed, same, other, limit = Telegram(pause), Telegram(), Telegram(), limits()
        going_on = asyncio.create_task(call(limit, slowed))
        await asyncio.sleep(1)
        assert list(await asyncio.gather(call(limit, same), call(limit, other, BOTA))) == [True, True]
        assert await going_on is True
        return slowed.called, same.called, other.called

    assert run(work()) == ([0, 30], [30], [1])


def test_patience_ends_with_telegrams_own_error() -> None:
    async def work(*pauses: float) -> list[float]:
        telegram = Telegram(*pauses)
        with pytest.raises(RetryAfter):
            await call(limits(), telegram)
        return [*telegram.called, now()]

    assert run(work(121)) == [0, 0]
    assert run(work(50, 50, 50)) == [0, 50, 100, 100]
    assert len(run(work(*[0] * 1000))) == 122  # asked for no pause at all, it still does not hurry
    assert len(run(work(*[-60] * 1000))) == 122


def test_just_enough_patience_succeeds() -> None:
    async def work() -> list[float]:
        telegram = Telegram(60, 60)
        assert await call(limits(), telegram) is True
        return telegram.called

    assert run(work()) == [0, 60, 120]


@pytest.mark.parametrize("chat", [None, "@somebody", 1.5])
def test_a_call_without_a_chat_of_its_own_is_not_repeated(chat: object) -> None:
    async def work() -> list[float]:
        telegram = Telegram(1)
        with pytest.raises(RetryAfter):
            await call(limits(), telegram, chat)
        return telegram.called

    assert run(work()) == [0]


def test_any_other_error_comes_through_at_once() -> None:
    async def broken(*_: Any, **__: Any) -> bool:
        raise ValueError("broken")

    with pytest.raises(ValueError, match="broken"):
        run(limits().process_request(broken, (), {}, "sendMessage", {"chat_id": ALMA}, None))


def test_many_thousand_chats_keep_their_own_pace_while_they_are_busy() -> None:
    async def work() -> list[float]:
        telegram, limit = Telegram(), limits(chat_rate=1)
        await asyncio.gather(*(call(limit, telegram) for _ in range(4)))
        await asyncio.gather(*(call(limit, Telegram(), chat) for chat in range(2, 5_200)))
        telegram.called.clear()
        await call(limit, telegram)
        return telegram.called

    assert rounded(run(work())) == [1]
