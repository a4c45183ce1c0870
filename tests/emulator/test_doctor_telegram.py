"""What the doctor says about Telegram: the token, the clock, where updates go, and what everybody sees."""

import asyncio
import time

import pytest

from bot import app
from bot.doctor import telegram
from bot.storage.keys import DAY
from bot.telegram.registration import set_webhook
from tests.emulator.deployment import Deployment
from tests.emulator.living import SECRET, settings_for


async def test_telegram_that_refuses_the_token_or_cannot_be_reached(sound: Deployment) -> None:
    sound.emulator.world.refused_tokens.add(sound.emulator.token)
    await sound.complains("bad", "Telegram does not take the token. Get a new one", 1)
    sound.settings["BOT_API_BASE_URL"] = "http://127.0.0.1:1"
    await sound.complains("bad", "as it should: there is no connection to it.", 1)


@pytest.mark.parametrize(
    ("off", "said"),
    [
        (None, "warn  Telegram did not tell the time"),
        (1.0, "ok    The clock is right."),
        (-15.0, "warn  The clock is 15 seconds slow beside Telegram's. Set it right"),
        (
            121.0,
            "bad   The clock is 121 seconds fast beside Telegram's: the bot does not start like this. Set it right",
        ),
    ],
)
def test_a_clock_that_is_wrong(off: float | None, said: str) -> None:
    assert str(telegram._clock(off)).startswith(said)


def hook(deployment: Deployment) -> str:
    url = f"http://{deployment.settings['BOT_LISTEN']}/telegram/webhook"
    deployment.settings.update(BOT_WEBHOOK_URL=url, BOT_WEBHOOK_SECRET=SECRET)
    return url


async def test_a_webhook_that_is_not_ours(sound: Deployment) -> None:
    await sound.call("setWebhook", url="https://example.org/hidden-place")
    await sound.complains("bad", "python -m bot webhook delete", 1)
    assert "hidden-place" not in "".join(sound.lines)
    hook(sound)
    said = await sound.examine()
    assert "bad   Another webhook than BOT_WEBHOOK_URL is registered" in said
    await sound.call("deleteWebhook")
    assert "bad   No webhook is registered at Telegram" in await sound.examine()


async def test_a_webhook_with_other_wishes_than_ours(sound: Deployment) -> None:
    await sound.call("setWebhook", url=hook(sound), secret_token=SECRET)
    assert "warn  The webhook was registered by another version" in await sound.examine()


async def test_a_webhook_that_is_ours(sound: Deployment) -> None:
    url = hook(sound)
    await app.ask_telegram(settings_for(sound.emulator, sound.folder), lambda bot: set_webhook(bot, url, SECRET))
    said = await sound.examine()
    assert "ok    Telegram brings updates to BOT_WEBHOOK_URL." in said
    assert [line for line in sound.complaints() if "BOT_WEBHOOK_SECRET" not in line] == []


async def test_the_last_trouble_of_the_webhook_is_told_as_its_kind(sound: Deployment) -> None:
    url = hook(sound)
    await app.ask_telegram(settings_for(sound.emulator, sound.folder), lambda bot: set_webhook(bot, url, SECRET))
    sound.now = int(time.time())
    sound.emulator.world.start(sound.emulator.world.add_person("Zkq", "ru").id)
    said = ""
    for _ in range(100):
        said = await sound.examine()
        if "could not bring an update" in said:
            break
        await asyncio.sleep(0.05)
    assert "warn  Telegram could not bring an update 0 minutes ago: nothing answers there." in said
    sound.now += 2 * DAY
    assert "could not bring" not in await sound.examine()


async def test_many_updates_that_wait(sound: Deployment) -> None:
    person = sound.emulator.world.add_person("Zkq", "ru").id
    for _ in range(999):
        sound.emulator.world.send(person, "x")
    assert "ok    Updates that wait at Telegram: 999." in await sound.examine()
    sound.emulator.world.send(person, "x")
    await sound.complains("warn", "Updates that wait at Telegram: 1000, so", 0)
    assert sound.emulator.world.pending() == 1000


async def test_a_profile_that_is_not_set_or_not_ours(sound: Deployment) -> None:
    await sound.call("setMyName", name="Жизнь", language_code="kk")
    await sound.complains("warn", "not ours (kk). Run: python -m bot profile set", 0)
    await sound.call("setMyCommands", commands=[{"command": "start", "description": "Полиция"}])
    await sound.examine()
    first, second = sound.complaints()
    assert first.startswith("bad   The bot's name, descriptions or commands tell what it is about (all others): ")
    assert "(kk)" in second
