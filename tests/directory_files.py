"""Writes files as an organisation would write them: good ones, and good ones with one thing wrong."""

import json
import os
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

from bot.flows.directory import LiveDirectory
from bot.flows.directory.tables import Problem
from bot.i18n import Words

NOW = 1_800_000_000
"""A moment in January 2027, seconds since 1970."""

LEFT_OUT = object()
"""As a value: without this key."""

READ = date(2027, 1, 10)
SOURCES = [{"title": "Our call", "date": "2027-01-10"}]


def three(kk: str = "Мысал", ru: str = "Пример", en: str = "Example") -> dict[str, str]:
    return {"kk": kk, "ru": ru, "en": en}


def shown(**changes: Any) -> dict[str, Any]:
    """A contact that may be shown whole."""
    whole = {
        **_entry("our-line", "show", "line", "high"),
        "what_for": three("Кеңес.", "Совет.", "Advice."),
        "lines": [{"number": "+7 700 000 00 00", "by": "call"}],
        "hours": "Mon-Fri 09:00-18:00",
        "cost": "free",
        "languages": ["kk", "ru"],
        "informs": ["police_about_children"],
    }
    return changed(whole, changes)


def named(**changes: Any) -> dict[str, Any]:
    """A place that may only be named."""
    whole = {
        **_entry("our-place", "show_name_city_route_111", "refuge", "medium"),
        "region": "KZ-75",
        "city": three("Алматы", "Алматы", "Almaty"),
        "what_for": three("Орын.", "Место.", "A place."),
        "informs": ["police"],
    }
    return changed(whole, changes)


def held(**changes: Any) -> dict[str, Any]:
    """An entry that waits for a call."""
    whole = {
        **_entry("our-hope", "hold_until_called", "line", "low"),
        "why": "Nobody answered.",
        "to_confirm": ["+7 700 000 00 01"],
    }
    return changed(whole, changes)


def _entry(name: str, policy: str, kind: str, confidence: str) -> dict[str, Any]:
    """What every entry says, whatever its policy."""
    return {
        "id": name,
        "policy": policy,
        "kind": kind,
        "name": three(),
        "confidence": confidence,
        "read": READ,
        "sources": SOURCES,
    }


def renewed(entry: str, **changes: Any) -> dict[str, Any]:
    """An override of an entry that is there already."""
    return changed({"id": entry, "read": READ, "sources": SOURCES}, changes)


def called_150(read: date = READ) -> str:
    """A file that says when 150 answers, after a call: the line, and the office that is reached only through it."""
    caveat = three("Демалыста жауап бермейді.", "В выходные не отвечают.", "Nobody answers at weekends.")
    said = {"hours": "Mon-Fri 09:00-18:00", "caveat": caveat}
    return toml(*(renewed(one, read=read, **said) for one in ("helpline-150", "union-crisis-centres")))


def changed(whole: Mapping[str, Any], changes: Mapping[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in {**whole, **changes}.items() if value is not LEFT_OUT}


def toml(*entries: Mapping[str, Any]) -> str:
    """The text of a file with these entries."""
    lines = []
    for entry in entries:
        lines += ["[[entry]]", *(f"{json.dumps(str(key))} = {value_of(value)}" for key, value in entry.items()), ""]
    return "\n".join(lines)


def value_of(value: object) -> str:
    """One value as TOML on one line."""
    if isinstance(value, Mapping):
        return "{ " + ", ".join(f"{json.dumps(str(key))} = {value_of(one)}" for key, one in value.items()) + " }"
    if isinstance(value, list | tuple):
        return "[" + ", ".join(value_of(one) for one in value) + "]"
    if isinstance(value, str):
        return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007F")
    return value.isoformat() if isinstance(value, date) else str(value).lower()


def write(config: Path, name: str, content: str | bytes, at: float = NOW - 60) -> Path:
    """A file of the organisation's directory, last written at a moment (seconds since 1970)."""
    path = config / "directory" / name
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    os.utime(path, (at, at))
    return path


def live(config: Path | None, now: int = NOW) -> LiveDirectory:
    """The directory under an organisation's folder, read once."""
    found = LiveDirectory(config)
    found.refresh(now)
    return found


def codes(problems: tuple[Problem, ...] | list[Problem]) -> list[str]:
    return [problem.code for problem in problems]


def said(*all_words: Words | None) -> str:
    """Everything that several words say, in all languages."""
    return "\n".join(f"{words.kk}\n{words.ru}\n{words.en}" for words in all_words if words is not None)
