"""The book that people read, as of a day: pinned for tests that compare words, today's for those with a running bot."""

import time
from datetime import date

from bot.dialog.model import Book
from bot.flows import write_book
from bot.flows.directory import shipped
from bot.flows.organisation import Approval, Organisation
from bot.flows.sample_texts import SAMPLES

PINNED = 1_796_000_000
"""A moment (seconds since 1970) in the weeks after the directory was read: the end of November 2026."""


def book_at(now: int, organisation: Organisation = Organisation()) -> Book:  # noqa: B008 -- it is frozen
    """The shipped book on the day of `now`."""
    return write_book(shipped().directory(), organisation, now)


APPROVING = Organisation(
    approved=tuple(Approval(one.name, "Lawyer of the fund", date(2026, 11, 20), one.fingerprint) for one in SAMPLES)
)
"""An organisation whose lawyer approved every text to copy, as it is worded now."""

BOOK = book_at(PINNED)
APPROVED = book_at(PINNED, APPROVING)
TODAY = book_at(int(time.time()))
