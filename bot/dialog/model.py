"""What a conversation is made of: a book of flows, each a few screens, each with choices.

A flow file declares these values and nothing else; the engine reads them, the checks prove them, and people can review
them without running anything.
"""

from collections.abc import Callable, Iterator, Mapping
from copy import copy
from dataclasses import dataclass, field
from types import MappingProxyType

from bot.domain.events import Event
from bot.domain.situation import Situation
from bot.i18n import Said, Text

HOME = "home.start"
"""The screen that anybody may see, and where everything that no longer fits ends."""

NOTHING_TOLD = Situation()

URGENT = "urgent.numbers"
"""The screen with the emergency numbers; one tap from everywhere (promise P1)."""


@dataclass(frozen=True, slots=True)
class Choice:
    """A button that leads to another screen or branch. Choices with the same `row` share one line of the keyboard.

    `tells` is what pressing it says about her situation (`Situation.tell`). `ticks` is an item of the safety plan that
    it chooses or takes back; the screen stays. `reports` is what pressing it makes known, from the address of the
    screen that she came from to this flow; nothing of hers goes with it.
    """

    name: str
    label: Said
    to: str
    row: str | None = None
    tells: Mapping[str, str] = field(default_factory=dict, hash=False)
    ticks: int | None = None
    reports: Callable[[str], Event] | None = None


@dataclass(frozen=True, slots=True)
class Told:
    """A text that depends on what she has told; `samples` together show every form of it, for the checks."""

    say: Callable[[Situation], Said]
    samples: tuple[Situation, ...]


@dataclass(frozen=True, slots=True)
class Branch:
    """A place that sends on to one of several screens by what she has told; `roads` are all of them."""

    name: str
    choose: Callable[[Situation], str]
    roads: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Number:
    """A telephone number with two buttons of its own: one copies it, one sends its contact card.

    With `whatsapp` the second one opens a chat with the number in that app instead.
    """

    number: str
    whatsapp: bool = False


@dataclass(frozen=True, slots=True)
class Checked:
    """The month in which the facts of a screen were last compared with their sources, and whether that is too old.

    Without year and month nobody knows when that was.
    """

    year: int | None
    month: int | None
    overdue: bool = False


@dataclass(frozen=True, init=False)
class Screen:
    """One message: its text and its buttons.

    `parent` is where Back leads, a screen or a branch (the flow's first screen by default; from a first screen, to
    where she came from). `sensitive` screens are preceded once by the question whether the phone is private. The
    choices of a `listing` may be many; an `alphabetical` one has them in the reader's alphabet, two in a row. A
    `sheet` is facts, one a line, and may be longer than other texts. A `sample` is a text with blanks to be copied
    whole, at most 3,000 characters. `copies` is a text of at most 256 characters that a button of its own copies.
    """

    name: str
    text: Said | Told
    choices: tuple[Choice, ...]
    numbers: tuple[Number, ...]
    parent: str | None
    sensitive: bool
    checked: Checked | None
    listing: bool
    alphabetical: bool
    sheet: bool
    sample: bool
    copies: Said | Told | None

    def __init__(
        self,
        name: str,
        text: Said | Told,
        *choices: Choice,
        numbers: tuple[Number, ...] = (),
        parent: str | None = None,
        sensitive: bool = False,
        checked: Checked | None = None,
        listing: bool = False,
        alphabetical: bool = False,
        sheet: bool = False,
        sample: bool = False,
        copies: Said | Told | None = None,
    ) -> None:
        values = {
            "name": name,
            "text": text,
            "choices": choices,
            "numbers": numbers,
            "parent": parent,
            "sensitive": sensitive,
            "checked": checked,
            "listing": listing or alphabetical,
            "alphabetical": alphabetical,
            "sheet": sheet,
            "sample": sample,
            "copies": copies,
        }
        for key, value in values.items():
            object.__setattr__(self, key, value)

    def choice(self, name: str) -> Choice | None:
        """The choice of that name, or nothing."""
        return next((choice for choice in self.choices if choice.name == name), None)

    def followed_by(self, choice: Choice) -> "Screen":
        """The same screen with one more choice at its end."""
        longer = copy(self)
        object.__setattr__(longer, "choices", (*self.choices, choice))
        return longer


@dataclass(frozen=True, init=False)
class Flow:
    """One conversation: its first screen is where others enter it."""

    name: str
    screens: tuple[Screen, ...]
    branches: tuple[Branch, ...]

    def __init__(self, name: str, *parts: Screen | Branch) -> None:
        object.__setattr__(self, "name", name)
        object.__setattr__(self, "screens", tuple(part for part in parts if isinstance(part, Screen)))
        object.__setattr__(self, "branches", tuple(part for part in parts if isinstance(part, Branch)))


@dataclass(frozen=True)
class Book:
    """All flows. `guard` is the screen that asks whether the phone is private, `labels` the engine's own buttons.

    `red` is the screen or branch to which an answer that makes her situation red leads at once, where there is one.
    """

    flows: tuple[Flow, ...]
    guard: str
    labels: "Labels"
    red: str | None = None
    _screens: Mapping[str, Screen] = field(init=False, repr=False, compare=False)
    _branches: Mapping[str, Branch] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        screens = {f"{flow.name}.{screen.name}": screen for flow in self.flows for screen in flow.screens}
        branches = {f"{flow.name}.{branch.name}": branch for flow in self.flows for branch in flow.branches}
        object.__setattr__(self, "_screens", MappingProxyType(screens))
        object.__setattr__(self, "_branches", MappingProxyType(branches))

    def __contains__(self, address: str) -> bool:
        return address in self._screens

    def __iter__(self) -> Iterator[str]:
        return iter(self._screens)

    def screen(self, address: str) -> Screen:
        """The screen at `flow.screen`.

        Raises:
            KeyError: when there is none.
        """
        return self._screens[address]

    def branches(self) -> Mapping[str, Branch]:
        """All branches by their address."""
        return self._branches

    def resolve(self, address: str, told: Situation) -> str:
        """The screen that an address leads to: itself, or where its branch sends somebody who has told this."""
        for _ in range(len(self._branches) + 1):
            branch = self._branches.get(address)
            if branch is None:
                return address if address in self else HOME
            address = branch.choose(told)
        return HOME  # branches that lead to each other for ever; `check` finds them

    def first_of(self, flow_name: str) -> str | None:
        """The address of a flow's first screen, or nothing when there is no such flow."""
        found = (flow for flow in self.flows if flow.name == flow_name and flow.screens)
        return next((f"{flow.name}.{flow.screens[0].name}" for flow in found), None)


@dataclass(frozen=True, slots=True)
class Labels:
    """The words on the buttons that the engine adds to every screen."""

    urgent: Text
    close: Text
    back: Text
    go_on: Text
    not_it: Text
    card: Text
    whatsapp: Text
    checked: Text
    overdue: Text
    undated: Text
    copy: Text
    chosen: Text


@dataclass(frozen=True, slots=True)
class Session:
    """Where she is, and what she has told. It travels inside the buttons; the server keeps none of it.

    `came_from` is the one screen to return to; `asked` tells that the question about the phone was offered; `typed`
    that this screen answers typed words and can be taken away again; `direct` that she came to it from another flow
    without passing that flow's first screen, so that Back leads where she came from.
    """

    language: str
    screen: str
    came_from: str | None = None
    asked: bool = False
    typed: bool = False
    direct: bool = False
    told: Situation = NOTHING_TOLD
