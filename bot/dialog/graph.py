"""Draws a book as a picture of its screens and the ways between them, for people who review conversations.

The picture is Mermaid text in a Markdown page; many tools show it, and its lines can be read as they are.
"""

from collections.abc import Callable

from bot.dialog.model import Book, Flow
from bot.i18n import Said


def draw_book(book: Book, say: Callable[[Said], str]) -> str:
    """A Markdown page with one picture per flow; `say` gives the words of a button or text."""
    parts = [_HEAD, *(_picture(book, flow, say) for flow in book.flows)]
    return "\n".join(parts)


_HEAD = """# Conversations

Made by `python -m bot graph`; a test fails when it is out of date. Every screen also has *Urgent*, *Close*, *Back* and
the other languages: the engine adds them, so they are not drawn. A double frame is a screen before which the question
about the phone is asked once.
"""


def _picture(book: Book, flow: Flow, say: Callable[[Said], str]) -> str:
    lines = [f"## {flow.name}", "", "```mermaid", "flowchart TD"]
    ways: list[str] = []
    for screen in flow.screens:
        here = f"{flow.name}.{screen.name}"
        left, right = ("[[", "]]") if screen.sensitive else ("[", "]")
        lines.append(f"    {_id(here)}{left}{_quoted(f'{screen.name}: {_beginning(say(screen.text))}')}{right}")
        ways += [f"    {_id(here)} -->|{_quoted(say(choice.label))}| {_id(choice.to)}" for choice in screen.choices]
    elsewhere = sorted({c.to for s in flow.screens for c in s.choices if c.to.partition(".")[0] != flow.name})
    lines += [f"    {_id(to)}([{_quoted(to)}])" for to in elsewhere if to in book]
    return "\n".join([*lines, *ways, "```", ""])


def _id(address: str) -> str:
    return address.replace(".", "_")


def _beginning(text: str) -> str:
    first = " ".join(text.split())
    return first if len(first) <= 60 else f"{first[:59]}…"


def _quoted(text: str) -> str:
    return '"' + text.replace('"', "'") + '"'
