"""Finds mistakes in a book before anybody meets them: dead ends, lost screens, buttons that would not fit.

Every finding says where it is and what to do. An empty list means that the book can be shown to people.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from functools import cache

from bot.dialog.codec import DATA_LIMIT, digest, encode
from bot.dialog.engine import own_keys
from bot.dialog.model import HOME, NOTHING_TOLD, URGENT, Book, Choice, Flow, Session
from bot.domain.situation import PLAN_ITEMS, REGIONS, WHEN, WHO, Situation
from bot.domain.triage import Answer, Band, Fact

_EVERYTHING = Situation((1 << 2 * len(Fact)) - 1, Band.RED, WHO[-1], WHEN[-1], REGIONS[-1], (1 << PLAN_ITEMS) - 1)

CHOICES_AT_MOST, LISTED_AT_MOST = 5, 40
"""Choices of one screen, and of one that is a list of regions or contacts."""


def check(book: Book, shown_directly: frozenset[str] = frozenset()) -> list[str]:
    """All mistakes of a book; `shown_directly` are screens that are shown without a choice that leads there."""
    return [*shape(book, shown_directly), *_branches(book)]


def shape(book: Book, shown_directly: frozenset[str] = frozenset()) -> list[str]:
    """The mistakes that can come with somebody's data; quick, because no rule of ours is tried out."""
    return [
        *_names(book),
        *_roads(book),
        *_lost(book, shown_directly),
        *_sizes(book),
        *_collisions(book),
    ]


def _names(book: Book) -> Iterator[str]:
    for name, count in Counter(flow.name for flow in book.flows).items():
        if count > 1:
            yield f"{name}: {count} flows have this name; rename one"
    for flow in book.flows:
        if not flow.screens:
            yield f"{flow.name}: has no screen; add one or remove the flow"
        for name, count in Counter(screen.name for screen in flow.screens).items():
            if count > 1:
                yield f"{flow.name}.{name}: {count} screens have this name; rename one"
    for address in (HOME, URGENT, book.guard):
        if address not in book:
            yield f"{address}: is missing, and everything depends on it"
    if book.red is not None and book.red not in book and book.red not in book.branches():
        yield f"{book.red}: is missing, and what is most urgent depends on it"


def _roads(book: Book) -> Iterator[str]:
    for address in book:
        screen = book.screen(address)
        if screen.parent is not None and screen.parent not in book and screen.parent not in book.branches():
            yield f"{address}: Back leads to {screen.parent}, which does not exist"
        for choice in screen.choices:
            if choice.to not in book and choice.to not in book.branches():
                yield f"{address}: the choice {choice.name} leads to {choice.to}, which does not exist"
            if choice.ticks is not None and not 0 <= choice.ticks < PLAN_ITEMS:
                yield f"{address}: the choice {choice.name} ticks item {choice.ticks} of {PLAN_ITEMS}"
            if NOTHING_TOLD.tell(choice.tells) == NOTHING_TOLD and choice.tells and not _is_a_no(choice):
                yield f"{address}: the choice {choice.name} tells {dict(choice.tells)}, which nobody understands"
            if choice.name.startswith("_"):
                yield f"{address}: the choice {choice.name} begins with _, which is for the engine's own; rename it"
        names = Counter(choice.name for choice in screen.choices)
        yield from (f"{address}: two choices are named {name}" for name, count in names.items() if count > 1)


def _is_a_no(choice: Choice) -> bool:
    return all(value == "not_asked" for value in choice.tells.values())


def _branches(book: Book) -> Iterator[str]:
    """Each branch has a road for everything that can be told, and each of its roads is taken by somebody."""
    for address, branch in book.branches().items():
        if address in book:
            yield f"{address}: a screen and a branch have this name; rename one"
        for road in branch.roads:
            if road not in book and road not in book.branches():
                yield f"{address}: a road leads to {road}, which does not exist"
        taken = {branch.choose(told) for told in situations()}
        for road in sorted(taken - set(branch.roads)):
            yield f"{address}: sends somebody to {road}, which is none of its roads"
        for road in sorted(set(branch.roads) - taken):
            yield f"{address}: sends nobody to {road}; remove the road or mend the rule"


@cache
def situations() -> tuple[Situation, ...]:
    """Enough of what people can tell to try every rule: each value alone, facts in pairs, plans of every length.

    Worked out once: it depends on no book, and took a second of each start when every branch did it anew.
    """
    keys = [("who", who) for who in WHO] + [("when", when) for when in WHEN] + [("region", one) for one in REGIONS]
    facts = [(fact.value, answer.name.lower()) for fact in Fact for answer in (Answer.NO, Answer.YES, Answer.SKIPPED)]
    found = [NOTHING_TOLD]
    for key, value in (*keys, *facts):
        found.append(NOTHING_TOLD.tell({key: value}))
        found += [NOTHING_TOLD.tell({key: value, other: "yes"}) for other in Fact if other.value != key]
    found += [NOTHING_TOLD.tell({"who": who, "when": when}) for who in WHO for when in WHEN]
    found += [Situation(plan=(1 << items) - 1) for items in range(1, PLAN_ITEMS + 1)]
    return tuple(found)


def _lost(book: Book, shown_directly: frozenset[str]) -> Iterator[str]:
    """Screens that nobody can reach from home, Urgent or the question about the phone."""
    reached: set[str] = set()
    passed: set[str] = set()
    ahead = [HOME, URGENT, book.guard, *shown_directly, *([book.red] if book.red else [])]
    while ahead:
        address = ahead.pop()
        if address in book.branches() and address not in passed:
            passed.add(address)
            ahead += book.branches()[address].roads
        if address in reached or address not in book:
            continue
        reached.add(address)
        ahead += [choice.to for choice in book.screen(address).choices]
    for address in book:
        if address not in reached:
            yield f"{address}: nobody can get here; lead a choice to it or remove it"


def _sizes(book: Book) -> Iterator[str]:
    for address in book:
        screen = book.screen(address)
        most = LISTED_AT_MOST if screen.listing else CHOICES_AT_MOST
        if len(screen.choices) > most:
            yield f"{address}: has {len(screen.choices)} choices, at most {most} can be taken in"
        longest = Session("en", address, came_from=address, asked=True, typed=True, told=_EVERYTHING)
        for name in (*own_keys(book), *(choice.name for choice in screen.choices)):
            size = len(encode(longest, name))
            if size > DATA_LIMIT:
                yield f"{address}: the button {name} takes {size} bytes, Telegram allows {DATA_LIMIT}"


def _collisions(book: Book) -> Iterator[str]:
    """Names that look alike inside a button, where they are two bytes long."""
    yield from _alike("flows", (flow.name for flow in book.flows))
    for flow in book.flows:
        yield from _alike(f"screens of {flow.name}", (screen.name for screen in flow.screens))
        yield from _choices_alike(book, flow)


def _choices_alike(book: Book, flow: Flow) -> Iterator[str]:
    for screen in flow.screens:
        names = [*own_keys(book), *(choice.name for choice in screen.choices)]
        yield from _alike(f"choices of {flow.name}.{screen.name}", names)


def _alike(where: str, names: Iterable[str]) -> Iterator[str]:
    seen: dict[bytes, str] = {}
    for name in names:
        other = seen.setdefault(digest(name), name)
        if other != name:
            yield f"{where}: {name} and {other} look alike inside a button; rename one"
