"""Which messages in a person's chat we may still have to delete, and until when we remember where that chat is.

This is the only thing that reading leaves behind on the server: one sealed, expiring entry per chat (promises P2 and
P5). Times are whole seconds since 1970, UTC.
"""

from dataclasses import dataclass, replace

DELETABLE_FOR = 48 * 3600
"""Telegram lets a bot delete messages of a private chat only within 48 hours of sending (Bot API, deleteMessages)."""

SAFETY_MARGIN = 2 * 3600
"""We never plan a deletion in the last two hours of that window."""

REMEMBER_SEEN_EVERY = 5 * 60
"""How stale the remembered moment of her last action may be; a press inside this time writes nothing."""

GAP_AT_MOST = 300
"""How many message ids that we do not know are tried as well when a chat is cleaned (design, section 5)."""


@dataclass(frozen=True, slots=True)
class Tracked:
    """One message in her chat, hers or ours: its id and when it was sent."""

    message_id: int
    sent_at: int


@dataclass(frozen=True, slots=True)
class Routing:
    """What we remember about one chat. `chat` is Telegram's id: it exists in memory and, sealed, in the store.

    `messages` is ordered by id, without repeats. `away` tells that something she wrote arrived too late to be answered.
    """

    chat: int
    language: str
    seen_at: int
    messages: tuple[Tracked, ...] = ()
    away: bool = False

    def knows(self, message_id: int) -> bool:
        """Whether that message is one we track."""
        return any(tracked.message_id == message_id for tracked in self.messages)

    def track(self, message_id: int, sent_at: int) -> "Routing":
        """The entry with one more message to clean up; the earlier date wins when it is already there."""
        if self.knows(message_id):
            return self
        kept = sorted((*self.messages, Tracked(message_id, sent_at)), key=lambda tracked: tracked.message_id)
        return replace(self, messages=tuple(kept))

    def untrack(self, message_ids: frozenset[int]) -> "Routing":
        """The entry without those messages."""
        return replace(self, messages=tuple(m for m in self.messages if m.message_id not in message_ids))

    def seen(self, now: int) -> "Routing":
        """The entry after an action of hers; unchanged while the last one is recent enough."""
        return self if 0 <= now - self.seen_at < REMEMBER_SEEN_EVERY else replace(self, seen_at=now)

    def due_at(self, retention: int) -> int:
        """When something must be done: the deadline of the oldest message, `retention` seconds after it was sent.

        An entry without messages is due `retention` after her last action.
        """
        limit = min(retention, DELETABLE_FOR - SAFETY_MARGIN)
        oldest = min((m.sent_at for m in self.messages), default=self.seen_at)
        return oldest + limit

    def overdue(self, now: int, retention: int) -> tuple[int, ...]:
        """Ids of messages whose deadline has come."""
        limit = min(retention, DELETABLE_FOR - SAFETY_MARGIN)
        return tuple(m.message_id for m in self.messages if m.sent_at + limit <= now)

    def erasable(self, now: int, also: tuple[int, ...] = ()) -> tuple[int, ...]:
        """Ids to delete when she leaves, newest first: all we know under 48 hours, `also`, and the gaps between them.

        In private chats a bot's messages share one counter, so an id that lies between two that we know may be a
        message of ours whose sending was never confirmed. Telegram skips ids that are not in the chat.
        """
        known = {m.message_id for m in self.messages if now - m.sent_at < DELETABLE_FOR} | set(also)
        return tuple(sorted(known | _gaps(sorted(known)), reverse=True))


def _gaps(known: list[int]) -> set[int]:
    """At most `GAP_AT_MOST` ids between neighbours, the newest gaps first."""
    found: set[int] = set()
    for later, earlier in zip(reversed(known), reversed(known[:-1]), strict=False):
        room = GAP_AT_MOST - len(found)
        if room <= 0:
            break
        found.update(range(max(earlier + 1, later - room), later))
    return found
