"""The settings of the webhook: an address that protects what travels, and a secret that nobody can guess."""

import os
from pathlib import Path

import pytest

from bot.errors import SettingsError
from bot.settings import Settings, read

TOKEN = "123456:AAE-secret_part"
URL = "https://help.example.org/telegram/webhook"
SECRET = "Abcdef-0123456789_x"


NOWHERE = Path(os.devnull)


def given(folder: Path = NOWHERE, /, **environment: str) -> Settings:
    return read({"BOT_TOKEN": TOKEN, **environment}, folder)


def refused(**environment: str) -> str:
    with pytest.raises(SettingsError) as caught:
        given(**environment)
    return str(caught.value)


def test_without_an_address_the_bot_polls_and_needs_no_secret() -> None:
    for found in (given(), given(BOT_WEBHOOK_URL=" "), given(BOT_WEBHOOK_SECRET="short")):
        assert (found.webhook_url, found.webhook_secret) == ("", "")


@pytest.mark.parametrize(
    "url",
    [
        URL,
        f"  {URL}\n",
        "https://help.example.org",
        "https://help.example.org:8443/x?y=1",
        "http://127.0.0.1:8080/telegram/webhook",
        "http://localhost/hook",
        "http://[::1]:8080/hook",
        "https://127.0.0.1:9999/hook",
        "https://help.example.org:443/x",
        "https://help.example.org:80/x",
        "https://help.example.org:88/x",
    ],
)
def test_a_good_address_is_taken_as_it_is(url: str) -> None:
    found = given(BOT_WEBHOOK_URL=url, BOT_WEBHOOK_SECRET=f" {SECRET} ")
    assert (found.webhook_url, found.webhook_secret) == (url.strip(), SECRET)


@pytest.mark.parametrize(
    "url",
    [
        "help.example.org/hook",
        "/telegram/webhook",
        "ftp://help.example.org/hook",
        "https://",
        "https:///hook",
        "https://help.example.org/ho ok",
        "https://help.example.org/hook#here",
        "https://me:put-here@help.example.org/hook",
        "https://help.example.org:x/hook",
        "https://[::1/hook",
        "\x00",
    ],
)
def test_what_is_no_full_address_is_refused(url: str) -> None:
    said = refused(BOT_WEBHOOK_URL=url, BOT_WEBHOOK_SECRET=SECRET)
    assert said.startswith("BOT_WEBHOOK_URL is not a full web address, such as https://")
    assert "put-here" not in said


@pytest.mark.parametrize("host", ["help.example.org", "10.0.0.1", "0.0.0.0", "localhost.example.org"])
def test_plain_http_to_another_machine_is_refused(host: str) -> None:
    said = refused(BOT_WEBHOOK_URL=f"http://{host}/hook", BOT_WEBHOOK_SECRET=SECRET)
    assert said.startswith("BOT_WEBHOOK_URL uses http: people's words would travel unprotected.")


@pytest.mark.parametrize("place", ["help.example.org:9999", "help.example.org:0", "10.0.0.1:8080", "[2001:db8::1]:444"])
def test_a_port_to_which_telegram_brings_nothing_is_refused(place: str) -> None:
    said = refused(BOT_WEBHOOK_URL=f"https://{place}/hook", BOT_WEBHOOK_SECRET=SECRET)
    assert said.startswith(
        "BOT_WEBHOOK_URL names a port to which Telegram brings nothing: it takes 443, 80, 88 and 8443"
    )


@pytest.mark.parametrize("secret", ["", "  "])
def test_an_address_without_a_secret_is_refused(secret: str) -> None:
    assert refused(BOT_WEBHOOK_URL=URL, BOT_WEBHOOK_SECRET=secret).startswith("BOT_WEBHOOK_SECRET is missing: ")


@pytest.mark.parametrize(
    "secret", ["a" * 15, "a" * 257, "a" * 16 + " b", "a" * 16 + "!", "құпия-құпия-құпия", "a" * 16 + "\nb", "a+" * 10]
)
def test_a_secret_that_is_short_or_that_telegram_does_not_take_is_refused_and_not_repeated(secret: str) -> None:
    said = refused(BOT_WEBHOOK_URL=URL, BOT_WEBHOOK_SECRET=secret)
    assert said.startswith("BOT_WEBHOOK_SECRET is not 16 to 256 of the characters ")
    assert secret not in said


@pytest.mark.parametrize("secret", ["a" * 16, "_" * 256, "A-Z_0123456789-a"])
def test_the_limits_of_a_secret(secret: str) -> None:
    assert given(BOT_WEBHOOK_URL=URL, BOT_WEBHOOK_SECRET=secret).webhook_secret == secret


def test_the_secret_may_stand_in_a_file_which_wins(tmp_path: Path) -> None:
    file = tmp_path / "secret"
    file.write_text(f"\ufeff{SECRET}\n", encoding="utf-8")
    where = {"BOT_WEBHOOK_URL": URL, "BOT_WEBHOOK_SECRET_FILE": str(file)}
    assert given(NOWHERE, **where).webhook_secret == SECRET
    assert given(NOWHERE, **where, BOT_WEBHOOK_SECRET="b" * 20).webhook_secret == SECRET
    file.write_text("")
    assert refused(**where).startswith("BOT_WEBHOOK_SECRET is missing: ")
    assert refused(**{**where, "BOT_WEBHOOK_SECRET_FILE": "/nowhere"}) == (
        "BOT_WEBHOOK_SECRET_FILE cannot be read (FileNotFoundError). Point it to a text file with the secret."
    )


def test_the_environments_secret_wins_over_a_file_named_in_the_env_file(tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("c" * 20)
    (tmp_path / ".env").write_text(f"BOT_WEBHOOK_URL={URL}\nBOT_WEBHOOK_SECRET_FILE={tmp_path / 'secret'}\n")
    assert given(tmp_path).webhook_secret == "c" * 20
    assert given(tmp_path, BOT_WEBHOOK_SECRET=SECRET).webhook_secret == SECRET


def test_the_secret_is_never_shown() -> None:
    found = given(BOT_WEBHOOK_URL=URL, BOT_WEBHOOK_SECRET=SECRET)
    assert SECRET not in repr(found)
    assert URL in repr(found)
