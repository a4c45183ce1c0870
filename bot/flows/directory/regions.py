"""The 20 regions of Kazakhstan: codes, names, and the order in which each language lists them."""

import re
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from bot.i18n import Words, alphabetical

_GENERAL = re.compile(r"^(?:область|город)\s+|\s+(?:облысы|қаласы|область|region|city)$")


@dataclass(frozen=True, slots=True)
class Region:
    """A region, or one of the three cities of its rank. `code` is ISO 3166-2; `short` fits on half a row of buttons.

    `centre` is its main town, at `latitude` and `longitude` in degrees.
    """

    code: str
    name: Words
    short: Words
    centre: Words
    latitude: float
    longitude: float


@cache
def regions() -> tuple[Region, ...]:
    """All regions in the order of their codes."""
    parsed = tomllib.loads((Path(__file__).parent / "regions.toml").read_text(encoding="utf-8"))
    return tuple(
        Region(**{**table, **{key: Words(**table[key]) for key in ("name", "short", "centre")}})
        for table in parsed["region"]
    )


def in_order(found: Iterable[Region], language: str) -> tuple[Region, ...]:
    """Regions as somebody looks for them: by the name itself (without "region" or "city"), in her alphabet."""
    return tuple(sorted(found, key=lambda region: collation_key(region.name.say(language))))


def collation_key(name: str) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """What names are sorted by: first without the general word, then whole."""
    return alphabetical(_GENERAL.sub("", name.casefold())), alphabetical(name)
