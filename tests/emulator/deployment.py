"""A deployment in which nothing is wrong at first, for the doctor to look at."""

import asyncio
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

import httpx
import pytest

from bot import app
from bot.doctor.examination import Examination
from bot.doctor.machine import Machine
from bot.storage.engine import make_file
from bot.storage.keys import DAY, KeyFolder
from bot.storage.migrate import upgrade
from bot.telegram.profile import set_profile
from tests.emulator.emulator_client import Emulator
from tests.emulator.living import settings_for

SOON = 20_780 * DAY  # shipped contacts were verified shortly before
"""2026-11-23."""


@dataclass
class Deployment:
    """A folder and settings in which nothing is wrong at first."""

    emulator: Emulator
    folder: Path
    settings: dict[str, str]
    machine: Machine
    now: int = SOON
    status: int = -1
    lines: list[str] = field(default_factory=list)

    async def examine(self) -> str:
        """What it says, and its exit status."""
        examination = Examination(self.settings, self.folder, self.machine, self.now)
        self.lines = await asyncio.to_thread(lambda: [str(finding) for finding in examination.findings()])
        self.status = examination.status
        return "\n".join([*self.lines, examination.verdict])

    def complaints(self) -> list[str]:
        """The lines that are not ok."""
        return [line for line in self.lines if not line.startswith("ok ")]

    async def complains(self, level: str, said: str, status: int) -> None:
        """It has this one complaint, and no other."""
        await self.examine()
        (line,) = self.complaints()
        assert line.startswith(f"{level:<4}  "), line
        assert said in line
        assert self.status == status

    def places(self) -> dict[str, Any]:
        """For a bot that runs here."""
        return {
            "database_url": self.settings["BOT_DATABASE_URL"],
            "key_dir": Path(self.settings["BOT_KEY_DIR"]),
            "listen_port": int(self.settings["BOT_LISTEN"].split(":")[1]),
        }

    async def call(self, method: str, **params: Any) -> None:
        async with httpx.AsyncClient() as http:
            answer = await http.post(f"{self.emulator.bot_url}{self.emulator.token}/{method}", json=params)
        assert answer.status_code == 200, answer.text


@pytest.fixture
async def sound(emulator: Emulator, tmp_path: Path, unused_port: int, other_volume: Path) -> Deployment:
    """Migrated, with keys on another volume, a profile, and a token in a file."""
    token = tmp_path / "token"
    token.write_text(f"{emulator.token}\n")
    token.chmod(0o600)
    (tmp_path / "swaps").write_text("Filename\n")
    settings = {
        "BOT_TOKEN_FILE": str(token),
        "BOT_API_BASE_URL": emulator.url,
        "BOT_DATABASE_URL": f"sqlite+aiosqlite:///{tmp_path}/data/pana.db",
        "BOT_KEY_DIR": str(other_volume / "keys"),
        "BOT_LISTEN": f"127.0.0.1:{unused_port}",
    }
    make_file(tmp_path / "data" / "pana.db")
    (tmp_path / "data" / "pana.db").write_bytes(migrated())
    KeyFolder(other_volume / "keys").of_today(SOON)
    await app.ask_telegram(settings_for(emulator, tmp_path), set_profile)
    return Deployment(emulator, tmp_path, settings, Machine("3.11.7", (3, 40, 1), 10001, 0, tmp_path, tmp_path))


@cache
def migrated() -> bytes:
    """A database at the newest schema, with nobody in it."""
    with tempfile.TemporaryDirectory() as folder:
        upgrade(f"sqlite+aiosqlite:///{folder}/pana.db")
        return (Path(folder) / "pana.db").read_bytes()


@pytest.fixture
def other_volume(tmp_path: Path) -> Iterator[Path]:
    """A folder on another file system than `tmp_path`: memory, which every Linux has."""
    with tempfile.TemporaryDirectory(dir="/dev/shm") as folder:
        assert Path(folder).stat().st_dev != tmp_path.stat().st_dev
        yield Path(folder)
