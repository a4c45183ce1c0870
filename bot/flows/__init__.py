"""Every conversation of the helpline: words and paths, one file each. `write_book` puts them together for a day."""

from bot.dialog.model import Book, Flow
from bot.flows.assault import assault
from bot.flows.case import case
from bot.flows.change import change
from bot.flows.check import check
from bot.flows.dark import dark
from bot.flows.digital import digital
from bot.flows.directory import Directory
from bot.flows.examination import examination
from bot.flows.family import family
from bot.flows.held import held
from bot.flows.home import about, home
from bot.flows.injury import injury
from bot.flows.money import money
from bot.flows.nopapers import nopapers
from bot.flows.order import order
from bot.flows.organisation import Organisation, approved
from bot.flows.papers_lost import papers_lost
from bot.flows.paths import paths
from bot.flows.people import people
from bot.flows.phone import phone
from bot.flows.phrases import LABELS
from bot.flows.place import place
from bot.flows.plan import plan
from bot.flows.police import police
from bot.flows.privacy import privacy
from bot.flows.private import private
from bot.flows.region import region
from bot.flows.samples import samples
from bot.flows.someone import someone
from bot.flows.stalking import stalking
from bot.flows.staying import staying
from bot.flows.topics import topics
from bot.flows.urgent import urgent
from bot.flows.useful import asked_at_the_ends, useful
from bot.flows.young import young

SHOWN_DIRECTLY = frozenset({"home.unread", "home.removed"})
"""Screens that answer something sent, without a choice that leads there."""


def write_book(directory: Directory, organisation: Organisation, now: int) -> Book:
    """The book of a directory and an organisation on the day of `now`, seconds since 1970: pure, the same each time."""
    flows = (
        home,
        urgent(directory, now),
        phone(now),
        about,
        topics,
        people(directory, organisation, now),
        region(directory, now),
        *map(asked_at_the_ends, _information(directory, organisation, now)),
        useful,
        privacy(directory, organisation, now),
        *samples(organisation, now),
    )
    return Book(flows, guard="phone.ask", labels=LABELS, red="check.red")


def _information(directory: Directory, organisation: Organisation, now: int) -> tuple[Flow, ...]:
    """What people come to read: each of these asks at its ends whether it was useful."""
    texts = {one.sample for one in approved(organisation, now)}
    return (
        place(directory, now),
        injury(directory, now),
        examination(directory, now),
        assault(directory, now),
        plan(directory, now),
        digital(now),
        money(directory, now),
        papers_lost(directory, now),
        check(directory, now),
        paths,
        young(directory, now),
        family(now),
        staying(now),
        held(directory, now),
        private(now),
        stalking(now),
        nopapers(now),
        someone(directory, now),
        dark(directory, now),
        change(directory, now),
        police(directory, now, texts),
        order(directory, now, texts),
        case(directory, now),
    )
