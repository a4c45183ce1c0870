"""Makes folders that nobody but the bot's own account on this machine can look into."""

import os
from pathlib import Path

PRIVATE = 0o700


def make_private(folder: Path) -> None:
    """Makes the folder, and those above it that are missing, each open to its owner alone (mode 0700).

    A folder that is there already is left as it is.

    Raises:
        OSError: it cannot be made.
    """
    if folder.is_dir():
        return
    make_private(folder.parent)
    try:
        folder.mkdir(mode=PRIVATE)
    except FileExistsError:
        if not folder.is_dir():  # a file of that name; another process that made the same folder is welcome
            raise


def sync_folder(folder: Path) -> None:
    """Makes new, changed and removed names in the folder survive a power cut.

    Raises:
        OSError: the disk refuses.
    """
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
