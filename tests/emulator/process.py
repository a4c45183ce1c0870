"""The bot as a process of its own, as it runs in production, so that it can be killed."""

import asyncio
import os
import signal
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar

from tests.emulator.emulator_client import Emulator

ROOT = Path(__file__).parents[2]


@dataclass
class Process:
    """One run of `python -m bot VERB` against an emulator, in a folder of its own."""

    emulator: Emulator
    folder: Path
    extra: dict[str, str]
    running: asyncio.subprocess.Process | None = None
    log: Path | None = None
    """Where the error stream goes; without it, it can be read when the process has ended."""
    started: ClassVar[list[asyncio.subprocess.Process]] = []
    """All that were started, so that none outlives the tests."""

    @classmethod
    def of(cls, emulator: Emulator, folder: Path, **extra: str) -> "Process":
        """Not started yet; `extra` are further settings."""
        return cls(emulator, folder, extra)

    def environment(self) -> dict[str, str]:
        """The settings, and nothing else of this process's environment but what Python needs."""
        kept = {
            name: os.environ[name] for name in ("PATH", "HOME", "LANG", "PYTHONDONTWRITEBYTECODE") if name in os.environ
        }
        return {
            **kept,
            "PYTHONPATH": str(ROOT),
            "BOT_TOKEN": self.emulator.token,
            "BOT_API_BASE_URL": self.emulator.url,
            "BOT_LISTEN": "127.0.0.1:0",
            "BOT_SEND_RATE": "0",
            "BOT_CHAT_RATE": "0",
            **self.extra,
        }

    async def start(self, verb: str = "run", ready: str = "Ready") -> None:
        """Starts it and waits for the line that says it is ready."""
        await self.begin(verb)
        assert self.running is not None
        assert self.running.stdout is not None
        line = await asyncio.wait_for(self.running.stdout.readline(), 30)
        assert line.decode().strip() == ready, (line, await self.errors())

    async def ended(self, *verb: str) -> tuple[int, str]:
        """Does one command to its end; its exit status and what it wrote to its error stream."""
        await self.begin(*verb)
        return await self.stopped()

    async def said(self, *verb: str) -> str:
        """Does one command that must end well; what it printed."""
        await self.begin(*verb)
        assert self.running is not None
        out, errors = await asyncio.wait_for(self.running.communicate(), 30)
        assert (self.running.returncode, errors.decode()) == (0, "")
        return out.decode()

    async def begin(self, *verb: str) -> None:
        """Starts it without waiting; without words the bot itself."""
        written = self.log.open("ab") if self.log else None
        self.running = await asyncio.create_subprocess_exec(
            sys.executable,
            "-m",
            "bot",
            *(verb or ("run",)),
            cwd=self.folder,
            env=self.environment(),
            stdin=asyncio.subprocess.DEVNULL,
            stdout=asyncio.subprocess.PIPE,
            stderr=written or asyncio.subprocess.PIPE,
        )
        if written:
            written.close()  # the process has its own
        self.started.append(self.running)

    async def errors(self) -> str:
        """What it wrote to its error stream, once it has ended."""
        assert self.running is not None
        assert self.running.stderr is not None
        return (await self.running.stderr.read()).decode()

    async def kill(self) -> None:
        """The plug is pulled."""
        assert self.running is not None
        self.running.send_signal(signal.SIGKILL)
        await self.running.communicate()

    async def stop(self) -> tuple[int, str]:
        """Asks it to end; its exit status and what it wrote to its error stream."""
        assert self.running is not None
        if self.running.returncode is None:
            self.running.send_signal(signal.SIGTERM)
        return await self.stopped()

    async def stopped(self) -> tuple[int, str]:
        """Waits until it ends by itself; its exit status and what it wrote to its error stream."""
        assert self.running is not None
        _, errors = await asyncio.wait_for(self.running.communicate(), 30)
        assert self.running.returncode is not None
        return self.running.returncode, (errors or b"").decode()
