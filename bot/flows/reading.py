"""How hard the screens are to read, in each language: said by `check`, and held to what tired people can follow.

Rules: `safety_content` section 4, rules 1 and 4. Russian: reading ease of Flesch as fitted by I. V. Oborneva (2006),
206.835 - 1.52 words a sentence - 65.14 syllables a word; English: grade of Flesch and Kincaid (1975); for Kazakh no
formula has been validated, so the length of its words stands in.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType

LONGEST_MEAN: Mapping[str, int] = MappingProxyType({"kk": 10, "ru": 11, "en": 12})
"""Words that a sentence of a screen may have on average, from three sentences on."""

_WHOLE = MappingProxyType({"kk": 7.5, "ru": 55.0, "en": 6.0})
_SCREEN = MappingProxyType({"ru": 40.0})
_MEANING = MappingProxyType(
    {"kk": "letters a word, at most 7.5", "ru": "reading ease, at least 55", "en": "school grade, at most 6"}
)
_SEVERAL, _ENOUGH, _PASSAGE = 3, 20, 100
"""Sentences from which a mean says something; words from which the formula does, of one screen and of all."""

_WORD = re.compile(r"[^\W\d_]+(?:[-'’][^\W\d_]+)*")
_END = re.compile(r"(?<=[.?!:])\s+|\n+")
_VOWELS = MappingProxyType({"ru": "аеёиоуыэюя", "en": "aeiouy"})


@dataclass(frozen=True, slots=True)
class Counted:
    """What a text is made of; sums of texts are texts."""

    sentences: int = 0
    words: int = 0
    syllables: int = 0
    letters: int = 0

    def __add__(self, other: "Counted") -> "Counted":
        return Counted(
            self.sentences + other.sentences,
            self.words + other.words,
            self.syllables + other.syllables,
            self.letters + other.letters,
        )


def counted(text: str, language: str) -> Counted:
    """The sentences with words, words, syllables and letters of a text; figures and signs are no words."""
    sentences = [words for part in _END.split(text) if (words := _WORD.findall(part))]
    words = [word for sentence in sentences for word in sentence]
    syllables = sum(_syllables(word.lower(), language) for word in words)
    return Counted(len(sentences), len(words), syllables, sum(len(word) for word in words))


def _syllables(word: str, language: str) -> int:
    """Russian has one for each vowel; English one for each group of vowels, without the silent e at the end."""
    if language == "en":
        spoken = re.sub(r"(?<=[^aeiouyl])e(s|d)?$", "", word) if re.search(r"[aeiouy].*e(s|d)?$", word) else word
        return max(1, len(re.findall("[aeiouy]+", spoken)))
    return max(1, sum(letter in _VOWELS.get(language, "") for letter in word))


def level(text: Counted, language: str) -> float:
    """How hard a text is; 0 without words. Higher is easier in Russian, harder in Kazakh and English."""
    if not text.words:
        return 0.0
    a_sentence, a_word = text.words / text.sentences, text.syllables / text.words
    if language == "ru":
        return 206.835 - 1.52 * a_sentence - 65.14 * a_word
    if language == "en":
        return 0.39 * a_sentence + 11.8 * a_word - 15.59
    return text.letters / text.words


def levels(texts: Mapping[str, Counted]) -> str:
    """One line that says how hard everything is, by language."""
    return ", ".join(f"{code} {level(text, code):.1f} ({_MEANING[code]})" for code, text in texts.items())


def too_hard(text: Counted, language: str) -> str | None:
    """What is wrong with everything that a language says taken together, if it is."""
    found = level(text, language)
    easy = found >= _WHOLE[language] if language == "ru" else found <= _WHOLE[language]
    return None if easy or text.words < _PASSAGE else f"all screens together: {found:.1f}; {_MEANING[language]}"


def hard(text: Counted, language: str) -> Iterator[str]:
    """What is wrong with one screen."""
    mean = text.words / max(text.sentences, 1)
    if text.sentences >= _SEVERAL and mean > LONGEST_MEAN[language]:
        yield f"{mean:.1f} words a sentence on average, at most {LONGEST_MEAN[language]}"
    if language in _SCREEN and text.words >= _ENOUGH and level(text, language) < _SCREEN[language]:
        yield f"reading ease {level(text, language):.0f}, at least {_SCREEN[language]:.0f}: use shorter words"
