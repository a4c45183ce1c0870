"""Reads every screen in every language before anybody sees it, and says what breaks the rules of writing.

Rules and limits: `safety_content` section 4; the neutral beginning is promise P4, equal languages promise P11.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain

from bot.dialog.check import check
from bot.dialog.model import HOME, NOTHING_TOLD, URGENT, Book, Screen, Session, Told
from bot.dialog.view import View, draw
from bot.domain.situation import Situation
from bot.flows import SHOWN_DIRECTLY, reading
from bot.flows.phrases import DONE, NUMBERS_ARE_IN_THE_MENU, STATIC_NUMBERS, WE_WERE_AWAY
from bot.flows.profile import COMMANDS, DESCRIPTION, NAME, SHORT_DESCRIPTION
from bot.flows.reading import Counted
from bot.i18n import LANGUAGES, Words, translator

NEUTRAL_BEGINNING = 40
"""Characters that a notification or the list of chats may show."""

LONGEST_LABEL = 34
"""Characters that fit on a button."""

_LONGEST_TEXT, _LONGEST_URGENT, _LONGEST_SHEET, _LONGEST_SAMPLE, _MOST_SENTENCES = 350, 240, 600, 3000, 5
"""The month is not counted: it may be in the writing rules' count or not, and grows when it is overdue."""
_HIGHEST_URGENT, _HIGHEST_TYPED = 500, 530
_LONGEST_BESIDE = {2: 16, 3: 11, 4: 9}
"""Letters of a label that fit on a phone 360 px wide, by how many buttons share the row."""
_LONGEST_SENTENCE = {"kk": 16, "ru": 18, "en": 20}
_SAMPLE = {"hours": 24}

TELLING = tuple(
    "violen abus beat assault police crisis shelter victim hurt danger safe weapon rape "
    "насил избива побо бить бьёт бьет полиц кризис приют убежищ жертв опасн безопас оруж агресс абьюз "
    "зорлық зомбылық ұрып ұрды полиция дағдарыс баспана құрбан қауіп қару қорла".split()
)
"""Stems that would tell somebody else what this chat is about (promise P4)."""

_BANNED = tuple(
    "почему зачем (?<!в\\sэтом\\sне\\s)виноват спровоцир терпи скандал ссор должны обязаны срочно\\sуходите "
    "жертв абьюз гарантир семейн\\w+\\sконфликт надо\\sбыло "
    "неге неліктен шыда жанжал ұрыс-керіс міндеттісіз тиіссіз құрбан кепілдік кінә\\sөзіңіз керек\\sеді "
    "why provoke argument must\\b should\\shave victim guarantee put\\sup\\swith 100\\s?%".split()
)
_EMOJI = re.compile("[\U0001f300-\U0001faff☀-➿⌀-⏿]")


@dataclass(frozen=True, slots=True)
class Page:
    """One screen in one language."""

    address: str
    language: str
    view: View
    screen: Screen | None = None

    @property
    def is_sheet(self) -> bool:
        """Whether it is facts, one a line."""
        return self.screen is not None and self.screen.sheet

    @property
    def is_sample(self) -> bool:
        """Whether it is a text to be copied whole."""
        return self.screen is not None and self.screen.sample

    @property
    def longest(self) -> int:
        """Characters that its text may have."""
        if self.address == URGENT:
            return _LONGEST_URGENT
        return _LONGEST_SAMPLE if self.is_sample else _LONGEST_SHEET if self.is_sheet else _LONGEST_TEXT

    def without_month(self) -> str:
        """The author's text: the engine's line with the month is no sentence, and is longer when it is overdue."""
        has_month = self.screen is not None and self.screen.checked is not None
        return self.view.text.rpartition("\n")[0] if has_month else self.view.text

    def counted(self) -> Counted:
        """What is to be read as sentences: nothing of facts one a line and of texts to be copied."""
        return Counted() if self.is_sheet or self.is_sample else reading.counted(self.without_month(), self.language)

    def buttons(self) -> list[list[str]]:
        """The author's buttons, row by row; those that are in each reader's own alphabet in one order for all."""
        rows = [[button.key for button in row if not button.key.startswith("_")] for row in self.view.rows]
        if self.screen is not None and self.screen.alphabetical:
            return [sorted(key for row in rows for key in row)]
        return rows

    def problem(self, what: str) -> str:
        """One finding, with where it is."""
        return f"{self.address} ({self.language}): {what}"


def problems(book: Book, names: Iterable[Words] = ()) -> list[str]:
    """Everything that is wrong with a book and its words; empty when it can be shown.

    `names` are official ones, in which words may occur that we do not use ourselves.
    """
    found = check(book, SHOWN_DIRECTLY)
    if found:
        return found  # a book that does not hold together cannot be read aloud
    for pages in _read_through(book):
        found += proofread(pages, tuple(names))
        found += [page.problem(what) for page in pages for what in reading.hard(page.counted(), page.language)]
    found += proofread([_page(book, URGENT, language, NOTHING_TOLD, typed=True) for language in LANGUAGES])
    too_hard = (reading.too_hard(text, language) for language, text in prose(book).items())
    return [*found, *filter(None, too_hard), *_standing_alone()]


def prose(book: Book) -> dict[str, Counted]:
    """How much each language has to read, without sheets and texts to copy."""
    found = dict.fromkeys(LANGUAGES, Counted())
    for page in chain.from_iterable(_read_through(book)):
        found[page.language] += page.counted()
    return found


def _read_through(book: Book) -> Iterator[list[Page]]:
    """Every form of every screen, in the order of `LANGUAGES`."""
    for address in book:
        for told in forms(book.screen(address)):
            yield [_page(book, address, language, told) for language in LANGUAGES]


def proofread(pages: list[Page], names: Sequence[Words] = ()) -> list[str]:
    """Everything that is wrong with one screen; `pages` are its languages in the order of `LANGUAGES`."""
    found: list[str] = []
    for page in pages:
        official = [name.say(page.language) for name in names]
        found += [page.problem(what) for what in (*_shape(page), *_wording(page, official), *_discretion(page))]
    return [*found, *_equality(pages)]


def _standing_alone() -> Iterator[str]:
    """The bot's name and descriptions, which anybody sees, and the lines without buttons: all of it is neutral."""
    seen_by_all = (NAME, SHORT_DESCRIPTION, DESCRIPTION, *(command.label for command in COMMANDS))
    for text in (*seen_by_all, DONE, NUMBERS_ARE_IN_THE_MENU, WE_WERE_AWAY, STATIC_NUMBERS):
        for language in LANGUAGES:
            said = translator(language).say(text)
            for stem in telling(said if text in seen_by_all else said[:NEUTRAL_BEGINNING]):
                yield f"{text.msgid!r} ({language}): {stem!r} can be seen by somebody else"
            if language != "en" and said == text.msgid:
                yield f"{text.msgid!r} ({language}): is not translated"


def telling(shown: str) -> list[str]:
    """The stems in a text that would tell somebody else what this chat is about."""
    return [stem for stem in TELLING if re.search(rf"(?<!\w){stem}", shown.lower())]


def forms(screen: Screen) -> tuple[Situation, ...]:
    """What has to be told to see every form of a screen."""
    said = [part for part in (screen.text, screen.copies) if isinstance(part, Told)]
    ticked = NOTHING_TOLD
    for choice in screen.choices:
        ticked = ticked if choice.ticks is None else ticked.tick(choice.ticks)
    return tuple(dict.fromkeys([*(sample for part in said for sample in part.samples), ticked, NOTHING_TOLD]))


def _page(book: Book, address: str, language: str, told: Situation, typed: bool = False) -> Page:
    view = draw(book, Session(language, address, typed=typed, told=told), _SAMPLE)
    return Page(address, language, view, book.screen(address))


def sentences(text: str) -> list[str]:
    """The sentences of a text; a line break ends one too."""
    return [part for part in re.split(r"(?<=[.?!:])\s+|\n+", text) if part.strip()]


def _shape(page: Page) -> Iterator[str]:
    text = page.view.text
    author = page.without_month()
    if len(author) > page.longest:
        yield f"{len(author)} characters, at most {page.longest}"
    said = len(re.findall(r"[.?!](?=\s|$)", author))
    if said > _MOST_SENTENCES and not (page.is_sheet or page.is_sample):
        yield f"{said} sentences, at most {_MOST_SENTENCES}"
    highest = _HIGHEST_TYPED if page.view.session.typed else _HIGHEST_URGENT
    if page.address == URGENT and (height := _height(page)) > highest:
        yield f"about {height} px high on a small phone, at most {highest}"
    for sentence in sentences(text):
        words = len(sentence.split())
        if words > _LONGEST_SENTENCE[page.language]:
            yield f"a sentence of {words} words, at most {_LONGEST_SENTENCE[page.language]}: {sentence}"
    for row in page.view.rows:
        limit = LONGEST_LABEL if len(row) == 1 else _LONGEST_BESIDE[len(row)]
        for button in row:
            if len(button.words) > limit:
                yield f"the button {button.words!r} has {len(button.words)} characters, at most {limit}"


def _height(page: Page) -> int:
    """About how high a message is on a phone 360 px wide: 22 px a line of 33 letters, 46 px a row of buttons."""
    lines = sum(max(1, -(-len(line) // 33)) for line in page.view.text.split("\n"))
    return 20 + 22 * lines + 46 * len(page.view.rows)


def _wording(page: Page, official: Sequence[str]) -> Iterator[str]:
    text = page.view.text
    for name in official:
        text = text.replace(name, "")
    if text.count("?") > 1:
        yield "more than one question"
    if "!" in text:
        yield "an exclamation mark"
    if _EMOJI.search(text):
        yield "an emoji in the text"
    for word in _BANNED:
        if match := re.search(rf"(?<!\w){word}", text.lower()):
            yield f"the word {match.group()!r} is not used here"


def _discretion(page: Page) -> Iterator[str]:
    shown = page.view.text[:NEUTRAL_BEGINNING]
    if page.address == HOME:
        shown = " ".join([page.view.text, *(button.words for button in page.view.buttons())])
    for stem in telling(shown):
        yield f"{stem!r} can be seen by somebody else: {shown!r}"


def _equality(pages: list[Page]) -> Iterator[str]:
    """The same numbers and the same buttons in every language; nothing left untranslated."""
    reference = pages[-1]
    for page in pages[:-1]:
        if _numbers(page) != _numbers(reference):
            yield page.problem(f"has the numbers {sorted(_numbers(page))}, English has {sorted(_numbers(reference))}")
        if page.view.text == reference.view.text:
            yield page.problem("is not translated")
        if page.buttons() != reference.buttons():
            yield page.problem("has other buttons than English")


def _numbers(page: Page) -> set[str]:
    return set(re.findall(r"\d+", page.view.text))
