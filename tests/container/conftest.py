"""The image, built once, and what the steps of the manual leave: each secret in a file for who reads it."""

import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.container import sealed
from tests.container.image import Image, build
from tests.container.sealed import Mounts
from tests.emulator.conftest import emulator as emulator  # noqa: PLC0414 -- a fixture for this folder
from tests.emulator.conftest import unused_port as unused_port  # noqa: PLC0414 -- a fixture for this folder
from tests.emulator.emulator_client import TOKEN

MANUAL = Path(__file__).parents[2] / "docs" / "deploy.md"


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
    """The image of the Dockerfile."""
    folder = tmp_path_factory.mktemp("image")
    yield build(folder, mounts)
    shutil.rmtree(folder)  # a quarter of a gigabyte


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A folder in which the manual's first step was done, word by word, by root."""
    block = re.search(r"```bash\n(.*?)```", MANUAL.read_text(), re.DOTALL)
    assert block is not None
    steps = block[1].replace("sudo ", "")
    folder = tmp_path / "project"
    folder.mkdir()
    shell = ["bash", "-euo", "pipefail", "-c", steps]
    subprocess.run(shell, cwd=folder, input=f"{TOKEN}\n", text=True, check=True, env={"PATH": os.environ["PATH"]})
    return folder
