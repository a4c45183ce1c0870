"""What a conversation is made of: a book of flows, each a few screens, each with choices.

A flow file declares these values and nothing else; the engine reads them, the checks prove them, and people can review
them without running anything.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from bot.i18n import Said, Text

HOME = "home.start"
"""The screen that anybody may see, and where everything that no longer fits ends."""

URGENT = "urgent.numbers"
"""The screen with the emergency numbers; one tap from everywhere (promise P1)."""


@dataclass(frozen=True, slots=True)
class Choice:
    """A button that leads to another screen. Choices with the same `row` share one line of the keyboard."""

    name: str
    label: Said
    to: str
    row: str | None = None


@dataclass(frozen=True, slots=True)
class Number:
    """A telephone number with two buttons of its own: one copies it, one sends its contact card.

    With `whatsapp` the second one opens a chat with the number in that app instead.
    """

    number: str
    whatsapp: bool = False


@dataclass(frozen=True, slots=True)
class Checked:
    """The month in which the facts of a screen were last compared with their sources, and whether that is too old."""

    year: int
    month: int
    overdue: bool = False


@dataclass(frozen=True, init=False)
class Screen:
    """One message: its text and its buttons.

    `parent` is where Back leads (the flow's first screen by default; from a first screen, to where she came from).
    `sensitive` screens are preceded once by the question whether the phone is private. The choices of a `listing` may
    be many; an `alphabetical` one has them in the reader's alphabet, two in a row. A `sheet` is facts, one a line, and
    may be longer than other texts.
    """

    name: str
    text: Said
    choices: tuple[Choice, ...]
    numbers: tuple[Number, ...]
    parent: str | None
    sensitive: bool
    checked: Checked | None
    listing: bool
    alphabetical: bool
    sheet: bool

    def __init__(
        self,
        name: str,
        text: Said,
        *choices: Choice,
        numbers: tuple[Number, ...] = (),
        parent: str | None = None,
        sensitive: bool = False,
        checked: Checked | None = None,
        listing: bool = False,
        alphabetical: bool = False,
        sheet: bool = False,
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
        }
        for key, value in values.items():
            object.__setattr__(self, key, value)

    def choice(self, name: str) -> Choice | None:
        """The choice of that name, or nothing."""
        return next((choice for choice in self.choices if choice.name == name), None)


@dataclass(frozen=True, init=False)
class Flow:
    """One conversation: its first screen is where others enter it."""

    name: str
    screens: tuple[Screen, ...]

    def __init__(self, name: str, *screens: Screen) -> None:
        object.__setattr__(self, "name", name)
        object.__setattr__(self, "screens", screens)


@dataclass(frozen=True)
class Book:
    """All flows. `guard` is the screen that asks whether the phone is private, `labels` the engine's own buttons."""

    flows: tuple[Flow, ...]
    guard: str
    labels: "Labels"
    _screens: Mapping[str, Screen] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        screens = {f"{flow.name}.{screen.name}": screen for flow in self.flows for screen in flow.screens}
        object.__setattr__(self, "_screens", MappingProxyType(screens))

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

    def first_of(self, flow_name: str) -> str | None:
        """The address of a flow's first screen, or nothing when there is no such flow."""
        return next((f"{flow.name}.{flow.screens[0].name}" for flow in self.flows if flow.name == flow_name), None)


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


@dataclass(frozen=True, slots=True)
class Session:
    """Where she is. It travels inside the buttons; the server keeps none of it.

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
