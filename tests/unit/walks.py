"""Walks through the shipped book as somebody taps: each step is one press, with all that the engine does to it."""

from bot.dialog.engine import pressed
from bot.dialog.model import HOME, NOTHING_TOLD, Session
from bot.domain.situation import Situation
from tests.books import BOOK


def walk(*taps: str, start: str = HOME, told: Situation = NOTHING_TOLD) -> Session:
    """Where these presses lead; a press that does nothing is a mistake of the test."""
    session = Session("en", start, told=told)
    for tap in taps:
        turn = pressed(BOOK, session, tap).session
        assert turn is not None, tap
        assert turn != session, f"{session.screen} has no {tap}"
        session = turn
    return session
