"""What is wrong with an organisation's own files, told before anybody meets it on a screen."""

from dataclasses import dataclass
from pathlib import Path

from bot.flows import organisation
from bot.flows.directory import checks
from bot.flows.directory.contacts import day
from bot.flows.directory.folder import never_read
from bot.flows.directory.tables import Problem
from bot.flows.shelf import Shelf


@dataclass(frozen=True, slots=True)
class Look:
    """One look at the files: the book that they make, every problem, and the files that count."""

    shelf: Shelf
    problems: tuple[Problem, ...]
    counting: tuple[str, ...]


def look(config: Path | None, now: int) -> Look:
    """Reads everything as the running bot would. `config` is the organisation's folder, `now` seconds since 1970."""
    today, shelf = day(now), Shelf(config, now, tell=lambda _: None)
    who, mistakes = organisation.load(config)
    unread = [*never_read(config, organisation.FILE)] if config is not None else []
    problems = (*checks.problems(shelf.directory, today), *mistakes, *organisation.lapsed(who, today), *unread)
    own = [organisation.FILE] if who != organisation.Organisation() else []
    return Look(shelf, problems, (*own, *shelf.directory.counting))
