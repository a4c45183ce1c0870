"""Reads a Dockerfile: as much of the language as ours uses, and nothing that it does not know passes unseen."""

import json
import re
import shlex
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath

_KNOWN = frozenset("ARG CMD COPY ENTRYPOINT ENV FROM HEALTHCHECK LABEL RUN STOPSIGNAL USER WORKDIR".split())


@dataclass(frozen=True)
class Instruction:
    """One instruction: its name, its flags such as `from`, and the rest of its line."""

    name: str
    flags: Mapping[str, str]
    rest: str

    @property
    def words(self) -> list[str]:
        """The rest as a list: a JSON list as it is, else split as a shell would."""
        if self.rest.startswith("["):
            found: list[str] = json.loads(self.rest)
            return found
        return shlex.split(self.rest)

    @property
    def pairs(self) -> dict[str, str]:
        """The rest as `name=value` words."""
        return dict(word.split("=", 1) for word in self.words)


@dataclass
class Stage:
    """What is done between two FROMs."""

    base: str
    name: str
    instructions: list[Instruction] = field(default_factory=list)

    def last(self, name: str) -> Instruction:
        """The instruction of this name that counts."""
        return [each for each in self.instructions if each.name == name][-1]

    def environment(self) -> dict[str, str]:
        """What ENV sets."""
        return {k: v for each in self.instructions if each.name == "ENV" for k, v in each.pairs.items()}


def read(text: str, **arguments: str) -> list[Stage]:
    """The stages; `arguments` are those of `--build-arg`.

    Raises:
        ValueError: an instruction that this reader does not know.
    """
    stages: list[Stage] = []
    given: dict[str, str] = {}
    for instruction in _instructions(text):
        if instruction.name not in _KNOWN:
            raise ValueError(f"{instruction.name} is not known")
        if instruction.name == "ARG":
            name, _, value = instruction.rest.partition("=")
            given[name] = arguments.get(name, value)
        elif instruction.name == "FROM":
            base, *named = instruction.words
            stages.append(Stage(re.sub(r"\$\{(\w+)\}", lambda m: given[m[1]], base), named[1] if named else ""))
        else:
            stages[-1].instructions.append(instruction)
    return stages


def _instructions(text: str) -> Iterator[Instruction]:
    lines = [line for line in text.splitlines() if line.strip() and not line.lstrip().startswith("#")]
    for line in re.sub(r"\s*\\\n\s*", " ", "\n".join(lines)).splitlines():
        name, _, rest = line.partition(" ")
        flags: dict[str, str] = {}
        while match := re.match(r"--([a-z-]+)=(\S+)\s+", rest):
            flags[match[1]] = match[2]
            rest = rest[match.end() :]
        yield Instruction(name, flags, rest.strip())


def context(folder: Path) -> list[PurePosixPath]:
    """The files that get into a build: all that `.dockerignore` lets through. The last pattern that fits decides."""
    patterns = [
        line.strip()
        for line in (folder / ".dockerignore").read_text().splitlines()
        if line.strip() and not line.startswith("#")
    ]
    files = (path for path in folder.rglob("*") if path.is_file() and ".venv" not in path.parts)
    return [path for each in files if not _ignored(path := PurePosixPath(each.relative_to(folder)), patterns)]


def _ignored(path: PurePosixPath, patterns: list[str]) -> bool:
    ignored = False
    for pattern in patterns:
        if any(_matches(part, pattern.lstrip("!")) for part in (path, *path.parents[:-1])):
            ignored = not pattern.startswith("!")
    return ignored


def _matches(path: PurePosixPath, pattern: str) -> bool:
    """`*` stops at a slash, `**/` stands for any number of folders."""
    regex = re.escape(pattern).replace(r"\*\*/", "(?:.*/)?").replace(r"\*", "[^/]*")
    return re.fullmatch(regex, str(path)) is not None
