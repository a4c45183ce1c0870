"""One phone of the demo page, used as its owner would use it."""

from dataclasses import dataclass

from playwright.async_api import Locator, Page, expect

from bot.dialog.model import Session
from bot.dialog.view import View, draw
from bot.i18n import Text, translator
from tests.books import TODAY as BOOK
from tests.browser.demo_process import Demo

VALUES = {"hours": 24}
"""What fills the placeholders of the demo's screens."""


@dataclass(frozen=True)
class Handset:
    """The phone of one person on an open page; `language` is what she reads now."""

    page: Page
    demo: Demo
    person: int
    language: str

    @property
    def element(self) -> Locator:
        """The whole phone."""
        return self.page.locator(f'section.phone[data-person="{self.person}"]')

    @property
    def messages(self) -> Locator:
        """All messages of the chat."""
        return self.element.locator(".message")

    @property
    def screens(self) -> Locator:
        """The bot's messages that have keys."""
        return self.element.locator(".message[data-keyboard]")

    @property
    def screen(self) -> Locator:
        """The newest of them."""
        return self.screens.last

    @property
    def field(self) -> Locator:
        """Where she types."""
        return self.element.get_by_role("textbox", name="Message", exact=True)

    @property
    def preview(self) -> Locator:
        """The line under the bot's name in the list of chats."""
        return self.element.locator("button.chat-row .chat-preview")

    def button(self, name: str) -> Locator:
        """One of the phone's own buttons."""
        return self.element.get_by_role("button", name=name, exact=True)

    def words(self, label: Text, **values: object) -> str:
        """A text of the bot in her language."""
        return translator(self.language).say(label, values)

    def key(self, label: Text | str, **values: object) -> Locator:
        """A key under the newest screen."""
        name = label if isinstance(label, str) else self.words(label, **values)
        return self.screen.locator(".keyboard").get_by_role("button", name=name, exact=True)

    async def start(self) -> None:
        """She presses Start."""
        await self.button("Start").click()

    async def tap(self, label: Text | str, **values: object) -> None:
        """She taps a key."""
        await self.key(label, **values).click()

    async def say(self, text: str) -> None:
        """She types and sends."""
        await self.field.fill(text)
        await self.button("Send").click()

    async def shows(self, address: str, typed: bool = False, language: str | None = None) -> None:
        """Waits until the newest screen is this one, with all its words and keys, read aloud in its language."""
        view = view_of(address, language or self.language, typed)
        await expect(self.screen.locator(".text")).to_have_text(view.text)
        await expect(self.screen.locator(".key")).to_have_text([button.words for button in view.buttons()])
        await expect(self.screen.locator(".bubble")).to_have_attribute("lang", language or self.language)

    async def does(self, action: str, **body: object) -> None:
        """Something done to this phone behind the page's back, such as `tap`."""
        answer = await self.page.request.post(self.demo.control(f"people/{self.person}/{action}"), data=body)
        assert answer.ok, await answer.text()


def view_of(address: str, language: str, typed: bool = False) -> View:
    """A screen as the bot draws it."""
    return draw(BOOK, Session(language, address, typed=typed), VALUES)
