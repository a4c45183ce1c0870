"""The webhook as a setting: kept, reported, and in the way of polling."""

from typing import Any

import pytest

from bot.demo.bot_api.refusals import WEBHOOK_ACTIVE
from tests.emulator.emulator_client import NOON, Client, StoppedClock
from tests.emulator.living import until

HOOK = "https://example.org/hook"


async def said(client: Client, method: str, **params: Any) -> str:
    body = (await client.raw(method, **params)).json()
    assert body["ok"] is True, body
    return str(body["description"])


async def test_it_is_set_reported_and_deleted(client: Client) -> None:
    client.world.send(1001, "waits")
    assert await client.call("getWebhookInfo") == {
        "url": "",
        "has_custom_certificate": False,
        "pending_update_count": 1,
    }
    params = {
        "url": HOOK,
        "max_connections": 7,
        "allowed_updates": ["message"],
        "secret_token": "s-1",
        "ip_address": "1.2.3.4",
    }
    assert await said(client, "setWebhook", **params) == "Webhook was set"
    await until(lambda: client.world.bot().deliveries.last_error is not None, "nothing was tried")
    assert await client.call("getWebhookInfo") == {
        "url": HOOK,
        "has_custom_certificate": False,
        "pending_update_count": 1,
        "last_error_date": int(NOON),
        "last_error_message": "The emulator calls programs on this machine only",
        "max_connections": 7,
        "ip_address": "1.2.3.4",
        "allowed_updates": ["message"],
    }
    assert client.world.bot().webhook.secret_token == "s-1"
    assert await said(client, "deleteWebhook") == "Webhook was deleted"
    assert await said(client, "deleteWebhook") == "Webhook is already deleted"
    assert (await client.call("getWebhookInfo"))["pending_update_count"] == 1, "nothing is dropped unasked"


async def test_pending_updates_can_be_dropped(client: Client, clock: StoppedClock) -> None:
    client.world.send(1001, "a")
    assert await said(client, "deleteWebhook", drop_pending_updates=False) == "Webhook is already deleted"
    assert client.world.pending() == 1
    await said(client, "deleteWebhook", drop_pending_updates=True)
    assert client.world.pending() == 0
    client.world.send(1001, "b")
    await said(client, "setWebhook", url=HOOK, drop_pending_updates=True)
    assert client.world.pending() == 0


async def test_polling_is_refused_while_it_is_set(client: Client) -> None:
    await said(client, "setWebhook", url=HOOK)
    refused = await client.refused("getUpdates")
    assert (refused.code, refused.description) == (409, f"Conflict: {WEBHOOK_ACTIVE}")
    await said(client, "deleteWebhook")
    assert await client.call("getUpdates") == []


async def test_it_may_be_set_once_a_second(client: Client, clock: StoppedClock) -> None:
    await said(client, "setWebhook", url=HOOK)
    assert (await client.refused("setWebhook", url=HOOK)).retry_after == 1
    clock.wait(1)
    assert await said(client, "setWebhook", url=HOOK) == "Webhook is already set"
    clock.wait(1)
    assert await said(client, "setWebhook", url=HOOK, secret_token="other") == "Webhook was set"
    assert await said(client, "setWebhook", url="") == "Webhook was deleted"


@pytest.mark.parametrize("url", ["http://127.0.0.1:8080/telegram/webhook", "http://[::1]:9999", "https://localhost:1"])
async def test_loopback_addresses_are_fine_here(client: Client, url: str) -> None:
    assert await said(client, "setWebhook", url=url) == "Webhook was set"


@pytest.mark.parametrize("port", ["", ":443", ":80", ":88", ":8443"])
async def test_the_ports_of_telegram(client: Client, port: str) -> None:
    assert await said(client, "setWebhook", url=f"https://example.org{port}/hook") == "Webhook was set"


async def test_logging_out_forgets_what_waits(client: Client) -> None:
    client.world.send(1001, "a")
    assert await client.call("logOut") is True
    assert client.world.pending() == 0
