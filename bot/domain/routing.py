"""Which messages in a person's chat we may still have to delete, and until when we remember where that chat is.

This is the only thing that reading leaves behind on the server: one sealed, expiring entry per chat (promises P2 and
P5). Times are whole seconds since 1970, UTC.
"""

from dataclasses import dataclass, replace
from itertools import pairwise

DELETABLE_FOR = 48 * 3600
"""Telegram lets a bot delete messages of a private chat only within 48 hours of sending (Bot API, deleteMessages)."""

SAFETY_MARGIN = 2 * 3600
"""We never plan a deletion in the last two hours of that window."""

REMEMBER_SEEN_EVERY = 5 * 60
"""How stale the remembered moment of her last action may be; a press inside this time writes nothing."""

GAP_AT_MOST = 300
"""How many message ids that we do not know are tried as well when a chat is cleaned."""

DOUBT_REACHES = 3000
"""How many more are tried after a message that came twice: its first answer may stand there, unknown to us."""

AROUND_AT_MOST = 100
"""How many ids are tried around a message when nothing is remembered: one call (Bot API, deleteMessages)."""

TRACKED_AT_MOST = 3000
"""Messages remembered of one chat. Nobody writes so many in two days, and a flood must not make itself dearer."""


@dataclass(frozen=True, slots=True)
class Tracked:
    """One message in her chat, hers or ours: its id and when it was sent."""

    message_id: int
    sent_at: int


@dataclass(frozen=True, slots=True)
class Routing:
    """What we remember about one chat. `chat` is Telegram's id: it exists in memory and, sealed, in the store.

    `messages` is ordered by id, without repeats. `away` tells that something she wrote arrived too late to be answered.
    `doubt` is the first message of hers that came to us a second time, because the program stopped in the middle;
    `certain` is our next message that we know of: between the two an answer may stand whose id we never learned.
    `left` is set while an exit waits for Telegram: all messages up to that id are to be deleted as soon as possible.
    `waiting` are messages of hers whose answer is not known to be sent: only those are answered when they come again.
    Of a stranger it is also the screen that she pressed, until that is known to show what she asked for.
    """

    chat: int
    language: str
    seen_at: int
    messages: tuple[Tracked, ...] = ()
    away: bool = False
    doubt: int | None = None
    certain: int | None = None
    left: int | None = None
    waiting: tuple[int, ...] = ()

    @property
    def is_closed(self) -> bool:
        """Whether she left and has done nothing since: whoever comes now is a stranger."""
        return self.left is not None and all(m.message_id <= self.left for m in self.messages)

    def knows(self, message_id: int) -> bool:
        """Whether that message is one we track."""
        return any(tracked.message_id == message_id for tracked in self.messages)

    def track(self, message_id: int, sent_at: int) -> "Routing":
        """The entry with one more message to clean up; of one that is already there the date known first stays.

        Beyond `TRACKED_AT_MOST` the oldest is forgotten.
        """
        if self.knows(message_id):
            return self
        kept = sorted((*self.messages, Tracked(message_id, sent_at)), key=lambda tracked: tracked.message_id)
        return replace(self, messages=tuple(kept[-TRACKED_AT_MOST:]))

    def receive(self, message_id: int, sent_at: int) -> "Routing":
        """The entry with one more message of hers; one that is here already came twice."""
        if not self.knows(message_id):
            return replace(self.track(message_id, sent_at), waiting=(*self.waiting, message_id))
        return replace(self, doubt=message_id if self.doubt is None else self.doubt, certain=None)

    def has_answered(self, message_id: int) -> bool:
        """Whether that message of hers came before and its answer is known to be sent."""
        return self.knows(message_id) and message_id not in self.waiting

    def answered(self, messages: tuple[Tracked, ...], to: int | None = None) -> "Routing":
        """The entry with messages of ours that went out, in answer `to` a message of hers when that is all of it.

        What stands before them is no longer in doubt.
        """
        kept = replace(self, waiting=tuple(i for i in self.waiting if i != to))
        for message in messages:
            kept = kept.track(message.message_id, message.sent_at)
        if messages and kept.doubt is not None and kept.certain is None:
            kept = replace(kept, certain=max(message.message_id for message in messages))
        return kept

    def untrack(self, message_ids: frozenset[int]) -> "Routing":
        """The entry without those messages."""
        return replace(
            self,
            messages=tuple(m for m in self.messages if m.message_id not in message_ids),
            waiting=tuple(i for i in self.waiting if i not in message_ids),
        )

    def seen(self, now: int) -> "Routing":
        """The entry after an action of hers; unchanged while the last one is recent enough."""
        return self if 0 <= now - self.seen_at < REMEMBER_SEEN_EVERY else replace(self, seen_at=now)

    def due_at(self, retention: int) -> int:
        """When something must be done: at once after an exit, else when the oldest message has stood for `retention`.

        An entry without messages is due `retention` seconds after her last action.
        """
        if self.left is not None and any(m.message_id <= self.left for m in self.messages):
            return 0
        oldest = min((m.sent_at for m in self.messages), default=self.seen_at)
        return oldest + _at_most(retention)

    def overdue(self, now: int, retention: int) -> tuple[int, ...]:
        """Ids of messages whose deadline has come."""
        limit, left = _at_most(retention), self.left or 0
        return tuple(m.message_id for m in self.messages if m.message_id <= left or m.sent_at + limit <= now)

    def erasable(self, now: int, also: tuple[int, ...] = ()) -> tuple[int, ...]:
        """Ids to delete when she leaves, newest first: all we know under 48 hours, `also`, and the gaps between them.

        In private chats a bot's messages share one counter, so an id that lies between two that we know may be a
        message of ours whose sending was never confirmed. Telegram skips ids that are not in the chat.
        """
        known = {m.message_id for m in self.messages if now - m.sent_at < DELETABLE_FOR} | set(also)
        unknown = _gaps(sorted(known), GAP_AT_MOST)
        if self.doubt is not None:
            newest = max(known, default=self.doubt) if self.certain is None else self.certain
            unknown |= set(range(self.doubt + 1, min(newest, self.doubt + DOUBT_REACHES) + 1))
        return tuple(sorted(known | unknown, reverse=True))


def _at_most(retention: int) -> int:
    return min(retention, DELETABLE_FOR - SAFETY_MARGIN)


def around(message_id: int) -> tuple[int, ...]:
    """Ids next to a message, for a chat of which nothing is remembered: what a crash may have left stands there."""
    first = max(1, message_id - AROUND_AT_MOST // 2)
    return tuple(range(first + AROUND_AT_MOST - 1, first - 1, -1))


def _gaps(known: list[int], most: int) -> set[int]:
    """At most `most` ids between neighbours, an equal share from each gap, then what is left over, newest gaps first.

    The low end of a gap is tried first: an answer that we do not know of came soon after what it answered.
    """
    gaps = [range(low + 1, high) for low, high in reversed(list(pairwise(known))) if high - low > 1]
    found: set[int] = set()
    while gaps and len(found) < most:
        share = max((most - len(found)) // len(gaps), 1)
        for gap in gaps:
            found.update(gap[: min(share, most - len(found))])
        gaps = [gap[share:] for gap in gaps if len(gap) > share]
    return found
