"""The command line: `python -m bot VERB`. Each verb does one thing and ends with a plain exit status.

0 well, 1 problems found, 2 settings or usage, 75 watchdog, 78 token refused (design, section 8).
"""

import argparse
import asyncio
import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TypeAlias

from bot import log, settings
from bot.errors import PanaError, SettingsError


def say(line: str) -> None:
    """Prints one line for the person or script that started the program."""
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def run(_: argparse.Namespace) -> int:
    """The bot itself."""
    found = settings.read(os.environ, Path.cwd())
    log.start(found.log_level)
    from bot import app  # noqa: PLC0415 -- a wrong setting is told before anything heavy is loaded

    asyncio.run(app.run(found, say))
    return 0


def demo(options: argparse.Namespace) -> int:
    """The real bot against the built-in emulator, and a page with phones."""
    from bot import demonstration  # noqa: PLC0415 -- only this verb needs it

    asyncio.run(demonstration.run(options.port, options.open, say))
    return 0


def emulator(options: argparse.Namespace) -> int:
    """The Bot API emulator alone."""
    from bot import demonstration  # noqa: PLC0415 -- only this verb needs it

    asyncio.run(demonstration.run_emulator(options.port, say))
    return 0


def check(_: argparse.Namespace) -> int:
    """Static checks of flows and words."""
    from bot.flows.proof import problems  # noqa: PLC0415 -- only this verb needs it

    found = problems()
    for problem in found:
        say(problem)
    say(f"{len(found)} problems" if found else "No problems")
    return 1 if found else 0


def migrate(_: argparse.Namespace) -> int:
    """The database at the newest schema."""
    from bot.storage.migrate import upgrade  # noqa: PLC0415 -- only this verb needs it

    upgrade(settings.database_url(os.environ, Path.cwd()))
    say("The database is up to date")
    return 0


def webhook_set(_: argparse.Namespace) -> int:
    """Telegram brings updates to our address from now on."""
    found = settings.read(os.environ, Path.cwd())
    if not found.webhook_url:
        raise SettingsError(
            "BOT_WEBHOOK_URL is missing. Set it to the full https address under which Telegram reaches this bot, such "
            "as https://help.example.org/telegram/webhook."
        )
    from bot import app  # noqa: PLC0415 -- a wrong setting is told before anything heavy is loaded
    from bot.telegram.registration import set_webhook  # noqa: PLC0415 -- as above

    asyncio.run(app.ask_telegram(found, lambda bot: set_webhook(bot, found.webhook_url, found.webhook_secret)))
    say(f"The webhook is set: Telegram brings updates to {found.webhook_url}")
    return 0


def webhook_delete(_: argparse.Namespace) -> int:
    """Telegram keeps updates until they are fetched."""
    found = settings.read(os.environ, Path.cwd())
    from bot import app  # noqa: PLC0415 -- a wrong setting is told before anything heavy is loaded
    from bot.telegram.registration import delete_webhook  # noqa: PLC0415 -- as above

    asyncio.run(app.ask_telegram(found, delete_webhook))
    say("The webhook is deleted: Telegram keeps updates until the bot fetches them")
    return 0


def profile_set(_: argparse.Namespace) -> int:
    """Name, descriptions and commands of the bot in all languages."""
    found = settings.read(os.environ, Path.cwd())
    from bot import app  # noqa: PLC0415 -- a wrong setting is told before anything heavy is loaded
    from bot.telegram.profile import set_profile  # noqa: PLC0415 -- as above

    asyncio.run(app.ask_telegram(found, set_profile))
    say("The bot's name, descriptions and commands are set in all languages")
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m bot", description="Pana, a discreet helpline in a chat.")
    verbs = parser.add_subparsers(dest="verb", required=True, metavar="VERB")
    _add(verbs, "run", run, "run the bot (settings come from the environment or .env)")
    shown = _add(verbs, "demo", demo, "try the bot on this computer, without a token and without Telegram")
    shown.add_argument("--port", type=_port, default=8800, help="port of the page (default 8800)")
    shown.add_argument("--no-open", dest="open", action="store_false", help="do not open the browser")
    alone = _add(verbs, "emulator", emulator, "run the Bot API emulator alone")
    alone.add_argument("--port", type=_port, default=8081, help="port of the emulator (default 8081)")
    _add(verbs, "check", check, "check flows, buttons and words in all languages")
    _add(verbs, "migrate", migrate, "bring the database to the newest schema")
    hook = _group(verbs, "webhook", "set or delete the address to which Telegram brings updates")
    _add(hook, "set", webhook_set, "have Telegram bring updates to BOT_WEBHOOK_URL")
    _add(hook, "delete", webhook_delete, "have Telegram keep updates until the bot fetches them")
    public = _group(verbs, "profile", "set what everybody sees of the bot")
    _add(public, "set", profile_set, "set name, descriptions and commands in all languages")
    return parser


Verbs: TypeAlias = "argparse._SubParsersAction[argparse.ArgumentParser]"


def _group(verbs: Verbs, name: str, text: str) -> Verbs:
    parser = verbs.add_parser(name, help=text, description=text)
    return parser.add_subparsers(dest="what", required=True, metavar="WHAT")


def _add(
    verbs: Verbs,
    name: str,
    do: Callable[[argparse.Namespace], int],
    text: str,
) -> argparse.ArgumentParser:
    parser = verbs.add_parser(name, help=text, description=text)
    parser.set_defaults(do=do)
    return parser


def _port(text: str) -> int:
    if not text.isdecimal() or not 0 <= int(text) <= 65535:
        raise argparse.ArgumentTypeError(f"{text!r} is not a port number")
    return int(text)


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs one verb; problems that a person can mend become one sentence and an exit status."""
    options = _parser().parse_args(arguments)
    log.start("WARNING")
    try:
        status: int = options.do(options)
    except PanaError as error:
        return _tell(error)
    except KeyboardInterrupt:
        return 0
    except BaseException as error:
        if isinstance(error, SystemExit):
            raise
        return _tell_unexpected(error)
    return status


def _tell(error: PanaError) -> int:
    sys.stderr.write(f"{error}\n")
    return error.exit_status


def _tell_unexpected(error: BaseException) -> int:
    """A crash is told as its kind and its place: what it carries could be somebody's words (promise P6)."""
    for single in _flatten(error):
        if isinstance(single, PanaError):
            return _tell(single)
    for single in _flatten(error):
        log.failure("crashed", single)
    return 1


def _flatten(error: BaseException) -> list[BaseException]:
    if not isinstance(error, BaseExceptionGroup):
        return [error]
    return [single for inner in error.exceptions for single in _flatten(inner)]


if __name__ == "__main__":
    sys.exit(main())
