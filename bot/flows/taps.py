"""How many taps away from home the most urgent things are, and that they never move further away."""

from collections.abc import Mapping
from types import MappingProxyType

from bot.dialog.model import HOME, URGENT, Book

AT_MOST: Mapping[str, int] = MappingProxyType(
    {URGENT: 1, "directory.kz-75": 3, "injury.hours": 3, "order.start": 3, "people.start": 1, "check.start": 2}
)
"""Screens and the taps that lead to them at most: the numbers (111 among them), a region's places, what helps after an
injury, the protective order, people to talk to, the safety check."""


def taps(book: Book) -> dict[str, int]:
    """Every screen that can be reached and the fewest taps from home. Urgent is on every screen."""
    found = {HOME: 0}
    ahead = [HOME]
    while ahead:
        here = ahead.pop(0)
        led_to = [URGENT, *(choice.to for choice in book.screen(here).choices if choice.ticks is None)]
        while led_to:
            to = led_to.pop(0)
            if to in book.branches():
                led_to += [road for road in book.branches()[to].roads if road not in found]
            elif to in book and to not in found:
                found[to] = found[here] + 1
                ahead.append(to)
    return found


def too_far(book: Book) -> list[str]:
    """What has moved further from home than it may be."""
    found = taps(book)
    return [
        f"{address}: {found.get(address, 'no')} taps from home, at most {most}"
        for address, most in AT_MOST.items()
        if found.get(address, most + 1) > most
    ]
