"""Carries out our Dockerfile: each instruction in a root file system of its own, as a container engine would."""

import shutil
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path

from tests.container import dockerfile
from tests.container.dockerfile import Instruction, Stage
from tests.container.sealed import Mounts, Root, put_python

ROOT = Path(__file__).parents[2]
_SHELL = {"PATH": "/usr/local/bin:/usr/bin:/bin:/usr/sbin:/sbin"}


@dataclass
class Image:
    """What was built: its root and what it says about itself."""

    root: Root
    stage: Stage
    environment: dict[str, str] = field(default_factory=dict)

    def words(self, name: str) -> list[str]:
        """Those of ENTRYPOINT or CMD."""
        return self.stage.last(name).words

    @property
    def health(self) -> list[str]:
        """The command that says whether it is well."""
        instruction = self.stage.last("HEALTHCHECK").rest.partition("CMD ")[2]
        return Instruction("CMD", {}, instruction).words

    @property
    def user(self) -> str:
        """As `uid:gid`."""
        return self.stage.last("USER").rest

    @property
    def folder(self) -> str:
        """Where it starts."""
        return self.stage.last("WORKDIR").rest


def wheels(folder: Path) -> Path:
    """The packages of the lock file, from wherever this machine gets its packages; hashes are checked."""
    pip = [sys.executable, "-m", "pip", "download", "-q", "--require-hashes", "--only-binary", ":all:"]
    subprocess.run([*pip, "-r", str(ROOT / "requirements.lock"), "-d", str(folder)], check=True, capture_output=True)
    return folder


def build(folder: Path, mounts: Mounts, source: Path) -> Image:
    """The image of the Dockerfile of `source`, built in `folder` without a network, from packages fetched before."""
    packages = wheels(folder / "wheels")
    images: dict[str, Image] = {}
    for number, stage in enumerate(dockerfile.read((source / "Dockerfile").read_text())):
        root = Root.new(folder / f"stage{number}", mounts)
        image = images[stage.name] = Image(root, stage, {**_SHELL, **put_python(root.local)})
        if number == 0:
            root.bind(packages, "wheels", read_only=True)
            image.environment |= {"PIP_NO_INDEX": "1", "PIP_FIND_LINKS": "/wheels"}
        for instruction in stage.instructions:
            _carry_out(instruction, image, images, source)
    return images[""]


def _carry_out(instruction: Instruction, image: Image, images: dict[str, Image], context: Path) -> None:
    match instruction.name:
        case "RUN":
            image.root.run(["/bin/sh", "-c", instruction.rest], image.environment, network=False)
        case "ENV":
            image.environment |= instruction.pairs
        case "COPY":
            *sources, target = instruction.words
            for source in sources:
                if "from" in instruction.flags:
                    other = images[instruction.flags["from"]].root.path
                    place = image.root.path / target.lstrip("/")
                    shutil.copytree(other / source.lstrip("/"), place, symlinks=True, dirs_exist_ok=True)
                else:
                    _copy(context, source, target, image)
        case "WORKDIR":
            assert (image.root.path / instruction.rest.lstrip("/")).is_dir(), instruction
    # The others say something about the image and are read when it is used.


def _copy(context: Path, source: str, target: str, image: Image) -> None:
    """Files and folders come with the rights that they have in the context, as with an engine."""
    place = image.root.path / target.lstrip("/")
    assert not target.startswith("/usr/"), "what is below /usr is mounted, and cannot be copied to here"
    files = [path for path in dockerfile.context(context) if str(path) == source or str(path).startswith(f"{source}/")]
    assert files, f"nothing to copy: {source}"
    for path in files:
        whole = str(path) == source
        to = (place / path.name if target.endswith("/") else place) if whole else place / path.relative_to(source)
        to.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(context / path, to)
        if not whole:
            for folder in to.relative_to(place).parents:
                shutil.copymode(context / source / folder, place / folder)
