"""Looks at an organisation's folder: which files count, which changed, and which nobody would ever read."""

import re
from collections.abc import Iterator
from pathlib import Path

from bot.flows.directory.tables import Problem
from bot.flows.directory.toml_file import LARGEST

FOLDER = "directory"
"""Where the organisation's files lie inside its configuration folder."""

MOST_FILES = 100
_SETTLED = 2_000_000_000  # nanoseconds: a file this young may be written again within one tick of its clock

_PLAIN_NAME = re.compile(r"[A-Za-z0-9_.-]+")

Stamp = tuple[int, int, int]
"""When a file was last written (nanoseconds), its size and its number: what changes when its content does."""


def listing(folder: Path) -> tuple[dict[str, Stamp], tuple[Problem, ...]] | Problem:
    """The TOML files of a folder with their stamps, and those that cannot be looked at; a missing folder is empty."""
    try:
        paths = sorted(path for path in folder.iterdir() if path.suffix == ".toml" and not path.name.startswith("."))
    except FileNotFoundError:
        return {}, ()
    except OSError as error:
        return Problem(FOLDER, "", "unreadable", f"cannot be read ({type(error).__name__}); let the bot's user read it")
    if len(paths) > MOST_FILES:
        return Problem(FOLDER, "", "too_large", f"has more than {MOST_FILES} files; put their entries together")
    stamps: dict[str, Stamp] = {}
    problems = []
    for path in paths:
        found = _stamp(path)
        if isinstance(found, Problem):
            problems.append(found)
        else:
            stamps[f"{FOLDER}/{path.name}"] = found
    if sum(size for _, size, _ in stamps.values()) > LARGEST:
        what = f"its files have more than {LARGEST} bytes together; take out what nobody needs"
        return Problem(FOLDER, "", "too_large", what)
    return stamps, tuple(problems)


def _stamp(path: Path) -> Stamp | Problem:
    if not _PLAIN_NAME.fullmatch(path.name):
        what = f"the file {path.name!a} is left out; rename it, with Latin letters, digits, hyphens or dots only"
        return Problem(FOLDER, "", "wrong_name", what)
    try:
        state = path.stat()
    except OSError as error:
        what = f"cannot be read ({type(error).__name__}); let the bot's user read it, or remove it"
        return Problem(f"{FOLDER}/{path.name}", "", "unreadable", what)
    return state.st_mtime_ns, state.st_size, state.st_ino


def young(stamps: dict[str, Stamp], now: int) -> bool:
    """Whether one of the files is so young at `now` (seconds since 1970) that its stamp may not tell a change."""
    return any(stamp[0] > now * 1_000_000_000 - _SETTLED for stamp in stamps.values())


def never_read(config: Path, own: str) -> Iterator[Problem]:
    """What lies in the configuration folder `config` and is never read, though somebody may count on it.

    `own` is the one file that counts in the folder itself. There, and in folders that are none of ours, what has `toml`
    in its name is told, in `directory` whatever does not count. What begins with a dot, like the links that some
    systems put into a folder, is left alone.
    """
    beside = f"only {own} is read here; move it into the folder {FOLDER} if it has [[entry]], or name it {own}"
    for path in _inside(config):
        if path.name == FOLDER:
            for one in _inside(path):
                if one.suffix != ".toml":
                    yield _unread(f"{FOLDER}/{one.name}", "is never read: only files ending in .toml are; rename it")
        elif path.is_dir():
            for one in _inside(path):
                if "toml" in one.name.lower():
                    yield _unread(
                        f"{path.name}/{one.name}", f"is never read: only the folder {FOLDER} is; move it there"
                    )
        elif "toml" in path.name.lower() and path.name != own:
            yield _unread(path.name, f"is never read: {beside}")


def _inside(folder: Path) -> list[Path]:
    """What lies in a folder, in order; nothing where it cannot be looked at, which reading it tells."""
    try:
        return sorted(path for path in folder.iterdir() if not path.name.startswith("."))
    except OSError:
        return []


def _unread(name: str, what: str) -> Problem:
    return Problem(ascii(name).strip("'"), "", "never_read", what)
