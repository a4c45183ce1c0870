"""Whole conversations as a psychologist reviews them in a diff: a changed path changes a transcript."""

import tomllib
from pathlib import Path
from typing import Any

import pytest

from bot.dialog.view import View
from bot.flows.useful import USEFUL
from bot.i18n import LANGUAGES
from bot.services.answer import Answer, Card, Erase, Line, Show
from tests.books import APPROVED, BOOK
from tests.core_phone import CorePhone

HERE = Path(__file__).parent
BOOKS = {"shipped": BOOK, "approved": APPROVED}
"""By the `book` of a path: the one that is shipped, and that of an organisation that approved the texts to copy."""
PATHS = {
    name: path
    for file in sorted((HERE / "paths").glob("*.toml"))
    for name, path in tomllib.loads(file.read_text(encoding="utf-8")).items()
}


async def play(path: dict[str, Any], language: str) -> tuple[str, set[tuple[str, str]]]:
    """The transcript of one path, and the choices that it took."""
    phone = CorePhone(hint=language, book=BOOKS[path.get("book", "shipped")])
    lines = [f"# {path['about']}", ""]
    taken: set[tuple[str, str]] = set()
    lines += _steps(await phone.write("/start"))
    for step in path["taps"]:
        lines += ["", f"> {step}"]
        if step.startswith('"'):
            answer = await phone.write(step[1:])
        elif step.startswith("<"):
            answer = await phone.send_thing(remove=step == "<contact")
        else:
            bubble = phone.screen()
            assert bubble.view is not None
            if step == f"_{bubble.view.session.language}":
                lines.append("(this language already)")
                continue
            taken.add((bubble.view.session.screen, step))
            answer = await phone.tap(step)
        lines += _steps(answer)
    return "\n".join(lines) + "\n", taken


def _steps(answer: Answer) -> list[str]:
    lines: list[str] = []
    for step in answer:
        match step:
            case Show(view=view, at=at, replaces=replaces):
                place = "in place" if at is not None else "new"
                lines += [f"[{view.session.screen}] {place}{', the old one goes' if replaces else ''}", *_drawn(view)]
            case Card(number=number):
                lines.append(f"[card {number}]")
            case Line(text=text):
                lines.append(f"[line] {text}")
            case Erase(message_ids=ids, leaving=leaving):
                lines.append(f"[deleted {len(ids)}{', leaving' if leaving else ''}]")
    return lines or ["[nothing]"]


def _drawn(view: View) -> list[str]:
    text = [f"  {line}".rstrip() for line in view.text.split("\n")]
    rows = ["  " + " ".join(f"({button.words})" for button in row) for row in view.rows]
    return [*text, *rows]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", PATHS)
async def test_path_reads_as_reviewed(name: str, language: str, request: pytest.FixtureRequest) -> None:
    transcript, _ = await play(PATHS[name], language)
    file = HERE / language / f"{name}.txt"
    if request.config.getoption("--rewrite"):
        file.parent.mkdir(exist_ok=True)
        file.write_text(transcript, encoding="utf-8")
    assert file.is_file(), f"{file.name} is missing: run make transcripts and read the diff"
    assert transcript == file.read_text(encoding="utf-8")


def test_no_transcript_is_left_over() -> None:
    files = {(file.parent.name, file.stem) for file in HERE.glob("*/*.txt")}
    assert files == {(language, name) for language in LANGUAGES for name in PATHS}


async def test_every_choice_of_every_screen_is_in_a_transcript() -> None:
    taken: set[tuple[str, str]] = set()
    for path in PATHS.values():
        taken |= (await play(path, "kk"))[1]
    authored = {(at, choice.name) for book in BOOKS.values() for at in book for choice in book.screen(at).choices}
    asked_by_rule = {(at, USEFUL.name) for at, name in authored if name == USEFUL.name}
    assert authored - taken - asked_by_rule == set()
    assert asked_by_rule & taken
