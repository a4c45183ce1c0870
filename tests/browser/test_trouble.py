"""What goes wrong: a bad line to Telegram, a blocked bot, a deleted chat, and a page that would call somebody else."""

import pytest
from playwright.async_api import Browser, expect

from bot.dialog.model import HOME, URGENT
from bot.flows.phrases import LABELS
from bot.i18n import NP_
from tests.browser.conftest import GetPhone
from tests.browser.demo_process import Demo
from tests.browser.watch import Watch

pytestmark = pytest.mark.asyncio(loop_scope="session")

WHAT = NP_("button", "What this is")
STRANGER = "http://127.0.0.1:9/"
"""Nobody listens there, and no page of ours may ask."""


async def test_the_screen_changes_although_telegram_fails_twice(get_phone: GetPhone, demo: Demo) -> None:
    phone = await get_phone("ru")
    await phone.start()
    await phone.shows(HOME)
    fault = {"method": "editMessageText", "kind": "500", "times": 2, "chat_id": phone.person}
    assert (await phone.page.request.post(demo.control("faults"), data=fault)).ok
    await phone.tap(WHAT)
    await phone.shows("about.what")
    await expect(phone.screens).to_have_count(1)
    await expect(phone.element.locator("[aria-busy]")).to_have_count(0)
    calls = await (await phone.page.request.get(demo.control("calls"))).json()
    edits = [call for call in calls if call["method"] == "editMessageText"]
    assert [(int(call["params"]["chat_id"]), call["error_code"]) for call in edits] == [
        (phone.person, 500),
        (phone.person, 500),
        (phone.person, None),
    ]


async def test_who_blocks_the_bot_can_come_back(get_phone: GetPhone) -> None:
    phone = await get_phone("kk")
    await phone.start()
    await phone.shows(HOME)
    await phone.tap(LABELS.urgent)
    await phone.shows(URGENT)
    await phone.button("Chat menu").click()
    await phone.element.get_by_role("menuitem", name="Block the bot").click()
    await expect(phone.field).to_be_hidden()
    await expect(phone.element.locator(".chat-state")).to_have_text("blocked")
    await phone.button("Unblock").click()
    await phone.say("102")
    await phone.shows(URGENT, typed=True)


async def test_a_deleted_chat_begins_anew(get_phone: GetPhone) -> None:
    phone = await get_phone("en")
    await phone.start()
    await phone.shows(HOME)
    await phone.button("Chat menu").click()
    await phone.element.get_by_role("menuitem", name="Delete chat").click()
    await phone.button("Delete").click()
    await expect(phone.messages).to_have_count(0)
    await phone.start()
    await phone.shows(HOME)


async def test_the_page_may_reach_nothing_but_itself(browser: Browser, demo: Demo) -> None:
    """The browser forbids it, and the watch over all other tests notices every attempt."""
    context = await browser.new_context()
    watch = Watch(context, demo.origin)
    await watch.begin()
    page = await context.new_page()
    answer = await page.goto(demo.url)
    assert answer is not None
    assert "default-src 'none'" in answer.headers["content-security-policy"]
    await page.locator('html[data-ready="1"]').wait_for()
    assert await watch.troubles() == []
    refused = await page.evaluate("(address) => fetch(address).then(() => false, () => true)", STRANGER)
    assert refused
    await page.evaluate(
        """(address) => {
        document.body.append(Object.assign(document.createElement("img"), { src: `${address}picture` }));
        document.body.append(Object.assign(document.createElement("script"), { textContent: "window.ran = true" }));
        console.error("spoken aloud");
        setTimeout(() => { throw new Error("thrown aside"); });
    }""",
        STRANGER,
    )
    await page.wait_for_timeout(100)
    found = "\n".join(await watch.troubles())
    for trouble in (
        "connect-src",
        "img-src",
        "script-src",
        "spoken aloud",
        "uncaught: thrown aside",
        f"else: {STRANGER}picture",
    ):
        assert trouble in found
    assert await page.evaluate("window.ran") is None
    await context.close()
