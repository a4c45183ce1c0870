"""Reads a TOML file that somebody wrote by hand; whatever is in it, the answer comes soon and is never an error."""

import re
from pathlib import Path
from typing import Any

from bot.flows.directory.tables import Problem

LARGEST = 500_000
"""Bytes of a file, and of all files of a folder together: several times what the whole shipped directory has."""

LONGEST_LINE, MOST_DOTS = 10_000, 20
"""Characters of a line, and dots in it outside of words: the time that reading TOML takes grows with their square."""

_QUOTED_OR_COMMENT = re.compile(r"""\"(?:\\.|[^"\\])*\"|'[^']*'|#.*""")


def read_toml(path: Path, name: str) -> dict[str, Any] | Problem:
    """The tables of a file, or why they cannot be read. Any content whatever is a normal event."""
    import tomllib  # noqa: PLC0415 -- beside the errors that it is known to raise

    try:
        if not path.is_file():
            return Problem(name, "", "unreadable", "is not a plain file; replace it by a text file or remove it")
        with path.open("rb") as file:
            content = file.read(LARGEST + 1)
        if len(content) > LARGEST:
            return Problem(name, "", "too_large", f"is larger than {LARGEST} bytes; take out what nobody needs")
        text = content.decode("utf-8-sig")
        if (line := _endless_line(text)) is not None:
            what = f"line {line} is too long or has too many dots to be read; divide it"
            return Problem(name, "", "too_large", what)
        return tomllib.loads(text)
    except OSError as error:
        return Problem(name, "", "unreadable", f"cannot be read ({type(error).__name__}); let the bot's user read it")
    except (ValueError, RecursionError) as error:  # TOMLDecodeError, UnicodeDecodeError; very deep or very long values
        where = re.search(r"\(at .*\)", str(error)) if isinstance(error, tomllib.TOMLDecodeError) else None
        at = f" {where.group()}" if where else ""
        return Problem(
            name, "", "not_toml", f"is not TOML in UTF-8{at}; compare with the examples in docs/directory.md"
        )


def _endless_line(text: str) -> int | None:
    """The number of the first line that would take too long to read, if there is one."""
    for number, line in enumerate(text.split("\n"), 1):
        if len(line) > LONGEST_LINE:
            return number
        if line.count(".") > MOST_DOTS and _QUOTED_OR_COMMENT.sub("", line).count(".") > MOST_DOTS:
            return number
    return None
