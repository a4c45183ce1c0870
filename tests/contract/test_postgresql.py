"""What a PostgreSQL server is asked for before people trust it, and what it writes about us: nothing."""

import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import make_url, text
from sqlalchemy.exc import DBAPIError

from bot.services.ports import Busy
from bot.storage.engine import UnsafeDatabase, open_readers, open_to_look, open_writer, sync_url
from bot.storage.keys import KeyFolder
from bot.storage.server_log import QUIET, problems
from bot.storage.sql import SqlStore
from tests.contract.places import DATABASES, NOW, Place, an_entry, keep
from tests.contract.server import documented, own, server

SESSION = {
    "synchronous_commit": "on",
    "fsync": "on",
    "full_page_writes": "on",
    "log_parameter_max_length_on_error": "0",
    "lock_timeout": "5s",
    "statement_timeout": "20s",
    "idle_in_transaction_session_timeout": "20s",
    "application_name": "pana",
}


@pytest.fixture
def place(tmp_path: Path) -> Iterator[Place]:
    """A migrated database on the server that is ours to change."""
    with own().database(migrated=True) as url:
        yield Place(url, tmp_path)


@pytest.mark.parametrize(("setting", "wanted"), SESSION.items())
def test_every_connection_holds_what_the_promises_need(setting: str, wanted: str) -> None:
    with server().database(migrated=False) as url:
        for engine in (open_writer(sync_url(url)), open_readers(sync_url(url), 1), open_to_look(sync_url(url))):
            with engine.connect() as connection:
                assert connection.execute(text(f"SHOW {setting}")).scalar() == wanted
            engine.dispose()


def test_a_role_that_forgets_what_is_confirmed_is_overruled(place: Place) -> None:
    with own().role_with(synchronous_commit="off", log_parameter_max_length_on_error="-1"):
        engine = open_writer(sync_url(place.url))
        with engine.connect() as connection:
            assert connection.execute(text("SHOW synchronous_commit")).scalar() == "on"
            assert connection.execute(text("SHOW log_parameter_max_length_on_error")).scalar() == "0"
        engine.dispose()


def test_a_server_that_forgets_what_is_confirmed_is_refused(place: Place, tmp_path: Path) -> None:
    def set_to(value: str) -> None:
        own().run(f"ALTER SYSTEM SET full_page_writes = {value}", "SELECT pg_reload_conf()")
        while place.execute("SHOW full_page_writes") != [(value,)]:
            time.sleep(0.01)

    set_to("off")
    try:
        with pytest.raises(UnsafeDatabase, match="full_page_writes=on"):
            SqlStore.open(place.url, KeyFolder(tmp_path / "keys"))
    finally:
        set_to("on")


def test_options_of_the_address_are_kept_but_cannot_weaken_ours(place: Place) -> None:
    url = make_url(place.url).update_query_dict({"options": "-c synchronous_commit=off -c work_mem=8MB"})
    engine = open_writer(url)
    with engine.connect() as connection:
        assert connection.execute(text("SHOW synchronous_commit")).scalar() == "on"
        assert connection.execute(text("SHOW work_mem")).scalar() == "8MB"
    engine.dispose()


def test_a_server_set_up_as_the_manual_says_writes_nothing_about_us(place: Place) -> None:
    assert problems(place.url) == []


@pytest.mark.parametrize(
    ("setting", "value"),
    [
        ("log_statement", "all"),
        ("log_statement", "mod"),
        ("log_min_error_statement", "error"),
        ("log_error_verbosity", "verbose"),
        ("log_min_duration_statement", "0"),
        ("log_min_duration_sample", "100"),
        ("log_transaction_sample_rate", "0.5"),
        ("log_parameter_max_length", "-1"),
    ],
)
def test_a_setting_that_tells_is_named_with_the_line_that_mends_it(place: Place, setting: str, value: str) -> None:
    with own().role_with(**{setting: value}):
        (problem,) = problems(place.url)
        assert f"{setting} is {value}." in problem
        own().run(problem.partition("As its superuser: ")[2].rstrip(";"))
        assert problems(place.url) == []


def test_the_manual_sets_all_that_is_asked_for() -> None:
    lines = "\n".join(documented())
    assert [name for name in QUIET if f"SET {name} = " not in lines] == []


def test_a_file_has_no_log_and_a_server_that_is_not_there_is_busy(tmp_path: Path) -> None:
    with DATABASES["sqlite"](tmp_path) as url:
        assert problems(url) == []
    with pytest.raises(Busy):
        problems("postgresql+psycopg://nobody@127.0.0.1:1/nothing")


async def test_a_refused_statement_leaves_no_trace_in_the_log(place: Place) -> None:
    """A violated rule is where PostgreSQL otherwise writes whole rows (DETAIL) and statements into its log."""
    log = own().log
    place.execute("ALTER TABLE routing ADD CONSTRAINT never CHECK (due < 0)")
    before = len(log.read_bytes())
    store = place.open()
    with pytest.raises(DBAPIError) as refused:
        await keep(store, an_entry(7_311_223_344), NOW, NOW)
    await place.close()
    written = log.read_bytes()[before:].decode()
    assert 'violates check constraint "never"' in written
    assert [line for line in ("STATEMENT", "DETAIL", "INSERT", "\\x", "key_day") if line in written] == []
    assert "hide_parameters" in str(refused.value)
