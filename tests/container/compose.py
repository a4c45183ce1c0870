"""Reads our compose files, and starts their services in sealed roots with exactly what they say."""

import os
import re
import subprocess
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

from tests.container.sealed import Root

ROOT = Path(__file__).parents[2]
FILES = {"postgresql": ROOT / "compose.yaml", "sqlite": ROOT / "docs" / "compose.sqlite.yaml"}


def read(file: Path) -> dict[str, Any]:
    """The file as it counts where nothing is set in the environment."""
    text = re.sub(r"\$\{\w+:-([^}]*)\}", r"\1", file.read_text())
    found: dict[str, Any] = YAML(typ="safe", pure=True).load(text)
    return found


def written(yaml: str) -> dict[str, Any]:
    """A compose file that stands in a page."""
    found: dict[str, Any] = YAML(typ="safe", pure=True).load(yaml)
    return found


def merged(file: dict[str, Any], over: dict[str, Any]) -> dict[str, Any]:
    """What counts when a second file is laid over the first: mappings are merged, lists joined, all else replaced.

    Source: "Merge and override" in the specification of Compose, as far as our files use it.
    """
    found = dict(file)
    for key, value in over.items():
        if isinstance(value, dict) and isinstance(found.get(key), dict):
            found[key] = merged(found[key], value)
        elif isinstance(value, list) and isinstance(found.get(key), list):
            found[key] = [*found[key], *value]
        else:
            found[key] = value
    return found


@dataclass
class Service:
    """One service in a root of its own. `project` is the folder of the compose file; volumes are made in it."""

    whole: dict[str, Any]
    name: str
    root: Root
    project: Path
    image_environment: dict[str, str]
    user: str
    folder: str = "/"
    changed: dict[str, str] = field(default_factory=dict)
    """What must be different from the compose file because this is no container: ports that are free here."""

    @property
    def says(self) -> dict[str, Any]:
        """Its part of the compose file."""
        found: dict[str, Any] = self.whole["services"][self.name]
        return found

    @property
    def environment(self) -> dict[str, str]:
        """What its processes get."""
        return {**self.image_environment, **self.says["environment"], **self.changed}

    def lock(self, path: Path) -> "Service":
        """The service in a root that is mounted as the file says: read-only, with its secrets, volumes and tmpfs."""
        secrets = {f"/run/secrets/{name}": self.project / self.whole["secrets"][name]["file"] for name in self.secrets}
        volumes = {target: self._source(source, target) for source, target in self.volumes}
        temporary = dict(line.split(":", 1) for line in self.says["tmpfs"])
        for target, source in {**secrets, **volumes}.items():
            _make_place(self.root.path / target.lstrip("/"), source.is_dir())
        for target in temporary:
            _make_place(self.root.path / target.lstrip("/"), True)
        assert self.says["read_only"] is True
        locked = self.root.locked(path)
        for target, source in secrets.items():
            locked.bind(source, target, read_only=True)
        for target, source in volumes.items():
            locked.bind(source, target, read_only=source.is_file())
        for target, options in temporary.items():
            locked.mounts.do("mount", "-t", "tmpfs", "-o", options, "tmpfs", str(path / target.lstrip("/")))
        return Service(
            self.whole,
            self.name,
            locked,
            self.project,
            self.image_environment,
            self.user,
            self.folder,
            self.changed,
        )

    @property
    def secrets(self) -> list[str]:
        """The names of its secrets."""
        found: list[str] = self.says["secrets"]
        return found

    @property
    def volumes(self) -> list[tuple[str, str]]:
        """What is mounted, and where."""
        return [(line.split(":")[0], line.split(":")[1]) for line in self.says["volumes"]]

    def volume(self, name: str) -> Path:
        """Where a volume lies on this machine."""
        return self.project / "volumes" / name

    def _source(self, source: str, target: str) -> Path:
        if source.startswith("./"):
            return self.project / source
        volume = self.volume(source)
        if not volume.is_dir():  # a new volume looks like the place in the image where it is mounted
            volume.mkdir(parents=True)
            status = (self.root.path / target.lstrip("/")).stat()
            volume.chmod(status.st_mode & 0o7777)
            os.chown(volume, status.st_uid, status.st_gid)
        return volume

    def command(self, *words: str) -> list[str]:
        """What starts these words in the service."""
        core = str(self.says["ulimits"]["core"])
        return self.root.sealed(words, user=self.user, folder=self.folder, core=core)

    def run(self, *words: str) -> subprocess.CompletedProcess[str]:
        """Does a command to its end; how it ended."""
        return subprocess.run(
            self.command(*words), env=self.environment, capture_output=True, text=True, check=False, timeout=60
        )


def _make_place(place: Path, folder: bool) -> None:
    """What a mount needs to be put on, in a root that is not locked yet."""
    if not place.exists():
        place.parent.mkdir(parents=True, exist_ok=True)
        place.mkdir() if folder else place.touch()
