"""Asks the page, and the browser's own accessibility tree, what people with other eyes or hands would miss."""

from pathlib import Path

from playwright.async_api import Page

_SOURCE = (Path(__file__).parent / "audit.js").read_text(encoding="utf-8")
_PLAIN = frozenset({"RootWebArea", "none", "generic"})


async def measure(page: Page, what: str) -> list[str]:
    """One of the questions of `audit.js`: contrast, targets, structure, sideways, cut or focus."""
    # The comment at the head of the file would hide the expression from a one-line call.
    found: list[str] = await page.evaluate(f"() => {{ const audit = (\n{_SOURCE}\n); return audit.{what}(); }}")
    return found


async def nameless(page: Page) -> list[str]:
    """Everything that can have the focus and that a screen reader has no name for."""
    session = await page.context.new_cdp_session(page)
    tree = await session.send("Accessibility.getFullAXTree")
    await session.detach()
    found = []
    for node in tree["nodes"]:
        role = node.get("role", {}).get("value", "")
        focusable = any(entry["name"] == "focusable" for entry in node.get("properties", []))
        if focusable and role not in _PLAIN and not node.get("name", {}).get("value", "").strip():
            found.append(f"a {role} without a name")
    return found


async def audit(page: Page) -> list[str]:
    """All of it; empty when nothing is wrong."""
    found = await nameless(page)
    for what in ("contrast", "targets", "structure", "sideways"):
        found += await measure(page, what)
    return found
