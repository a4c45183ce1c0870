"""Reads one table of a TOML file, field by field, and collects in plain words what is wrong with it.

Nothing here raises for what somebody wrote: every mistake becomes a problem that says where it is and how to mend it.
"""

import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from difflib import get_close_matches
from enum import StrEnum
from typing import Any, TypeVar

from bot.flows.directory.contacts import By, Hours, Line, Opening, Source
from bot.flows.directory.numbers import is_number, refused
from bot.flows.directory.streets import street_in
from bot.i18n import LANGUAGES, Words

Choice = TypeVar("Choice", bound=StrEnum)
Table = Mapping[str, Any]

_EARLIEST = date(2020, 1, 1)
"""No entry was read or called before that; one that says so holds a slip of the pen."""

LONGEST_LABEL, LONGEST_NAME, LONGEST_TEXT, LONGEST_NOTE = 34, 140, 200, 300
"""Characters: a whole screen holds 350 (writing rule 2 of the safety content)."""


@dataclass(frozen=True, slots=True)
class Problem:
    """One mistake: the file, the entry's id (or nothing), a short code for the log, and what to do."""

    file: str
    entry: str
    code: str
    what: str

    def __str__(self) -> str:
        return ": ".join(part for part in (self.file, self.entry, self.what) if part)


class Reading:
    """One table being read. Each method gives a usable value, and notes a problem where the table has none."""

    def __init__(self, table: Table, file: str, entry: str = "") -> None:
        self.table = table
        self.file = file
        self.entry = entry
        self.problems: list[Problem] = []

    def refuse(self, code: str, what: str) -> None:
        """Notes one mistake."""
        self.problems.append(Problem(self.file, self.entry, code, what))

    def only(self, allowed: Iterable[str], because: str = "is not known here") -> None:
        """Every key must be one of these."""
        known = sorted(allowed)
        for key in self.table:
            if key not in known:
                near = get_close_matches(key, known, 1)
                hint = f"did you mean {near[0]}?" if near else f"use only {', '.join(known)}"
                self.refuse("unknown_key", f"{_quoted(key)} {because}; {hint}")

    def text(self, key: str, longest: int, required: bool = True) -> str:
        """One line of plain text; empty when it is left out and need not be there."""
        found = self.table.get(key)
        if found is None:
            if required:
                self.refuse("missing", f"{key} is missing; add it as a line of text")
            return ""
        what = _fault(found, longest)
        if what:
            self.refuse("wrong_text", f"{key} {what}")
            return ""
        text = str(found)
        if refused().found_in(text):
            self.refuse(
                "unverified_number", f"{key} has a number that is refused, because no source names it; remove it"
            )
        return text

    def words(self, key: str, longest: int, required: bool = True, street: bool = False) -> Words | None:
        """The same words in all languages: same digits, really translated, and no street unless that is allowed."""
        found = self.table.get(key)
        if found is None:
            if required:
                self.refuse("missing", f"{key} is missing; write it in {_all_languages()}")
            return None
        if not isinstance(found, Mapping) or set(found) != set(LANGUAGES):
            self.refuse(
                "wrong_words", f"{key} is not in exactly the languages {_all_languages()}; write it as {{ kk = … }}"
            )
            return None
        inner = Reading(found, self.file, self.entry)
        said = {language: inner.text(language, longest) for language in LANGUAGES}
        self.problems += [Problem(self.file, self.entry, one.code, f"{key}: {one.what}") for one in inner.problems]
        if inner.problems:
            return None
        self._same_facts(key, said)
        if not street and any(street_in(one) for one in said.values()):
            self.refuse(
                "street", f"{key} has what looks like a street or a house; take it out, it could lead somebody there"
            )
        return Words(**said)

    def note(self, key: str) -> str:
        """A remark for whoever looks after the directory; people in need never see it, yet it has no street either."""
        found = self.text(key, LONGEST_NOTE)
        if street_in(found):
            self.refuse("street", f"{key} has what looks like a street or a house; take it out")
        return found

    def _same_facts(self, key: str, said: Mapping[str, str]) -> None:
        if len({tuple(sorted(re.findall(r"\d+", one))) for one in said.values()}) > 1:
            self.refuse("other_digits", f"{key} has other digits in one language than in another; make them the same")

    def translated(self, key: str, words: Words | None) -> None:
        """Sentences (not names) must differ between languages."""
        if words is not None and len({words.kk, words.ru, words.en}) < len(LANGUAGES):
            self.refuse("not_translated", f"{key} says the same in two languages; translate it")

    def one_of(self, key: str, kinds: type[Choice], required: bool = True) -> Choice | None:
        """One word of a fixed list."""
        found = self.table.get(key)
        if found is None and not required:
            return None
        try:
            return kinds(str(found))
        except ValueError:
            self.refuse("wrong_choice", f"{key} is not one of: {', '.join(kinds)}")
            return None

    def several(self, key: str, allowed: Callable[[str], object], hint: str, required: bool = True) -> tuple[str, ...]:
        """A list of different lines of text, each of which must be allowed."""
        found = self.table.get(key)
        if found is None and not required:
            return ()
        if not isinstance(found, list) or len(found) > 20 or not all(isinstance(one, str) for one in found):
            self.refuse("wrong_list", f"{key} is not a list of {hint}")
            return ()
        for one in found:
            if not allowed(one) or found.count(one) > 1:
                self.refuse("wrong_choice", f"{key}: {_quoted(one)} is not one of {hint}, or stands there twice")
                return ()
        return tuple(found)

    def spoken(self, required: bool = True) -> tuple[str, ...]:
        """The languages in which somebody answers."""
        return self.several("languages", LANGUAGES.__contains__, f"the languages {_all_languages()}", required)

    def day(self, key: str) -> date:
        """A date without a time, such as 2026-11-23."""
        found = self.table.get(key)
        if isinstance(found, date) and not isinstance(found, datetime):
            if found >= _EARLIEST:
                return found
            self.refuse("wrong_day", f"{key} lies before {_EARLIEST}, when nobody could have checked it; mend it")
            return date.min
        self.refuse(
            "no_date", f"{key} is not a date such as 2026-11-23, without quotation marks: the day of the last check"
        )
        return date.min

    def number(self, key: str, found: object) -> str:
        """A number that can be dialled and is not one of the refused."""
        if not isinstance(found, str) or not is_number(found):
            self.refuse("wrong_number", f'{key}: a number is written as "111", "+7 700 000 00 00" or "8 800 000 00 00"')
            return ""
        if refused().found_in(found):
            self.refuse(
                "unverified_number",
                f"{key} has a number that is refused, because no source names it. Leave it out; if your own call "
                "confirmed it, it must be taken off unverified.toml first",
            )
            return ""
        return found

    def hours(self, key: str = "hours") -> Hours:
        """When somebody answers."""
        try:
            return Hours.parse(str(self.table.get(key)))
        except ValueError:
            self.refuse(
                "wrong_hours", f"{key} is not 24/7, office, conflicting, not known, or like Mon-Fri 09:00-18:00"
            )
            return Hours(Opening.NOT_KNOWN)

    def lines(self, key: str = "lines") -> tuple[Line, ...]:
        """The numbers of an entry; none when they are left out."""
        found = self.table.get(key, [])
        if not isinstance(found, list) or len(found) > 10 or not all(isinstance(one, Mapping) for one in found):
            self.refuse("wrong_list", f'{key} is not a list such as [{{ number = "111", by = "call" }}]')
            return ()
        return tuple(line for line in (self._line(key, one) for one in found) if line is not None)

    def _line(self, key: str, found: Table) -> Line | None:
        inner = Reading(found, self.file, self.entry)
        inner.only(("number", "by", "label"))
        number, by = inner.number(key, found.get("number")), inner.one_of("by", By)
        label = inner.words("label", LONGEST_NAME, required=False)
        if by is By.WHATSAPP and number and not number.startswith("+"):
            inner.refuse("wrong_number", f"{key}: WhatsApp needs the whole number, such as +7 700 000 00 00")
        self.problems += inner.problems
        return Line(number, by, label) if by is not None and not inner.problems else None

    def sources(self, required: bool) -> tuple[Source, ...]:
        """Where it was read or who was called: each a title or an address, and a date in any words."""
        found = self.table.get("sources", [])
        if not isinstance(found, list) or len(found) > 20 or not all(isinstance(one, Mapping) for one in found):
            self.refuse("wrong_list", 'sources is not a list such as [{ title = "Our call", date = "2026-12-01" }]')
            return ()
        if required and not found:
            self.refuse("no_source", "sources is missing: nothing is shown without where it was read or who was called")
        return tuple(self._source(one) for one in found)

    def _source(self, found: Table) -> Source:
        inner = Reading(found, self.file, self.entry)
        inner.only(("title", "url", "date"))
        title, url = inner.text("title", LONGEST_NOTE, False), inner.address("url", False)
        dated = inner.text("date", LONGEST_NAME)
        if not title and not url and not inner.problems:
            inner.refuse("no_source", "a source needs a title or a url")
        self.problems += inner.problems
        return Source(title, url, dated)

    def address(self, key: str, required: bool) -> str:
        """The address of a page."""
        found = self.text(key, 600, required)
        if found and not re.fullmatch(r"https?://[^\s/]+\.[^\s]+", found):
            self.refuse("wrong_text", f"{key} is not an address such as https://example.kz/page")
        return found


def _fault(found: object, longest: int) -> str:
    """What is wrong with a line of text; empty when nothing is."""
    if not isinstance(found, str) or not found.strip():
        return "is not a line of text; write it in quotation marks"
    if found != found.strip() or any(unicodedata.category(letter)[0] == "C" for letter in found):
        return "has spaces around it, a line break or an invisible letter; take them out"
    if len(found) > longest:
        return f"has {len(found)} characters, at most {longest}; shorten it"
    return ""


def _all_languages() -> str:
    return ", ".join(LANGUAGES)


def _quoted(found: str) -> str:
    """What somebody wrote, fit to be printed on one line of a terminal; never a number to be dialled."""
    return repr("".join(letter for letter in found[:40] if letter.isprintable()))
