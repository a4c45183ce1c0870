"""What everybody can see, reach and read: names, contrast, sizes, narrow windows and large letters."""

from collections.abc import Awaitable, Callable

import pytest
from playwright.async_api import expect

from bot.dialog.model import HOME, URGENT
from bot.flows.phrases import DONE, LABELS
from tests.browser.audit import audit, measure
from tests.browser.conftest import GetPhone, OpenPage
from tests.browser.handset import Handset

pytestmark = pytest.mark.asyncio(loop_scope="session")

WIDE: dict[str, object] = {"viewport": {"width": 1440, "height": 900}}
NARROW: dict[str, object] = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}


@pytest.mark.parametrize("window", [WIDE, NARROW], ids=["wide", "narrow"])
async def test_nothing_is_hard_to_see_or_to_hit(get_phone: GetPhone, window: dict[str, object]) -> None:
    phone = await get_phone("ru", **window)
    found: dict[str, list[str]] = {}
    for name, reach in STATES.items():
        await reach(phone)
        found[f"{name}, light"] = await audit(phone.page)
        await phone.page.emulate_media(color_scheme="dark")
        found[f"{name}, dark"] = await audit(phone.page)
        await phone.page.emulate_media(color_scheme="light")
    assert {name: troubles for name, troubles in found.items() if troubles} == {}


async def _hello(phone: Handset) -> None:
    await expect(phone.button("Start")).to_be_visible()


async def _home(phone: Handset) -> None:
    await phone.start()
    await phone.shows(HOME)


async def _numbers(phone: Handset) -> None:
    await phone.tap(LABELS.urgent)
    await phone.shows(URGENT)


async def _card(phone: Handset) -> None:
    await phone.tap(LABELS.card, number="112")
    await expect(phone.messages.nth(-2)).to_have_attribute("data-kind", "contact")
    await phone.shows(URGENT)
    await phone.messages.nth(-2).get_by_role("button", name="Call 112").click()
    await expect(phone.element.get_by_role("status")).to_contain_text("112")


async def _attachments(phone: Handset) -> None:
    await phone.button("Attach").click()
    await expect(phone.element.get_by_role("menu", name="Attach")).to_be_visible()


async def _commands(phone: Handset) -> None:
    await phone.page.keyboard.press("Escape")
    await phone.button("Commands").click()
    await expect(phone.element.get_by_role("group", name="Commands")).to_be_visible()


async def _window(phone: Handset) -> None:
    await phone.page.keyboard.press("Escape")
    await phone.button("Bot profile").click()
    await expect(phone.element.get_by_role("alertdialog")).to_be_visible()


async def _chats(phone: Handset) -> None:
    await phone.page.keyboard.press("Escape")
    await phone.button("Chat list").click()
    await expect(phone.preview).to_be_visible()


async def _blocked(phone: Handset) -> None:
    await phone.preview.click()
    await phone.button("Chat menu").click()
    await phone.element.get_by_role("menuitem", name="Block the bot").click()
    await expect(phone.button("Unblock")).to_be_visible()


STATES: dict[str, Callable[[Handset], Awaitable[None]]] = {
    "before anything was said": _hello,
    "home": _home,
    "numbers": _numbers,
    "a card and a short line": _card,
    "attachments": _attachments,
    "commands": _commands,
    "a window": _window,
    "the list of chats": _chats,
    "blocked": _blocked,
}
"""What the phone looks like, each reached from the one before."""


async def test_everything_fits_and_can_be_reached(get_phone: GetPhone) -> None:
    phone = await get_phone("kk", viewport={"width": 320, "height": 640})
    await phone.start()
    await phone.tap(LABELS.urgent)
    await phone.shows(URGENT)
    session = await phone.page.context.new_cdp_session(phone.page)
    for name, (width, height, letters) in WINDOWS.items():
        await phone.page.set_viewport_size({"width": width, "height": height})
        # As somebody sets it in her browser, so that the page's own rules about widths see it too.
        await session.send("Page.setFontSizes", {"fontSizes": {"standard": letters}})
        await expect(phone.page.locator("html")).to_have_css("font-size", f"{letters}px")
        found = [*await measure(phone.page, "sideways"), *await measure(phone.page, "cut")]
        assert found == [], name
        for part in (phone.button("Chat list"), phone.button("Chat menu"), phone.field, phone.button("Send")):
            await part.click(trial=True)
        for key in await phone.screen.locator(".key").all():
            await key.click(trial=True)
    await phone.tap(LABELS.close)
    await expect(phone.messages.locator(".text")).to_have_text([phone.words(DONE)])


WINDOWS = {
    "320 wide": (320, 640, 16),
    "1280 wide at 400 %": (320, 256, 16),
    "1440 wide at 200 %": (720, 450, 16),
    "narrow, letters twice as large": (390, 844, 32),
    "wide, letters twice as large": (1440, 900, 32),
}
"""Width and height in CSS pixels, and the size of letters (16 is usual)."""


async def test_the_checks_see_what_is_wrong(open_page: OpenPage) -> None:
    """A check that cannot fail proves nothing: here everything is wrong."""
    page = await open_page()
    await page.evaluate("""() => {
        const bad = document.createElement("button");
        bad.textContent = "Pale";
        bad.id = "add";
        Object.assign(bad.style, {color: "#888", background: "#999", height: "1rem", padding: "0", width: "200vw"});
        document.body.append(bad, document.createElement("input"));
        document.body.tabIndex = -1;
        document.body.focus();
    }""")
    found = "\n".join([*await audit(page), *await measure(page, "focus")])
    for complaint in ("Pale: contrast 1.", "Pale is", "two parts are called add", "sticks out", "without a name"):
        assert complaint in found
    assert "the focus is nowhere" in found
