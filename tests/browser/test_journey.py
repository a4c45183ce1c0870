"""What a person meets on her phone: the numbers, a way without a voice, and a way out, in three languages."""

import asyncio
import re

import pytest
from playwright.async_api import expect

from bot.dialog.codec import Reader
from bot.dialog.engine import own_keys, pressed
from bot.dialog.model import HOME, NOTHING_TOLD, URGENT, Session
from bot.dialog.view import draw
from bot.domain.situation import Situation
from bot.flows import SHOWN_DIRECTLY
from bot.flows.directory import shipped
from bot.flows.phrases import DONE, LABELS
from bot.flows.proof import NEUTRAL_BEGINNING, TELLING
from bot.i18n import LANGUAGES, NP_
from tests.books import TODAY as BOOK
from tests.browser.conftest import AddPerson, OpenPage
from tests.browser.demo_process import Demo
from tests.browser.handset import VALUES, Handset
from tests.emulator.walking import Walk

pytestmark = pytest.mark.asyncio(loop_scope="session")

PHONES = {"kk": 1001, "ru": 1002, "en": 1003}
HELP = {"kk": "көмек", "ru": "помогите", "en": "help"}
GREETING = {"kk": "сәлем", "ru": "привет", "en": "hello"}
NUMBERS = ["102", "112", "103", "111"]
SILENT = NP_("button", "I cannot speak")
READER = Reader(BOOK, own_keys(BOOK))
AT_ONCE = 4
"""People per language who look at the screens, since the bot answers one chat about once a second."""


def first_words(text: str) -> str:
    """What somebody else may see of a message."""
    return " ".join(text.split())[:NEUTRAL_BEGINNING]


def telling(text: str) -> list[str]:
    """The words in it that would give her away."""
    return [stem for stem in TELLING if re.search(rf"(?<!\w){stem}", text.lower())]


async def test_a_person_finds_the_numbers_and_leaves(open_page: OpenPage, demo: Demo) -> None:
    """Three people at once: waiting for one chat's turn costs the others no time."""
    async with asyncio.TaskGroup() as group:
        for language, person in PHONES.items():
            phone = Handset(await open_page(), demo, person, language)
            group.create_task(_whole_journey(phone), name=language)


async def _whole_journey(phone: Handset) -> None:
    await expect(phone.element).to_have_attribute("lang", phone.language)
    await phone.start()
    await phone.shows(HOME)
    await phone.tap(LABELS.urgent)
    await phone.shows(URGENT)
    await _copy_and_card(phone)
    await _without_a_voice(phone)
    await _typed_word(phone)
    await _leave(phone)


async def _copy_and_card(phone: Handset) -> None:
    """All four numbers can be copied, and each has a card from which a phone can call."""
    assert [line.number for contact in shipped().directory().emergency() for line in contact.lines] == NUMBERS
    await expect(phone.screen.locator('.key[data-kind="copy"]')).to_have_text(NUMBERS)
    await phone.tap("102")
    await expect(phone.element.get_by_role("status")).to_have_text("Copied")
    assert await phone.page.evaluate("navigator.clipboard.readText()") == "102"
    for number in NUMBERS:
        await expect(phone.key(LABELS.card, number=number)).to_be_visible()
    before = await phone.screen.get_attribute("data-message-id")
    await phone.tap(LABELS.card, number="112")
    await expect(phone.messages.nth(-2)).to_have_attribute("data-kind", "contact")
    await expect(phone.messages.nth(-2)).to_contain_text("112")
    await expect(phone.screens).to_have_count(1)
    await phone.shows(URGENT)
    assert await phone.screen.get_attribute("data-message-id") != before
    await phone.element.get_by_role("button", name="Call 112").click()
    await expect(phone.element.get_by_role("status")).to_contain_text("112")


async def _without_a_voice(phone: Handset) -> None:
    """A way that needs no voice; another language keeps the place; back leads to the numbers."""
    await phone.tap(SILENT)
    await phone.shows("urgent.silent")
    other = next(code for code in LANGUAGES if code != phone.language)
    for code in (other, phone.language):
        await expect(phone.key(LANGUAGES[code])).to_have_attribute("lang", code)
        await phone.tap(LANGUAGES[code])
        await phone.shows("urgent.silent", language=code)
    await phone.tap(LABELS.back)
    await phone.shows(URGENT)


async def _typed_word(phone: Handset) -> None:
    """A typed word brings the numbers beneath; when that was not meant, they go and the old screen works on."""
    await phone.say(HELP[phone.language])
    await expect(phone.screens).to_have_count(2)
    await phone.shows(URGENT, typed=True)
    await phone.tap(LABELS.not_it)
    await expect(phone.screens).to_have_count(1)
    await phone.shows(URGENT)


async def _leave(phone: Handset) -> None:
    """Close leaves one neutral line, her next words begin anew, and a full stop closes too."""
    await phone.tap(LABELS.close)
    await expect(phone.messages).to_have_count(1)
    await expect(phone.messages.locator(".text")).to_have_text(phone.words(DONE))
    await expect(phone.screens).to_have_count(0)
    await phone.say(GREETING[phone.language])
    await phone.shows(HOME)
    await phone.say(".")
    await expect(phone.screens).to_have_count(0)
    await expect(phone.messages.locator(".text")).to_have_text([phone.words(DONE)])


async def test_the_list_of_chats_tells_nobody_anything(open_page: OpenPage, add_person: AddPerson, demo: Demo) -> None:
    """Every screen of the book, as somebody sees it who picks up the phone and opens the list of chats."""
    people = [(await add_person(language), language) for language in LANGUAGES for _ in range(AT_ONCE)]
    page = await open_page()
    phones = [Handset(page, demo, person, language) for person, language in people]
    for phone in phones:  # one after the other: there is only one mouse
        await phone.button("Chat list").click()
    async with asyncio.TaskGroup() as group:
        for number, phone in enumerate(phones):
            group.create_task(_previews(phone, _share(phone.language, number % AT_ONCE)))


async def _previews(phone: Handset, ways: dict[str, tuple[str, Situation]]) -> None:
    """Reads the preview after home, after each of these screens, after things that are not text, and after Close."""
    await phone.does("start")
    await _preview_is_neutral(phone, HOME)
    newest = int(await phone.screen.get_attribute("data-message-id") or 0)
    for address, (data, told) in ways.items():
        await phone.does("tap", message_id=newest, data=data, force=True)
        await _preview_is_neutral(phone, address, told)
    for kind, address in (("photo", "home.unread"), ("contact", "home.removed")):
        await phone.does("send", kind=kind)
        await _preview_is_neutral(phone, address)
    await phone.does("send", text=".")
    await expect(phone.preview).to_have_text(phone.words(DONE))
    assert telling(phone.words(DONE)) == []


async def _preview_is_neutral(phone: Handset, address: str, told: Situation = NOTHING_TOLD) -> None:
    view = draw(BOOK, Session(phone.language, address, told=told), VALUES)
    await expect(phone.preview).to_have_text(view.text)
    shown = first_words(await phone.preview.inner_text())
    assert shown
    assert telling(shown) == [], f"{address} ({phone.language}): {shown!r}"


def _share(language: str, number: int) -> dict[str, tuple[str, Situation]]:
    """Every so manieth way of the book."""
    ways = _ways(language)
    assert {HOME, *ways} == set(BOOK) - SHOWN_DIRECTLY
    return dict(list(ways.items())[number::AT_ONCE])


def _ways(language: str) -> dict[str, tuple[str, Situation]]:
    """For every screen but home, the data of a button that leads to it and what was told on the way."""
    ways: dict[str, tuple[str, Situation]] = {}
    waiting = [Session(language, HOME, asked=True)]
    for data in Walk(BOOK, language).roads:  # where only those get who have told something
        tap = READER.read(data)
        assert tap is not None
        led = pressed(BOOK, tap.session, tap.choice).session
        if led is not None and led.screen not in {HOME, *ways}:
            ways[led.screen] = (data, led.told)
            waiting.append(led)
    while waiting:
        session = waiting.pop()
        for button in draw(BOOK, session, VALUES).buttons():
            turn = pressed(BOOK, session, button.key)
            new = turn.session is not None and turn.session.screen not in {HOME, *ways}
            if button.data and turn.session and new and turn.session.language == language:
                ways[turn.session.screen] = (button.data, turn.session.told)
                waiting.append(turn.session)
    return ways
