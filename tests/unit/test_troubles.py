"""Whoever runs the bot reads what went wrong with Telegram in plain words, never the name of a class."""

import aiohttp
import pytest
from telegram.error import (
    BadRequest,
    Conflict,
    Forbidden,
    NetworkError,
    RetryAfter,
    TelegramError,
    TimedOut,
)

from bot.telegram.troubles import why, why_not_brought

UNKNOWN, NO_CONNECTION, BROKE_OFF = "its name is not found", "there is no connection to it", "the connection broke off"
CERTIFICATE, TOO_LONG, ERROR = (
    "its certificate is not accepted",
    "it took too long to answer",
    "it answers with an error",
)


def classes(kind: type[aiohttp.ClientError] = aiohttp.ClientError) -> list[type[aiohttp.ClientError]]:
    return [kind, *(one for below in kind.__subclasses__() for one in classes(below))]


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (TimedOut(), TOO_LONG),
        (RetryAfter(7), "it asks for a pause of 7 s"),
        (Forbidden("Forbidden: bot was kicked"), "it refuses"),
        (Conflict("Conflict: terminated by other getUpdates request"), "it refuses"),
        (BadRequest("Bad Request: whatever"), "it refuses"),
        (NetworkError("ClientConnectorDNSError"), UNKNOWN),
        (NetworkError("ClientConnectorError"), NO_CONNECTION),
        (NetworkError("ClientProxyConnectionError"), NO_CONNECTION),
        (NetworkError("ClientConnectorCertificateError"), CERTIFICATE),
        (NetworkError("ClientConnectorSSLError"), CERTIFICATE),
        (NetworkError("ServerDisconnectedError"), BROKE_OFF),
        (NetworkError("ClientOSError"), BROKE_OFF),
        (NetworkError("ClientPayloadError"), BROKE_OFF),
        (NetworkError("Internal Server Error"), ERROR),
        (NetworkError("Bad Gateway"), ERROR),
        (NetworkError("status 502"), "what answers there is not Telegram itself"),
        (NetworkError("status 403"), "what answers there is not Telegram itself"),
        (TelegramError("Invalid server response"), "what answers there is not Telegram itself"),
        (NetworkError("SomethingNobodyKnows"), "it does not answer as it should"),
    ],
)
def test_why_a_call_failed(error: TelegramError, said: str) -> None:
    assert why(error) == said


@pytest.mark.parametrize("kind", classes(), ids=lambda kind: kind.__name__)
def test_no_class_of_the_http_client_is_ever_named(kind: type[aiohttp.ClientError]) -> None:
    assert "Error" not in why(NetworkError(kind.__name__))


@pytest.mark.parametrize(
    ("message", "said"),
    [
        ("Connection timed out", TOO_LONG),
        ("Read timeout expired", TOO_LONG),
        ("Failed to resolve host: Name or service not known", UNKNOWN),
        ("SSL error {error:1416F086:SSL routines: certificate verify failed}", CERTIFICATE),
        ("Connection refused", "nothing answers there"),
        ("Webhook connection closed", BROKE_OFF),
        ("Wrong response from the webhook: 401 Unauthorized", "it refuses the secret"),
        ("Wrong response from the webhook: 403 Forbidden", "it refuses the secret"),
        ("Wrong response from the webhook: 404 Not Found", "nothing is at that path"),
        ("Wrong response from the webhook: 502 Bad Gateway", ERROR),
        ("see https://help.example.org/hidden-place", "another error"),
        (None, "another error"),
    ],
)
def test_why_telegram_could_not_bring_an_update(message: str | None, said: str) -> None:
    assert why_not_brought(message) == said
