"""A phone without Telegram: applies the helpline's answers to a chat, as a person would see it.

It lets whole conversations run in milliseconds. The same journeys run over real HTTP in `tests/emulator`.
"""

from dataclasses import dataclass, field

from bot.dialog.model import Book
from bot.dialog.view import Button, View
from bot.domain.events import Countable
from bot.domain.routing import Tracked
from bot.services.answer import Answer, Card, Erase, Line, Show, Step
from bot.services.conversation import Conversation
from bot.services.opened import Moment
from bot.storage.memory import MemoryStore
from tests.books import BOOK

RETENTION = 24 * 3600


@dataclass
class Bubble:
    """One message of the chat."""

    message_id: int
    sent_at: int
    text: str
    view: View | None = None
    mine: bool = False


@dataclass
class Tally:
    """Everything that was counted, in its order."""

    said: list[Countable] = field(default_factory=list)

    async def count(self, said: Countable) -> None:
        """Notes it."""
        self.said.append(said)


@dataclass
class CorePhone:
    """One person's chat. `now` is hers to move."""

    hint: str | None = "ru"
    chat: int = 700_001
    now: int = 1_800_000_000
    store: MemoryStore = field(default_factory=MemoryStore)
    bubbles: dict[int, Bubble] = field(default_factory=dict)
    book: Book = BOOK
    tally: Tally = field(default_factory=Tally)

    def __post_init__(self) -> None:
        self.conversation = Conversation(self.store, lambda: self.book, RETENTION, self.tally)
        self._next = 10

    async def write(self, text: str, age: int = 0) -> Answer:
        """She types; `age` is how many seconds ago."""
        bubble = self._put(text, mine=True)
        bubble.sent_at -= age
        answer = await self.conversation.words(self._moment(bubble.message_id), text, self.now - age)
        await self._apply(answer)
        return answer

    async def send_thing(self, remove: bool) -> Answer:
        """She sends something that is not text."""
        bubble = self._put("[thing]", mine=True)
        answer = await self.conversation.other(self._moment(bubble.message_id), self.now, remove)
        await self._apply(answer)
        return answer

    async def tap(self, key: str, message_id: int | None = None) -> Answer:
        """She taps the button of that key, on the newest screen unless another is named."""
        bubble = self.bubbles[message_id] if message_id is not None else self.screen()
        assert bubble.view is not None
        button = next(button for button in bubble.view.buttons() if button.key == key)
        assert button.data is not None
        return await self.press(button.data, bubble.message_id)

    async def press(self, data: str, message_id: int) -> Answer:
        """She presses a button with any data."""
        sent_at = self.bubbles[message_id].sent_at if message_id in self.bubbles else None
        answer = await self.conversation.press(self._moment(message_id), data, sent_at)
        await self._apply(answer)
        return answer

    def screen(self) -> Bubble:
        """The newest message with buttons."""
        return [bubble for bubble in self.bubbles.values() if bubble.view is not None][-1]

    def buttons(self) -> list[tuple[int, Button]]:
        """All buttons that can be pressed in the chat, with their message."""
        return [
            (bubble.message_id, button)
            for bubble in self.bubbles.values()
            if bubble.view is not None
            for button in bubble.view.buttons()
            if button.data is not None
        ]

    def visible(self) -> list[str]:
        """What the chat shows, oldest first."""
        return [bubble.text for bubble in self.bubbles.values()]

    def _moment(self, message_id: int) -> Moment:
        return Moment(self.chat, message_id, self.now, self.hint)

    def _put(self, text: str, view: View | None = None, mine: bool = False) -> Bubble:
        self._next += 1
        bubble = Bubble(self._next, self.now, text, view, mine)
        self.bubbles[bubble.message_id] = bubble
        return bubble

    async def _apply(self, answer: Answer) -> None:
        leaving = [step for step in answer if isinstance(step, Erase) and step.leaving]
        sent = [tracked for step in answer for tracked in self._carry_out(step)]
        if leaving:
            await self.conversation.left(self.chat, leaving[0].message_ids, self.now)
        elif sent:
            await self.conversation.sent(self.chat, tuple(sent), self.now)

    def _carry_out(self, step: Step) -> list[Tracked]:
        match step:
            case Show(view=view, at=at) if at is not None and at in self.bubbles:
                self.bubbles[at].text, self.bubbles[at].view = view.text, view
                return []
            case Show(view=view, replaces=replaces):
                shown = self._put(view.text, view)
                self.bubbles.pop(replaces or 0, None)
                return [self._tracked(shown)]
            case Card(number=number):
                return [self._tracked(self._put(f"[card {number}]"))]
            case Line(text=text):
                return [self._tracked(self._put(text))]
            case Erase(message_ids=ids):
                for message_id in ids:
                    self.bubbles.pop(message_id, None)
                return []

    def _tracked(self, bubble: Bubble) -> Tracked:
        return Tracked(bubble.message_id, bubble.sent_at)
