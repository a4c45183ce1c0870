"""Telephone numbers: how they are written, and which ones are refused because nobody ever found a source for them."""

import hashlib
import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

_SHORT = re.compile(r"[0-9]{3,5}|[0-9]{3} [0-9]{2}")
_LONG = re.compile(r"(?:\+[0-9]|8[ -]800)[0-9 -]*[0-9]")
_DIALLED = re.compile(r"\d(?:[ ()+.–-]{0,2}\d){2,}")
_GROUPS = re.compile(r"[0-9]+")
_GAP = re.compile(r"[ \u00a0\u2009\u202f().+–-]{1,3}")
_ALONE = re.compile(r"(?<![\w/=.-])[0-9]{3,4}(?![\w/=]|[-.][0-9])")
_HANDLE = re.compile(r"@\w+")
_LONGEST = 12


def is_number(text: str) -> bool:
    """Whether it is written so that it can be dialled: 3 to 5 digits, `+7 ...` or `8 800 ...`, spaces or hyphens."""
    if _SHORT.fullmatch(text):
        return True
    return bool(_LONG.fullmatch(text)) and 11 <= len(digits(text)) <= 15 and not re.search("[ -]{2}", text)


def digits(text: str) -> str:
    """The digits of a number."""
    return "".join(re.findall(r"[0-9]", text))


def said(text: str) -> Iterator[str]:
    """The digits of each number in a text that somebody could dial: three or more, however they are spaced."""
    for match in _DIALLED.finditer(text):
        yield digits(match.group())


def national(text: str) -> str:
    """The digits without the country's 7 or 8, by which two ways of writing one number are found to be the same."""
    found = digits(text)
    return found[1:] if len(found) == 11 and found[0] in "78" else found


@dataclass(frozen=True, slots=True)
class Refused:
    """Numbers that may not be shown, as fingerprints: they can be recognised, not read."""

    salt: str
    fingerprints: frozenset[str]

    def fingerprint(self, said: str) -> str:
        """What stands for a number (its national digits) or a chat address (in lower case)."""
        return hashlib.sha256((self.salt + said).encode()).hexdigest()[:16]

    def found_in(self, text: str) -> int:
        """How many refused numbers a text holds, however they are spaced."""
        return sum(self.fingerprint(said) in self.fingerprints for said in _candidates(text))


@cache
def refused() -> Refused:
    """The numbers without any source that go around."""
    parsed = tomllib.loads((Path(__file__).parent / "unverified.toml").read_text(encoding="utf-8"))
    return Refused(parsed["salt"], frozenset(one for group in parsed["refused"] for one in group["fingerprints"]))


def _candidates(text: str) -> Iterator[str]:
    """Everything in a text that could be a number: each run of neighbouring groups of digits, and short ones alone."""
    yield from (match.group().lower() for match in _HANDLE.finditer(text))
    yield from (match.group() for match in _ALONE.finditer(text))
    groups = list(_GROUPS.finditer(text))
    for first in range(len(groups)):
        joined, end = "", groups[first].start()
        for group in groups[first:]:
            if joined and not _GAP.fullmatch(text, end, group.start()):
                break
            joined, end = joined + group.group(), group.end()
            if len(joined) > _LONGEST:
                break
            if len(joined) > 4:
                yield national(joined)
