"""The image, built once, and what the steps of the manual leave: each secret in a file for who reads it."""

import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.container import dockerfile, sealed
from tests.container.image import ROOT, Image, build
from tests.container.sealed import Mounts
from tests.emulator.conftest import emulator as emulator  # noqa: PLC0414 -- a fixture for this folder
from tests.emulator.conftest import unused_port as unused_port  # noqa: PLC0414 -- a fixture for this folder
from tests.emulator.emulator_client import TOKEN

MANUAL = ROOT / "docs" / "deploy.md"
SCRIPTS = ("docs/postgresql.sql", "docs/postgresql_password.sql")
"""What the compose files mount of the checkout itself."""


@pytest.fixture(scope="session")
def mounts() -> Iterator[Mounts]:
    """Mounts that only these tests see. Without the right to mount nothing is built here, and this says so."""
    reason = sealed.cannot()
    if reason:
        pytest.skip(f"THE CONTAINER WAS NOT BUILT OR STARTED: {reason}")
    made = Mounts()
    yield made
    made.close()


@pytest.fixture(scope="session")
def image(mounts: Mounts, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Image]:
    """The image of the Dockerfile, built from sources that nobody but their owner can read."""
    folder = tmp_path_factory.mktemp("image")
    source = folder / "source"
    checkout(source, ["Dockerfile", ".dockerignore", *map(str, dockerfile.context(ROOT))])
    yield build(folder, mounts, source)
    shutil.rmtree(folder)  # a quarter of a gigabyte


def checkout(folder: Path, names: list[str]) -> None:
    """These files of ours, as they are after a checkout with `umask 077`."""
    for name in names:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(ROOT / name, folder / name)
    subprocess.run(["chmod", "-R", "u=rwX,go=", folder], check=True)


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A checkout in which the manual's first step was done, word by word, by root."""
    folder = tmp_path / "project"
    checkout(folder, list(SCRIPTS))
    do_block(folder, "1. The secrets.", f"{TOKEN}\n")
    return folder


def do_block(folder: Path, after: str, typed: str = "") -> None:
    """Carries out the manual's first commands for a shell after these words, by root, in a folder."""
    block = re.search(r"```bash\n(.*?)```", MANUAL.read_text().partition(after)[2], re.DOTALL)
    assert block is not None
    shell = ["bash", "-euo", "pipefail", "-c", block[1].replace("sudo ", "")]
    subprocess.run(shell, cwd=folder, input=typed, text=True, check=True, env={"PATH": os.environ["PATH"]})
