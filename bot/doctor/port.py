"""Checks the address where the bot answers a supervisor: free for its start, or answered by the bot that runs."""

import errno
import http.client
import socket
from collections.abc import Iterator

from bot.doctor.finding import Finding, bad, ok, warn

_PATIENCE = 5.0
"""Seconds: an answer of this machine itself takes a few milliseconds."""


def check(host: str, port: int) -> Iterator[Finding]:
    """BOT_LISTEN. Nothing listens there for even a moment."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        with socket.socket(family, socket.SOCK_STREAM) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)  # as the bot does
            probe.bind((host, port))
    except (OSError, UnicodeError) as error:  # UnicodeError: a name that no host can have
        if isinstance(error, OSError) and error.errno == errno.EADDRINUSE:
            yield _taken(host, port)
        else:
            yield bad(
                f"The address of BOT_LISTEN cannot be used ({type(error).__name__}).",
                "Use a host of this machine, such as 127.0.0.1, and a port from 1024 on.",
            )
    else:
        yield ok("The address of BOT_LISTEN is free; the bot does not run here.")


def _taken(host: str, port: int) -> Finding:
    if ask(host, port, "/healthz") != (200, b"alive\n"):
        return bad(
            "Another program uses the address of BOT_LISTEN, or the bot hangs.",
            "Stop that program, restart the bot, or choose another port.",
        )
    if ask(host, port, "/readyz") != (200, b"ready\n"):
        return warn(
            "The bot runs and is not ready: it does not reach its database or Telegram.",
            "See what else is said here, and what it logs.",
        )
    return ok("The bot runs and is ready.")


def ask(host: str, port: int, path: str) -> tuple[int, bytes] | None:
    """Status and first bytes of what answers there; nothing when nothing that speaks HTTP does."""
    near = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)
    connection = http.client.HTTPConnection(near, port, timeout=_PATIENCE)
    try:
        connection.request("GET", path)
        answer = connection.getresponse()
        return answer.status, answer.read(100)
    except (OSError, http.client.HTTPException):
        return None
    finally:
        connection.close()
