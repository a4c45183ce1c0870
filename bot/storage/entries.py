"""The sealed entries, one per chat: how each is found, written, moved to a new day's key and taken away.

Everything here happens inside a transaction that somebody else begins and commits. Keys are looked up only after the
transaction holds its lock: a key is destroyed under the exclusive lock, so nobody can seal with a key that is going.
"""

import secrets
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import reduce
from typing import Any

from sqlalchemy import BindParameter, Connection, Row, bindparam, delete, exists, select, text
from sqlalchemy.dialects import postgresql, sqlite

from bot.domain.routing import Routing
from bot.storage.keys import DayKey, KeyFolder, Random, day_of
from bot.storage.packing import pack, unpack
from bot.storage.sealing import Unreadable, lookup, seal, unseal
from bot.storage.tables import routing

PURPOSE = "routing"
SEALED = "routing.sealed"
AT_ONCE = 100
"""So many rows are re-sealed in one transaction, so that nobody waits long for it."""

_LOOKUPS: BindParameter[Sequence[bytes]] = bindparam("lookups", expanding=True)
_DAYS: BindParameter[Sequence[int]] = bindparam("days", expanding=True)
_NOW: BindParameter[int] = bindparam("now")
_LIMIT: BindParameter[int] = bindparam("at_most")
_TODAY: BindParameter[int] = bindparam("today")
_ROW = (routing.c.lookup, routing.c.key_day, routing.c.sealed, routing.c.due)
_FIND = select(*_ROW).where(routing.c.lookup.in_(_LOOKUPS))
_DELETE = delete(routing).where(routing.c.lookup.in_(_LOOKUPS))
_DELETE_SAME = delete(routing).where(routing.c.lookup == bindparam("row"), routing.c.sealed == bindparam("as_read"))
_DUE = (
    select(*_ROW)
    .where(routing.c.due <= _NOW, routing.c.key_day.in_(_DAYS))
    .order_by(routing.c.due, routing.c.lookup)
    .limit(_LIMIT)
)
_ANY_OLD = select(exists().where(routing.c.key_day != _TODAY))
_OLD = select(*_ROW).where(routing.c.key_day != _TODAY, routing.c.key_day.in_(_DAYS)).limit(_LIMIT)
_DELETE_DEAD = delete(routing).where(
    routing.c.key_day.not_in(_DAYS), ~routing.c.key_day.between(_TODAY - 1, _TODAY + 1)
)
_ANY_OF_DAY = select(exists().where(routing.c.key_day == bindparam("day")))
_VALUES: dict[str, BindParameter[Any]] = {
    "key_day": bindparam("key_day"),
    "sealed": bindparam("sealed"),
    "due": bindparam("due"),
}
_PUT = {
    "sqlite": sqlite.insert(routing)
    .values(lookup=bindparam("lookup"), **_VALUES)
    .on_conflict_do_update(index_elements=[routing.c.lookup], set_=_VALUES),
    "postgresql": postgresql.insert(routing)
    .values(lookup=bindparam("lookup"), **_VALUES)
    .on_conflict_do_update(index_elements=[routing.c.lookup], set_=_VALUES),
}
_LOCK = {mode: text(f"LOCK TABLE routing IN {mode} MODE") for mode in ("ROW EXCLUSIVE", "SHARE ROW EXCLUSIVE")}
_LOCK_PEOPLE = text("SELECT pg_advisory_xact_lock(person) FROM unnest(CAST(:people AS bigint[])) AS person")

Person = tuple[int, int]
"""A chat that a transaction is about, and the moment in seconds since 1970."""

Found = Row[bytes, int, bytes, int]


@dataclass(frozen=True, slots=True)
class Rolled:
    """What one step of rolling did: rows re-sealed, rows dropped as unreadable, and whether more may be left."""

    moved: int
    dropped: int
    more: bool


class Entries:
    """The `routing` table through the eyes of somebody who holds the keys."""

    def __init__(self, keys: KeyFolder, dialect: str, random: Random = secrets.token_bytes) -> None:
        """`dialect` is `sqlite` or `postgresql`."""
        self._keys = keys
        self._random = random
        self._put = _PUT[dialect]
        self._locks_rows = dialect == "postgresql"

    def lock(self, connection: Connection, people: Sequence[Person]) -> None:
        """To be done first in a writing transaction: until its end nobody else decides about these people.

        SQLite has locked everybody already (BEGIN IMMEDIATE). PostgreSQL locks the lookups, under all living keys,
        because other processes may see midnight earlier or later; in one order, so that no two wait for each other.
        """
        if not self._locks_rows:
            return
        connection.execute(_LOCK["ROW EXCLUSIVE"])
        for moment in {now for _, now in people}:
            self._keys.of_today(moment)  # the first entry of a day must have something to be locked by
        keys = self._keys.living()
        rows = [row for chat in {chat for chat, _ in people} for row in _lookups(keys, chat)]
        connection.execute(
            _LOCK_PEOPLE, {"people": sorted(int.from_bytes(row[:8], "big", signed=True) for row in rows)}
        )

    def lock_alone(self, connection: Connection) -> None:
        """As `lock`, but no other transaction may write until this one ends."""
        if self._locks_rows:
            connection.execute(_LOCK["SHARE ROW EXCLUSIVE"])

    def find(self, connection: Connection, chat: int) -> tuple[Routing | None, int]:
        """The entry of a chat under any living key, and how many of its rows are unreadable."""
        keys = self._keys.living()
        while True:
            rows = connection.execute(_FIND, {"lookups": _lookups(keys, chat)}).all()
            latest = keys if rows else self._keys.living()
            if latest == keys:
                break
            keys = latest  # its row may just have been moved to a key that was made after we looked
        found, unreadable = _opened(rows, keys)
        return (reduce(_joined, found) if found else None), len(unreadable)

    def keep(self, connection: Connection, entry: Routing, due: int, now: int) -> None:
        """Writes the entry under today's key, and takes away what stood under others.

        Raises:
            ValueError: the entry holds something that cannot be written.
        """
        if due.bit_length() > 63:
            raise ValueError("due is wider than 64 bits")
        today = self._keys.of_today(now)
        others = _lookups((key for key in self._keys.living() if key.day != today.day), entry.chat)
        if others:
            connection.execute(_DELETE, {"lookups": others})
        self._write(connection, today, entry, due)

    def forget(self, connection: Connection, chat: int) -> None:
        """Takes the entry away, under whatever key it stands."""
        connection.execute(_DELETE, {"lookups": _lookups(self._keys.living(), chat)})

    def due(self, connection: Connection, now: int, limit: int) -> tuple[list[Routing], list[Found]]:
        """The most overdue entries, at most `limit` rows of them, and those of these rows that are unreadable."""
        keys = self._keys.living()
        values = {"now": now, "days": [key.day for key in keys], "at_most": limit}
        return _opened(connection.execute(_DUE, values).all(), keys)

    def drop(self, connection: Connection, rows: Iterable[Found]) -> None:
        """Takes these rows away, unless they were written anew since they were read."""
        for row in rows:
            connection.execute(_DELETE_SAME, {"row": row.lookup, "as_read": row.sealed})

    def check_keys(self) -> None:
        """Raises `KeysUnavailable` when the key folder cannot be read."""
        self._keys.living()

    def must_roll(self, connection: Connection, now: int) -> bool:
        """Whether rolling would find anything to do."""
        today = day_of(now)
        return bool(self._keys.finished(now) or connection.execute(_ANY_OLD, {"today": today}).scalar())

    def roll(self, connection: Connection, now: int) -> Rolled:
        """Moves some rows to today's key. Rows whose key has been gone for long are dropped, damaged ones too."""
        self.lock_alone(connection)
        today = self._keys.of_today(now)
        days = [key.day for key in self._keys.living()]
        dead = connection.execute(_DELETE_DEAD, {"days": days, "today": today.day}).rowcount
        rows = connection.execute(_OLD, {"days": days, "today": today.day, "at_most": AT_ONCE}).all()
        if rows:
            connection.execute(_DELETE, {"lookups": [row.lookup for row in rows]})
        moved = sum(1 for row in rows if self._move(connection, row, today))
        return Rolled(moved, dead + len(rows) - moved, len(rows) == AT_ONCE)

    def destroy_keys(self, connection: Connection, now: int) -> None:
        """Destroys the keys that are past their time and that no row uses any more."""
        self.lock_alone(connection)
        for day in self._keys.finished(now):
            if not connection.execute(_ANY_OF_DAY, {"day": day}).scalar():
                self._keys.destroy(day)

    def _move(self, connection: Connection, row: Found, today: DayKey) -> bool:
        """Writes a row anew under today's key, unless it cannot be read."""
        found, _ = _opened([row], self._keys.living())
        if not found:
            return False
        entry, due = found[0], row.due
        for there in connection.execute(_FIND, {"lookups": _lookups([today], entry.chat)}).all():
            entry = reduce(_joined, _opened([there], [today])[0], entry)
            due = min(due, there.due)
        self._write(connection, today, entry, due)
        return True

    def _write(self, connection: Connection, key: DayKey, entry: Routing, due: int) -> None:
        row = lookup(key, PURPOSE, entry.chat)
        sealed = seal(key, SEALED, row, pack(entry), self._random)
        connection.execute(self._put, {"lookup": row, "key_day": key.day, "sealed": sealed, "due": due})


def _opened(rows: Iterable[Found], keys: Iterable[DayKey]) -> tuple[list[Routing], list[Found]]:
    """The entries in these rows, and the rows that cannot be read."""
    of_day = {key.day: key for key in keys}
    found: list[Routing] = []
    unreadable: list[Found] = []
    for row in rows:
        try:
            found.append(unpack(unseal(of_day[row.key_day], SEALED, row.lookup, row.sealed)))
        except (Unreadable, KeyError):
            unreadable.append(row)
    return found, unreadable


def _lookups(keys: Iterable[DayKey], chat: int) -> list[bytes]:
    return [lookup(key, PURPOSE, chat) for key in keys]


def _joined(one: Routing, other: Routing) -> Routing:
    """One entry out of two of the same chat (a key was out of reach for a while): no message to delete gets lost."""
    newer, older = (one, other) if one.seen_at >= other.seen_at else (other, one)
    for message in older.messages:
        newer = newer.track(message.message_id, message.sent_at)
    return newer
