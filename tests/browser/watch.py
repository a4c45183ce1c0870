"""Looks over the page's shoulder: what it complains about, what it may not do, and whom it calls."""

from playwright.async_api import BrowserContext, ConsoleMessage, Page, Request, WebError, WebSocket

_REMEMBER_VIOLATIONS = """
window.violations = [];
document.addEventListener("securitypolicyviolation", (event) => {
  window.violations.push(`${event.effectiveDirective}: ${event.blockedURI}`);
});
"""


class Watch:
    """Notes every complaint of the pages of a context. `origin` is the only place that they may call."""

    def __init__(self, context: BrowserContext, origin: str) -> None:
        self._context = context
        self._origin = origin
        self._noted: list[str] = []
        context.on("console", self._console)
        context.on("weberror", self._web_error)
        context.on("request", self._request)
        context.on("page", self._page)

    async def begin(self) -> None:
        """Must be called before the first page is opened."""
        await self._context.add_init_script(_REMEMBER_VIOLATIONS)

    async def troubles(self) -> list[str]:
        """Everything that should not have happened so far; empty when all is well."""
        broken = [rule for page in self._context.pages for rule in await page.evaluate("window.violations ?? []")]
        return [*self._noted, *(f"forbidden by the content security policy: {rule}" for rule in broken)]

    def _console(self, message: ConsoleMessage) -> None:
        if message.type in {"error", "warning"}:
            self._noted.append(f"console {message.type}: {message.text}")

    def _web_error(self, error: WebError) -> None:
        self._noted.append(f"uncaught: {error.error}")

    def _request(self, request: Request) -> None:
        self._called(request.url)

    def _page(self, page: Page) -> None:
        page.on("websocket", self._socket)

    def _socket(self, socket: WebSocket) -> None:
        self._called(socket.url)

    def _called(self, url: str) -> None:
        if not url.startswith(f"{self._origin}/"):
            self._noted.append(f"called somebody else: {url}")
