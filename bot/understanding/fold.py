"""Brings what people type to one spelling: any case, any alphabet, with or without the Kazakh letters, with typos.

Cyrillic and Latin letters become the same few Cyrillic ones, so that «көмек», «комек», "kömek" and "komek" are one
word.
Source: `safety_content` 6 (matching advice), widened by the spellings that people use in chats.
"""

import re
import unicodedata

READ_AT_MOST = 4096
"""Characters of a message that are looked at: Telegram's own limit for a text."""

_KAZAKH = str.maketrans("ёәғқңөұүһі", "еагкноуухи")
_NOT_WORD = re.compile(r"[\W_]+")
_THRICE = re.compile(r"(.)\1{2,}")
_TWICE = re.compile(r"(.)\1+")
_SPACED = re.compile(r"(?<!\w)(?:\w[ .*_-]{1,2}){3,}\w(?!\w)")
_MASKED = re.compile(r"(?<=\w)[*@#]+(?=\w)")

_SIGNS = {
    "🔪": " нож ",
    "🗡": " нож ",
    "🔫": " пистолет ",
    "🩸": " кровь ",
    "🆘": " sos ",
    "🚨": " sos ",
    "🚪": " выход ",
}
"""Pictures that people send instead of a word."""

_LOOK_ALIKE = str.maketrans("aceopxykmtbhi", "асеорхукмтвни")
"""Latin letters that stand for the Cyrillic letter of the same shape, inside a word that is otherwise Cyrillic."""

_LATIN_PAIRS = (
    ("shch", "ш"),
    ("sch", "ш"),
    ("sh", "ш"),
    ("ch", "ч"),
    ("zh", "ж"),
    ("kh", "х"),
    ("gh", "г"),
    ("ts", "ц"),
    ("4", "ч"),
    ("6", "ш"),
)
_LATIN = str.maketrans(
    dict(zip("abcdefghijklmnopqrstuvwxyz", "абцдефгхижклмнопкрстувухиз", strict=True))
    | {"ä": "а", "á": "а", "ğ": "г", "ǵ": "г", "ı": "и", "í": "и", "ñ": "н", "ń": "н", "ö": "о", "ó": "о"}
    | {"ş": "ш", "ü": "у", "ú": "у", "ū": "у", "ý": "у", "ç": "ч", "’": "", "'": "", "ʹ": ""}
)
_SOUNDS = str.maketrans({"ы": "и", "й": "и", "э": "е", "щ": "ш", "ъ": "", "ь": "", "я": "иа", "ю": "иу"})
"""What Latin letters cannot tell apart is one letter in Cyrillic words, too."""

_SOFT = re.compile(r"[ьъ](?=[аеиоуэюя])")
"""A sign before a vowel is heard, and typed as a letter of its own."""

_LATIN_WORD = re.compile(r"[a-zäáğǵıíñńöóşüúūýç’']")
_CYRILLIC_WORD = re.compile(r"[а-яёәғқңөұүһі]")


def visible(text: str) -> str:
    """Lower case without invisible letters; pictures that mean a word become the word. Never raises."""
    plain = unicodedata.normalize("NFKC", text[:READ_AT_MOST]).casefold()
    plain = "".join(" " if (kind := unicodedata.category(c)) == "Cs" else "" if kind == "Cf" else c for c in plain)
    for sign, word in _SIGNS.items():
        plain = plain.replace(sign, word)
    return plain


def fold(text: str) -> str:
    """Lower case, Kazakh letters as they are typed on a Russian keyboard, single spaces between words."""
    return " ".join(_NOT_WORD.sub(" ", visible(text).translate(_KAZAKH)).split())


def words(text: str) -> list[str]:
    """The words of a message in their one spelling, in their order; numbers stay as they are."""
    plain = _SPACED.sub(lambda found: _NOT_WORD.sub("", found[0]), _MASKED.sub("", visible(text)))
    return [sound for one in _NOT_WORD.sub(" ", plain).split() if (sound := skeleton(one))]


def skeleton(word: str) -> str:
    """One word by its sound. A word in both alphabets is read as Cyrillic, letters by their shape."""
    if word.isdigit():
        return word
    word = _THRICE.sub(r"\1", word)
    if _CYRILLIC_WORD.search(word):
        word = word.translate(_LOOK_ALIKE)
    elif _LATIN_WORD.search(word):
        for pair, sound in _LATIN_PAIRS:
            word = word.replace(pair, sound)
        word = word.translate(_LATIN)
    return _TWICE.sub(r"\1", _SOFT.sub("и", word.translate(_KAZAKH)).translate(_SOUNDS))
