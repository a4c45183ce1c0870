"""The words people read: every sentence is written once in English and translated in `locales/`.

A text in the code is only a name for its translations; which one a person gets is decided when it is shown.
"""

import gettext
import io
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType

LANGUAGES: Mapping[str, str] = MappingProxyType({"kk": "Қазақша", "ru": "Русский", "en": "English"})
"""Languages that are complete, with their own names. The order is the order of the language buttons."""

FALLBACK = "ru"
"""Shown when Telegram gives no hint about a person's language."""

_READ_RUSSIAN = frozenset("uz ky tg uk az be tk hy ka tt ba cv ce ug mo mn os ab".split())
"""Languages of neighbours who are likelier to read Russian than English."""


@dataclass(frozen=True, slots=True)
class Text:
    """A translatable sentence: the English text, and a context where one English word needs two translations."""

    msgid: str
    context: str | None = None


@dataclass(frozen=True, slots=True)
class Words:
    """The same words in all languages, where they are data and not sentences of ours: names, towns."""

    kk: str
    ru: str
    en: str

    def say(self, language: str) -> str:
        """The words in one of `LANGUAGES`; English for anything else."""
        return {"kk": self.kk, "ru": self.ru}.get(language, self.en)


@dataclass(frozen=True, slots=True)
class Filled:
    """A sentence whose named placeholders are filled with these values, each said in the same language."""

    text: Text
    values: Mapping[str, "Said | str"]


@dataclass(frozen=True, slots=True)
class Joined:
    """Several texts after one another."""

    parts: tuple["Said", ...]
    between: str = "\n"


Said = Text | Words | Filled | Joined
"""Anything that can be said in every language."""


def N_(msgid: str) -> Text:
    """Marks an English sentence for translation."""
    return Text(msgid)


def NP_(context: str, msgid: str) -> Text:
    """Marks an English sentence for translation within a context."""
    return Text(msgid, context)


ALPHABET = "аәбвгғдеёжзийкқлмнңоөпрстуұүфхһцчшщъыіьэюя"
"""The Kazakh letters in their order, with the Russian ones in theirs; that of their codes puts Қ, Ө and І behind Я."""

_RANK = {letter: rank for rank, letter in enumerate(ALPHABET)}


def alphabetical(text: str) -> tuple[int, ...]:
    """What texts are sorted by, so that people find them. Spaces and Latin letters come first."""
    return tuple(_RANK.get(letter, ord(letter) - 0x110000) for letter in text.casefold())


def language_from_hint(hint: object) -> str:
    """The language to begin with, from Telegram's `language_code`; anything unusable counts as absent."""
    if not isinstance(hint, str):
        return FALLBACK
    code = hint.strip().lower().replace("_", "-").split("-")[0]
    if not code.isalpha():
        return FALLBACK
    if code in LANGUAGES:
        return code
    return "ru" if code in _READ_RUSSIAN else "en"


class Translator:
    """Says texts in one language. Missing values of placeholders raise KeyError: a bug, found by the catalog tests."""

    def __init__(self, language: str, catalog: gettext.NullTranslations) -> None:
        self.language = language
        self._catalog = catalog

    def say(self, said: Said, values: Mapping[str, object] = MappingProxyType({})) -> str:
        """The text in this language with its named placeholders filled; English where a translation is missing."""
        match said:
            case Text():
                return self._translate(said, values)
            case Words():
                return said.say(self.language)
            case Filled(text=text, values=inner):
                filled = {name: one if isinstance(one, str) else self.say(one, values) for name, one in inner.items()}
                return self._translate(text, {**values, **filled})
            case Joined(parts=parts, between=between):
                return between.join(self.say(part, values) for part in parts)

    def _translate(self, text: Text, values: Mapping[str, object]) -> str:
        if text.context is None:
            found = self._catalog.gettext(text.msgid)
        else:
            found = self._catalog.pgettext(text.context, text.msgid)
        return found.format_map(values) if "{" in found else found


@cache
def translator(language: str) -> Translator:
    """The translator of one of `LANGUAGES`.

    Raises:
        KeyError: for a language that is not offered.
    """
    LANGUAGES[language]
    return Translator(language, _read_catalog(_catalogs() / language / "LC_MESSAGES" / "bot.po"))


def _catalogs() -> Path:
    """The folder of catalogs: beside the package in a checkout, inside it when installed."""
    package = Path(__file__).parent
    checkout = package.parent / "locales"
    return checkout if checkout.is_dir() else package / "locales"


def _read_catalog(path: Path) -> gettext.GNUTranslations:
    # Catalogs are read as they are reviewed (.po): a compiled copy could lag behind the words that were approved.
    from babel.messages.mofile import write_mo  # noqa: PLC0415 -- only needed once per language
    from babel.messages.pofile import read_po  # noqa: PLC0415

    with path.open("rb") as file:
        catalog = read_po(file)
    compiled = io.BytesIO()
    write_mo(compiled, catalog)
    compiled.seek(0)
    return gettext.GNUTranslations(compiled)
