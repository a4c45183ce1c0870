"""Who she is and what she writes must be in no byte that we write (promises P5, P6, P7)."""

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import create_engine, inspect, text

from bot.dialog.codec import Reader
from bot.dialog.engine import own_keys
from bot.i18n import LANGUAGES, NP_
from bot.storage.engine import sync_url
from tests.books import TODAY as BOOK
from tests.contract.places import Place
from tests.contract.server import OwnServer, own
from tests.emulator.conftest import database as database  # noqa: PLC0414 -- a fixture for this folder
from tests.emulator.conftest import emulator as emulator  # noqa: PLC0414 -- a fixture for this folder
from tests.emulator.emulator_client import Emulator
from tests.emulator.living import CLOSE, URGENT, Living, Phone, living, on_every_database
from tests.emulator.walking import Walk

READER = Reader(BOOK, own_keys(BOOK))
CHAT = 918_273_645_546
WORDS = {
    "name": "Zхқname",
    "last_name": "Zхқlast",
    "username": "zkq_username",
    "phone": "77015550199",
    "text": "zkq my own words мени ұрады",
    "file": "zkqfile",
}


TALKATIVE = {
    "log_statement": "all",
    "log_min_error_statement": "debug5",
    "log_error_verbosity": "verbose",
    "log_min_duration_statement": "0",
    "log_parameter_max_length": "-1",
    "log_parameter_max_length_on_error": "-1",
}
"""A PostgreSQL server that writes everything it can into its log."""


@pytest.fixture
async def alive(emulator: Emulator, tmp_path: Path, database: str) -> AsyncIterator[Living]:
    emulator.world.limits.enabled = False
    async with living(emulator, tmp_path, database_url=database) as running:
        yield running


async def test_no_name_number_or_word_of_hers_is_written_anywhere(alive: Living) -> None:
    await _tell_everything(alive)
    assert _found(_everything_written(alive)) == []


async def test_a_postgresql_server_gets_no_name_number_or_word_of_hers(emulator: Emulator, tmp_path: Path) -> None:
    """Not in its tables, not in its write-ahead log, and not in its own log even when it writes all that it can."""
    emulator.world.limits.enabled = False
    server = own()
    with server.role_with(**TALKATIVE), server.database(migrated=True) as url:
        async with living(emulator, tmp_path, database_url=url) as alive:
            await _tell_everything(alive)
            rows = Place(url, tmp_path).execute("SELECT sealed FROM routing")
            written = {**_everything_written(alive), **server.files()}
    assert _found(written) == []
    _would_have_been_found(server, written, bytes(rows[0].sealed))


def _would_have_been_found(server: OwnServer, written: dict[str, bytes], sealed: bytes) -> None:
    """What is known to have reached the server is where we looked: in a table, in the write-ahead log, in the log."""
    pieces = [sealed[first : first + 32] for first in range(0, len(sealed) - 32, 32)]  # it may lie on two pages
    places = {name for name, content in written.items() if any(piece in content for piece in pieces)}
    assert any("/base/" in name for name in places)
    assert any("/pg_wal/" in name for name in places)
    assert sealed.hex().encode() in written[str(server.log)]


async def _tell_everything(alive: Living) -> None:
    """She writes, sends and taps; everything about her is a word that occurs nowhere else."""
    phone = alive.phone(
        "ru",
        id=CHAT,
        name=WORDS["name"],
        last_name=WORDS["last_name"],
        username=WORDS["username"],
        phone=WORDS["phone"],
    )
    await phone.start(WORDS["file"])
    await phone.say(WORDS["text"])
    await phone.tap(URGENT)
    for kind in ("photo", "voice", "contact", "location", "document"):
        alive.emulator.world.send(phone.id, WORDS["text"], kind=kind)
    await alive.settled()
    alive.emulator.world.faults.add(method="sendMessage", kind="400", times=1, description=f"Bad: {WORDS['text']}")
    await phone.say(WORDS["text"])


def _found(written: dict[str, bytes]) -> list[tuple[str, str]]:
    """What of hers is where."""
    found = [(name, place) for place, content in written.items() for name in WORDS if _holds(content, WORDS[name])]
    return found + [("number", place) for place, content in written.items() if _holds_number(content, CHAT)]


async def test_no_outgoing_word_is_hers(alive: Living) -> None:
    phone = alive.phone("kk", id=CHAT, name=WORDS["name"], last_name=WORDS["last_name"], username=WORDS["username"])
    await phone.start()
    await phone.say(WORDS["text"])
    await phone.say("көмек " + WORDS["text"])
    sent = str([call.params for call in alive.emulator.world.calls()])
    assert [name for name, word in WORDS.items() if word in sent] == []


@pytest.mark.parametrize("language", LANGUAGES)
async def test_reading_every_screen_changes_nothing_that_is_stored(alive: Living, language: str) -> None:
    """P5: every button of every screen is pressed; the database stays the same to the last byte of every row."""
    phone = alive.phone(language)
    await phone.start()
    before = _tables(alive)
    assert {name: len(rows) for name, rows in before.items()} == {"alembic_version": 1, "routing": 1}
    walk, screens = Walk(BOOK, language), set[str]()
    waiting = [[*walk.roads], _datas(phone)]
    while waiting:
        for data in waiting.pop():
            if not walk.presses(data):
                continue
            tap = READER.read(data)
            assert tap is not None
            await phone.press(data)
            assert _tables(alive) == before, (tap.session.screen, tap.choice)
            screens.add(tap.session.screen)
            waiting.append(_datas(phone))
    assert screens == set(BOOK) - {"home.unread", "home.removed"}


@on_every_database
async def test_writing_changes_one_sealed_row_of_the_same_size(alive: Living) -> None:
    """P5: typed words, pictures and cards leave one row per chat, of equal size, and no other table grows."""
    phones = {language: alive.phone(language) for language in LANGUAGES}
    for language, phone in phones.items():
        await phone.start()
        for word in (WORDS["text"], "помогите", "hello", "/language kk", f"/language {language}"):
            await phone.say(word)
        alive.emulator.world.send(phone.id, kind="photo")
        await alive.settled()
        await phone.tap(URGENT, language)
        await phone.tap(NP_("button", "Tel. {number}"), language, number="102")
    tables = _tables(alive)
    assert {name: len(rows) for name, rows in tables.items()} == {"alembic_version": 1, "routing": 3}
    assert len({len(bytes(row["sealed"])) for row in tables["routing"]}) == 1
    for language, phone in phones.items():
        await phone.tap(CLOSE, language)
    assert {name: len(rows) for name, rows in _tables(alive).items()} == {"alembic_version": 1, "routing": 0}


def _datas(phone: Phone) -> list[str]:
    return [key["data"] for row in phone.screen["buttons"] for key in row if key["data"]]


def _tables(alive: Living) -> dict[str, list[dict[str, Any]]]:
    engine = create_engine(sync_url(alive.place.url))
    try:
        with engine.connect() as connection:
            return {
                name: [dict(row) for row in connection.execute(text(f"SELECT * FROM {name} ORDER BY 1")).mappings()]  # noqa: S608
                for name in sorted(inspect(connection).get_table_names())
            }
    finally:
        engine.dispose()


def _everything_written(alive: Living) -> dict[str, bytes]:
    files = {str(path): path.read_bytes() for path in alive.folder.rglob("*") if path.is_file()}
    return {**files, "log": alive.log.getvalue().encode()}


def _holds(content: bytes, word: str) -> bool:
    forms = [word.encode(), word.encode("utf-16-le"), word.encode("utf-16-be"), word.encode().hex().encode()]
    forms.append(word.encode("unicode_escape"))
    return any(form in content for form in forms)


def _holds_number(content: bytes, number: int) -> bool:
    forms = [str(number).encode(), f"{number:x}".encode(), number.to_bytes(8, "little"), number.to_bytes(8, "big")]
    return any(form in content for form in forms)
