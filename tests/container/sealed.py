"""Root file systems of their own, made of mounts that only we see: what a container engine does, in small.

Needs root and the system's `unshare`, `nsenter`, `chroot`, `setpriv` and `mount` (util-linux and coreutils).
"""

import os
import shutil
import subprocess
import sys
import sysconfig
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

TOOLS = ("unshare", "nsenter", "chroot", "setpriv", "mount", "prlimit", "env")
_ACCOUNTS = "root:x:0:0::/:/bin/sh\npostgres:x:999:999::/:/bin/sh\n"


def cannot() -> str:
    """Why this machine cannot seal anything; empty when it can."""
    if os.geteuid() != 0:
        return "only root may mount: sudo make container"
    missing = [tool for tool in TOOLS if shutil.which(tool) is None]
    if missing:
        return f"missing: {', '.join(missing)}"
    tried = subprocess.run(["unshare", "--mount", "true"], capture_output=True, check=False)
    return tried.stderr.decode().strip()


@dataclass
class Mounts:
    """A place where mounts are seen by nobody else; they are gone when it is closed."""

    holder: subprocess.Popen[bytes] = field(init=False)

    def __post_init__(self) -> None:
        self.holder = subprocess.Popen(["unshare", "--mount", "--propagation", "private", "sleep", "infinity"])
        while Path(f"/proc/{self.holder.pid}/comm").read_text() != "sleep\n":
            time.sleep(0.005)

    def inside(self, *command: str) -> list[str]:
        """The command, done where the mounts are seen."""
        return ["/usr/bin/nsenter", f"--mount=/proc/{self.holder.pid}/ns/mnt", *command]

    def do(self, *command: str) -> None:
        """Does a command there, which must end well."""
        subprocess.run(self.inside(*command), check=True, capture_output=True)

    def close(self) -> None:
        """Ends it."""
        self.holder.kill()
        self.holder.wait()


@dataclass(frozen=True)
class Root:
    """A folder that is the whole file system for whoever is sealed into it; the machine's own /usr is read-only."""

    path: Path
    mounts: Mounts

    @classmethod
    def new(cls, path: Path, mounts: Mounts) -> "Root":
        """One with the system's programs in it, and an empty /usr/local of its own."""
        root = cls(path, mounts)
        for name in ("usr", "proc", "dev", "tmp", "etc", "run/secrets"):
            (path / name).mkdir(parents=True)
        for name in ("bin", "sbin", "lib", "lib64"):
            if Path("/", name).is_symlink():
                (path / name).symlink_to(Path("/", name).readlink())
        (path / "etc" / "passwd").write_text(_ACCOUNTS)
        (path / "etc" / "hosts").write_text("127.0.0.1 localhost database\n")
        for name in ("ld.so.cache", "nsswitch.conf"):
            if Path("/etc", name).is_file():
                shutil.copy(Path("/etc", name), path / "etc" / name)
        root.bind(Path("/usr"), "usr", read_only=True)
        root.local.mkdir()
        root.bind(root.local, "usr/local")
        for name in ("proc", "dev"):
            mounts.do("mount", "--rbind", f"/{name}", str(path / name))
        return root

    @property
    def local(self) -> Path:
        """What is seen as /usr/local."""
        return self.path.with_name(f"{self.path.name}-local")

    def bind(self, source: Path, target: str, read_only: bool = False) -> None:
        """Shows a file or folder of the machine at a path of the root."""
        place = self.path / target.lstrip("/")
        if not place.exists():
            place.parent.mkdir(parents=True, exist_ok=True)
            place.mkdir() if source.is_dir() else place.touch()
        self.mounts.do("mount", "--bind", str(source), str(place))
        if read_only:
            self.mounts.do("mount", "-o", "remount,bind,ro", str(place))

    def locked(self, path: Path) -> "Root":
        """The same at another path, where nothing can be written but what is mounted there afterwards."""
        path.mkdir()
        self.mounts.do("mount", "--rbind", str(self.path), str(path))
        for place in (path, path / "usr" / "local"):
            self.mounts.do("mount", "-o", "remount,bind,ro", str(place))
        return Root(path, self.mounts)

    def sealed(
        self, words: Sequence[str], user: str = "0:0", folder: str = "/", core: str = "0", network: bool = True
    ) -> list[str]:
        """The command that runs these words in the root as `user` (uid:gid), without any right or way to gain one."""
        uid, gid = user.split(":")
        alone = [] if network else ["/usr/bin/unshare", "--net"]
        lost = ["--no-new-privs", "--bounding-set=-all", "--inh-caps=-all"] if uid != "0" else []
        return self.mounts.inside(
            *alone,
            "/usr/bin/prlimit",
            f"--core={core}",
            "/usr/sbin/chroot",
            str(self.path),
            "/usr/bin/setpriv",
            f"--reuid={uid}",
            f"--regid={gid}",
            "--clear-groups",
            *lost,
            "/usr/bin/env",
            f"--chdir={folder}",
            *words,
        )

    def run(self, words: Sequence[str], environment: Mapping[str, str], **how: str | bool) -> str:
        """Does this to its end, which must be a good one; what it printed."""
        command = self.sealed(words, **how)  # type: ignore[arg-type]
        ended = subprocess.run(command, env=dict(environment), capture_output=True, check=False, timeout=120)
        assert ended.returncode == 0, (words, ended.stdout.decode(), ended.stderr.decode())
        return ended.stdout.decode()


def put_python(local: Path) -> dict[str, str]:
    """Copies this machine's Python without packages to `/usr/local`; the environment that it needs there."""
    version = f"python{sys.version_info.major}.{sys.version_info.minor}"
    for name in ("bin", "lib"):
        (local / name).mkdir(exist_ok=True)
    shutil.copy(Path(sys.base_prefix) / "bin" / version, local / "bin" / version)
    for name in ("python", "python3"):
        (local / "bin" / name).symlink_to(version)
    kept_out = shutil.ignore_patterns("site-packages", "dist-packages", "test", "tests", "__pycache__", "idlelib")
    shutil.copytree(Path(os.__file__).parent, local / "lib" / version, ignore=kept_out, symlinks=True)
    (local / "lib" / version / "site-packages").mkdir()
    for library in Path(str(sysconfig.get_config_var("LIBDIR"))).glob("libpython*.so*"):
        shutil.copy(library, local / "lib" / library.name, follow_symlinks=True)
    return {"LD_LIBRARY_PATH": "/usr/local/lib"}
