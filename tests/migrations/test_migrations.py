"""The tables go up, down and up again, whole or not at all, and nobody's entry is lost on the way."""

import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import create_engine, inspect

from bot.services.ports import Busy
from bot.storage.engine import sync_url
from bot.storage.migrate import BrokenMigration, is_current, scripts, upgrade
from bot.storage.tables import HEAD, metadata
from tests.contract.places import DATABASES, NOW, Place, an_entry, keep
from tests.contract.processes import in_a_process

PROJECT = Path(__file__).parents[2]


@pytest.fixture(params=DATABASES)
def empty(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Place]:
    """Each kind of database, without tables."""
    with DATABASES[request.param](tmp_path) as url:
        yield Place(url, tmp_path)


def configured(url: str, folder: Path | None = None) -> Config:
    config = Config(attributes={"url": url})
    config.set_main_option("script_location", str(folder or scripts()))
    return config


def tables(url: str) -> set[str]:
    engine = create_engine(sync_url(url))
    try:
        return set(inspect(engine).get_table_names())
    finally:
        engine.dispose()


def with_revision(tmp_path: Path, body: str) -> Path:
    """A copy of the migrations with one more, whose `upgrade` is `body`."""
    copy = tmp_path / "migrations"
    shutil.copytree(scripts(), copy)
    lines = "\n".join(f"    {line}" for line in body.splitlines())
    (copy / "versions" / "0999_next.py").write_text(
        '"""The next."""\n\nimport os\nimport signal\n\nimport sqlalchemy as sa\nfrom alembic import op\n\n'
        f'revision = "0999"\ndown_revision = "{HEAD}"\n\n\ndef upgrade() -> None:\n{lines}\n\n\n'
        'def downgrade() -> None:\n    op.drop_column("routing", "more")\n',
    )
    return copy


def test_every_revision_goes_up_down_and_up(empty: Place) -> None:
    config = configured(empty.url)
    revisions = [script.revision for script in ScriptDirectory.from_config(config).walk_revisions()][::-1]
    for revision in revisions:
        command.upgrade(config, revision)
        command.downgrade(config, "-1")
        command.upgrade(config, revision)
    assert is_current(empty.url)
    command.downgrade(config, "base")
    assert tables(empty.url) == {"alembic_version"}
    assert not is_current(empty.url)
    command.upgrade(config, "head")
    assert is_current(empty.url)


def test_the_tables_in_the_program_are_those_of_the_newest_revision(empty: Place) -> None:
    upgrade(empty.url)
    engine = create_engine(sync_url(empty.url))
    with engine.connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection), metadata) == []
        looked = inspect(connection)
        assert looked.get_pk_constraint("routing")["name"] == "pk_routing"
        assert [index["name"] for index in looked.get_indexes("routing")] == ["ix_routing_due"]
    engine.dispose()


def test_the_newest_revision_is_the_one_that_the_program_names() -> None:
    scripted = ScriptDirectory.from_config(configured("sqlite:///unused.db"))
    revisions = [script.revision for script in scripted.walk_revisions()][::-1]
    assert scripted.get_heads() == [HEAD]
    assert revisions == sorted(revisions)
    assert {len(revision) for revision in revisions} == {4}
    assert all(revision.isdecimal() for revision in revisions)


def test_a_new_database_is_not_current_and_asking_makes_no_file(tmp_path: Path) -> None:
    url = f"sqlite+aiosqlite:///{tmp_path}/data/pana.db"
    assert not is_current(url)
    assert list(tmp_path.iterdir()) == []
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "pana.db").touch()
    assert not is_current(url)
    upgrade(url)
    assert is_current(url)
    upgrade(url)
    assert is_current(url)


def test_asking_imports_no_migration_tool(tmp_path: Path) -> None:
    code = (
        "import sys\nfrom bot.storage import migrate, sql\n"
        f"assert not migrate.is_current('sqlite+aiosqlite:///{tmp_path}/pana.db')\n"
        "assert not any(name.split('.')[0] in ('alembic', 'mako') for name in sys.modules)"
    )
    subprocess.run([sys.executable, "-c", code], check=True, cwd=PROJECT)


async def test_entries_are_kept(empty: Place) -> None:
    upgrade(empty.url)
    store = empty.open()
    await keep(store, an_entry(1), NOW, NOW)
    await store.close()
    upgrade(empty.url)
    assert await empty.open().find(1, NOW) == an_entry(1)
    await empty.close()


async def test_entries_are_kept_when_a_table_is_rebuilt(empty: Place, tmp_path: Path) -> None:
    upgrade(empty.url)
    store = empty.open()
    await keep(store, an_entry(1), NOW, NOW)
    rebuild = """
with op.batch_alter_table("routing", recreate="always") as table:
    table.add_column(sa.Column("more", sa.Integer()))
"""
    command.upgrade(configured(empty.url, with_revision(tmp_path, rebuild)), "head")
    assert empty.execute("SELECT more FROM routing") == [(None,)]
    assert await store.find(1, NOW) == an_entry(1)
    await keep(store, an_entry(2), NOW, NOW)
    assert await store.ready() is True
    await empty.close()


HALF = """
op.add_column("routing", sa.Column("more", sa.Integer()))
op.execute("INSERT INTO alembic_version VALUES ('x')")
"""


def test_a_migration_that_fails_leaves_nothing_behind(empty: Place, tmp_path: Path) -> None:
    upgrade(empty.url)
    broken = configured(empty.url, with_revision(tmp_path, HALF + "raise RuntimeError('half-way')"))
    with pytest.raises(RuntimeError, match="half-way"):
        command.upgrade(broken, "head")
    assert empty.execute("SELECT * FROM alembic_version") == [(HEAD,)]
    assert "more" not in columns(empty.url)


def test_a_migration_that_is_killed_leaves_nothing_behind(empty: Place, tmp_path: Path) -> None:
    upgrade(empty.url)
    deadly = configured(empty.url, with_revision(tmp_path, HALF + "os.kill(os.getpid(), signal.SIGKILL)"))
    child = in_a_process(lambda: command.upgrade(deadly, "head"))
    assert os.WTERMSIG(os.waitpid(child, 0)[1]) == signal.SIGKILL
    assert empty.execute("SELECT * FROM alembic_version") == [(HEAD,)]
    assert "more" not in columns(empty.url)
    assert is_current(empty.url)


def test_a_migration_that_would_leave_loose_ends_is_undone(tmp_path: Path) -> None:
    with DATABASES["sqlite"](tmp_path) as url:
        upgrade(url)
        loose = """
op.execute("CREATE TABLE child (parent BLOB REFERENCES routing(lookup))")
op.execute("INSERT INTO child VALUES (x'00')")
"""
        with pytest.raises(BrokenMigration):
            command.upgrade(configured(url, with_revision(tmp_path, loose)), "head")
        assert tables(url) == {"alembic_version", "routing"}


@pytest.mark.parametrize("attempt", range(3))
def test_three_processes_upgrade_at_once(empty: Place, attempt: int) -> None:
    gate, start = os.pipe()

    def wait_and_upgrade() -> None:
        os.close(start)
        os.read(gate, 1)  # returns when everybody else has closed the other end
        upgrade(empty.url)
        assert is_current(empty.url)

    children = [in_a_process(wait_and_upgrade) for _ in range(3)]
    os.close(start)
    os.close(gate)
    assert [os.waitpid(child, 0)[1] for child in children] == [0, 0, 0]
    assert empty.execute("SELECT * FROM alembic_version") == [(HEAD,)]
    assert empty.count() == 0


def test_an_installed_package_brings_its_migrations(tmp_path: Path) -> None:
    site = tmp_path / "site"
    shutil.copytree(PROJECT / "bot", site / "bot", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copytree(PROJECT / "migrations", site / "bot" / "migrations")
    url = f"sqlite+aiosqlite:///{tmp_path}/pana.db"
    code = f"from bot.storage import migrate\nmigrate.upgrade({url!r})\nprint(migrate.scripts())"
    environment = {**os.environ, "PYTHONPATH": str(site)}
    done = subprocess.run([sys.executable, "-c", code], check=True, cwd=tmp_path, env=environment, capture_output=True)
    assert done.stdout.decode().strip() == str(site / "bot" / "migrations")
    assert is_current(url)


def test_a_server_that_is_not_there_is_busy() -> None:
    for ask in (is_current, upgrade):
        with pytest.raises(Busy):
            ask("postgresql+psycopg://nobody@127.0.0.1:1/nothing")


def test_the_alembic_command_works_in_a_checkout(tmp_path: Path) -> None:
    url = f"sqlite+aiosqlite:///{tmp_path}/pana.db"
    alembic = [sys.executable, "-m", "alembic"]
    subprocess.run([*alembic, "-x", f"url={url}", "upgrade", "head"], check=True, cwd=PROJECT, capture_output=True)
    environment = {**os.environ, "BOT_DATABASE_URL": url}
    subprocess.run([*alembic, "check"], check=True, cwd=PROJECT, env=environment, capture_output=True)
    assert is_current(url)


def columns(url: str) -> set[str]:
    engine = create_engine(sync_url(url))
    try:
        return {column["name"] for column in inspect(engine).get_columns("routing")}
    finally:
        engine.dispose()
