"""Every conversation of the helpline: words and paths, one file each. `write_book` puts them together for a day."""

from bot.dialog.model import Book
from bot.flows.digital import digital
from bot.flows.directory import Directory
from bot.flows.home import about, home
from bot.flows.money import money
from bot.flows.organisation import Organisation
from bot.flows.papers_lost import papers_lost
from bot.flows.people import people
from bot.flows.phone import phone
from bot.flows.phrases import LABELS
from bot.flows.plan import plan
from bot.flows.privacy import privacy
from bot.flows.region import region
from bot.flows.topics import topics
from bot.flows.urgent import urgent
from bot.flows.useful import useful

SHOWN_DIRECTLY = frozenset({"home.unread", "home.removed"})
"""Screens that answer something sent, without a choice that leads there."""


def write_book(directory: Directory, organisation: Organisation, now: int) -> Book:
    """The book of a directory and an organisation on the day of `now`, seconds since 1970: pure, the same each time."""
    flows = (
        home,
        urgent(directory, now),
        phone,
        about,
        topics,
        people(directory, organisation, now),
        region(directory, now),
        plan(directory, now),
        digital,
        money(directory, now),
        papers_lost(directory, now),
        useful,
        privacy(directory, organisation),
    )
    return Book(flows, guard="phone.ask", labels=LABELS)
