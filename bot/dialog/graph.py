"""Draws a book as a picture of its screens and the ways between them, for people who review conversations.

The picture is Mermaid text in a Markdown page; many tools show it, and its lines can be read as they are.
"""

from collections.abc import Callable

from bot.dialog.model import Book, Flow, Screen, Told
from bot.i18n import Said


def draw_book(book: Book, say: Callable[[Said], str]) -> str:
    """A Markdown page with one picture per flow; `say` gives the words of a button or text."""
    parts = [_HEAD, *(_picture(book, flow, say) for flow in book.flows)]
    return "\n".join(parts)


_HEAD = """# Conversations

Made by `python -m bot graph`; a test fails when it is out of date. Every screen also has *Urgent*, *Close*, *Back* and
the other languages: the engine adds them, so they are not drawn. A double frame is a screen before which the question
about the phone is asked once; a rhombus sends on by what she has told.
"""


def _picture(book: Book, flow: Flow, say: Callable[[Said], str]) -> str:
    lines = [f"## {flow.name}", "", "```mermaid", "flowchart TD"]
    ways: list[str] = []
    for screen in flow.screens:
        here = f"{flow.name}.{screen.name}"
        left, right = ("[[", "]]") if screen.sensitive else ("[", "]")
        lines.append(f"    {_id(here)}{left}{_quoted(f'{screen.name}: {_beginning(say(_first(screen)))}')}{right}")
        leading = [choice for choice in screen.choices if choice.ticks is None]
        ways += [f"    {_id(here)} -->|{_quoted(say(choice.label))}| {_id(choice.to)}" for choice in leading]
    for branch in flow.branches:
        here = f"{flow.name}.{branch.name}"
        lines.append(f"    {_id(here)}{{{_quoted(branch.name)}}}")
        ways += [f"    {_id(here)} --> {_id(road)}" for road in branch.roads]
    led_to = {choice.to for screen in flow.screens for choice in screen.choices if choice.ticks is None}
    led_to |= {road for branch in flow.branches for road in branch.roads}
    elsewhere = sorted(to for to in led_to if to.partition(".")[0] != flow.name)
    lines += [f"    {_id(to)}([{_quoted(to)}])" for to in elsewhere if to in book or to in book.branches()]
    return "\n".join([*lines, *ways, "```", ""])


def _first(screen: Screen) -> Said:
    """The text of a screen; of one that depends on what she told, its first form."""
    return screen.text.say(screen.text.samples[0]) if isinstance(screen.text, Told) else screen.text


def _id(address: str) -> str:
    return address.replace(".", "_")


def _beginning(text: str) -> str:
    first = " ".join(text.split())
    return first if len(first) <= 60 else f"{first[:59]}…"


def _quoted(text: str) -> str:
    return '"' + text.replace('"', "'") + '"'
