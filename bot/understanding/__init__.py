"""What typed words mean: a first list of words for leaving and for help, in three languages and two scripts.

Nothing typed is stored or logged; a message goes in, a meaning comes out.
"""

import re
import unicodedata
from dataclasses import dataclass

from bot.dialog.engine import Meaning
from bot.i18n import LANGUAGES
from bot.understanding.words import EXIT_MARKS, EXIT_WORDS, NOT_EXIT_WORDS, URGENT_TOGETHER, URGENT_WORDS

READ_AT_MOST = 4096
"""Characters of a message that are looked at: Telegram's own limit for a text."""

_FOLD = str.maketrans("ёәғқңөұүһі", "еагкноуухи")
_NOT_WORD = re.compile(r"[^\w]+")


@dataclass(frozen=True, slots=True)
class Heard:
    """What a message means, and the language that it asks for, if it asks for one."""

    meaning: Meaning
    language: str | None = None


def understand(text: str) -> Heard:
    """The meaning of typed words. Leaving comes before everything else, then help. Never raises."""
    text = unicodedata.normalize("NFKC", text[:READ_AT_MOST]).casefold().strip()
    if text.startswith("/") and (found := _command(text)) is not None:
        return found
    words = fold(text).split()
    different = set(words)
    if text in EXIT_MARKS or _leaves(words):
        return Heard(Meaning.EXIT)
    if any(_is_like(word, URGENT_WORDS, shortest=5) for word in different):
        return Heard(Meaning.URGENT)
    if any(together <= different for together in URGENT_TOGETHER):
        return Heard(Meaning.URGENT)
    return Heard(Meaning.OTHER)


def fold(text: str) -> str:
    """Lower case, Kazakh letters as they are typed on a Russian keyboard, single spaces between words."""
    visible = "".join(c for c in text.casefold() if unicodedata.category(c) != "Cf")
    return _NOT_WORD.sub(" ", visible.translate(_FOLD)).strip()


def _command(text: str) -> Heard | None:
    """A command that we have; others are read like any words."""
    name, _, rest = " ".join(text[1:].split()).partition(" ")
    name = name.partition("@")[0]
    if name in {"exit", "x", "close", "stop"}:
        return Heard(Meaning.EXIT)
    if name in {"urgent", "sos", "help", "102", "112", "103", "111"}:
        return Heard(Meaning.URGENT)
    if name == "language" and rest in LANGUAGES:
        return Heard(Meaning.LANGUAGE, rest)
    return Heard(Meaning.OTHER) if name == "start" else None


def _leaves(words: list[str]) -> bool:
    """Whether the whole message is one word for leaving, a slip of the finger allowed."""
    return len(words) == 1 and words[0] not in NOT_EXIT_WORDS and _is_like(words[0], EXIT_WORDS, shortest=4)


def _is_like(word: str, known: frozenset[str], shortest: int) -> bool:
    """Equal, or off by one slip in words of at least `shortest` letters, as people type in a hurry."""
    if word in known:
        return True
    if not shortest <= len(word) <= _LONGEST or word.isdigit():
        return False
    alike = {other for less in _with_one_less(word) for other in _ALIKE.get(less, ())}
    return any(other in known and len(other) >= shortest and _one_slip(word, other) for other in alike)


def _with_one_less(word: str) -> set[str]:
    """The word, and the word without one of its letters: two words that are one slip apart have one of these alike."""
    return {word} | {word[:place] + word[place + 1 :] for place in range(len(word))}


_LONGEST = max(map(len, EXIT_WORDS | URGENT_WORDS)) + 1
_ALIKE: dict[str, list[str]] = {}
for _known in sorted(EXIT_WORDS | URGENT_WORDS):
    for _less in _with_one_less(_known):
        _ALIKE.setdefault(_less, []).append(_known)


def _one_slip(word: str, other: str) -> bool:
    """Whether one letter was added, lost, changed, or swapped with its neighbour."""
    if abs(len(word) - len(other)) > 1:
        return False
    start = 0
    while start < min(len(word), len(other)) and word[start] == other[start]:
        start += 1
    a, b = word[start:], other[start:]
    return a[1:] == b or a == b[1:] or a[1:] == b[1:] or (a[:2] == b[1::-1] and a[2:] == b[2:])
