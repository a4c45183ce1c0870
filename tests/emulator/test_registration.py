"""Where updates go is decided by commands, in one place; the bot only looks, and refuses when they go elsewhere."""

import asyncio
import os
from pathlib import Path
from typing import Any

import httpx
import pytest

from bot.i18n import LANGUAGES, translator
from bot.telegram import registration
from bot.telegram.receive import RECEIVE
from tests.emulator.emulator_client import Emulator
from tests.emulator.living import SECRET, living, until, webhook_settings
from tests.emulator.process import Process
from tests.emulator.valid_calls import wrong_calls

ELSEWHERE = "https://example.org/hook"


def hooked(emulator: Emulator, folder: Path) -> Process:
    hook = webhook_settings()
    return Process.of(
        emulator,
        folder,
        BOT_LISTEN=f"127.0.0.1:{hook['listen_port']}",
        BOT_WEBHOOK_URL=hook["webhook_url"],
        BOT_WEBHOOK_SECRET=SECRET,
    )


async def call(emulator: Emulator, method: str, **params: Any) -> Any:
    async with httpx.AsyncClient() as http:
        answer = await http.post(f"{emulator.bot_url}{emulator.token}/{method}", json=params)
    assert answer.status_code == 200, answer.text
    return answer.json()["result"]


async def test_set_registers_it_and_delete_takes_it_away(emulator: Emulator, tmp_path: Path) -> None:
    person = emulator.world.add_person("Zkq", "ru").id
    emulator.world.start(person)
    process = hooked(emulator, tmp_path)
    url = process.extra["BOT_WEBHOOK_URL"]
    assert await process.said("webhook", "set") == f"The webhook is set: Telegram brings updates to {url}\n"
    assert emulator.world.bot().webhook.secret_token == SECRET
    info = await call(emulator, "getWebhookInfo")
    assert (info["url"], info["max_connections"]) == (url, registration.CONNECTIONS)
    assert set(info["allowed_updates"]) == set(RECEIVE)
    assert await process.said("webhook", "delete") == (
        "The webhook is deleted: Telegram keeps updates until the bot fetches them\n"
    )
    assert (await call(emulator, "getWebhookInfo"))["url"] == ""
    assert emulator.world.pending() == 1, "nothing that waits is ever thrown away"
    assert [call_.params.get("drop_pending_updates") for call_ in emulator.world.calls()] == [None] * 6
    assert wrong_calls(emulator.world.calls()) == []
    assert os.listdir(tmp_path) == [], "a command writes nothing"  # noqa: PTH208 -- in a test that may block


@pytest.mark.parametrize("verb", [("webhook", "set"), ("webhook", "delete"), ("profile", "set")])
async def test_what_telegram_refuses_is_told_in_one_sentence(
    emulator: Emulator, tmp_path: Path, verb: tuple[str, ...]
) -> None:
    process = hooked(emulator, tmp_path)
    for kind, said in [
        ("400", "Telegram refuses this: "),
        ("500", "Telegram did not do it: it answers with an error. Run the same command again.\n"),
        ("429", "Telegram did not do it: it asks for a pause of 1 s. Run the same command again.\n"),
    ]:
        method = {"set": "setWebhook", "delete": "deleteWebhook"}[verb[1]] if verb[0] == "webhook" else "setMyName"
        emulator.world.faults.add(method=method, kind=kind)
        status, errors = await process.ended(*verb)
        assert (status, errors.count("\n")) == (1, 1)
        assert errors.startswith(said)
        assert SECRET not in errors
        assert emulator.token not in errors
    emulator.world.refused_tokens.add(emulator.token)
    status, errors = await process.ended(*verb)
    assert (status, errors.count("\n")) == (78, 1)


async def test_telegram_that_is_not_reached_is_told_in_plain_words(emulator: Emulator, tmp_path: Path) -> None:
    process = Process.of(emulator, tmp_path, BOT_API_BASE_URL="http://127.0.0.1:1")
    assert await process.ended("profile", "set") == (
        1,
        "Telegram did not do it: there is no connection to it. Run the same command again.\n",
    )


async def test_profile_set_tells_everybody_in_their_language(emulator: Emulator, tmp_path: Path) -> None:
    process = Process.of(emulator, tmp_path)
    said = await process.said("profile", "set")
    assert said == "The bot's name, descriptions and commands are set in all languages\n"
    for code in LANGUAGES:
        commands = await call(emulator, "getMyCommands", language_code=code)
        assert len(commands) > 1
        for field in ("Name", "ShortDescription", "Description"):
            assert all((await call(emulator, f"getMy{field}", language_code=code)).values())
    names = [(await call(emulator, "getMyDescription", language_code=code))["description"] for code in LANGUAGES]
    assert len(set(names)) == len(LANGUAGES)
    assert translator("kk").language == "kk"


async def test_the_bot_refuses_to_start_while_nothing_is_registered(emulator: Emulator, tmp_path: Path) -> None:
    status, errors = await hooked(emulator, tmp_path).ended("run")
    assert (status, errors) == (1, f"{registration.NOT_REGISTERED}\n")
    assert {call_.method for call_ in emulator.world.calls()} == {"getMe", "getWebhookInfo"}


async def test_the_bot_refuses_to_start_while_another_webhook_is_registered(emulator: Emulator, tmp_path: Path) -> None:
    await call(emulator, "setWebhook", url=ELSEWHERE)
    status, errors = await hooked(emulator, tmp_path).ended("run")
    assert (status, errors) == (1, f"{registration.ELSEWHERE}\n")
    assert (await call(emulator, "getWebhookInfo"))["url"] == ELSEWHERE, "touched nothing"


async def test_it_calls_only_what_it_needs_at_the_start(emulator: Emulator, tmp_path: Path) -> None:
    process = hooked(emulator, tmp_path)
    await process.said("webhook", "set")
    before = len(emulator.world.calls())
    await process.start()
    assert [call_.method for call_ in emulator.world.calls()[before:]] == ["getMe", "getWebhookInfo"]
    async with httpx.AsyncClient(base_url=f"http://{process.extra['BOT_LISTEN']}") as http:
        for path, text in (("/healthz", "alive\n"), ("/readyz", "ready\n")):
            answer = await http.get(path)
            assert (answer.status_code, answer.text) == (200, text)
    assert (await process.stop())[0] == 0


async def test_it_waits_for_telegram_that_cannot_be_reached(emulator: Emulator, tmp_path: Path) -> None:
    process = hooked(emulator, tmp_path)
    await process.said("webhook", "set")
    emulator.world.faults.add(method="getWebhookInfo", kind="502", times=2)
    await process.start()
    status, errors = await process.stop()
    assert status == 0
    assert errors.count("webhook_unknown") == 2


async def test_without_a_recent_look_at_telegram_it_is_not_ready(
    emulator: Emulator, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(registration, "_LOOK_EVERY", 0.05)
    async with living(emulator, tmp_path, delivery="webhook") as alive:
        helpline = alive.helpline[0]
        assert await helpline.ready()
        await asyncio.sleep(1.1)
        await call(emulator, "setWebhook", url=ELSEWHERE)
        await until(lambda: "webhook_elsewhere" in alive.log.getvalue(), "it did not notice")
        seen = helpline.source.last_success
        await asyncio.sleep(1)
        assert helpline.source.last_success == seen
        helpline.source.last_success = (seen or 0) - 100
        assert not await helpline.ready()
        await call(emulator, "setWebhook", url=alive.settings.webhook_url)
        await until(lambda: helpline.source.last_success != (seen or 0) - 100, "it did not notice", patience=10)
        assert await helpline.ready()


async def test_many_that_wait_are_told_to_the_operator(
    emulator: Emulator, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(registration, "_LOOK_EVERY", 0.05)
    async with living(emulator, tmp_path, delivery="webhook") as alive:
        emulator.world.bot().deliveries.end()
        phone = alive.phone("ru")
        for _ in range(999):
            emulator.world.send(phone.id, "x")
        await asyncio.sleep(0.3)
        assert "many_waiting" not in alive.log.getvalue()
        emulator.world.send(phone.id, "x")
        await until(lambda: '"many_waiting", "pending": 1000' in alive.log.getvalue(), "it did not notice")


async def test_polling_says_how_to_delete_a_webhook(emulator: Emulator, tmp_path: Path) -> None:
    await call(emulator, "setWebhook", url=ELSEWHERE)
    status, errors = await Process.of(emulator, tmp_path).ended("run")
    assert (status, errors) == (1, f"{registration.FOREIGN}\n")
