"""Gives mutants to a running bot in portions, and looks after each portion whether it still does its work."""

import json
import time
from collections.abc import Callable
from dataclasses import dataclass, field

from bot.demo.bot_api import World
from tests.emulator.living import until
from tests.torture.mutants import Mutants

PEOPLE = 50
PORTION = 1000
PATIENCE = 120.0
"""Seconds for a portion; far more than it takes."""


REFUSED = frozenset({"unreadable_update", "unnumbered_update"})
"""Events that say that an update was none; Telegram was told so."""


def troubles(log: str) -> list[str]:
    """What a log holds of errors and warnings, but refusals of what is no update; and all that is no line of a log."""
    found = []
    for text in log.splitlines():
        line = json.loads(text) if text.startswith("{") else {"level": "error", "event": "no line of the log"}
        if line["level"] in {"error", "warning"} and line["event"] not in REFUSED:
            found.append(" ".join(str(line.get(name, "")) for name in ("event", "error", "module", "line", "kind")))
    return found


def refusals(log: str) -> int:
    """How often a log says that an update was none."""
    return sum(json.loads(line)["event"] in REFUSED for line in log.splitlines() if line.startswith("{"))


@dataclass
class Figures:
    """What a run was like. Times are in seconds."""

    count: int = 0
    seconds: float = 0.0
    waits: list[float] = field(default_factory=list)
    """How long the next valid message waited for its answer, after each portion."""
    breaking: list[int] = field(default_factory=list)
    """Numbers of mutants that broke something."""

    def line(self, way: str, seed: int) -> str:
        """One line for people."""
        waits = sorted(self.waits)
        middle, slowest = waits[len(waits) // 2], waits[-1]
        return (
            f"{way}, seed {seed}: {self.count} updates in {self.seconds:.0f} s, {len(self.breaking)} broke something; "
            f"the next valid message waited {1000 * middle:.0f} ms (median), {1000 * slowest:.0f} ms (slowest)"
        )


class Feeder:
    """`troubles` counts what has gone wrong inside the bot so far."""

    def __init__(self, world: World, seed: int, troubles: Callable[[], int]) -> None:
        world.limits.enabled = False
        world.limits.webhook_pause = world.limits.webhook_longest_pause = 0.01
        self._world = world
        self._troubles = troubles
        people = [world.add_person("Zkq", "ru").id for _ in range(PEOPLE)]
        for number in people:
            world.chat(number).started = True
        self._mutants = Mutants(seed, people, world.clock.seconds())
        self.kinds = self._mutants.kinds

    async def feed(self, first: int, count: int) -> Figures:
        """Gives `count` mutants from number `first` on.

        Raises:
            AssertionError: the bot stands still; which portion is said.
        """
        figures, began = Figures(), time.monotonic()
        for start in range(first, first + count, PORTION):
            numbers = range(start, min(start + PORTION, first + count))
            before = self._troubles()
            await self._give(numbers)
            figures.waits.append(await self._answered())
            if self._troubles() > before:
                figures.breaking += await self._which(numbers)
        figures.count, figures.seconds = count, time.monotonic() - began
        return figures

    async def _give(self, numbers: range) -> None:
        for number in numbers:
            update = self._mutants.make(number)
            if isinstance(update, dict) and "update_id" not in update:
                self._world.inject(update)
            else:
                self._world.inject_whole([update])
        self._world.inject({"poll": {}})  # with this one, updates whose numbers cannot be confirmed are let go too
        await until(lambda: self._world.pending() == 0, f"stands still at {numbers}", PATIENCE)

    async def _answered(self) -> float:
        """Seconds until somebody new who presses Start sees the first screen."""
        somebody = self._world.add_person("Zkq", "ru").id
        began = time.monotonic()
        self._world.start(somebody)
        await until(lambda: len(self._world.messages(somebody)) > 1, "the next person got no answer", PATIENCE)
        return time.monotonic() - began

    async def _which(self, numbers: range) -> list[int]:
        """Those of them that break something when they come alone; all, when none does."""
        found = []
        for number in numbers:
            before = self._troubles()
            await self._give(range(number, number + 1))
            if self._troubles() > before:
                found.append(number)
        return found or list(numbers)
