"""What the manual says about a webhook in containers, done word by word: Telegram's calls reach the bot."""

import asyncio
import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

from bot.telegram.registration import NOT_REGISTERED
from bot.telegram.webhook import PATH
from tests.container import compose
from tests.container.bot_service import answered, bot_of, running, secrets
from tests.container.compose import FILES
from tests.container.conftest import MANUAL, do_block
from tests.container.image import Image
from tests.emulator.emulator_client import Emulator

ABOUT = "**With a webhook**"


def page() -> str:
    """What the manual says about it."""
    return MANUAL.read_text().partition(ABOUT)[2].partition("\n## ")[0]


def override() -> str:
    """The file of the page."""
    (found,) = re.findall(r"```yaml\n(.*?)```", page(), re.DOTALL)
    return str(found)


@pytest.mark.parametrize("kind", FILES)
def test_the_file_of_the_page_follows_the_specification_with_each_compose_file(kind: str, tmp_path: Path) -> None:
    over, whole = tmp_path / "compose.override.yaml", tmp_path / "compose.yaml"
    over.write_text(override())
    whole.write_text(json.dumps(compose.merged(compose.read(FILES[kind]), compose.written(override()))))
    schema = [sys.executable, "-m", "check_jsonschema", "--builtin-schema", "vendor.compose-spec"]
    assert subprocess.run([*schema, over, whole], check=False, capture_output=True).returncode == 0


def test_one_file_laid_over_another() -> None:
    file = {"a": {"b": "1", "c": "2"}, "list": ["x"], "left": 1, "other": {"k": 1}}
    over = {"a": {"c": "3", "d": "4"}, "list": ["y"], "new": [1], "other": 2}
    assert compose.merged(file, over) == {
        "a": {"b": "1", "c": "3", "d": "4"},
        "list": ["x", "y"],
        "left": 1,
        "new": [1],
        "other": 2,
    }
    assert file["list"] == ["x"]


def test_the_port_is_open_to_this_machine_alone_and_is_the_one_that_the_bot_listens_at() -> None:
    says = compose.written(override())["services"]["bot"]
    (port,) = says["ports"]
    host, outside, inside = port.split(":")
    assert host == "127.0.0.1"
    assert says["environment"]["BOT_LISTEN"] == f"0.0.0.0:{inside}"
    assert f"`{host}:{outside}`" in page()


async def test_done_as_the_manual_says_telegram_brings_updates(
    image: Image, emulator: Emulator, tmp_path: Path, project: Path, unused_port: int
) -> None:
    """The name on the internet and the program that speaks https are left out: the emulator calls the port itself."""
    do_block(project, ABOUT)
    whole: dict[str, Any] = compose.merged(compose.read(FILES["sqlite"]), compose.written(override()))
    says = whole["services"]["bot"]["environment"]
    address = urlsplit(says["BOT_WEBHOOK_URL"])
    assert (address.scheme, address.path) == ("https", PATH)
    url = f"http://127.0.0.1:{unused_port}{address.path}"
    listen = says["BOT_LISTEN"].replace("8080", str(unused_port))
    service = bot_of(whole, image, emulator, tmp_path, project, unused_port, BOT_LISTEN=listen, BOT_WEBHOOK_URL=url)
    early = await asyncio.to_thread(service.run, *image.words("ENTRYPOINT"), *image.words("CMD"))
    assert (early.returncode, early.stderr) == (1, f"{NOT_REGISTERED}\n")

    (words,) = re.findall(r"^docker compose run --rm bot (webhook set)$", page(), re.MULTILINE)
    said = await asyncio.to_thread(service.run, *image.words("ENTRYPOINT"), *words.split())
    assert (said.returncode, said.stderr) == (0, "")
    secret = (project / "secrets" / "webhook").read_text()
    assert emulator.world.bot().webhook.secret_token == secret

    with running(service, image) as bot:
        await asyncio.to_thread(bot.ready)
        await answered(emulator.world)
        assert emulator.world.calls("getUpdates") == []
        assert (await asyncio.to_thread(service.run, *image.health)).returncode == 0
        told = bot.seen_by_others()
        assert await asyncio.to_thread(bot.stop) < 30
        written = bot.errors()
    assert [each for each in secrets(project) if each in told + written + said.stdout] == []
