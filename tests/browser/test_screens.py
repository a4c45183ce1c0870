"""Pictures of the phones for people who only want to look; written to `docs/screens` when asked with `--rewrite`."""

from pathlib import Path

import pytest
from playwright.async_api import Page, ViewportSize, expect

from bot.dialog.model import HOME, NOTHING_TOLD, URGENT
from bot.flows.phrases import DONE, LABELS
from bot.i18n import LANGUAGES, NP_
from tests.books import TODAY as BOOK
from tests.browser.conftest import OpenPage
from tests.browser.demo_process import ROOT, Demo
from tests.browser.handset import Handset, view_of

pytestmark = pytest.mark.asyncio(loop_scope="session")

SCREENS = ROOT / "docs" / "screens"
PEOPLE = {"kk": 1001, "ru": 1002, "en": 1003}
HEADER = 156
"""Pixels that the page itself takes above a phone."""

NARROW: ViewportSize = {"width": 390, "height": 844 + HEADER}
WIDE: ViewportSize = {"width": 1440, "height": 900}
README_MARGIN = 12
README_WIDTH = 3 * 392 + 2 * 40 + 2 * README_MARGIN
"""Pixels: three phones, the gaps between them, and a little around."""

README_AT_MOST = 300_000
"""Bytes, so that the first page of the project opens quickly."""

ROADS = {
    "topics": "topics.start",
    "people": "people.start",
    "region": "people.start directory.start directory.kz-75",
    "question": "topics.start check.start check.now check.who check.notice check.neck",
    "injury": "topics.start injury.start injury.hours",
    "assault": "topics.start assault.start",
    "order": "topics.start police.start order.start",
    "plan": "topics.start topics.more plan.start plan.leaving",
    "privacy": "about.what privacy.kept",
}
"""Screens that each language has a picture of, by the screens on the way from home."""

SHOWN = ("home", "urgent", *ROADS, "exit")

WIDTHS = {
    **{f"{screen}-{language}": NARROW["width"] for screen in SHOWN for language in LANGUAGES},
    "phones-light": WIDE["width"],
    "phones-dark": WIDE["width"],
    "readme": README_WIDTH,
}
"""Every picture and how wide it is, in pixels."""

PHONE_QUESTION = NP_("button", "Phone and Telegram")


@pytest.fixture
def folder(pytestconfig: pytest.Config, tmp_path: Path) -> Path:
    """Where pictures go: into the project only when that was asked for."""
    return SCREENS if pytestconfig.getoption("rewrite") else tmp_path


def width_of(path: Path) -> int:
    """The width that a PNG states in its header."""
    head = path.read_bytes()[:24]
    assert head[:8] == b"\x89PNG\r\n\x1a\n", f"{path.name} is not a PNG"
    return int.from_bytes(head[16:20], "big")


async def take(page: Page, path: Path, margin: int | None = None) -> None:
    """Takes a picture of the window, or of the three phones with so many pixels around them."""
    await page.mouse.move(0, 0)
    if margin is None:
        await page.screenshot(path=path, caret="initial")
    else:
        boxes = [await device.bounding_box() for device in await page.locator(".phone .device").all()]
        left = min(box["x"] for box in boxes if box)
        top = min(box["y"] for box in boxes if box)
        right = max(box["x"] + box["width"] for box in boxes if box)
        bottom = max(box["y"] + box["height"] for box in boxes if box)
        clip = {"x": left - margin, "y": top - margin, "width": right - left + 2 * margin, "height": 0.0}
        clip["height"] = bottom - top + 2 * margin
        await page.screenshot(path=path, caret="initial", clip=clip)  # type: ignore[arg-type]
    assert width_of(path) == WIDTHS[path.stem]


@pytest.mark.parametrize("language", LANGUAGES)
async def test_one_phone(open_page: OpenPage, demo: Demo, folder: Path, language: str) -> None:
    phone = Handset(await open_page(viewport=NARROW), demo, PEOPLE[language], language)
    await phone.page.locator("#switcher .tab").nth(list(PEOPLE).index(language)).click()
    await phone.start()
    await phone.shows(HOME)
    await take(phone.page, folder / f"home-{language}.png")
    await phone.tap(LABELS.urgent)
    await phone.shows(URGENT)
    await take(phone.page, folder / f"urgent-{language}.png")
    await phone.tap(LABELS.back)
    await _walk(phone, folder)
    await phone.tap(LABELS.close)
    await expect(phone.messages.locator(".text")).to_have_text([phone.words(DONE)])
    await take(phone.page, folder / f"exit-{language}.png")


async def _walk(phone: Handset, folder: Path) -> None:
    """Each road from home, and a picture of its last screen; the question about the phone may come on the way."""
    for name, road in ROADS.items():
        here = HOME
        for address in road.split():
            await phone.tap(_leading(here, address, phone.language))
            if BOOK.screen(address).sensitive and not BOOK.screen(here).sensitive:
                await phone.tap(LABELS.go_on)
            await phone.shows(address)
            here = address
        await take(phone.page, folder / f"{name}-{phone.language}.png")
        await phone.say("/start")
        await phone.shows(HOME)


def _leading(here: str, address: str, language: str) -> str:
    """The words of the choice that leads on; of several the last, which says least."""
    ways = BOOK.screen(here).choices
    leading = [way.name for way in ways if BOOK.resolve(way.to, NOTHING_TOLD.tell(way.tells)) == address]
    return next(button.words for button in view_of(here, language).buttons() if button.key == leading[-1])


async def test_three_phones(open_page: OpenPage, demo: Demo, folder: Path) -> None:
    """After the pictures of one phone: each chat begins anew."""
    page = await open_page(viewport=WIDE)
    kazakh, russian, english = phones = [Handset(page, demo, PEOPLE[code], code) for code in PEOPLE]
    for phone in phones:
        await phone.does("clear")
        await phone.start()
        await phone.shows(HOME)
    await russian.tap(LABELS.urgent)
    await russian.shows(URGENT)
    await english.tap(PHONE_QUESTION)
    await english.shows("phone.ask")
    await page.evaluate("document.activeElement.blur()")
    await take(page, folder / "phones-light.png")
    await take(page, folder / "readme.png", margin=README_MARGIN)
    await page.get_by_role("button", name="Dark theme").click()
    await page.evaluate("document.activeElement.blur()")
    await take(page, folder / "phones-dark.png")
    assert (folder / "readme.png").stat().st_size <= README_AT_MOST
    await kazakh.shows(HOME)


async def test_every_picture_of_the_project_is_there() -> None:
    assert {path.stem: width_of(path) for path in SCREENS.glob("*.png")} == WIDTHS
    assert (SCREENS / "readme.png").stat().st_size <= README_AT_MOST
