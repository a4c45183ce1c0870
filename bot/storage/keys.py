"""The key folder: one secret per day, kept outside the database and destroyed two days later.

Without a day's secret nothing that was sealed that day can be read again by anybody: not from a seized disk, not from
an old backup (promise P7). The folder is shared by all processes that serve one database.
"""

import os
import re
import secrets
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from bot.errors import PanaError
from bot.storage.folders import PRIVATE, make_private, sync_folder

Random = Callable[[int], bytes]
"""Gives that many unpredictable bytes, as `secrets.token_bytes` does."""

DAY = 24 * 3600
"""Seconds."""

GRACE = DAY
"""Seconds for which a key outlives its day, so that what was kept just before midnight can still be found."""

SECRET = 32
"""Bytes of the key and of the pepper."""

_EPOCH = date(1970, 1, 1).toordinal()
_NAME = re.compile(r"(\d{4}-\d{2}-\d{2})\.key(\.[0-9a-f]+\.(?:new|old))?\Z", re.ASCII)


class UnsafeKeyFolder(PanaError):
    """The key folder cannot be used, or others can read it."""

    exit_status = 2


class KeysUnavailable(Exception):
    """The key folder cannot be read or written just now."""


@dataclass(frozen=True, slots=True)
class DayKey:
    """The secret of one day: `day` counts from 1970 (UTC), `key` seals, `pepper` makes lookups; 32 bytes each."""

    day: int
    key: bytes = field(repr=False)
    pepper: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class _Seen:
    """The folder as last read: which files, told apart by inode and time of writing, and the keys in them."""

    stamps: dict[int, tuple[int, int]]
    keys: tuple[DayKey, ...]


def day_of(now: int) -> int:
    """The UTC day of a moment, counted from 1970."""
    return now // DAY


class KeyFolder:
    """The keys of one bot. Several processes and threads may use the same folder at once."""

    def __init__(self, path: Path, random: Random = secrets.token_bytes) -> None:
        """Opens the folder, and makes it when it is missing.

        Raises:
            UnsafeKeyFolder: others can read it, or it cannot be used at all.
        """
        self._path = path
        self._random = random
        self._seen = _Seen({}, ())
        try:
            make_private(path)
            status = path.stat()
            next(path.iterdir(), None)
        except OSError as error:
            raise UnsafeKeyFolder(
                f"The key folder {path} cannot be used ({error.strerror}). Let BOT_KEY_DIR name a folder that belongs "
                "to the account that runs the bot."
            ) from error
        if status.st_mode & 0o077:
            raise UnsafeKeyFolder(
                f"Other accounts of this machine can get into the key folder {path}, and with its keys a stolen "
                f"database could be read. Close it with: chmod {PRIVATE:o} {path}"
            )
        self._identity = (status.st_dev, status.st_ino)

    def living(self) -> tuple[DayKey, ...]:
        """All keys that are in the folder now, the newest day first. Reads files only when something changed.

        Raises:
            KeysUnavailable: the folder is gone or unreadable.
        """
        try:
            self._check_identity()
            stamps = self._stamps()
            seen = self._seen
            if stamps != seen.stamps:
                sync_folder(self._path)  # another process may have made a key and not come that far yet
                keys = (self._read(day) for day in sorted(stamps, reverse=True))
                seen = self._seen = _Seen(stamps, tuple(key for key in keys if key is not None))
        except OSError as error:
            raise KeysUnavailable(f"the key folder cannot be read: {error.strerror}") from error
        return seen.keys

    def of_today(self, now: int) -> DayKey:
        """The key of the day of `now`, made when it is missing; processes that make it at once all get the same one.

        Raises:
            KeysUnavailable: as `living`, or it cannot be written, or the file that is there is damaged.
        """
        day = day_of(now)
        for key in self.living():
            if key.day == day:
                return key
        try:
            self._make(day)
        except (OSError, OverflowError, ValueError) as error:
            raise KeysUnavailable(f"a key cannot be made: {type(error).__name__}") from error
        for key in self.living():
            if key.day == day:
                return key
        raise KeysUnavailable(f"the key file {_name(day)} is damaged; move it out of the key folder")

    def finished(self, now: int) -> list[int]:
        """The days that ended at least 24 hours before `now` and of which a key, whole or half destroyed, is left.

        Raises:
            KeysUnavailable: as `living`.
        """
        try:
            self._check_identity()
            names = [path.name for path in self._path.iterdir()]
        except OSError as error:
            raise KeysUnavailable(f"the key folder cannot be read: {error.strerror}") from error
        days = {day for name in names if (day := _day(name, leftovers=True)) is not None}
        return sorted(day for day in days if (day + 1) * DAY + GRACE <= now)

    def damaged(self) -> list[str]:
        """The names of key files that hold no whole key; what was sealed on those days cannot be read.

        Raises:
            KeysUnavailable: as `living`.
        """
        whole = {key.day for key in self.living()}
        return [_name(day) for day in sorted(self._seen.stamps) if day not in whole]

    def destroy(self, day: int) -> None:
        """Overwrites the key of that day and removes it; no error when it is gone already.

        It first leaves its name, so that a process that dies half-way never leaves half a key to be used.

        Raises:
            KeysUnavailable: it cannot be overwritten or removed.
        """
        try:
            with suppress(FileNotFoundError):  # another process was faster; what it left half done is finished below
                (self._path / _name(day)).rename(self._path / f"{_name(day)}.{self._random(8).hex()}.old")
            for draft in self._path.glob(f"{_name(day)}.*.new"):  # left by a process that died while making the key
                draft.unlink(missing_ok=True)
            for left in self._path.glob(f"{_name(day)}.*.old"):
                _overwrite(left, self._random(2 * SECRET))
                left.unlink(missing_ok=True)
            sync_folder(self._path)
        except OSError as error:
            raise KeysUnavailable(f"a key cannot be destroyed: {error.strerror}") from error

    def _check_identity(self) -> None:
        """A volume that went away must not look like a folder without keys: that would make strangers of everybody."""
        status = self._path.stat()
        if (status.st_dev, status.st_ino) != self._identity:
            raise KeysUnavailable("the key folder is no longer the one that the bot started with")

    def _stamps(self) -> dict[int, tuple[int, int]]:
        """The key files by day."""
        found: dict[int, tuple[int, int]] = {}
        with os.scandir(self._path) as entries:
            for entry in entries:
                day = _day(entry.name)
                if day is not None:
                    with suppress(FileNotFoundError):  # another process destroyed it a moment ago
                        written = entry.stat(follow_symlinks=False)
                        found[day] = (written.st_ino, written.st_mtime_ns)
        return found

    def _read(self, day: int) -> DayKey | None:
        """The key of a day; nothing when the file is damaged, or another process is destroying it."""
        path = self._path / _name(day)
        try:
            secret = path.read_bytes()
            path.stat()  # a key loses its name before it is overwritten: what has its name still was read whole
        except FileNotFoundError:
            return None
        return DayKey(day, secret[:SECRET], secret[SECRET:]) if len(secret) == 2 * SECRET else None

    def _make(self, day: int) -> None:
        """Puts a whole key file in place in one step, unless another process did so first."""
        final = self._path / _name(day)
        draft = self._path / f"{_name(day)}.{self._random(8).hex()}.new"
        handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600)
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(self._random(2 * SECRET))
                file.flush()
                os.fsync(file.fileno())
            os.link(draft, final)
        except FileExistsError:
            pass  # another process was first: its key is the key of the day
        finally:
            draft.unlink(missing_ok=True)
        sync_folder(self._path)


def _name(day: int) -> str:
    return f"{date.fromordinal(_EPOCH + day).isoformat()}.key"


def _day(name: str, leftovers: bool = False) -> int | None:
    """The day of a key file; of one half made or half destroyed only when `leftovers` are asked for."""
    match = _NAME.match(name)
    if match is None or (match[2] and not leftovers):
        return None
    try:
        return date.fromisoformat(match[1]).toordinal() - _EPOCH
    except ValueError:
        return None


def _overwrite(path: Path, noise: bytes) -> None:
    """Writes noise over a file in place. What a flash disk keeps elsewhere is out of our reach (docs/privacy.md)."""
    try:
        with path.open("r+b") as file:
            file.write(noise)
            file.flush()
            os.fsync(file.fileno())
    except FileNotFoundError:
        pass  # another process was faster
