"""One input of a person becomes an answer: decide, keep what must be kept, then say what to send.

Reading keeps nothing but the sealed list of messages to delete later (promise P5). Typed words go in and are gone when
the method returns. Deciding is pure, so that it can be done again when another program was faster (`Store.change`).
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from bot.dialog.codec import Reader, Tap
from bot.dialog.engine import EXIT_KEY, URGENT_KEY, Meaning, Turn, heard, own_keys, pressed
from bot.dialog.model import HOME, URGENT, Book, Session
from bot.dialog.view import View, draw
from bot.domain.events import CardAsked, Countable, Dismissed, Event, QuickExit
from bot.domain.routing import Routing, Tracked, around
from bot.flows.phrases import DONE, NUMBERS_ARE_IN_THE_MENU, STATIC_NUMBERS, WE_WERE_AWAY
from bot.i18n import language_from_hint, translator
from bot.services.ports import Counter, Decide, Store, T
from bot.understanding import understand

TOO_LATE = 600
"""Seconds after which an answer would surprise her: an older message gets none (promise P3)."""

STALE_SCREEN = 40 * 3600
"""Seconds after which a screen is replaced by a new one, because Telegram soon stops us from deleting it."""

BLOCKED_PAUSE = 3600
"""Seconds between attempts to delete in a chat that blocked the bot."""


@dataclass(frozen=True, slots=True)
class Show:
    """Show a screen: in place of message `at`, else as a new message; `replaces` is taken away afterwards."""

    view: View
    at: int | None = None
    replaces: int | None = None


@dataclass(frozen=True, slots=True)
class Card:
    """Send the contact card of a number."""

    number: str


@dataclass(frozen=True, slots=True)
class Line:
    """Send one neutral line without buttons."""

    text: str


@dataclass(frozen=True, slots=True)
class Erase:
    """Delete these messages of her chat; `leaving` goes before everything else."""

    message_ids: tuple[int, ...]
    leaving: bool = False


Step = Show | Card | Line | Erase
Answer = tuple[Step, ...]
Decided = tuple[Routing | None, Answer]
"""What the entry becomes, and what to say."""


@dataclass(frozen=True, slots=True)
class Moment:
    """Where and when an input came from: the chat, the message it belongs to, and Telegram's hint about language."""

    chat: int
    message_id: int
    now: int
    hint: object = None


class Conversation:
    """Answers people who read. All methods raise `Busy` when nothing could be kept; then nothing may be sent."""

    def __init__(self, store: Store, book: Callable[[], Book], retention: int, counter: Counter) -> None:
        """`book` gives the book of the moment; `retention` is in seconds: when a message is deleted at the latest."""
        self._store = store
        self._counter = counter
        self._book = book
        self._retention = retention
        self._opened = _Opened(book(), retention)

    async def press(self, moment: Moment, data: str, sent_at: int | None) -> Answer:
        """The answer to a button. `sent_at` is when its message was sent; nothing when Telegram no longer shows it."""
        opened = self._open()
        tap = opened.tap(data)

        def decide(found: Routing | None) -> tuple[Routing | None, tuple[Answer, tuple[Event, ...]]]:
            session, choice = _place(found, tap, moment)
            turn = pressed(opened.book, session, choice)
            if turn.events == (QuickExit(),):
                return found, (self._leave(found, moment, session.language), ())
            kept = _entry(found, moment, turn.session.language if turn.session else session.language)
            if sent_at is not None and moment.now - sent_at < STALE_SCREEN:
                kept = kept.track(moment.message_id, sent_at)
            kept, steps = _answered(kept, opened.steps(turn, moment, sent_at))
            return kept, (steps, turn.events)

        answer, events = await self._change(moment.chat, moment.now, decide)
        for event in events:
            if isinstance(event, Countable):
                await self._counter.count(event)
        return answer

    async def words(self, moment: Moment, text: str, sent_at: int) -> Answer:
        """The answer to typed words, which are understood here and kept nowhere."""
        opened, heard_as = self._open(), understand(text)

        def decide(found: Routing | None) -> Decided:
            language = heard_as.language or _language(found, moment)
            if heard_as.meaning is Meaning.EXIT:
                return found, self._leave(found, moment, language)
            kept = _entry(found, moment, language).receive(moment.message_id, sent_at)
            if moment.now - sent_at > TOO_LATE:
                return _too_late(kept, heard_as.meaning)
            return _answered(kept, opened.steps(heard(heard_as.meaning, language), moment, None))

        return await self._change(moment.chat, moment.now, decide)

    async def other(self, moment: Moment, sent_at: int, remove: bool) -> Answer:
        """The answer to anything that is not text; `remove` takes it out of the chat at once (contacts, places)."""
        opened = self._open()

        def decide(found: Routing | None) -> Decided:
            language = _language(found, moment)
            kept = _entry(found, moment, language).receive(moment.message_id, sent_at)
            if moment.now - sent_at > TOO_LATE:
                return _too_late(kept, Meaning.OTHER)
            shown = Show(opened.draw(Session(language, "home.removed" if remove else "home.unread")))
            return _answered(kept, (Erase((moment.message_id,)), shown) if remove else (shown,))

        return await self._change(moment.chat, moment.now, decide)

    async def sent(self, chat: int, messages: tuple[Tracked, ...], now: int) -> tuple[int, ...]:
        """Notes messages that went out. Returns ids to delete at once: she left while they were on their way."""

        def decide(found: Routing | None) -> tuple[Routing | None, tuple[int, ...]]:
            if found is None:
                return None, tuple(message.message_id for message in messages)
            return found.answered(messages), ()

        return await self._change(chat, now, decide)

    async def erased(self, chat: int, message_ids: tuple[int, ...], now: int) -> None:
        """Notes that messages are gone from the chat."""

        def decide(found: Routing | None) -> tuple[Routing | None, None]:
            kept = found.untrack(frozenset(message_ids)) if found else None
            return (None if kept and kept.is_closed and not kept.messages else kept), None

        await self._change(chat, now, decide)

    async def left(self, chat: int, erased: tuple[int, ...], now: int) -> tuple[int, ...]:
        """Forgets the chat after an exit. Returns ids that were noted meanwhile and are still there to delete.

        The entry goes only now, after the deletion: whoever pulls the plug in between loses no id (promise P2).
        """
        gone = frozenset(erased)

        def decide(found: Routing | None) -> tuple[None, tuple[int, ...]]:
            return None, tuple(m.message_id for m in found.messages if m.message_id not in gone) if found else ()

        return await self._change(chat, now, decide)

    async def leaving(self, chat: int, message_ids: tuple[int, ...], now: int) -> None:
        """Notes an exit that waits for Telegram, so that a restart takes it up again; whoever comes is a stranger."""
        left = max(message_ids)
        await self._change(chat, now, lambda found: (replace(found, left=left) if found else None, None))

    async def blocked(self, chat: int, now: int) -> None:
        """She blocked the bot: as an exit, but what stands in the chat can only be deleted when she comes back.

        So the entry is marked as left and looked at once an hour, until its messages are too old to be deleted.
        """

        def decide(found: Routing | None) -> tuple[Routing | None, None]:
            if found is None or all(now - m.sent_at >= self._retention for m in found.messages):
                return None, None
            # The moment of looking makes it a change, so that the next look comes an hour later and not at once.
            return replace(found, left=max(m.message_id for m in found.messages), seen_at=now), None

        await self._store.change(chat, now, decide, lambda _: now + BLOCKED_PAUSE)

    def is_leaving(self, data: str | None, text: str) -> bool:
        """Whether a button or typed words close the chat."""
        tap = self._open().tap(data)
        return (tap is not None and tap.choice == EXIT_KEY) or understand(text).meaning is Meaning.EXIT

    def is_pressing(self, data: str | None, text: str) -> bool:
        """Whether a button or typed words are for leaving or for the numbers."""
        tap = self._open().tap(data)
        urgent = (tap is not None and tap.choice == URGENT_KEY) or understand(text).meaning is Meaning.URGENT
        return urgent or self.is_leaving(data, text)

    def without_store(self, moment: Moment, data: str | None, text: str) -> Answer:
        """The answer while nothing can be kept: leaving and the numbers work, everything else gets the numbers."""
        tap = self._open().tap(data)
        language = tap.session.language if tap else language_from_hint(moment.hint)
        if self.is_leaving(data, text):
            return (Erase((moment.message_id,)),)
        if self.is_pressing(data, text):
            return (Show(self._open().draw(Session(language, URGENT)), at=moment.message_id if tap else None),)
        return (Line(translator(language).say(STATIC_NUMBERS)),)

    def _open(self) -> "_Opened":
        """The book of the moment; within one input it stays the same."""
        book = self._book()
        if self._opened.book is not book:
            self._opened = _Opened(book, self._retention)
        return self._opened

    async def _change(self, chat: int, now: int, decide: Decide[T]) -> T:
        return await self._store.change(chat, now, decide, lambda entry: entry.due_at(self._retention))

    def _leave(self, found: Routing | None, moment: Moment, language: str) -> Answer:
        """Deletes what is known, and says so; the door forgets when that is done.

        Where nothing is remembered (a second exit), what may stand around it goes, and no second line comes.
        """
        if found is None:
            return (Erase(around(moment.message_id), leaving=True),)
        erasable = found.erasable(moment.now, also=(moment.message_id,))
        return (Erase(erasable, leaving=True), Line(translator(language).say(DONE)))


class _Opened:
    """One book, with what reads its buttons and what draws its screens."""

    def __init__(self, book: Book, retention: int) -> None:
        self.book = book
        self._reader = Reader(book, own_keys(book))
        self._values: Mapping[str, object] = {"hours": retention // 3600}

    def tap(self, data: str | None) -> Tap | None:
        """The press that a button's data stands for, if it is one of ours."""
        return self._reader.read(data) if data is not None else None

    def draw(self, session: Session) -> View:
        """The screen of a session."""
        return draw(self.book, session, self._values)

    def steps(self, turn: Turn, moment: Moment, sent_at: int | None) -> Answer:
        """What a turn looks like in a chat; without `sent_at` a screen comes as a new message."""
        if turn.events == (Dismissed(),):
            return (Erase((moment.message_id,)),)
        if turn.session is None:
            return ()
        view = self.draw(turn.session)
        for event in turn.events:
            if isinstance(event, CardAsked):
                return (Card(event.number), Show(view, replaces=moment.message_id))
        if sent_at is None or moment.now - sent_at >= STALE_SCREEN:
            return (Show(view, replaces=moment.message_id if sent_at is not None else None),)
        return (Show(view, at=moment.message_id),)


def _place(found: Routing | None, tap: Tap | None, moment: Moment) -> tuple[Session, str]:
    """Which screen a press belongs to. Without an entry everybody is a stranger: it belongs to home."""
    if tap is None:
        return Session(_language(found, moment), HOME), ""
    if found is None or found.is_closed:
        return Session(tap.session.language, HOME), tap.choice
    return tap.session, tap.choice


def _answered(kept: Routing, steps: Answer) -> tuple[Routing, Answer]:
    """What to keep and to say; the first screen after something came too late says that we were away."""
    if not kept.away or not any(isinstance(step, Show) and step.view.session.screen != URGENT for step in steps):
        return kept, steps
    return replace(kept, away=False), tuple(
        replace(step, view=step.view.with_first_line(WE_WERE_AWAY)) if isinstance(step, Show) else step
        for step in steps
    )


def _too_late(kept: Routing, meaning: Meaning) -> Decided:
    """Nothing visible comes late, but urgent words get one neutral line ."""
    urgent = meaning is Meaning.URGENT
    steps = (Line(translator(kept.language).say(NUMBERS_ARE_IN_THE_MENU)),) if urgent else ()
    return replace(kept, away=True), steps


def _language(found: Routing | None, moment: Moment) -> str:
    """The language that she chose; for a stranger the one that Telegram hints at."""
    return language_from_hint(moment.hint) if found is None or found.is_closed else found.language


def _entry(found: Routing | None, moment: Moment, language: str) -> Routing:
    """The entry after an action of hers; a closed one begins anew, but for what is still to be deleted."""
    if found is None:
        return Routing(moment.chat, language, moment.now)
    if found.is_closed:
        return replace(found, language=language, seen_at=moment.now, away=False)
    return replace(found.seen(moment.now), language=language)
