"""`make bench`: from starting the process to the first answer, and what the process weighs then.

A message waits before the program starts, as it would after a crash. The database exists and is migrated.
"""

import asyncio
import statistics
import sys
import tempfile
import time
from pathlib import Path

import psutil

from bot.demo.bot_api import World
from tests.emulator.emulator_client import TOKEN, Emulator, served
from tests.emulator.living import until
from tests.emulator.process import Process

RUNS = 7

BARE = """
import os
from telegram.ext import Application, MessageHandler, filters

async def answer(update, context):
    await update.message.reply_text("home")

bot = Application.builder().token(os.environ["BOT_TOKEN"]).base_url(os.environ["BOT_API_BASE_URL"] + "/bot").build()
bot.add_handler(MessageHandler(filters.ALL, answer))
bot.run_polling()
"""


async def main() -> None:
    """Prints medians of several runs of each, one after the other."""
    ours: list[tuple[float, float]] = []
    bare: list[tuple[float, float]] = []
    with tempfile.TemporaryDirectory() as folder:
        async with served(World(TOKEN)) as emulator:
            emulator.world.limits.enabled = False
            await _once(Process.of(emulator, Path(folder)), emulator)
            for _ in range(RUNS):
                ours.append(await _once(Process.of(emulator, Path(folder)), emulator))
                bare.append(await _once(_Bare.of(emulator, Path(folder)), emulator))
    _report(ours, bare)


class _Bare(Process):
    async def begin(self, *verb: str) -> None:
        self.running = await asyncio.create_subprocess_exec(
            sys.executable, "-c", BARE, cwd=self.folder, env=self.environment(), stderr=asyncio.subprocess.DEVNULL
        )


async def _once(process: Process, emulator: Emulator) -> tuple[float, float]:
    """Seconds to the first answer, and MiB resident then."""
    person = emulator.world.add_person("Zkq", "kk").id
    emulator.world.start(person)
    began = time.monotonic()
    await process.begin()
    await until(lambda: len(emulator.world.messages(person)) > 1, "no answer", patience=60)
    took = time.monotonic() - began
    assert process.running is not None
    resident = psutil.Process(process.running.pid).memory_info().rss / 2**20
    await process.kill()
    return took, resident


def _report(ours: list[tuple[float, float]], bare: list[tuple[float, float]]) -> None:
    seconds, weight = (statistics.median(run[i] for run in ours) for i in (0, 1))
    bare_seconds, bare_weight = (statistics.median(run[i] for run in bare) for i in (0, 1))
    print(f"start to first answer: {seconds:.2f} s, {seconds / bare_seconds:.2f} of bare python-telegram-bot")
    print(f"resident then: {weight:.0f} MiB, {weight / bare_weight:.2f} of bare python-telegram-bot")


if __name__ == "__main__":
    asyncio.run(main())
