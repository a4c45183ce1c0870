"""Checks that nobody else can read what must stay hidden: the token, the webhook's secret, the database's password."""

import stat
from collections.abc import Collection, Iterator, Mapping
from pathlib import Path

from sqlalchemy import make_url

from bot.doctor.finding import Finding, bad, ok, warn
from bot.settings import Settings

_SECRETS = (
    ("BOT_TOKEN", "token", "The token"),
    ("BOT_WEBHOOK_SECRET", "webhook_secret", "The webhook's secret"),
)
"""Names, fields of `Settings`, and words."""


def check(given: Mapping[str, str], folder: Path, settings: Settings, wrong: Collection[str]) -> Iterator[Finding]:
    """`given` is what was set, over `folder/.env`; of `wrong` fields everything is said. No value is ever told."""
    for name, field, what in _SECRETS:
        if field in wrong:
            continue
        if file := given.get(f"{name}_FILE", "").strip():
            yield _file(Path(file), f"{what} is in a file that")
        elif given.get(name, "").strip():
            yield warn(
                f"{what} is written in {name}, where more programs and people see it than in a file.",
                f"Write it into a file that only the bot's account can read, and set {name}_FILE.",
            )
    if (folder / ".env").is_file():
        yield _file(folder / ".env", "The file .env")
    if settings.database_url.startswith("postgresql"):
        yield _password(given, settings)


def _password(given: Mapping[str, str], settings: Settings) -> Finding:
    if make_url(settings.database_url).password:
        return warn(
            "The database's password is written in BOT_DATABASE_URL, where more programs and people see it than in a "
            "file.",
            "Write it into a password file with mode 0600 and set PGPASSFILE (docs/postgresql.md).",
        )
    file = given.get("PGPASSFILE", "").strip()
    if not file:
        return ok("The database's address holds no password.")
    return _file(Path(file), "The password file", bits=0o077)


def _file(path: Path, what: str, bits: int = 0o007) -> Finding:
    """`bits` are what nobody else may do."""
    try:
        mode = stat.S_IMODE(path.stat().st_mode)
        with path.open("rb"):
            pass
    except (OSError, ValueError) as error:
        return bad(f"{what} cannot be read ({type(error).__name__}).", "Look at its path, and let the account read it.")
    if mode & bits:
        return bad(f"{what} can be read by others (mode {mode:04o}).", f"Close it with: chmod 600 {path}")
    if mode & 0o070:
        return warn(f"{what} can be read by its group (mode {mode:04o}).", f"Close it with: chmod 600 {path}")
    return ok(f"{what} is closed to others.")
