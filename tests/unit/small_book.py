"""A small book for tests: enough screens for every rule of the engine, none of the words that people read."""

from bot.dialog.model import HOME, Book, Checked, Choice, Flow, Number, Screen, Session
from bot.flows.phrases import LABELS
from bot.i18n import Text

GUARD = "phone.ask"
HOME_FLOW = Flow(
    "home",
    Screen("start", Text("Home."), Choice("what", Text("What"), to="about.what")),
    Screen("unread", Text("Not read."), Choice("home", Text("Home"), to=HOME)),
)
URGENT_FLOW = Flow(
    "urgent",
    Screen(
        "numbers",
        Text("Numbers."),
        Choice("silent", Text("Silent"), to="urgent.silent"),
        Choice("after", Text("After"), to="urgent.after", row="more"),
        Choice("phone", Text("Phone"), to=GUARD, row="more"),
        numbers=(Number("102"), Number("112"), Number("103")),
    ),
    Screen("silent", Text("Silent."), Choice("traces", Text("Traces"), to="urgent.traces")),
    Screen("traces", Text("Traces."), parent="urgent.silent", checked=Checked(2025, 12, overdue=True)),
    Screen("after", Text("After."), sensitive=True, checked=Checked(2026, 3)),
)
PHONE_FLOW = Flow(
    "phone",
    Screen("ask", Text("Whose phone?"), Choice("shared", Text("Shared"), to="phone.shared")),
    Screen("shared", Text("Shared."), Choice("home", Text("Home"), to=HOME)),
)
ABOUT_FLOW = Flow(
    "about",
    Screen(
        "what",
        Text("About."),
        Choice("kept", Text("Kept"), to="about.kept"),
        Choice("after", Text("After"), to="urgent.after"),
        Choice("shared", Text("Shared"), to="phone.shared"),
    ),
    Screen(
        "kept",
        Text("Kept {hours} hours."),
        Choice("after", Text("After"), to="urgent.after"),
        Choice("traces", Text("Traces"), to="urgent.traces"),
    ),
)


def book_of(*flows: Flow, guard: str = GUARD) -> Book:
    """A book of these flows with the helpline's own labels."""
    return Book(flows, guard=guard, labels=LABELS)


SMALL = book_of(HOME_FLOW, URGENT_FLOW, PHONE_FLOW, ABOUT_FLOW)


def at(
    screen: str, came_from: str | None = None, *, asked: bool = False, typed: bool = False, direct: bool = False
) -> Session:
    """An English session on that screen."""
    return Session("en", screen, came_from, asked, typed, direct)
