"""The program as an operator starts it: settings, exit statuses, its health, and what it refuses."""

import asyncio
import os
import stat
from pathlib import Path

import httpx
import psutil

from bot.dialog.model import HOME
from tests.emulator.emulator_client import Emulator
from tests.emulator.living import until
from tests.emulator.process import Process
from tests.emulator.test_journeys import text_of

MEBIBYTE = 1024 * 1024


async def test_a_refused_token_ends_with_78(emulator: Emulator, tmp_path: Path) -> None:
    emulator.world.refused_tokens.add(emulator.token)
    process = Process.of(emulator, tmp_path)
    await process.begin()
    status, errors = await process.stopped()
    assert status == 78
    assert emulator.token not in errors
    assert "@BotFather" in errors


async def test_a_webhook_that_is_set_stops_polling_with_a_warning(emulator: Emulator, tmp_path: Path) -> None:
    async with httpx.AsyncClient() as http:
        await http.post(f"{emulator.bot_url}{emulator.token}/setWebhook", json={"url": "https://example.org/hook"})
        process = Process.of(emulator, tmp_path)
        await process.begin()
        status, errors = await process.stopped()
        assert status == 1
        assert "webhook" in errors
        info = await http.post(f"{emulator.bot_url}{emulator.token}/getWebhookInfo")
        assert info.json()["result"]["url"] == "https://example.org/hook"


async def test_it_waits_for_telegram_that_cannot_be_reached(emulator: Emulator, tmp_path: Path) -> None:
    emulator.world.faults.add(method="getMe", kind="502", times=2)
    process = Process.of(emulator, tmp_path)
    await process.start()
    assert (await process.stop())[0] == 0


async def test_health_tells_alive_and_ready(emulator: Emulator, tmp_path: Path, unused_port: int) -> None:
    process = Process.of(emulator, tmp_path, BOT_LISTEN=f"127.0.0.1:{unused_port}")
    await process.start()
    async with httpx.AsyncClient(base_url=f"http://127.0.0.1:{unused_port}") as http:
        for path, text in (("/healthz", "alive\n"), ("/readyz", "ready\n")):
            answer = await http.get(path)
            assert (answer.status_code, answer.text) == (200, text)
            assert "server" not in answer.headers
    other = Process.of(emulator, tmp_path / "other", BOT_LISTEN=f"127.0.0.1:{unused_port}")
    (tmp_path / "other").mkdir()
    await other.begin()
    status, errors = await other.stopped()
    assert (status, f"{unused_port}" in errors) == (1, True)
    assert (await process.stop())[0] == 0


async def test_it_calls_only_what_it_needs_at_the_start(emulator: Emulator, tmp_path: Path) -> None:
    process = Process.of(emulator, tmp_path)
    await process.start()
    assert {call.method for call in emulator.world.calls()} == {"getMe", "getWebhookInfo"}
    await process.stop()


async def test_what_it_writes_only_its_owner_can_read(emulator: Emulator, tmp_path: Path) -> None:
    process = Process.of(emulator, tmp_path)
    await process.start()
    emulator.world.start(emulator.world.add_person("Zkq", "ru").id)
    await until(lambda: emulator.world.pending() == 0, "not confirmed")
    await process.stop()
    written = list((tmp_path / "data").rglob("*"))
    assert any(path.suffix == ".db" for path in written)
    for path in [tmp_path / "data", *written]:
        assert stat.S_IMODE(path.stat().st_mode) & 0o077 == 0, path


async def test_a_running_bot_stays_under_120_mebibytes(emulator: Emulator, tmp_path: Path) -> None:
    """After migration, with a hundred people answered."""
    emulator.world.limits.enabled = False
    first = Process.of(emulator, tmp_path)
    await first.start()
    await first.stop()
    process = Process.of(emulator, tmp_path)
    await process.start()
    people = [emulator.world.add_person("Zkq", "kk").id for _ in range(100)]
    for person in people:
        emulator.world.start(person)
    await until(lambda: emulator.world.pending() == 0, "not confirmed")
    assert process.running is not None
    resident = psutil.Process(process.running.pid).memory_info().rss
    print(f"\nresident: {resident / MEBIBYTE:.0f} MiB")
    assert resident < 120 * MEBIBYTE
    await process.stop()
    assert emulator.world.messages(people[-1])[-1]["text"] == text_of(HOME, "kk")


async def test_the_token_is_in_no_environment_of_a_log_line(emulator: Emulator, tmp_path: Path) -> None:
    process = Process.of(emulator, tmp_path, BOT_LOG_LEVEL="DEBUG")
    await process.start()
    emulator.world.faults.add(method="sendMessage", kind="reset", times=2)
    emulator.world.faults.add(method="getUpdates", kind="502", times=1)
    emulator.world.start(emulator.world.add_person("Zkq", "ru").id)
    await asyncio.sleep(1.5)
    _, errors = await process.stop()
    assert "send_failed" in errors
    assert emulator.token not in errors
    assert emulator.token.split(":")[1] not in errors
    assert os.fspath(tmp_path) not in errors
