"""Gives the bot 100,000 broken updates through polling and 100,000 through the webhook: `python -m tests.torture`.

`--only 1234 --seed 5` gives it one of them again, as often as it takes to find out why it breaks.
"""

import argparse
import asyncio
import sys
import tempfile
from collections import Counter
from pathlib import Path

import psutil

from bot.demo.bot_api import World
from tests.contract.places import Place
from tests.emulator.emulator_client import TOKEN, Emulator, served
from tests.emulator.living import SECRET, webhook_settings
from tests.emulator.process import Process
from tests.emulator.valid_calls import wrong_calls
from tests.torture.feeding import Feeder, refusals, troubles

WAYS = ("polling", "webhook")
MEBIBYTE = 1024 * 1024
GROWTH_AT_MOST = 150
"""MiB by which the bot may grow; a leak of one kilobyte for each update would be a hundred."""


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.torture", description=__doc__)
    parser.add_argument("--count", type=int, default=100_000, help="updates for each way")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--way", choices=WAYS, action="append", help="both when left out")
    parser.add_argument("--only", type=int, metavar="NUMBER", help="one update alone")
    return parser.parse_args()


async def run(way: str, count: int, seed: int, only: int | None) -> bool:
    """Whether the bot did well; prints the figures."""
    with tempfile.TemporaryDirectory(prefix="torture-") as name:
        folder = Path(name)
        log = folder / "log"
        async with served(World(TOKEN, seed=seed)) as emulator:
            process = await _start(emulator, folder, way, log)
            assert process.running is not None
            try:
                bot = psutil.Process(process.running.pid)
                feeder = Feeder(emulator.world, seed, lambda: len(troubles(log.read_text())))
                warm = await feeder.feed(0, feeder.kinds)
                before = bot.memory_info().rss
                figures = await feeder.feed(feeder.kinds if only is None else only, count if only is None else 1)
                grown = (bot.memory_info().rss - before) / MEBIBYTE
                status, _ = await process.stop()
            finally:
                if process.running.returncode is None:
                    process.running.kill()
            wrong = wrong_calls(emulator.world.calls())
        kept = Place(f"sqlite+aiosqlite:///{folder / 'data' / 'pana.db'}", folder).count()
        print(figures.line(way, seed))
        print(
            f"  all {feeder.kinds} valid examples before; refused as no update {refusals(log.read_text())} times; "
            f"grown by {grown:.0f} MiB; {kept} entries kept; {len(wrong)} calls that are none of the Bot API; "
            f"exit {status}"
        )
        for line, times in Counter(troubles(log.read_text())).most_common(10):
            print(f"  {times} × {line}")
        broke = [*warm.breaking, *figures.breaking]
        if broke:
            print(f"  again: python -m tests.torture --way {way} --seed {seed} --only N, N of {broke[:20]}")
        return not broke and not wrong and status == 0 and grown < GROWTH_AT_MOST


async def _start(emulator: Emulator, folder: Path, way: str, log: Path) -> Process:
    extra = {}
    if way == "webhook":
        hook = webhook_settings()
        listen = f"127.0.0.1:{hook['listen_port']}"
        extra = {"BOT_LISTEN": listen, "BOT_WEBHOOK_URL": hook["webhook_url"], "BOT_WEBHOOK_SECRET": SECRET}
    process = Process.of(emulator, folder, **extra)
    if way == "webhook":
        status, errors = await process.ended("webhook", "set")
        assert status == 0, errors
    process.log = log
    await process.start()
    return process


async def main() -> int:
    """The exit status."""
    given = _arguments()
    well = [await run(way, given.count, given.seed, given.only) for way in given.way or WAYS]
    return 0 if all(well) else 1


if __name__ == "__main__":
    sys.exit(asyncio.run(main()))
