"""The log: one line of JSON per event, made only of fields that can hold no word and no name of anybody.

Whoever reads the log, or steals it, learns what the program did, never who wrote or what. Messages of other libraries
are reduced to their logger's name and level, because libraries put tokens, texts and ids into theirs (promise P6).
"""

import json
import logging
import math
import re
import sys
import time
import traceback
from typing import Literal, TextIO

FIELDS = frozenset(
    "kind code error count seconds attempt method status language screen verb port pending module line version".split()
)
"""The only fields that may be written."""

_PLAIN = re.compile(r"[A-Za-z0-9_.:/-]{0,60}\Z")  # no spaces: one name of a thing, never a sentence
_LONG_NUMBER = re.compile(r"\d{5}|(?:\d\D*){7}")  # also with dots or dashes in between, as phones are written

_pana = logging.getLogger("pana")

Level = Literal["debug", "info", "warning", "error"]


def event(name: str, level: Level = "info", **fields: str | int | float) -> None:
    """Writes one event. A field that is not listed is left out; a value that is not plain is written as "-"."""
    _pana.log(getattr(logging, level.upper()), name, extra={"fields": fields})


def failure(name: str, error: BaseException, **fields: str | int | float) -> None:
    """Writes an error as its class and the place in the code; its words are never written."""
    frames = traceback.extract_tb(error.__traceback__)
    place = frames[-1] if frames else None
    module = place.filename.replace("\\", "/").split("/")[-1] if place else "unknown"
    line = (place.lineno or 0) if place else 0
    event(name, "error", error=type(error).__name__, module=module, line=line, **fields)


class _AllowListed(logging.Formatter):
    def format(self, record: logging.LogRecord) -> str:
        when = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(record.created))
        line: dict[str, object] = {"time": when, "level": record.levelname.lower()}
        if record.name == "pana" and isinstance(record.msg, str):
            line["event"] = record.msg if _is_plain(record.msg) else "unnamed"
            for key, value in getattr(record, "fields", {}).items():
                if key in FIELDS:
                    line[key] = _plain(value)
        else:
            line["event"] = "library"
            line["module"] = _plain(record.name)
            if record.exc_info and record.exc_info[0]:
                line["error"] = _plain(record.exc_info[0].__name__)
        return json.dumps(line)


def _plain(value: object) -> object:
    """The value as it may be written; fractions of a second are kept to the millisecond."""
    if isinstance(value, float) and math.isfinite(value):
        value = round(value, 3)
    return value if _is_plain(value) else "-"


def _is_plain(value: object) -> bool:
    """Short plain words, and numbers too small to be somebody's id or phone."""
    if isinstance(value, int | float):
        return abs(value) < 100_000
    return isinstance(value, str) and bool(_PLAIN.match(value)) and not _LONG_NUMBER.search(value)


def start(level: str = "INFO", stream: TextIO = sys.stderr) -> None:
    """Sends every log of this process, libraries included, through the allow-list."""
    handler = logging.StreamHandler(stream)
    handler.setFormatter(_AllowListed())
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(logging.WARNING)
    for name in list(logging.root.manager.loggerDict):  # a library that set up its own way out goes through here too
        library = logging.getLogger(name)
        library.handlers.clear()
        library.propagate = True
    _pana.setLevel(level)
    logging.raiseExceptions = False  # a broken stream must not print a record's arguments
