"""A broken update can be made again from its number, and there are all sorts of them."""

import json

from bot.demo.bot_api.shapes import dumps
from bot.telegram.inbound import Foreign, Gone, Press, Silent, Thing, Words, read
from tests.torture.feeding import refusals, troubles
from tests.torture.mutants import Mutants

NOW = 1_800_000_000
PEOPLE = (1001, 1002)


def test_a_seed_and_a_number_make_the_same_update_again() -> None:
    one, again, other = (Mutants(seed, PEOPLE, NOW) for seed in (1, 1, 2))
    numbers = range(one.kinds, one.kinds + 300)
    made = [dumps(one.make(number)) for number in numbers]
    assert made == [dumps(again.make(number)) for number in reversed(numbers)][::-1]
    assert made != [dumps(other.make(number)) for number in numbers]


def test_mutants_reach_every_door_and_many_of_them_are_broken() -> None:
    mutants = Mutants(1, PEOPLE, NOW)
    read_as = [read(mutants.make(number)) for number in range(mutants.kinds, mutants.kinds + 3000)]
    assert {type(inbound) for inbound in read_as} == {Words, Thing, Press, Gone, Foreign, Silent}
    assert sum(inbound == Silent("malformed") for inbound in read_as) > 100
    assert sum(isinstance(inbound, Words | Thing | Press) for inbound in read_as) > 300


def test_a_trouble_is_an_error_or_a_warning_or_no_line_at_all() -> None:
    lines = [
        {"level": "info", "event": "ready"},
        {"level": "error", "event": "poison", "error": "KeyError"},
        {"level": "warning", "event": "unnumbered_update"},
    ]
    log = "\n".join([*map(json.dumps, lines), "Traceback (most recent call last):"])
    assert troubles(log) == ["poison KeyError   ", "no line of the log    "]
    assert refusals(log) == 1
