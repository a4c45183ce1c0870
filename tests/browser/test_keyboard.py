"""A whole journey without a mouse, and what a screen reader says of it."""

import re
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.async_api import Locator, expect

from bot.dialog.model import HOME, URGENT
from bot.flows.phrases import DONE, LABELS
from bot.i18n import NP_
from tests.browser.audit import measure
from tests.browser.conftest import GetPhone, OpenPage
from tests.browser.demo_process import Demo
from tests.browser.handset import Handset, view_of

pytestmark = pytest.mark.asyncio(loop_scope="session")

SILENT = NP_("button", "I cannot speak")
HEARD = Path(__file__).parent / "heard"
FURTHEST = 60
"""Presses of Tab after which a part of the page counts as out of reach."""


@dataclass(frozen=True)
class Keys:
    """The keyboard, in the hands of somebody who looks where the focus is after every press."""

    phone: Handset

    async def press(self, key: str) -> None:
        """Presses a key."""
        await self.phone.page.keyboard.press(key)

    async def look(self) -> None:
        """The focus can be seen."""
        assert await measure(self.phone.page, "focus") == []

    async def is_here(self) -> None:
        """The focus can be seen, and is still on this phone."""
        await self.look()
        assert await self.phone.element.evaluate("(phone) => phone.contains(document.activeElement)"), "focus lost"

    async def reach(self, target: Locator, key: str = "Tab") -> None:
        """Presses Tab (or another key) until the focus is there."""
        for _ in range(FURTHEST):
            if await target.evaluate("(node) => node === document.activeElement"):
                return
            await self.press(key)
            await self.look()
        raise AssertionError(f"{target} was not reached with {key}")


async def test_a_whole_journey_without_a_mouse(open_page: OpenPage, demo: Demo) -> None:
    phone = Handset(await open_page(), demo, 1001, "kk")
    keys = Keys(phone)
    await keys.reach(phone.button("Start"))
    await keys.press("Enter")
    await phone.shows(HOME)
    await expect(phone.field).to_be_focused()
    await _numbers_and_a_card(keys, phone)
    await _a_typed_word(keys, phone)
    await _commands_and_the_way_out(keys, phone)


async def _numbers_and_a_card(keys: Keys, phone: Handset) -> None:
    """The focus survives a changed message, and one that goes and comes again beneath."""
    await keys.reach(phone.key(LABELS.urgent), "Shift+Tab")
    await keys.press("Enter")
    await phone.shows(URGENT)
    await keys.is_here()
    await expect(phone.screen.locator(".key:focus")).to_have_count(1)
    await keys.reach(phone.key(LABELS.card, number="112"), "Shift+Tab")
    await keys.press("Enter")
    await expect(phone.messages.nth(-2)).to_have_attribute("data-kind", "contact")
    await expect(phone.screens).to_have_count(1)
    await phone.shows(URGENT)
    await keys.is_here()
    await keys.reach(phone.element.get_by_role("button", name="Call 112"))
    await keys.press("Enter")
    await expect(phone.element.get_by_role("status")).to_contain_text("112")
    await keys.reach(phone.key(SILENT))
    await keys.press("Space")
    await phone.shows("urgent.silent")
    await keys.is_here()
    await keys.reach(phone.key(LABELS.back))
    await keys.press("Enter")
    await phone.shows(URGENT)
    await keys.is_here()


async def _a_typed_word(keys: Keys, phone: Handset) -> None:
    """What was written is sent with Enter; its answer can be taken away again."""
    await keys.reach(phone.field)
    await phone.page.keyboard.type("көмек")
    await keys.press("Enter")
    await phone.shows(URGENT, typed=True)
    await expect(phone.field).to_be_focused()
    await keys.reach(phone.key(LABELS.not_it), "Shift+Tab")
    await keys.press("Enter")
    await expect(phone.screens).to_have_count(1)
    await keys.is_here()


async def _commands_and_the_way_out(keys: Keys, phone: Handset) -> None:
    """The list of commands leads out, and so does the key Close."""
    await keys.reach(phone.button("Commands"))
    await keys.press("Enter")
    await keys.reach(phone.element.get_by_role("button", name="/exit"), "ArrowDown")
    await keys.press("Enter")
    await expect(phone.messages.locator(".text")).to_have_text([phone.words(DONE)])
    await keys.is_here()
    await keys.reach(phone.field)
    await phone.page.keyboard.type("?")
    await keys.press("Enter")
    await phone.shows(HOME)
    await keys.reach(phone.key(LABELS.close), "Shift+Tab")
    await keys.press("Enter")
    await expect(phone.messages.locator(".text")).to_have_text([phone.words(DONE)])
    await keys.is_here()


async def test_menus_and_windows_give_the_focus_back(get_phone: GetPhone) -> None:
    phone = await get_phone("en")
    keys = Keys(phone)
    menu = phone.button("Chat menu")
    await keys.reach(menu)
    await keys.press("Enter")
    await keys.reach(phone.element.get_by_role("menuitem", name="Delete chat"), "ArrowDown")
    await keys.press("Escape")
    await expect(menu).to_be_focused()
    await keys.press("Enter")
    await keys.press("End")
    await keys.press("Enter")
    await expect(phone.button("Cancel")).to_be_focused()
    for name in ("Delete", "Cancel"):  # the window keeps the focus until it is answered
        await keys.press("Tab")
        await expect(phone.button(name)).to_be_focused()
        await keys.is_here()
    await keys.press("Escape")
    await expect(phone.element.get_by_role("alertdialog")).to_have_count(0)
    await expect(menu).to_be_focused()
    await keys.reach(phone.button("Chat list"), "Shift+Tab")
    await keys.press("Enter")
    await expect(phone.element.locator("button.chat-row")).to_be_focused()
    await keys.press("Enter")
    await expect(phone.button("Chat list")).to_be_focused()
    await keys.is_here()


async def test_what_a_screen_reader_says(get_phone: GetPhone, pytestconfig: pytest.Config) -> None:
    """Roles and names of one phone with the numbers and a card on it; to be read like a transcript."""
    phone = await get_phone("en")
    await phone.start()
    await phone.shows(HOME)
    await phone.tap(LABELS.urgent)
    await phone.shows(URGENT)
    await phone.tap(LABELS.card, number="112")
    await expect(phone.messages.nth(-2)).to_have_attribute("data-kind", "contact")
    await expect(phone.screens).to_have_count(1)
    await phone.shows(URGENT)
    await expect(phone.key("102")).to_have_accessible_description("Copies to the clipboard")
    heard = re.sub(r"\d\d:\d\d", "00:00", await phone.element.aria_snapshot()) + "\n"
    heard = heard.replace(view_of(URGENT, "en").text.split("\n")[-1], "[when it was checked]")
    known = HEARD / "numbers.en.yaml"
    if pytestconfig.getoption("rewrite"):
        known.parent.mkdir(exist_ok=True)
        known.write_text(heard, encoding="utf-8")
    assert heard == known.read_text(encoding="utf-8")


async def test_news_is_read_aloud_and_nothing_twice(get_phone: GetPhone) -> None:
    """The chat is a live log; a changed message keeps its element, so that only its new words are read."""
    phone = await get_phone("ru")
    log = phone.element.get_by_role("log", name="Conversation, Somebody")
    await expect(log).to_have_attribute("aria-live", "polite")
    await phone.start()
    await phone.shows(HOME)
    await expect(log).to_contain_text(phone.words(LABELS.close))
    for name in ("You", "Bot"):
        await expect(log.get_by_role("group", name=name, exact=True)).to_have_count(1)
    before = await phone.screen.locator(".text").element_handle()
    await phone.tap(LABELS.urgent)
    await phone.shows(URGENT)
    after = await phone.screen.locator(".text").element_handle()
    assert await phone.page.evaluate("([before, after]) => before === after", [before, after])
    await phone.tap("102")
    await expect(phone.element.get_by_role("status")).to_have_text("Copied")
