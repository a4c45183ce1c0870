"""Checks of the machine itself: versions, the account, and whether memory can end up on a disk."""

import os
import platform
import resource
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from bot.doctor.finding import Finding, bad, ok, warn

_OLDEST_SQLITE = (3, 37, 0)


@dataclass(frozen=True, slots=True)
class Machine:
    """What is known about the machine. `core_limit` is in bytes, -1 for no limit."""

    python: str
    sqlite: tuple[int, ...]
    user: int
    core_limit: int
    proc: Path = Path("/proc")
    cgroup: Path = Path("/sys/fs/cgroup")


def this_machine() -> Machine:
    """The machine that this program runs on."""
    core_limit = resource.getrlimit(resource.RLIMIT_CORE)[0]
    return Machine(platform.python_version(), sqlite3.sqlite_version_info, os.geteuid(), core_limit)


def check(machine: Machine) -> Iterator[Finding]:
    """Versions, account, core dumps, swap."""
    yield _versions(machine)
    yield _account(machine)
    yield _core_dumps(machine)
    yield _swap(machine)


def _versions(machine: Machine) -> Finding:
    version = ".".join(map(str, machine.sqlite))
    if machine.sqlite < _OLDEST_SQLITE:
        return bad(f"SQLite is {version}, older than 3.37.", "Use a newer Python or system, or the container.")
    return ok(f"Python {machine.python}, SQLite {version}.")


def _account(machine: Machine) -> Finding:
    if machine.user == 0:
        return warn(
            "This runs as root, who may read and change everything on the machine.",
            "Run the bot, and this command, as an account that does nothing else (docs/deploy.md).",
        )
    return ok("This account is not root.")


def _core_dumps(machine: Machine) -> Finding:
    if machine.core_limit:
        return warn(
            "A crash may write the program's memory, with keys and chats in it, to the disk (a core dump).",
            "Set the limit of core dumps to 0: `ulimit -c 0`, in systemd LimitCORE=0, in compose `ulimits: core: 0`.",
        )
    return ok("A crash writes no memory to the disk.")


def _swap(machine: Machine) -> Finding:
    try:
        areas = [line.split()[0] for line in (machine.proc / "swaps").read_text().splitlines()[1:] if line.strip()]
    except OSError:
        return warn("Whether this system swaps memory to a disk cannot be seen.", "Turn swap off, or encrypt it.")
    on_disk = [area for area in areas if not area.startswith("/dev/zram")]  # zram is memory itself
    if on_disk and not _kept_from_swap(machine):
        return warn(
            "Memory, with keys and chats in it, may be swapped to a disk and stay there.",
            "Turn swap off (`swapoff -a`, and its line out of /etc/fstab), encrypt it, or forbid it to the bot "
            "(MemorySwapMax=0 in systemd, memswap_limit equal to mem_limit in compose).",
        )
    return ok("Memory is not swapped to a disk.")


def _kept_from_swap(machine: Machine) -> bool:
    """Whether this process is in a control group that may not swap (cgroup v2)."""
    try:
        own = (machine.proc / "self" / "cgroup").read_text().strip().rpartition("::")[2]
        return (machine.cgroup / own.lstrip("/") / "memory.swap.max").read_text().strip() == "0"
    except OSError:
        return False  # no such control: nothing keeps it from swap
