"""Two programs serve one person at the same time: she must not notice, and least of all when she leaves (P2, P8)."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from dataclasses import dataclass
from itertools import cycle
from pathlib import Path
from typing import Any

import pytest

from bot.dialog.model import HOME
from bot.dialog.model import URGENT as NUMBERS
from bot.i18n import LANGUAGES, NP_, Text, translator
from bot.services.conversation import Conversation
from bot.services.counts import Forgetful
from bot.services.opened import Moment
from bot.telegram.inbound import Press, read
from tests.books import TODAY as BOOK
from tests.contract.places import Place
from tests.contract.server import server
from tests.emulator.emulator_client import Client, Emulator, client_of
from tests.emulator.living import CLOSE, DONE, URGENT, Message
from tests.emulator.replicas import Replica, replica, waiting
from tests.emulator.test_exit import TROUBLE
from tests.emulator.test_journeys import text_of

WHAT = NP_("button", "What this is")
LINE = translator("ru").say(DONE)
SENDING = {"sendMessage", "editMessageText", "sendContact"}


@dataclass
class Both:
    """Two replicas on one database, and one person between them."""

    emulator: Emulator
    client: Client
    place: Place
    one: Replica
    other: Replica
    person: int

    @property
    def messages(self) -> list[Message]:
        """What her chat shows."""
        return self.emulator.world.messages(self.person)

    def texts(self) -> list[str]:
        return [message["text"] for message in self.messages]

    async def said(self, text: str) -> Any:
        """The update of what she types."""
        self.emulator.world.send(self.person, text)
        (update,) = await waiting(self.client)
        return update

    async def tapped(self, label: Text, screen: Message | None = None) -> Any:
        """The update of a tap on the newest screen, or on one that stood there a moment ago."""
        screen = screen or [message for message in self.messages if message["buttons"]][-1]
        keys = {key["text"]: key["data"] for row in screen["buttons"] for key in row}
        data = keys[translator("ru").say(label)]
        if screen["message_id"] in {message["message_id"] for message in self.messages}:
            self.emulator.world.tap(self.person, screen["message_id"], data)
            (update,) = await waiting(self.client)
            return update
        raise AssertionError("the screen is gone")

    def trouble(self, method: str, kind: str, retry_after: int | None = None, times: int = 2) -> None:
        self.emulator.world.faults.add(
            method=method, kind=kind, times=times, chat_id=self.person, retry_after=retry_after or 1
        )

    async def quiet(self) -> None:
        """Everything that was begun comes to its end."""
        for each in (self.one, self.other):
            await asyncio.wait_for(each.helpline.victim.sending.finish(), 20)
        await asyncio.sleep(0.2)

    async def closed(self) -> None:
        """The line alone stands in her chat, and nothing was sent after it or since she left."""
        await self.quiet()
        assert self.texts() == [LINE]
        assert self.place.count() == 0
        assert self.sent()[-1] == LINE

    def sent(self) -> list[str]:
        """What was sent to her or put in place of something, oldest first."""
        calls = self.emulator.world.calls()
        return [str(call.params.get("text")) for call in calls if call.method in SENDING and call.ok]


@pytest.fixture
async def both(emulator: Emulator, tmp_path: Path) -> AsyncIterator[Both]:
    emulator.world.limits.enabled = False
    person = emulator.world.add_person("Zkq", "ru").id
    async with AsyncExitStack() as stack:
        url = stack.enter_context(server().database(migrated=True))
        client = await stack.enter_async_context(client_of(emulator.world))
        one, other = [await stack.enter_async_context(replica(emulator, tmp_path, url)) for _ in range(2)]
        yield Both(emulator, client, Place(url, tmp_path), one, other, person)


@pytest.mark.parametrize(("kind", "retry_after"), TROUBLE)
async def test_a_screen_that_one_tries_to_send_does_not_come_after_close_at_the_other(
    both: Both, kind: str, retry_after: int | None
) -> None:
    await both.one.take(await both.said("/start"))
    both.trouble("sendMessage", kind, retry_after)
    trying = asyncio.ensure_future(both.one.take(await both.said("сәлем")))
    await asyncio.sleep(0.15)
    both.emulator.world.faults.clear()
    await both.other.take(await both.said("."))
    await trying
    await both.closed()
    assert both.sent() == [text_of(HOME, "ru"), LINE], "nothing came in between, not even for a moment"


@pytest.mark.parametrize(("kind", "retry_after"), TROUBLE)
async def test_a_screen_that_one_tries_to_change_does_not_come_after_close_at_the_other(
    both: Both, kind: str, retry_after: int | None
) -> None:
    await both.one.take(await both.said("/start"))
    both.trouble("editMessageText", kind, retry_after)
    tap = await both.tapped(WHAT)
    trying = asyncio.ensure_future(both.one.take(tap))
    await asyncio.sleep(0.15)
    await both.other.take(await both.said("."))
    await trying
    await both.closed()
    assert both.sent() == [text_of(HOME, "ru"), LINE]


@pytest.mark.parametrize("label", [WHAT, URGENT])
async def test_a_tap_that_is_worked_on_after_she_left_brings_nothing_back(both: Both, label: Text) -> None:
    """Telegram brings taps and words side by side: what she did first may come last."""
    await both.one.take(await both.said("/start"))
    tap = await both.tapped(label)
    await both.other.take(await both.said("."))
    await both.one.take(tap)
    await both.closed()
    assert both.sent() == [text_of(HOME, "ru"), LINE]


@pytest.mark.parametrize("label", [WHAT, URGENT])
async def test_such_a_tap_brings_nothing_back_either_when_it_was_cut_off_before(both: Both, label: Text) -> None:
    """One replica is killed after it has decided about the tap, and before it found the screen gone."""
    await both.one.take(await both.said("/start"))
    tap = await both.tapped(label)
    await both.other.take(await both.said("."))
    press = read(tap)
    assert isinstance(press, Press)
    moment = Moment(press.chat, press.message_id, int(both.emulator.world.clock.now()), press.hint)
    await Conversation(both.place.open(), lambda: BOOK, 24 * 3600, Forgetful()).press(moment, press.data, press.sent_at)
    assert both.place.count() == 1
    await both.other.take(tap)
    await both.closed()
    await both.place.close()


async def test_a_stranger_who_presses_an_old_button_is_known_from_then_on(both: Both) -> None:
    await both.one.take(await both.said("/start"))
    both.place.execute("DELETE FROM routing")
    for turn in (both.one, both.other):
        await turn.take(await both.tapped(URGENT))
        assert both.texts() == ["/start", text_of(NUMBERS, "ru")]
    (entry,) = await both.place.open().due(2**40, 9)
    assert (len(entry.messages), entry.waiting) == (1, ())
    await both.place.close()


async def test_a_tap_and_close_at_the_same_moment_leave_nothing(both: Both) -> None:
    for _ in range(5):
        await both.one.take(await both.said("/start"))
        tap, word = await both.tapped(URGENT), await both.said(".")
        await asyncio.gather(both.one.take(tap), both.other.take(word))
        await both.quiet()
        assert both.texts() == [LINE]
        assert both.place.count() == 0


async def test_words_and_close_at_the_same_moment_leave_nothing_unknown(both: Both) -> None:
    """A word and a tap on Close: whichever comes last counts. What stands in the chat is known, and goes at the end."""
    for _ in range(5):
        await both.one.take(await both.said("/start"))
        word, tap = await both.said("сәлем"), await both.tapped(CLOSE)
        await asyncio.gather(both.one.take(word), both.other.take(tap))
        await both.quiet()
        assert set(both.texts()) <= {LINE, "сәлем", text_of(HOME, "ru")}
        await both.one.take(await both.said("."))
        await both.quiet()
        assert [text for text in both.texts() if text != LINE] == []
        assert both.place.count() == 0


async def test_leaving_twice_at_both_says_so_at_most_once(both: Both) -> None:
    for _ in range(5):
        await both.one.take(await both.said("/start"))
        tap, word = await both.tapped(CLOSE), await both.said(".")
        before = both.sent().count(LINE)
        await asyncio.gather(both.one.take(tap), both.other.take(word))
        await both.quiet()
        assert [text for text in both.texts() if text != LINE] == []
        assert both.sent().count(LINE) == before + 1
        assert both.place.count() == 0


async def test_ten_taps_alternately_at_both_end_on_the_last_one(both: Both) -> None:
    await both.one.take(await both.said("/start"))
    turns = cycle([both.other, both.one])
    for label in [WHAT, URGENT] * 5:
        back = [m for m in both.messages if m["buttons"]][-1]["text"] == text_of(NUMBERS, "ru")
        await next(turns).take(await both.tapped(NP_("button", "‹ Back") if back else label))
    (screen,) = [message for message in both.messages if message["from"] == "bot"]
    assert screen["text"] in {text_of(name, "ru") for name in (HOME, "about.what", NUMBERS)}
    await both.other.take(await both.said("."))
    await both.closed()


async def test_ten_taps_at_once_at_both_leave_one_screen_that_is_known(both: Both) -> None:
    await both.one.take(await both.said("/start"))
    taps = [await both.tapped(label) for label in [WHAT, URGENT] * 5]
    await asyncio.gather(*(turn.take(tap) for turn, tap in zip(cycle([both.one, both.other]), taps, strict=False)))
    assert len([message for message in both.messages if message["from"] == "bot"]) == 1
    await both.one.take(await both.said("."))
    await both.closed()


async def test_words_alternately_at_both_are_answered_in_order(both: Both) -> None:
    turns, spoken = cycle([both.one, both.other]), list(LANGUAGES) * 4
    for language in spoken:
        await next(turns).take(await both.said(f"/language {language}"))
    answers = [message["text"] for message in both.messages if message["from"] == "bot"]
    assert answers == [text_of(HOME, language) for language in spoken]
    await next(turns).take(await both.said("."))
    await both.quiet()
    assert both.place.count() == 0


async def test_an_update_that_comes_to_the_second_after_the_first_answered_it_is_not_answered_again(both: Both) -> None:
    """The 200 of the first got lost, or it was killed before it could say it."""
    update = await both.said("сәлем")
    for turn in (both.one, both.other, both.other, both.one):
        await turn.take(update)
    assert [message["text"] for message in both.messages] == ["сәлем", text_of(HOME, "ru")]


async def test_both_tidy_at_the_same_time(both: Both) -> None:
    world = both.emulator.world
    others = [world.add_person("Zkq", "ru").id for _ in range(30)]
    for person in others:
        world.send(person, "сәлем")
    await asyncio.gather(*(both.one.take(update) for update in await waiting(both.client)))
    later = int(world.clock.now()) + 25 * 3600
    doors = [each.helpline.victim for each in (both.one, both.other)]
    for door in doors:
        door._clock = lambda: later
    await asyncio.gather(*(door.tidy() for door in doors for _ in range(2)))
    assert [message for person in others for message in world.messages(person)] == []
    assert both.place.count() == 0
    assert await doors[0].tidy() == 0


async def test_who_comes_back_at_the_other_is_welcome(both: Both) -> None:
    """One replica still deletes when she comes back to the other: what is new stays, and is known there."""
    await both.one.take(await both.said("/start"))
    await both.one.take(await both.said("сәлем"))
    close = await both.tapped(CLOSE)
    both.trouble("deleteMessages", "500")
    leaving = asyncio.ensure_future(both.one.take(close))
    await asyncio.sleep(0.1)
    await both.other.take(await both.said("/start"))
    await leaving
    await both.quiet()
    assert [text for text in both.texts() if text != LINE] == ["/start", text_of(HOME, "ru")]
    assert both.place.count() == 1
    await both.one.take(await both.said("."))
    await both.quiet()
    assert [text for text in both.texts() if text != LINE] == []
    assert both.place.count() == 0
