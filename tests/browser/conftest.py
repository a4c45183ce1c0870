"""Opens the demo in a real browser. Whatever a page complains about fails the test that opened it."""

import os
import shutil
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import Protocol

import pytest
import pytest_asyncio
from playwright.async_api import Browser, Page, async_playwright, expect

from tests.browser.demo_process import Demo, running_demo
from tests.browser.handset import Handset
from tests.browser.watch import Watch

PATIENCE = 15_000.0
"""Milliseconds a page may take: the bot sends to one chat at most once a second."""

_CHROMIUMS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
_ARGUMENTS = (
    "--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking "
    "--disable-component-update --disable-sync"
).split()
_NO_CHROMIUM = (
    "NO CHROMIUM WAS FOUND: THE PAGES WERE NOT TESTED. Install it (on Debian: apt install chromium), "
    "or set CHROMIUM to the program."
)


class OpenPage(Protocol):
    """Opens the demo page in a window of its own; `options` are those of Playwright's `new_context`."""

    async def __call__(self, **options: object) -> Page: ...


class AddPerson(Protocol):
    """Gives a phone to somebody new; returns her id."""

    async def __call__(self, language: str) -> int: ...


class GetPhone(Protocol):
    """A phone of a new person on a page opened for it."""

    async def __call__(self, language: str, **options: object) -> Handset: ...


@pytest.fixture(scope="session")
def chromium() -> Path:
    """The browser on this machine."""
    named = os.environ.get("CHROMIUM")
    found = next((path for name in _CHROMIUMS if (path := shutil.which(name))), None)
    if named is None and found is None:
        pytest.skip(_NO_CHROMIUM)
    return Path(named or found or "")


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def browser(chromium: Path) -> AsyncIterator[Browser]:
    """One browser for all tests; each test has windows of its own."""
    expect.set_options(timeout=PATIENCE)
    async with async_playwright() as playwright:
        launched = await playwright.chromium.launch(executable_path=chromium, args=_ARGUMENTS)
        yield launched
        await launched.close()


@pytest.fixture(scope="module")
def demo(chromium: Path) -> Iterator[Demo]:
    """A demo for each file of tests (only where there is a browser to look at it)."""
    with running_demo() as running:
        yield running


@pytest_asyncio.fixture(loop_scope="session")
async def open_page(browser: Browser, demo: Demo) -> AsyncIterator[OpenPage]:
    """Opens the page, and afterwards asserts: no complaint, nothing forbidden, nobody else called."""
    watches: list[Watch] = []
    contexts = []

    async def opened(**options: object) -> Page:
        usual: dict[str, object] = {
            "viewport": {"width": 1440, "height": 900},
            "timezone_id": "Asia/Almaty",
            "reduced_motion": "reduce",
            "permissions": ["clipboard-read", "clipboard-write"],
        }
        context = await browser.new_context(**(usual | options))  # type: ignore[arg-type]
        context.set_default_timeout(PATIENCE)
        contexts.append(context)
        watches.append(watch := Watch(context, demo.origin))
        await watch.begin()
        page = await context.new_page()
        await page.goto(demo.url)
        await page.locator('html[data-ready="1"]').wait_for()
        return page

    yield opened
    troubles = [trouble for watch in watches for trouble in await watch.troubles()]
    for context in contexts:
        await context.close()
    assert troubles == []


@pytest_asyncio.fixture(loop_scope="session")
async def add_person(browser: Browser, demo: Demo) -> AsyncIterator[AddPerson]:
    """Gives phones to new people, before the page is opened."""
    context = await browser.new_context()

    async def added(language: str) -> int:
        answer = await context.request.post(demo.control("people"), data={"name": "Somebody", "language": language})
        number: int = (await answer.json())["id"]
        return number

    yield added
    await context.close()


@pytest_asyncio.fixture(loop_scope="session")
async def get_phone(open_page: OpenPage, add_person: AddPerson, demo: Demo) -> GetPhone:
    """Adds a person and opens the page with her phone in front."""

    async def got(language: str, **options: object) -> Handset:
        person = await add_person(language)
        phone = Handset(await open_page(**options), demo, person, language)
        if await phone.page.locator("#switcher").is_visible():
            await phone.page.locator("#switcher .tab:not(:last-child)").last.click()
        await expect(phone.element).to_be_visible()
        return phone

    return got
