"""Checks at Telegram: the token, the clock, where updates go, and what everybody sees of the bot. Fetches no update."""

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta

from telegram import WebhookInfo
from telegram.error import InvalidToken, TelegramError

from bot import app
from bot.doctor.finding import Finding, bad, ok, warn
from bot.flows.proof import telling
from bot.running import CLOCK_MAY_BE_OFF
from bot.settings import Settings
from bot.telegram.outbound import Bot
from bot.telegram.profile import languages, look_profile, ours
from bot.telegram.receive import RECEIVE
from bot.telegram.registration import CONNECTIONS, ELSEWHERE, FOREIGN, MANY, NOT_REGISTERED
from bot.telegram.troubles import why, why_not_brought

_CLOCK_COULD_BE_BETTER = 10.0
_RECENT = timedelta(hours=24)


def check(settings: Settings, now: int, webhook_is_known: bool) -> list[Finding]:
    """`now` is in seconds since 1970; without `webhook_is_known` the settings do not say how updates should come."""
    return asyncio.run(_check(settings, now, webhook_is_known))


async def _check(settings: Settings, now: int, webhook_is_known: bool) -> list[Finding]:
    found: list[Finding] = []
    try:
        async with app.telegram_of(settings) as (bot, request):
            found.append(ok("Telegram is reached and takes the token."))
            found.append(_clock(request.clock_off))
            if webhook_is_known:
                found += _webhook(settings, await bot.get_webhook_info(), datetime.fromtimestamp(now, UTC))
            found += [finding async for finding in _profile(bot)]
    except InvalidToken:
        found.append(
            bad("Telegram does not take the token.", "Get a new one from @BotFather and write it in its place.")
        )
    except TelegramError as error:
        found.append(
            bad(
                f"Telegram cannot be reached, or does not answer as it should: {why(error)}.",
                "Look whether this machine reaches the internet, then run this again; the rest at Telegram was not "
                "looked at.",
            )
        )
    return found


def _clock(off: float | None) -> Finding:
    """`off` is in seconds, as `AiohttpRequest.clock_off`."""
    mend = "Set it right with a time service (chrony or systemd-timesyncd)."
    if off is None:
        return warn("Telegram did not tell the time, so the clock was not compared.", mend)
    told = f"The clock is {abs(off):.0f} seconds {'fast' if off > 0 else 'slow'} beside Telegram's"
    if abs(off) > CLOCK_MAY_BE_OFF:
        return bad(f"{told}: the bot does not start like this.", mend)
    return warn(f"{told}.", mend) if abs(off) > _CLOCK_COULD_BE_BETTER else ok("The clock is right.")


def _webhook(settings: Settings, info: WebhookInfo, now: datetime) -> list[Finding]:
    if info.url != settings.webhook_url:
        if not settings.webhook_url:
            return [bad(FOREIGN, "")]
        return [bad(ELSEWHERE if info.url else NOT_REGISTERED, "")]
    found = [_waiting(info.pending_update_count)]
    if not settings.webhook_url:
        return [ok("The bot fetches its updates, and no webhook is in its way."), *found]
    as_set = info.max_connections == CONNECTIONS and set(info.allowed_updates or ()) == set(RECEIVE)
    if as_set:
        found.append(ok("Telegram brings updates to BOT_WEBHOOK_URL."))
    else:
        found.append(
            warn("The webhook was registered by another version of this program.", "Run: python -m bot webhook set")
        )
    if info.last_error_date is not None and now - info.last_error_date < _RECENT:
        minutes = max(0, int((now - info.last_error_date).total_seconds())) // 60
        reason = why_not_brought(info.last_error_message)
        found.append(
            warn(
                f"Telegram could not bring an update {minutes} minutes ago: {reason}.",
                "If this is not long past, look at what stands before BOT_LISTEN (docs/settings.md).",
            )
        )
    return found


def _waiting(count: int) -> Finding:
    if count >= MANY:
        return warn(
            f"Updates that wait at Telegram: {count}, so people wait for answers.",
            "Look whether the bot runs and what it logs; it works them off by itself.",
        )
    return ok(f"Updates that wait at Telegram: {count}.")


async def _profile(bot: Bot) -> AsyncIterator[Finding]:
    """What is seen of the bot before anybody taps (promise P4)."""
    revealing, other = [], []
    for code in languages():
        seen, wanted, name = await look_profile(bot, code), ours(code), code or "all others"
        if telling(seen.words()):
            revealing.append(name)
        elif seen != wanted:
            other.append(name)
    if revealing:
        yield bad(
            f"The bot's name, descriptions or commands tell what it is about ({', '.join(revealing)}): who looks at "
            "her phone can see it.",
            "Run: python -m bot profile set",
        )
    if other:
        yield warn(
            f"The bot's name, descriptions or commands are not set, or are not ours ({', '.join(other)}).",
            "Run: python -m bot profile set. If they are your own words, let somebody read them who knows nothing.",
        )
    if not revealing and not other:
        yield ok("The bot's name, descriptions and commands are set and tell nobody what it is about.")
