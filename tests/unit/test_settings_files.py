"""Settings written into files: the `.env` beside the program, and the file that holds the token."""

from pathlib import Path

import pytest

from bot.errors import SettingsError
from bot.settings import database_url, read

TOKEN = "123456:AAE-secret_part"
OTHER = "654321:BBF-other_part"


def write(folder: Path, text: str, name: str = ".env") -> Path:
    file = folder / name
    file.write_bytes(text.encode())
    return file


@pytest.mark.parametrize(
    "text",
    [
        f"BOT_TOKEN={TOKEN}",
        f"BOT_TOKEN={TOKEN}\n",
        f"  BOT_TOKEN = {TOKEN}  \n",
        f'BOT_TOKEN="{TOKEN}"',
        f"BOT_TOKEN='{TOKEN}'",
        f"export BOT_TOKEN={TOKEN}",
        f"# a remark = not a setting\n\n\t# another\nBOT_TOKEN={TOKEN}",
        f"BOT_TOKEN={TOKEN}\r\nBOT_LOG_LEVEL=INFO\r\n",
        f"\ufeffBOT_TOKEN={TOKEN}",
        f"BOT_TOKEN={OTHER}\nBOT_TOKEN={TOKEN}",
        f"SOMETHING_ELSE=1=2\nBOT_TOKEN={TOKEN}",
    ],
)
def test_an_env_file_is_read(tmp_path: Path, text: str) -> None:
    write(tmp_path, text)
    assert read({}, tmp_path).token == TOKEN


@pytest.mark.parametrize(("text", "number"), [("BOT_TOKEN", 1), (f"BOT_TOKEN={TOKEN}\n\nexport X\n", 3), ("a b c", 1)])
def test_a_line_that_is_no_setting_is_told_by_its_number_and_not_repeated(
    tmp_path: Path, text: str, number: int
) -> None:
    write(tmp_path, text)
    with pytest.raises(SettingsError) as refused:
        read({}, tmp_path)
    assert str(refused.value) == f".env line {number} is not of the form NAME=value. Mend or remove it."


def test_an_env_file_that_is_no_text_is_told(tmp_path: Path) -> None:
    (tmp_path / ".env").write_bytes(b"BOT_TOKEN=\xff\xfe")
    with pytest.raises(SettingsError) as refused:
        read({}, tmp_path)
    assert str(refused.value) == ".env cannot be read (UnicodeDecodeError). Make it a plain UTF-8 text file."


def test_a_folder_named_like_the_file_is_no_file(tmp_path: Path) -> None:
    (tmp_path / ".env").mkdir()
    assert read({"BOT_TOKEN": TOKEN}, tmp_path).token == TOKEN


def test_the_environment_wins(tmp_path: Path) -> None:
    write(tmp_path, f"BOT_TOKEN={OTHER}\nBOT_LOG_LEVEL=ERROR\nBOT_RETENTION_HOURS=3\n")
    found = read({"BOT_TOKEN": TOKEN, "BOT_LOG_LEVEL": "DEBUG"}, tmp_path)
    assert (found.token, found.log_level, found.retention_hours) == (TOKEN, "DEBUG", 3)


@pytest.mark.parametrize("text", [TOKEN, f"{TOKEN}\n", f"\n  {TOKEN}\r\n", f"\ufeff{TOKEN}"])
def test_the_token_may_stand_in_a_file(tmp_path: Path, text: str) -> None:
    file = write(tmp_path, text, "token")
    assert read({"BOT_TOKEN_FILE": str(file)}, tmp_path).token == TOKEN


def test_of_a_token_and_a_file_given_together_the_file_wins(tmp_path: Path) -> None:
    file = write(tmp_path, TOKEN, "token")
    assert read({"BOT_TOKEN": OTHER, "BOT_TOKEN_FILE": str(file)}, tmp_path).token == TOKEN


def test_the_environments_token_wins_over_a_file_named_in_the_env_file(tmp_path: Path) -> None:
    write(tmp_path, f"BOT_TOKEN_FILE={write(tmp_path, OTHER, 'token')}\n")
    assert read({"BOT_TOKEN": TOKEN}, tmp_path).token == TOKEN
    assert read({"BOT_TOKEN": " "}, tmp_path).token == OTHER


@pytest.mark.parametrize("text", ["", "\n", "not a token"])
def test_a_file_without_a_token_is_refused(tmp_path: Path, text: str) -> None:
    file = write(tmp_path, text, "token")
    with pytest.raises(SettingsError, match=r"^BOT_TOKEN is "):
        read({"BOT_TOKEN_FILE": str(file)}, tmp_path)


def test_the_database_alone_needs_no_token(tmp_path: Path) -> None:
    assert database_url({}, tmp_path) == "sqlite+aiosqlite:///data/pana.db"
    write(tmp_path, "BOT_DATABASE_URL=sqlite+aiosqlite:///here.db")
    assert database_url({}, tmp_path) == "sqlite+aiosqlite:///here.db"
    assert database_url({"BOT_DATABASE_URL": "sqlite+aiosqlite:///x.db"}, tmp_path) == "sqlite+aiosqlite:///x.db"
    with pytest.raises(SettingsError, match=r"^BOT_DATABASE_URL must be "):
        database_url({"BOT_DATABASE_URL": "here.db"}, tmp_path)
