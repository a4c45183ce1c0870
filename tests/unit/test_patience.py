"""One chat may hold up the others a little now and then, and not for long however it tries."""

from bot.telegram.patience import FOR_ONE, Patience

FLOOD, OTHER = 1, 2


def held_up(wanted: float, every: float, seconds: float) -> float:
    """For how long a chat holds up the others, when each of its answers takes `wanted` seconds to be sent."""
    now, total = [0.0], 0.0
    patience = Patience(lambda: now[0])
    while now[0] < seconds:
        waited = min(wanted, patience.left(FLOOD))
        now[0] += max(waited, every)
        total += waited
        patience.spend(FLOOD, waited)
        assert patience.left(OTHER) == FOR_ONE
    return total


def test_ordinary_sending_is_always_waited_for() -> None:
    assert held_up(0.2, 0.2, 60) > 59


def test_a_slow_line_is_waited_for_while_she_writes_at_leisure() -> None:
    assert round(held_up(1.0, 15.0, 600)) == 40


def test_a_flood_holds_up_a_tenth_of_the_time() -> None:
    assert held_up(1.0, 0.01, 600) < 600 / 10 + 2 * FOR_ONE
    assert held_up(60.0, 0.01, 600) < 600 / 10 + 2 * FOR_ONE


def test_it_is_forgotten_and_memory_stays_small() -> None:
    now = [0.0]
    patience = Patience(lambda: now[0])
    for chat in range(20_000):
        now[0] += 0.1
        patience.spend(chat, 3.0)
    assert patience.left(19_999) == 0
    assert patience.left(0) == FOR_ONE
    assert len(patience) <= 5_001
