"""One input of a person becomes an answer: decide, keep what must be kept, then say what to send.

Reading keeps nothing but the sealed list of messages to delete later (promise P5). Typed words go in and are gone when
the method returns. Deciding is pure, so that it can be done again when another program was faster (`Store.change`).
"""

from collections.abc import Callable
from dataclasses import dataclass, replace

from bot.dialog.codec import Tap
from bot.dialog.engine import EXIT_KEY, URGENT_KEY, Meaning, heard, pressed
from bot.dialog.model import HOME, URGENT, Book, Session
from bot.domain.events import Countable, Event, QuickExit
from bot.domain.routing import Routing, Tracked, around
from bot.flows.phrases import DONE, NUMBERS_ARE_IN_THE_MENU, STATIC_NUMBERS, WE_WERE_AWAY
from bot.i18n import language_from_hint, translator
from bot.services.answer import Answer, Erase, Line, Show
from bot.services.opened import STALE_SCREEN, Moment, Opened
from bot.services.ports import Counter, Decide, Store, T
from bot.understanding import understand

TOO_LATE = 600
"""Seconds after which an answer would surprise her: an older message gets none (promise P3)."""

EXIT_TAKES = 5
"""Seconds after which an exit that has not come to its end is taken up by the sweep."""

BLOCKED_PAUSE = 3600
"""Seconds between attempts to delete in a chat that blocked the bot."""


Decided = tuple[Routing | None, Answer]
"""What the entry becomes, and what to say."""


@dataclass(frozen=True, slots=True)
class Forgotten:
    """What an exit found at its end: ids still to be deleted, and whether it was this exit that ended all."""

    behind: tuple[int, ...] = ()
    was_last: bool = False


class Conversation:
    """Answers people who read. All methods raise `Busy` when nothing could be kept; then nothing may be sent."""

    def __init__(self, store: Store, book: Callable[[], Book], retention: int, counter: Counter) -> None:
        """`book` gives the book of the moment; `retention` is in seconds: when a message is deleted at the latest."""
        self._store = store
        self._counter = counter
        self._book = book
        self._retention = retention
        self._opened = Opened(book(), retention)

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
            stranger = found is None or moment.message_id in found.waiting  # also when this came before and was cut off
            if sent_at is not None and moment.now - sent_at < STALE_SCREEN:
                note = kept.receive if found is None else kept.track
                kept = note(moment.message_id, moment.not_after_now(sent_at))
            kept, steps = _answered(kept, opened.steps(turn, moment, sent_at, stranger))
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
            if found is not None and found.has_answered(moment.message_id):
                return found, ()
            kept = _entry(found, moment, language).receive(moment.message_id, moment.not_after_now(sent_at))
            if moment.now - sent_at > TOO_LATE:
                return _too_late(kept, heard_as.meaning)
            return _answered(kept, opened.steps(heard(heard_as.meaning, language), moment, None))

        return await self._change(moment.chat, moment.now, decide)

    async def other(self, moment: Moment, sent_at: int, remove: bool) -> Answer:
        """The answer to anything that is not text; `remove` takes it out of the chat at once (contacts, places)."""
        opened = self._open()

        def decide(found: Routing | None) -> Decided:
            if found is not None and found.has_answered(moment.message_id):
                return found, ()
            language = _language(found, moment)
            kept = _entry(found, moment, language).receive(moment.message_id, moment.not_after_now(sent_at))
            if moment.now - sent_at > TOO_LATE:
                return _too_late(kept, Meaning.OTHER)
            shown = Show(opened.draw(Session(language, "home.removed" if remove else "home.unread")))
            return _answered(kept, (Erase((moment.message_id,)), shown) if remove else (shown,))

        return await self._change(moment.chat, moment.now, decide)

    async def sent(self, chat: int, messages: tuple[Tracked, ...], now: int, to: int | None = None) -> tuple[int, ...]:
        """Notes messages that went out, in answer `to` a message of hers when that is all of it.

        Returns ids to delete at once: she left while they were on their way.
        """

        def decide(found: Routing | None) -> tuple[Routing | None, tuple[int, ...]]:
            ids = tuple(message.message_id for message in messages)
            if found is None:
                return None, ids
            kept = found.answered(messages, to)
            if found.is_closed:
                return replace(kept, left=max(m.message_id for m in kept.messages)), ids
            return kept, ()

        return await self._change(chat, now, decide)

    async def erased(self, chat: int, message_ids: tuple[int, ...], now: int) -> None:
        """Notes that messages are gone from the chat."""

        def decide(found: Routing | None) -> tuple[Routing | None, None]:
            kept = found.untrack(frozenset(message_ids)) if found else None
            return (None if kept and kept.is_closed and not kept.messages else kept), None

        await self._change(chat, now, decide)

    async def leaving(self, chat: int, message_ids: tuple[int, ...], now: int) -> None:
        """Notes that she leaves, before anything is deleted: another replica then sends nothing more.

        Whoever comes now is a stranger. If the exit does not come to its end, the sweep of any replica takes it up.
        """

        def decide(found: Routing | None) -> tuple[Routing | None, None]:
            if found is None:
                return None, None
            return replace(found, left=max(*message_ids, *(m.message_id for m in found.messages), 0)), None

        await self._store.change(chat, now, decide, lambda _: now + EXIT_TAKES)

    async def left(self, chat: int, erased: tuple[int, ...], now: int) -> Forgotten:
        """Forgets the chat after an exit, but for what is there since she came back, perhaps at another replica.

        The entry goes only now, after the deletion: whoever pulls the plug in between loses no id (promise P2).
        """
        gone = frozenset(erased)

        def decide(found: Routing | None) -> tuple[Routing | None, Forgotten]:
            if found is None:
                return None, Forgotten()
            ids = {m.message_id for m in found.messages}
            behind = {i for i in ids - gone if found.left is None or i <= found.left}
            back = replace(found.untrack(gone | behind), left=None)
            return (back if back.messages else None), Forgotten(tuple(sorted(behind)), not back.messages)

        return await self._change(chat, now, decide)

    async def awaits(self, chat: int, message_id: int | None, now: int) -> bool:
        """Whether she is still there to get the answer to that message, or to one that is not remembered."""
        found = await self._store.find(chat, now)
        if found is None or found.is_closed:
            return False
        return message_id is None or found.knows(message_id)

    async def vanished(self, chat: int, message_id: int, now: int) -> None:
        """A stranger pressed a button of a message that is gone: nothing stays behind."""

        def decide(found: Routing | None) -> tuple[Routing | None, None]:
            kept = found.untrack(frozenset({message_id})) if found else None
            return (kept if kept and kept.messages else None), None

        await self._change(chat, now, decide)

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

    def _open(self) -> Opened:
        """The book of the moment; within one input it stays the same."""
        book = self._book()
        if self._opened.book is not book:
            self._opened = Opened(book, self._retention)
        return self._opened

    async def _change(self, chat: int, now: int, decide: Decide[T]) -> T:
        return await self._store.change(chat, now, decide, lambda entry: entry.due_at(self._retention))

    def _leave(self, found: Routing | None, moment: Moment, language: str) -> Answer:
        """Deletes what is known, and says so; the door forgets when that is done.

        Where nothing is remembered, because an exit came a second time, what may stand around her message goes, and no
        second line comes.
        """
        if found is None:
            return (Erase(around(moment.message_id), leaving=True),)
        erasable = found.erasable(moment.now, also=(moment.message_id,))
        return (Erase(erasable, leaving=True), Line(translator(language).say(DONE)))


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
