"""The command line: `python -m bot VERB`. Each verb does one thing and ends with a plain exit status.

0 well, 1 problems found, 2 settings or usage, 75 watchdog, 78 token refused.
"""

import argparse
import asyncio
import os
import sys
import time
from collections.abc import Callable, Sequence
from datetime import date
from functools import partial
from pathlib import Path

from bot import log, settings
from bot.errors import PanaError, SettingsError
from bot.i18n import LANGUAGES


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
    """Static checks of flows, words and the directory."""
    from bot.flows.proof import problems  # noqa: PLC0415 -- only this verb needs it

    return _report([*problems(), *_directory_problems()])


def directory_check(_: argparse.Namespace) -> int:
    """The directory and the organisation's own files."""
    return _report(_directory_problems())


def directory_due(options: argparse.Namespace) -> int:
    """What must be verified again by a day."""
    from bot.flows.directory import checks  # noqa: PLC0415 -- only this verb needs it

    found = checks.live(settings.config_dir(os.environ, Path.cwd()))
    by = options.by or _today()
    due = checks.due(found.holdings, by)
    for one in due:
        say(str(one))
    dated = sum(one.by is not None for one in due)
    say(f"{dated} to verify by {by}, {len(due) - dated} not shown until somebody has called")
    return 0


def _directory_problems() -> list[str]:
    from bot.flows import organisation  # noqa: PLC0415 -- only these verbs need it
    from bot.flows.directory import checks  # noqa: PLC0415 -- only these verbs need it

    config = settings.config_dir(os.environ, Path.cwd())
    found = checks.problems(checks.live(config), _today())
    return [str(problem) for problem in (*found, *organisation.load(config)[1])]


def _report(found: Sequence[str]) -> int:
    for problem in found:
        say(problem)
    say(f"{len(found)} problems" if found else "No problems")
    return 1 if found else 0


def play(options: argparse.Namespace) -> int:
    """A conversation in the terminal."""
    from bot import terminal  # noqa: PLC0415 -- only this verb needs it
    from bot.flows import BOOK  # noqa: PLC0415

    if options.flow not in BOOK and BOOK.first_of(options.flow) is None:
        raise SettingsError(f"There is no flow or screen {options.flow}. There are: {', '.join(BOOK)}")
    terminal.play(BOOK, options.flow, options.lang, sys.stdin, say, {"hours": settings.USUAL_RETENTION})
    return 0


def graph(_: argparse.Namespace) -> int:
    """The pictures of all conversations."""
    from bot.dialog.graph import draw_book  # noqa: PLC0415 -- only this verb needs it
    from bot.flows import BOOK  # noqa: PLC0415
    from bot.i18n import translator  # noqa: PLC0415

    page = Path("docs") / "flows.md"
    if not page.parent.is_dir():
        raise SettingsError("There is no folder docs here. Run this in the folder of the source.")
    say_in_english = partial(translator("en").say, values={"hours": settings.USUAL_RETENTION})
    page.write_text(draw_book(BOOK, say_in_english), encoding="utf-8")
    say(f"Wrote {page}")
    return 0


def migrate(_: argparse.Namespace) -> int:
    """The database at the newest schema."""
    from bot.storage.migrate import upgrade  # noqa: PLC0415 -- only this verb needs it

    upgrade(settings.database_url(os.environ, Path.cwd()))
    say("The database is up to date")
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
    _add(verbs, "check", check, "check flows, buttons and words in all languages, and the directory")
    _add_directory(verbs)
    walk = _add(verbs, "play", play, "walk a conversation in the terminal")
    walk.add_argument("flow", help="a flow or screen, such as urgent or urgent.silent")
    walk.add_argument("--lang", choices=list(LANGUAGES), default="ru", help="language (default ru)")
    _add(verbs, "graph", graph, "write the pictures of all conversations to docs/flows.md")
    _add(verbs, "migrate", migrate, "bring the database to the newest schema")
    return parser


def _add_directory(verbs: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    text = "check the directory of contacts, or list what must be verified again"
    parser = verbs.add_parser("directory", help=text, description=text)
    kinds = parser.add_subparsers(dest="what", required=True, metavar="WHAT")
    _add(kinds, "check", directory_check, "check the directory and the organisation's own files")
    due = _add(kinds, "due", directory_due, "list what must be verified again by a day")
    due.add_argument("--by", type=_day, metavar="YYYY-MM-DD", help="the day (default today)")


def _add(
    verbs: "argparse._SubParsersAction[argparse.ArgumentParser]",
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


def _today() -> date:
    from bot.flows.directory.contacts import day  # noqa: PLC0415 -- only the verbs about the directory need it

    return day(int(time.time()))


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
