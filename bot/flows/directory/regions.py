"""The 20 regions of Kazakhstan: codes, names, and the order in which each language lists them."""

import re
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from bot.flows.directory.contacts import Words

ALPHABET = "аәбвгғдеёжзийкқлмнңоөпрстуұүфхһцчшщъыіьэюя"
"""The Kazakh letters in their order, with the Russian ones in theirs; that of their codes puts Қ, Ө and І behind Я."""

_RANK = {letter: rank for rank, letter in enumerate(ALPHABET)}

_GENERAL = re.compile(r"^(?:область|город)\s+|\s+(?:облысы|қаласы|область|region|city)$")


@dataclass(frozen=True, slots=True)
class Region:
    """A region, or one of the three cities of its rank. `code` is ISO 3166-2; `centre` its main town, in degrees."""

    code: str
    name: Words
    centre: Words
    latitude: float
    longitude: float


@cache
def regions() -> tuple[Region, ...]:
    """All regions in the order of their codes."""
    parsed = tomllib.loads((Path(__file__).parent / "regions.toml").read_text(encoding="utf-8"))
    return tuple(
        Region(**{**table, "name": Words(**table["name"]), "centre": Words(**table["centre"])})
        for table in parsed["region"]
    )


def in_order(found: Iterable[Region], language: str) -> tuple[Region, ...]:
    """Regions as somebody looks for them: by the name itself (without "region" or "city"), in her alphabet."""
    return tuple(sorted(found, key=lambda region: collation_key(region.name.say(language))))


def collation_key(name: str) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """What names are sorted by: first without the general word, then whole. Spaces and Latin letters come first."""
    whole = name.casefold()
    return _ranks(_GENERAL.sub("", whole)), _ranks(whole)


def _ranks(text: str) -> tuple[int, ...]:
    return tuple(_RANK.get(letter, ord(letter) - 0x110000) for letter in text)
