"""The command line: `python -m bot VERB`. Each verb does one thing and ends with a plain exit status.

0 well, 1 problems found, 2 settings or usage, 75 watchdog, 78 token refused.
"""

import argparse
import sys
from collections.abc import Callable, Sequence
from datetime import date
from typing import TypeAlias

from bot import log
from bot import verbs as told
from bot.errors import PanaError
from bot.i18n import LANGUAGES


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m bot", description="Pana, a discreet helpline in a chat.")
    verbs = parser.add_subparsers(dest="verb", required=True, metavar="VERB")
    _add(verbs, "run", told.run, "run the bot (settings come from the environment or .env)")
    shown = _add(verbs, "demo", told.demo, "try the bot on this computer, without a token and without Telegram")
    shown.add_argument("--port", type=_port, default=8800, help="port of the page (default 8800)")
    shown.add_argument("--no-open", dest="open", action="store_false", help="do not open the browser")
    alone = _add(verbs, "emulator", told.emulator, "run the Bot API emulator alone")
    alone.add_argument("--port", type=_port, default=8081, help="port of the emulator (default 8081)")
    _add(verbs, "check", told.check, "check flows, buttons and words in all languages, and the directory")
    _add_directory(verbs)
    walk = _add(verbs, "play", told.play, "walk a conversation in the terminal")
    walk.add_argument("flow", help="a flow or screen, such as urgent or urgent.silent")
    walk.add_argument("--lang", choices=list(LANGUAGES), default="ru", help="language (default ru)")
    _add(
        verbs,
        "graph",
        told.graph,
        "write docs/flows.md (pictures of all conversations) and docs/samples.md (texts to copy)",
    )
    _add(verbs, "migrate", told.migrate, "bring the database to the newest schema")
    hook = _group(verbs, "webhook", "set or delete the address to which Telegram brings updates")
    _add(hook, "set", told.webhook_set, "have Telegram bring updates to BOT_WEBHOOK_URL")
    _add(hook, "delete", told.webhook_delete, "have Telegram keep updates until the bot fetches them")
    public = _group(verbs, "profile", "set what everybody sees of the bot")
    _add(public, "set", told.profile_set, "set name, descriptions and commands in all languages")
    _add(verbs, "doctor", told.doctor, "look at everything that the bot needs, and say how to mend what is not well")
    return parser


Verbs: TypeAlias = "argparse._SubParsersAction[argparse.ArgumentParser]"


def _add_directory(verbs: Verbs) -> None:
    text = "check the directory of contacts, or list what must be verified again"
    kinds = _group(verbs, "directory", text)
    _add(kinds, "check", told.directory_check, "check the directory and the organisation's own files")
    due = _add(kinds, "due", told.directory_due, "list what must be verified again by a day")
    due.add_argument("--by", type=_day, metavar="YYYY-MM-DD", help="the day (default today)")


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


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is not a day such as 2026-11-23") from None


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
