"""The demo page: phones side by side on which a stranger can talk to the real bot.

The page is plain HTML, CSS and JavaScript modules without dependencies. It talks to the pretend Telegram in the same
process through its JSON interface (`/emulator/...`), and the answer headers forbid it to reach anything else.
"""

from pathlib import Path

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import BaseRoute, Route

HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
        "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-store",
}
"""Sent with every answer of this page: nothing but our own files and our own interface may be loaded."""

_MEDIA_TYPES = {
    ".html": "text/html; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".svg": "image/svg+xml",
}


def routes() -> list[BaseRoute]:
    """The page at `/` and its files under `/phones/`, read once, now, from this folder.

    Only files that exist at this moment and whose kind is listed above are served, so no request can name another path.
    Raises OSError when the folder cannot be read.
    """
    files = {
        path.name: (path.read_bytes(), _MEDIA_TYPES[path.suffix])
        for path in sorted(Path(__file__).parent.iterdir())
        if path.suffix in _MEDIA_TYPES
    }

    async def page(_request: Request) -> Response:
        content, media_type = files["index.html"]
        return Response(content, media_type=media_type, headers=HEADERS)

    async def asset(request: Request) -> Response:
        found = files.get(request.path_params["name"])
        if found is None:
            return PlainTextResponse("There is no such file.\n", status_code=404, headers=HEADERS)
        return Response(found[0], media_type=found[1], headers=HEADERS)

    return [Route("/", page, name="phones"), Route("/phones/{name}", asset, name="phones-file")]
