"""Says in plain words what went wrong with Telegram, for whoever runs the bot.

The words come from a fixed list alone: those of the errors themselves are names of classes, or repeat an address.
"""

from collections.abc import Mapping

from telegram.error import BadRequest, Conflict, Forbidden, RetryAfter, TelegramError, TimedOut

from bot.telegram.limits import in_seconds

_TOO_LONG = "it took too long to answer"
_UNKNOWN = "its name is not found"
_CERTIFICATE = "its certificate is not accepted"
_BROKE_OFF = "the connection broke off"
_ERROR = "it answers with an error"
_SOMEBODY_ELSE = "what answers there is not Telegram itself"

_CALLING = {
    "DNS": _UNKNOWN,
    "Certificate": _CERTIFICATE,
    "SSL": _CERTIFICATE,
    "Fingerprint": _CERTIFICATE,
    "Connector": "there is no connection to it",
    "ProxyConnection": "there is no connection to it",
    "Disconnected": _BROKE_OFF,
    "Connection": _BROKE_OFF,
    "ClientOS": _BROKE_OFF,
    "Payload": _BROKE_OFF,
    "status ": _SOMEBODY_ELSE,
    "Invalid server response": _SOMEBODY_ELSE,
    "Server Error": _ERROR,
    "Bad Gateway": _ERROR,
}
"""What words of `AiohttpRequest` and of Telegram mean when we call it. The first that is found counts."""

_BRINGING = {
    "timed out": _TOO_LONG,
    "timeout": _TOO_LONG,
    "resolve": _UNKNOWN,
    "SSL": _CERTIFICATE,
    "certificate": _CERTIFICATE,
    "refused": "nothing answers there",
    "connection closed": _BROKE_OFF,
    "401": "it refuses the secret",
    "403": "it refuses the secret",
    "404": "nothing is at that path",
    "Wrong response": _ERROR,
}
"""What words of Telegram mean when it brings an update to a webhook. The first that is found counts."""


def why(error: TelegramError) -> str:
    """Why a call of ours failed, to stand after a colon; "it" is Telegram."""
    match error:
        case TimedOut():
            return _TOO_LONG
        case RetryAfter():
            return f"it asks for a pause of {in_seconds(error.retry_after):.0f} s"
        case Forbidden() | Conflict() | BadRequest():
            return "it refuses"
    return _meaning(error.message, _CALLING, "it does not answer as it should")


def why_not_brought(message: str | None) -> str:
    """Why Telegram could not bring an update, from its own words; "it" is what stands at the address of the webhook."""
    return _meaning(message or "", _BRINGING, "another error")


def _meaning(said: str, meanings: Mapping[str, str], otherwise: str) -> str:
    return next((meaning for word, meaning in meanings.items() if word.lower() in said.lower()), otherwise)
