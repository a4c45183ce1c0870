"""A wrong setting stops the program with a sentence that names it and says how to mend it; the token is never shown."""

import os
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.errors import SettingsError
from bot.settings import Settings, read

TOKEN = "123456:AAE-secret_part"
NOWHERE = Path(os.devnull)
LONG = "9" * 5000


def given_(**environment: str) -> Settings:
    """Settings from a token and these variables alone."""
    return read({"BOT_TOKEN": TOKEN, **environment}, NOWHERE)


def test_a_token_is_all_that_is_needed() -> None:
    assert given_() == Settings(
        token=TOKEN,
        api_base_url="https://api.telegram.org",
        database_url="sqlite+aiosqlite:///data/pana.db",
        key_dir=Path("data/keys"),
        listen_host="127.0.0.1",
        listen_port=8080,
        send_rate=25,
        chat_rate=1,
        retention_hours=24,
        auto_migrate=True,
        log_level="INFO",
        config_dir=None,
    )


WRONG: dict[str, tuple[list[str], str]] = {
    "BOT_TOKEN": (
        ["abc", "123456", "123456:", ":abc", "123456:a b", "a23:abc", "-1:abc", "123456:abc\nx"],
        "BOT_TOKEN is not of the form digits:text. Copy it again from @BotFather.",
    ),
    "BOT_TOKEN_FILE": (
        ["/nowhere/token", "/", "\x00", "a" * 5000],
        "BOT_TOKEN_FILE cannot be read ({kind}). Point it to a text file with the token.",
    ),
    "BOT_API_BASE_URL": (
        ["api.telegram.org", "ftp://host", "https://", "https:host", "http://[::1", "http://127.0.0.1:x", "\x00"],
        "BOT_API_BASE_URL is not an http or https address. Leave it out to use Telegram itself.",
    ),
    "BOT_DATABASE_URL": (
        [
            "pana.db",
            "sqlite:///data/pana.db",
            "sqlite+aiosqlite://",
            "sqlite+aiosqlite:///",
            "sqlite+aiosqlite:///:memory:",
            "postgresql://host/name",
            "postgresql+asyncpg://host/name",
            "mysql://host/name",
        ],
        "BOT_DATABASE_URL must be sqlite+aiosqlite:///path/to/file.db or postgresql+psycopg://user@host/name. "
        "Leave it out to use data/pana.db.",
    ),
    "BOT_LISTEN": (
        ["8080", ":8080", "host:", "host:x", "host:-1", "host:65536", "host:80.5", f"host:{LONG}"],
        "BOT_LISTEN is not of the form host:port, such as 127.0.0.1:8080. Mend it or leave it out.",
    ),
    "BOT_SEND_RATE": (
        ["fast", "-1", "1001", "nan", "inf", "-inf", "1,5", "٣x"],
        "BOT_SEND_RATE is not a number from 0 (no limit) to 1000. Mend it or leave it out.",
    ),
    "BOT_CHAT_RATE": (
        ["fast", "-0.1", "1000.1", "nan"],
        "BOT_CHAT_RATE is not a number from 0 (no limit) to 1000. Mend it or leave it out.",
    ),
    "BOT_RETENTION_HOURS": (
        ["0", "47", "-1", "24.0", "a day", "²", LONG],
        "BOT_RETENTION_HOURS is not a whole number from 1 to 46: Telegram lets a bot delete for 48 hours only. "
        "Mend it or leave it out.",
    ),
    "BOT_AUTO_MIGRATE": (
        ["yes", "true", "2", "-", "10"],
        "BOT_AUTO_MIGRATE is not 0 or 1. Mend it or leave it out.",
    ),
    "BOT_CONFIG_DIR": (
        ["/nowhere/at/all", os.devnull, "\x00", "a" * 5000],
        "BOT_CONFIG_DIR is not a folder that can be read. Point it to the folder with organisation.toml and "
        "directory/*.toml, or leave it out.",
    ),
    "BOT_LOG_LEVEL": (
        ["loud", "TRACE", "10", "critical"],
        "BOT_LOG_LEVEL is not DEBUG, INFO, WARNING or ERROR. Mend it or leave it out.",
    ),
}


@pytest.mark.parametrize(("name", "value"), [(name, value) for name, (values, _) in WRONG.items() for value in values])
def test_a_wrong_value_is_refused_by_name_with_a_way_to_mend_it(name: str, value: str) -> None:
    with pytest.raises(SettingsError) as refused:
        given_(**{name: value})
    kind = type(refused.value.__cause__).__name__
    assert str(refused.value) == WRONG[name][1].format(kind=kind)
    assert refused.value.exit_status == 2


@given(st.sampled_from(sorted(WRONG)), st.text())
def test_any_value_at_all_is_taken_or_refused_in_one_paragraph(name: str, value: str) -> None:
    try:
        found = given_(**{name: value})
    except SettingsError as error:
        assert str(error).startswith(name)
        assert "\n" not in str(error)
    else:
        assert isinstance(found, Settings)


@pytest.mark.parametrize("environment", [{}, {"BOT_TOKEN": ""}, {"BOT_TOKEN": "  "}, {"BOT_TOKEN_FILE": " "}])
def test_without_a_token_it_says_where_to_get_one_and_how_to_try_without(environment: dict[str, str]) -> None:
    with pytest.raises(SettingsError) as refused:
        read(environment, NOWHERE)
    assert str(refused.value) == (
        "BOT_TOKEN is missing. Get a token from @BotFather in Telegram and set BOT_TOKEN, or BOT_TOKEN_FILE to a "
        "file that holds it. To try the bot without a token, run: python -m bot demo"
    )


@pytest.mark.parametrize(
    ("name", "value", "attribute", "found"),
    [
        ("BOT_TOKEN", " 1:a ", "token", "1:a"),
        ("BOT_API_BASE_URL", " https://tg.example/api/ ", "api_base_url", "https://tg.example/api"),
        ("BOT_DATABASE_URL", " postgresql+psycopg://u@h/n ", "database_url", "postgresql+psycopg://u@h/n"),
        ("BOT_DATABASE_URL", "sqlite+aiosqlite:////abs/p.db", "database_url", "sqlite+aiosqlite:////abs/p.db"),
        ("BOT_KEY_DIR", "/keys", "key_dir", Path("/keys")),
        ("BOT_KEY_DIR", "", "key_dir", Path("data/keys")),
        ("BOT_API_BASE_URL", "", "api_base_url", "https://api.telegram.org"),
        ("BOT_DATABASE_URL", " ", "database_url", "sqlite+aiosqlite:///data/pana.db"),
        ("BOT_LOG_LEVEL", "", "log_level", "INFO"),
        ("BOT_CONFIG_DIR", " / ", "config_dir", Path("/")),
        ("BOT_CONFIG_DIR", " ", "config_dir", None),
        ("BOT_LISTEN", "", "listen_port", 8080),
        ("BOT_LISTEN", "0.0.0.0:80", "listen_host", "0.0.0.0"),
        ("BOT_LISTEN", "[::1]:0", "listen_host", "::1"),
        ("BOT_LISTEN", "localhost:65535", "listen_port", 65535),
        ("BOT_SEND_RATE", "0", "send_rate", 0),
        ("BOT_SEND_RATE", "", "send_rate", 25),
        ("BOT_SEND_RATE", "12.5", "send_rate", 12.5),
        ("BOT_CHAT_RATE", "1000", "chat_rate", 1000),
        ("BOT_RETENTION_HOURS", "1", "retention", 3600),
        ("BOT_RETENTION_HOURS", "46", "retention", 46 * 3600),
        ("BOT_RETENTION_HOURS", " ", "retention", 24 * 3600),
        ("BOT_AUTO_MIGRATE", "0", "auto_migrate", False),
        ("BOT_AUTO_MIGRATE", "1", "auto_migrate", True),
        ("BOT_AUTO_MIGRATE", "", "auto_migrate", True),
        ("BOT_LOG_LEVEL", " debug ", "log_level", "DEBUG"),
    ],
)
def test_a_good_value_is_taken(name: str, value: str, attribute: str, found: Any) -> None:
    assert getattr(given_(**{name: value}), attribute) == found


@pytest.mark.parametrize("host", ["127.0.0.1:8081", "localhost", "LOCALHOST:8081", "127.8.8.8", "[::1]:8081"])
def test_http_is_allowed_to_this_machine(host: str) -> None:
    assert given_(BOT_API_BASE_URL=f"http://{host}").api_base_url == f"http://{host}"


@pytest.mark.parametrize(
    "host",
    [
        "api.telegram.org",
        "10.0.0.1",
        "192.168.1.1:8081",
        "0.0.0.0",
        "127.0.0.1.example.org",
        "localhost.example.org",
        "localhost@example.org",
        "127.0.0.1:80@example.org",
        "[2001:db8::1]",
        "2130706433",
    ],
)
def test_http_to_another_machine_is_refused_because_of_the_token(host: str) -> None:
    with pytest.raises(SettingsError) as refused:
        given_(BOT_API_BASE_URL=f"http://{host}")
    assert str(refused.value) == (
        "BOT_API_BASE_URL uses http to another machine: the token would travel unprotected. Use https, or http "
        "only to this machine (127.0.0.1 or localhost)."
    )
    assert given_(BOT_API_BASE_URL=f"https://{host}").api_base_url == f"https://{host}"


def test_neither_the_token_nor_the_database_password_is_ever_shown() -> None:
    found = given_(BOT_DATABASE_URL="postgresql+psycopg://pana:hidden-word@host/name")
    for shown in (repr(found), str(found), f"{found}", f"{[found]}"):
        assert TOKEN.partition(":")[2] not in shown
        assert "hidden-word" not in shown
        assert "https://api.telegram.org" in shown


@pytest.mark.parametrize("name", sorted(set(WRONG) - {"BOT_TOKEN_FILE"}))
def test_a_secret_put_into_the_wrong_setting_is_not_repeated(name: str) -> None:
    with pytest.raises(SettingsError) as refused:
        given_(**{name: "  777:put-here by-mistake"})
    assert "put-here" not in str(refused.value)


def test_settings_cannot_be_changed_afterwards() -> None:
    with pytest.raises(AttributeError):
        given_().token = "1:b"  # type: ignore[misc]
