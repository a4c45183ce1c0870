"""What the person who runs the bot has set: the environment, a file `.env`, and files that hold a secret."""

from collections.abc import Mapping
from pathlib import Path

from bot.errors import SettingsError

_KNOWN = frozenset(
    "BOT_TOKEN BOT_TOKEN_FILE BOT_API_BASE_URL BOT_DATABASE_URL BOT_OPERATORS_DATABASE_URL BOT_KEY_DIR BOT_WEBHOOK_URL "
    "BOT_WEBHOOK_SECRET BOT_WEBHOOK_SECRET_FILE BOT_LISTEN BOT_PUBLIC_URL BOT_REPLICAS BOT_SEND_RATE BOT_CHAT_RATE "
    "BOT_CONFIG_DIR BOT_DUTY_CHAT BOT_MIN_CELL BOT_RETENTION_HOURS BOT_METRICS_TOKEN BOT_LOG_LEVEL "
    "BOT_AUTO_MIGRATE".split()
)
"""Names that a deployment may set; those that no part of the program reads yet are taken without effect."""


def read_given(environment: Mapping[str, str], folder: Path) -> dict[str, str]:
    """What is set, from the environment first and then from `.env` in the folder; an empty value counts as left out.

    Raises:
        SettingsError: the file cannot be read, or a name that begins with `BOT_` is no setting.
    """
    given, problems = look_given(environment, folder)
    if problems:
        raise problems[0]
    return given


def look_given(environment: Mapping[str, str], folder: Path) -> tuple[dict[str, str], list[SettingsError]]:
    """As `read_given`, with everything that is wrong told instead of raised, and left out."""
    problems: list[SettingsError] = []
    written: dict[str, str] = {}
    try:
        written = _dot_env(folder / ".env")
    except SettingsError as error:
        problems.append(error)
    for name in ("BOT_TOKEN", "BOT_WEBHOOK_SECRET"):
        if environment.get(name, "").strip():
            written.pop(f"{name}_FILE", None)  # else a file named in .env would win over the environment's own words
    given = {name: value for name, value in {**written, **environment}.items() if value.strip()}
    for name in sorted(given):
        if name.startswith("BOT_") and name not in _KNOWN:
            problems.append(
                SettingsError(f"{name} is no setting of this program. Look for a slip in its name, or remove it.")
            )
            del given[name]
    return given, problems


def read_hidden(given: Mapping[str, str], name: str, what: str) -> str:
    """A secret, named as `what` in sentences, that may stand in a file instead; the file wins.

    Raises:
        SettingsError: that file cannot be read.
    """
    file = given.get(f"{name}_FILE", "").strip()
    if not file:
        return given.get(name, "").strip()
    try:
        return Path(file).read_text(encoding="utf-8-sig").strip()
    except (OSError, ValueError) as error:
        raise SettingsError(
            f"{name}_FILE cannot be read ({type(error).__name__}). Point it to a text file with the {what}."
        ) from error


def _dot_env(path: Path) -> dict[str, str]:
    if not path.is_file():
        return {}
    found: dict[str, str] = {}
    try:
        lines = path.read_text(encoding="utf-8-sig").splitlines()  # some editors put a mark before the first line
    except (OSError, UnicodeDecodeError) as error:
        raise SettingsError(
            f".env cannot be read ({type(error).__name__}). Make it a plain UTF-8 text file."
        ) from error
    for number, line in enumerate(lines, 1):
        text = line.strip()
        if not text or text.startswith("#"):
            continue
        name, equals, value = text.removeprefix("export ").partition("=")
        if not equals:
            raise SettingsError(f".env line {number} is not of the form NAME=value. Mend or remove it.")
        found[name.strip()] = value.strip().strip("'\"")
    return found
