"""Bot API methods about receiving: by asking (`getUpdates`) or by being called (webhook).

A webhook shuts `getUpdates` out. Telegram takes only https, at four ports; here programs on this machine, which are the
only ones that are called (`deliveries`), may have plain http and any port. Source: `Client::process_set_webhook_query`,
`do_set_webhook`, `JsonWebhookInfo` and `WebhookActor::start_up` in tdlib/telegram-bot-api.
"""

import re
from dataclasses import dataclass
from urllib.parse import urlsplit

from .account import BotAccount, Webhook
from .deliveries import LOCAL
from .params import Params
from .polling import MAX_LIMIT, MAX_TIMEOUT
from .refusals import WEBHOOK_ACTIVE, WEBHOOK_SET, bad_request, conflict, too_many_requests
from .shapes import Json
from .updates import Event

_SECRET = re.compile(r"[A-Za-z0-9_-]*")
MAX_SECRET = 256
_PORTS = {None, 80, 88, 443, 8443}
SETTING_PAUSE = 1.0
"""A webhook may be set once in so many seconds."""


@dataclass(frozen=True, slots=True)
class Said:
    """A result with the remark that Telegram adds to it."""

    result: object
    description: str


async def get_updates(account: BotAccount, params: Params) -> list[Event]:
    """getUpdates: what waits, or what comes within `timeout` seconds. Raises Refusal (409)."""
    if account.webhook.url:
        raise conflict(WEBHOOK_ACTIVE)
    account.queue.allow(params.structure("allowed_updates"))
    return await account.poller.updates(
        params.integer("offset"),
        params.integer("limit", MAX_LIMIT, 1, MAX_LIMIT),
        params.integer("timeout", 0, 0, MAX_TIMEOUT),
    )


def set_webhook(account: BotAccount, params: Params) -> Said:
    """setWebhook: where updates shall go; an empty address means nowhere."""
    url = params.text("url")
    if not url:
        return delete_webhook(account, params)
    now = account.clock.ticks()
    if now < account.webhook.next_allowed:
        raise too_many_requests(1)
    account.webhook.next_allowed = now + SETTING_PAUSE
    wanted = Webhook(
        url,
        params.text("secret_token"),
        params.integer("max_connections", 40, 1, 100),
        params.text("ip_address"),
        "certificate" in params,
        account.webhook.next_allowed,
    )
    _check(wanted)
    account.queue.allow(params.structure("allowed_updates"))
    if wanted == account.webhook and not params.flag("drop_pending_updates"):
        return Said(True, "Webhook is already set")
    account.poller.terminate(WEBHOOK_SET)
    if params.flag("drop_pending_updates"):
        account.queue.clear()
    account.hook(wanted)
    return Said(True, "Webhook was set")


def _check(webhook: Webhook) -> None:
    try:
        parts = urlsplit(webhook.url if "://" in webhook.url else f"https://{webhook.url}")
        scheme, host, port = parts.scheme, parts.hostname, parts.port
    except ValueError:
        raise bad_request("invalid webhook URL specified") from None
    if scheme not in {"http", "https"} or not host:
        raise bad_request("invalid webhook URL specified")
    if host not in LOCAL and scheme == "http":
        raise bad_request("bad webhook: An HTTPS URL must be provided for webhook")
    if host not in LOCAL and port not in _PORTS:
        raise bad_request("bad webhook: Webhook can be set up only on ports 80, 88, 443 or 8443")
    if len(webhook.secret_token) > MAX_SECRET:
        raise bad_request("secret token is too long")
    if not _SECRET.fullmatch(webhook.secret_token):
        raise bad_request("secret token contains unallowed characters")


def delete_webhook(account: BotAccount, params: Params) -> Said:
    """deleteWebhook: back to asking; on request everything that waits is thrown away."""
    if params.flag("drop_pending_updates"):
        account.queue.clear()
    was_set = bool(account.webhook.url)
    account.hook(Webhook(next_allowed=account.webhook.next_allowed))
    return Said(True, "Webhook was deleted" if was_set else "Webhook is already deleted")


def get_webhook_info(account: BotAccount, params: Params) -> Json:
    """getWebhookInfo: the address, if any, how much waits, and the last failure."""
    webhook = account.webhook
    info: Json = {
        "url": webhook.url,
        "has_custom_certificate": webhook.has_certificate,
        "pending_update_count": account.queue.waiting(account.clock.now()),
    }
    if account.deliveries.last_error:
        when, info["last_error_message"] = account.deliveries.last_error
        info["last_error_date"] = int(when)
    if webhook.url:
        info["max_connections"] = webhook.max_connections
        if webhook.ip_address:
            info["ip_address"] = webhook.ip_address
    if account.queue.allowed is not None:
        info["allowed_updates"] = sorted(account.queue.allowed)
    return info


def close(account: BotAccount, params: Params) -> bool:
    """close: accepted; there is nothing to close."""
    return True


def log_out(account: BotAccount, params: Params) -> bool:
    """logOut: forgets what waits, as Telegram does; the token goes on working here."""
    account.queue.clear()
    return True
