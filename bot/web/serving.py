"""Runs a web server beside everything else, until it is told to stop."""

import asyncio
import contextlib
import socket

import uvicorn

from bot.errors import PanaError, SettingsError


async def serve(config: uvicorn.Config, stop: asyncio.Event, linger: float = 0.0) -> None:
    """Runs a web server until `linger` seconds after `stop`; signals are handled elsewhere.

    Raises:
        PanaError: the address is taken.
        SettingsError: no such host is known.
    """
    listening = _listen(config.host, config.port)
    server = uvicorn.Server(config)
    server.capture_signals = contextlib.nullcontext  # type: ignore[assignment,method-assign]
    with listening:
        serving = asyncio.ensure_future(server.serve(sockets=[listening]))
        stopping = asyncio.ensure_future(_after(stop, linger))
        await asyncio.wait({serving, stopping}, return_when=asyncio.FIRST_COMPLETED)
        stopping.cancel()
        server.should_exit = True
        await serving


async def _after(stop: asyncio.Event, linger: float) -> None:
    await stop.wait()
    await asyncio.sleep(linger)


def _listen(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    # The protocol is named because asyncio sends small answers at once only where it reads "TCP" on the socket.
    listening = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    try:
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listening.bind((host, port))
        listening.listen(128)
    except socket.gaierror:
        listening.close()
        raise SettingsError(f"BOT_LISTEN names a host that is not known: {host}. Use 127.0.0.1 or 0.0.0.0.") from None
    except OSError:
        listening.close()
        raise PanaError(
            f"Port {port} of {host} cannot be used. Choose another one, or stop the program that uses it."
        ) from None
    return listening
