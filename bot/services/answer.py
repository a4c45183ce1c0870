"""What can be said to a person: screens, cards, lines, and messages that go."""

from dataclasses import dataclass

from bot.dialog.view import View


@dataclass(frozen=True, slots=True)
class Show:
    """Show a screen: in place of message `at`, else as a new message; `replaces` is taken away afterwards.

    To a `stranger` it is shown in place or not at all: where that message is gone, she left before her press came.
    """

    view: View
    at: int | None = None
    replaces: int | None = None
    stranger: bool = False


@dataclass(frozen=True, slots=True)
class Card:
    """Send the contact card of a number."""

    number: str


@dataclass(frozen=True, slots=True)
class Line:
    """Send one neutral line without buttons."""

    text: str


@dataclass(frozen=True, slots=True)
class Erase:
    """Delete these messages of her chat; `leaving` goes before everything else."""

    message_ids: tuple[int, ...]
    leaving: bool = False


Step = Show | Card | Line | Erase
Answer = tuple[Step, ...]
