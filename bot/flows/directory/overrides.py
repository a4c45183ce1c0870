"""The directory as it is now: what is shipped, under the organisation's own files, read again when they change.

A bad file never takes the place of a good one: the last good version of it stays until a better one comes.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from bot import log
from bot.flows.directory.directory import Directory
from bot.flows.directory.entries import id_of
from bot.flows.directory.folder import FOLDER, Stamp, listing, young
from bot.flows.directory.loading import MOST_ENTRIES, Holdings, Layer, emergency_holds, read_layer, shipped
from bot.flows.directory.tables import Problem

Proof = Callable[[Directory, int], Sequence[str]]
"""Why screens cannot be made of a directory at a moment (seconds since 1970); nothing when they can."""


def log_code(code: str) -> None:
    """Notes a problem of somebody's files as its code."""
    log.event("directory_problem", "warning", code=code)


@dataclass(frozen=True, slots=True)
class _Laid:
    """All files laid over each other: the versions that are good, what they make together, and what is wrong."""

    good: dict[str, Layer]
    holdings: Holdings
    problems: tuple[Problem, ...]


class LiveDirectory:
    """Holds the present directory; whoever shows a screen takes `current` anew each time."""

    def __init__(
        self, config: Path | None, tell: Callable[[str], None] = log_code, proof: Proof = lambda _, __: ()
    ) -> None:
        """`config` is the organisation's folder (`BOT_CONFIG_DIR`); nothing when it has none. Call `refresh` once.

        `tell` gets the code of each problem when problems change. What somebody wrote stays out of it (promise P6).
        A file that does not pass `proof` together with those before it is refused like any other bad file.
        """
        self._tell_code = tell
        self._proof = proof
        self._folder = config / FOLDER if config is not None else None
        self._stamps: dict[str, Stamp] | None = None
        self._good: dict[str, Layer] = {}
        self.holdings: Holdings = shipped()
        self.current: Directory = self.holdings.directory()
        self.problems: tuple[Problem, ...] = ()

    @property
    def counting(self) -> tuple[str, ...]:
        """The files that count now, in their present or their last good version."""
        return tuple(sorted(self._good))

    def refresh(self, now: int) -> bool:
        """Reads the files again when one of them changed; tells whether the directory was made anew.

        `now` is seconds since 1970. To be called every few seconds; it costs one look at the folder. Never raises.
        """
        if self._folder is None:
            return False
        found = listing(self._folder)
        if isinstance(found, Problem):
            self._stamps = None  # whatever comes next is looked at again
            self._tell((found,))
            return False
        stamps, unreadable = found
        if stamps == self._stamps and not young(stamps, now):
            return False
        self._stamps = stamps
        laid = self._laid(sorted(stamps), unreadable, lambda _: ())
        if self._proof(laid.holdings.directory(), now):  # file by file, which takes longer, to find whose fault it is
            laid = self._laid(sorted(stamps), unreadable, lambda directory: self._proof(directory, now))
        self._good, self.holdings, self.current = laid.good, laid.holdings, laid.holdings.directory()
        self._tell(laid.problems)
        return True

    def _laid(
        self, names: list[str], unreadable: tuple[Problem, ...], proof: Callable[[Directory], Sequence[str]]
    ) -> "_Laid":
        """The directory made of the shipped one; of each file its new version, else the last good one."""
        good: dict[str, Layer] = {}
        holdings, problems = shipped(), list(unreadable)
        kept = {*names, *(problem.file for problem in unreadable if problem.file != FOLDER)}
        for name in sorted(kept):
            new = self._new(name, good) if name in names else None
            if isinstance(new, Problem):
                problems.append(new)
            if (last := self._good.get(name)) is not None:
                good[name] = last
            for layer in (new, last):
                if not isinstance(layer, Layer):
                    continue
                over, found = holdings.under(layer, override=True)
                found = found or _misfit(layer, proof(over.directory()))
                if not found:
                    holdings, good[name] = over, layer
                    break
                problems += found if layer is new else ()
        if not emergency_holds(holdings.directory()):  # cannot happen by what files may say; if it does, they lose
            holdings = shipped()
            problems.append(
                Problem(FOLDER, "", "emergency_lost", "an emergency number was lost; all files are left out")
            )
        return _Laid(good, holdings, tuple(problems))

    def _new(self, name: str, good: dict[str, Layer]) -> Layer | Problem:
        """The file as it is now, if all files together do not become too long with it to be read in time."""
        found = read_layer(self._path(name), name)
        before = sum(len(layer.tables) for layer in good.values())
        if isinstance(found, Layer) and before + len(found.tables) > MOST_ENTRIES:
            what = f"makes more than {MOST_ENTRIES} entries with the files before it; take out what nobody needs"
            return Problem(name, "", "too_large", what)
        return found

    def _tell(self, problems: tuple[Problem, ...]) -> None:
        """Tells the problems when they are others than before."""
        if problems != self.problems:
            for problem in problems:
                self._tell_code(problem.code)
        self.problems = problems

    def _path(self, name: str) -> Path:
        return (self._folder or Path()) / Path(name).name


def _misfit(layer: Layer, faults: Sequence[str]) -> tuple[Problem, ...]:
    """The problem of a file whose entries are good and yet make no book; the entry is named if the fault names it."""
    if not faults:
        return ()
    named = next((id_of(table) for table in layer.tables if f"entry.{id_of(table)} " in f"{faults[0]} "), "")
    what = f"would make screens that cannot work, so this version of the file does not count: {faults[0]}"
    return (Problem(layer.file, named, "no_book", what),)
