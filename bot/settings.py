"""The settings: read once from the environment or a `.env` file, checked, then frozen.

An unsafe or missing value stops the program with a sentence that names the setting, says why, and how to mend it.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from ipaddress import ip_address
from pathlib import Path
from typing import TypeVar
from urllib.parse import urlsplit

from bot.environment import look_given, read_given, read_hidden
from bot.errors import SettingsError

T = TypeVar("T")

_API, _FILE, _LISTEN = "https://api.telegram.org", "sqlite+aiosqlite:///data/pana.db", "127.0.0.1:8080"
_TOKEN = re.compile(r"\d+:[!-~]+\Z", re.ASCII)
_NOT_IN_A_TOKEN = frozenset("/?#%\\")
_WEBHOOK_PORTS = {None, 443, 80, 88, 8443}  # Bot API, setWebhook; without one https goes to 443
_WEBHOOK_SECRET = re.compile(r"[A-Za-z0-9_-]{16,256}\Z")  # Bot API, setWebhook: 1-256; fewer than 16 can be guessed
USUAL_RETENTION, LONGEST_RETENTION = 24, 46
"""Hours: Telegram deletes for a bot only within 48 (Bot API, deleteMessages); two are left for trying again."""
MOST_REPLICAS = 100
"""Telegram's 30 messages a second are fewer than one for each of more."""


@dataclass(frozen=True, slots=True)
class Settings:
    """What the bot runs with. `token` and `webhook_secret` are never shown: not in a log, not in `repr`.

    Without a `webhook_url` the bot polls. `replicas` is how many run at the same time, of which this is one.
    """

    token: str = field(repr=False)
    api_base_url: str
    database_url: str = field(repr=False)
    key_dir: Path
    listen_host: str
    listen_port: int
    send_rate: float
    chat_rate: float
    retention_hours: int
    auto_migrate: bool
    log_level: str
    config_dir: Path | None = None
    webhook_url: str = ""
    webhook_secret: str = field(default="", repr=False)
    replicas: int = 1

    @property
    def retention(self) -> int:
        """Seconds after sending at which a message is deleted at the latest."""
        return self.retention_hours * 3600


def read(environment: Mapping[str, str], folder: Path) -> Settings:
    """Settings from the environment, over those of `folder/.env`.

    Raises:
        SettingsError: naming the first setting that is missing, wrong or unsafe.
    """
    found, problems = look(environment, folder)
    if problems:
        raise next(iter(problems.values()))
    return found


def look(environment: Mapping[str, str], folder: Path) -> tuple[Settings, dict[str, SettingsError]]:
    """As `read`, with everything that is wrong told instead of raised: for whoever examines a deployment.

    What is wrong is told under its field of `Settings` (or its own words, when it belongs to none) and counts as left
    out; a token or secret that is wrong is empty.
    """
    given, strange = look_given(environment, folder)
    problems = {str(problem): problem for problem in strange}

    def sound(name: str, reader: Callable[[], T], otherwise: T) -> T:
        try:
            return reader()
        except SettingsError as error:
            problems[name] = error
            return otherwise

    listen = sound("listen", lambda: _listen(given.get("BOT_LISTEN", _LISTEN)), _listen(_LISTEN))
    found = Settings(
        token=sound("token", lambda: _token(given), ""),
        api_base_url=sound("api_base_url", lambda: _api_base_url(given.get("BOT_API_BASE_URL", _API)), _API),
        database_url=sound("database_url", lambda: _database_url(given.get("BOT_DATABASE_URL", _FILE)), _FILE),
        key_dir=Path(given.get("BOT_KEY_DIR", "data/keys")),
        listen_host=listen[0],
        listen_port=listen[1],
        send_rate=sound("send_rate", lambda: _rate(given, "BOT_SEND_RATE", 25), 25.0),
        chat_rate=sound("chat_rate", lambda: _rate(given, "BOT_CHAT_RATE", 1), 1.0),
        retention_hours=sound("retention_hours", lambda: _retention(given), USUAL_RETENTION),
        auto_migrate=sound("auto_migrate", lambda: _switch(given, "BOT_AUTO_MIGRATE", True), True),
        log_level=sound("log_level", lambda: _log_level(given.get("BOT_LOG_LEVEL", "INFO")), "INFO"),
        config_dir=sound("config_dir", lambda: _config_dir(given), None),
        webhook_url=sound("webhook_url", lambda: _webhook_url(given), ""),
        webhook_secret=sound("webhook_secret", lambda: _webhook_secret(given), ""),
        replicas=sound("replicas", lambda: _replicas(given), 1),
    )
    return found, problems


def database_url(environment: Mapping[str, str], folder: Path) -> str:
    """The database alone, for commands that need nothing else.

    Raises:
        SettingsError: as `read`.
    """
    given = read_given(environment, folder)
    return _database_url(given.get("BOT_DATABASE_URL", _FILE))


def config_dir(environment: Mapping[str, str], folder: Path) -> Path | None:
    """The organisation's own folder alone, for commands that need nothing else.

    Raises:
        SettingsError: as `read`.
    """
    return _config_dir(read_given(environment, folder))


def _token(given: Mapping[str, str]) -> str:
    token = read_hidden(given, "BOT_TOKEN", "token")
    if not token:
        raise SettingsError(
            "BOT_TOKEN is missing. Get a token from @BotFather in Telegram and set BOT_TOKEN, or BOT_TOKEN_FILE to a "
            "file that holds it. To try the bot without a token, run: python -m bot demo"
        )
    if not _TOKEN.match(token) or _NOT_IN_A_TOKEN & set(token):
        raise SettingsError("BOT_TOKEN is not of the form digits:text. Copy it again from @BotFather.")
    return token


def _api_base_url(value: str) -> str:
    scheme, host = _web_address(value.strip())
    if not host:
        raise SettingsError("BOT_API_BASE_URL is not an http or https address. Leave it out to use Telegram itself.")
    if scheme == "http" and not _is_loopback(host):
        raise SettingsError(
            "BOT_API_BASE_URL uses http to another machine: the token would travel unprotected. Use https, or http "
            "only to this machine (127.0.0.1 or localhost)."
        )
    return value.strip().rstrip("/")


def _webhook_url(given: Mapping[str, str]) -> str:
    url = given.get("BOT_WEBHOOK_URL", "").strip()
    if not url:
        return ""
    scheme, host = _web_address(url)
    if not host or re.search(r"[\s#]", url) or "@" in urlsplit(url).netloc:
        raise SettingsError(
            "BOT_WEBHOOK_URL is not a full web address, such as https://help.example.org/telegram/webhook. Mend it, or "
            "leave it out to poll."
        )
    if scheme == "http" and not _is_loopback(host):
        raise SettingsError(
            "BOT_WEBHOOK_URL uses http: people's words would travel unprotected. Use https, or http only to this "
            "machine (127.0.0.1 or localhost)."
        )
    if urlsplit(url).port not in _WEBHOOK_PORTS and not _is_loopback(host):
        raise SettingsError(
            "BOT_WEBHOOK_URL names a port to which Telegram brings nothing: it takes 443, 80, 88 and 8443. Put what "
            "speaks https on one of them; BOT_LISTEN, behind it, may have any port."
        )
    return url


def _webhook_secret(given: Mapping[str, str]) -> str:
    if not given.get("BOT_WEBHOOK_URL", "").strip():
        return ""
    secret = read_hidden(given, "BOT_WEBHOOK_SECRET", "secret")
    if not secret:
        raise SettingsError(
            "BOT_WEBHOOK_SECRET is missing: with a webhook anybody could pretend to be Telegram. Make one with "
            "`openssl rand -hex 32` and set BOT_WEBHOOK_SECRET, or BOT_WEBHOOK_SECRET_FILE to a file that holds it."
        )
    if not _WEBHOOK_SECRET.match(secret):
        raise SettingsError(
            "BOT_WEBHOOK_SECRET is not 16 to 256 of the characters A-Z, a-z, 0-9, _ and -: Telegram takes no others, "
            "and a shorter one can be guessed. Make one with `openssl rand -hex 32`."
        )
    return secret


def _replicas(given: Mapping[str, str]) -> int:
    text = given.get("BOT_REPLICAS", "1").strip()
    number = _number(text)
    if number is None or not 1 <= number <= MOST_REPLICAS:
        raise SettingsError(f"BOT_REPLICAS is not a whole number from 1 to {MOST_REPLICAS}. Mend it or leave it out.")
    if number > 1 and not given.get("BOT_WEBHOOK_URL", "").strip():
        raise SettingsError(
            "BOT_REPLICAS is more than 1, but the bot polls: Telegram gives updates to one poller alone, and several "
            "would take them from each other. Set BOT_WEBHOOK_URL, or leave BOT_REPLICAS out and run one."
        )
    if number > 1 and not given.get("BOT_DATABASE_URL", "").strip().startswith("postgresql"):
        raise SettingsError(
            "BOT_REPLICAS is more than 1, but the database is a file, which belongs to one machine. Set "
            "BOT_DATABASE_URL to one PostgreSQL for all of them (docs/replicas.md), or leave BOT_REPLICAS out."
        )
    return number


def _web_address(text: str) -> tuple[str, str]:
    """Scheme and host of an http or https address; two empty strings when it is none."""
    try:
        parts = urlsplit(text)
        scheme, host, _ = parts.scheme, parts.hostname, parts.port  # reading the port checks it
    except ValueError:
        return "", ""
    return (scheme, host) if scheme in {"http", "https"} and host else ("", "")


def _is_loopback(host: str) -> bool:
    try:
        return host == "localhost" or ip_address(host).is_loopback
    except ValueError:
        return False


def _database_url(value: str) -> str:
    value = value.strip()
    if value.startswith("sqlite+aiosqlite:///") and not value.endswith(("///", ":memory:")):
        return value
    if value.startswith("postgresql+psycopg://"):
        return value
    raise SettingsError(
        "BOT_DATABASE_URL must be sqlite+aiosqlite:///path/to/file.db or postgresql+psycopg://user@host/name. "
        "Leave it out to use data/pana.db."
    )


def _listen(value: str) -> tuple[str, int]:
    host, _, text = value.strip().rpartition(":")
    port = _number(text)
    if not host or port is None or port > 65535:
        raise SettingsError("BOT_LISTEN is not of the form host:port, such as 127.0.0.1:8080. Mend it or leave it out.")
    return host.strip("[]"), port


def _rate(given: Mapping[str, str], name: str, default: float) -> float:
    try:
        rate = float(given.get(name, default))
    except ValueError:
        rate = -1
    if not 0 <= rate <= 1000:
        raise SettingsError(f"{name} is not a number from 0 (no limit) to 1000. Mend it or leave it out.")
    return rate


def _retention(given: Mapping[str, str]) -> int:
    number = _number(given.get("BOT_RETENTION_HOURS", str(USUAL_RETENTION)).strip())
    if number is None or not 1 <= number <= LONGEST_RETENTION:
        raise SettingsError(
            f"BOT_RETENTION_HOURS is not a whole number from 1 to {LONGEST_RETENTION}: Telegram lets a bot delete for "
            "48 hours only. Mend it or leave it out."
        )
    return number


def _number(text: str) -> int | None:
    """A whole number of at most nine digits; Python itself refuses to read very long ones."""
    return int(text) if text.isdecimal() and len(text) <= 9 else None


def _switch(given: Mapping[str, str], name: str, default: bool) -> bool:
    text = given.get(name, "").strip().lower()
    if text in {"", "0", "1"}:
        return default if not text else text == "1"
    raise SettingsError(f"{name} is not 0 or 1. Mend it or leave it out.")


def _config_dir(given: Mapping[str, str]) -> Path | None:
    text = given.get("BOT_CONFIG_DIR", "").strip()
    if not text:
        return None
    try:
        found = Path(text).is_dir()
    except (OSError, ValueError):  # a name that no file can have
        found = False
    if not found:
        raise SettingsError(
            "BOT_CONFIG_DIR is not a folder that can be read. Point it to the folder with organisation.toml and "
            "directory/*.toml, or leave it out."
        )
    return Path(text)


def _log_level(value: str) -> str:
    level = value.strip().upper()
    if level not in {"DEBUG", "INFO", "WARNING", "ERROR"}:
        raise SettingsError("BOT_LOG_LEVEL is not DEBUG, INFO, WARNING or ERROR. Mend it or leave it out.")
    return level
