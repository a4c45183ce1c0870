"""What each verb of the command line does. Each returns the exit status of the program."""

import argparse
import asyncio
import os
import sys
import time
from collections.abc import Sequence
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from bot import log, settings
from bot.errors import SettingsError

if TYPE_CHECKING:
    from bot.flows.own_files import Look


def say(line: str) -> None:
    """Prints one line for the person or script that started the program."""
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def run(_: argparse.Namespace) -> int:
    """The bot itself."""
    found = settings.read(os.environ, Path.cwd())
    log.start(found.log_level)
    from bot import running  # noqa: PLC0415 -- a wrong setting is told before anything heavy is loaded

    asyncio.run(running.run(found, say))
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
    from bot.flows.proof import problems, prose  # noqa: PLC0415 -- only this verb needs it
    from bot.flows.reading import levels  # noqa: PLC0415
    from bot.flows.taps import AT_MOST, taps, too_far  # noqa: PLC0415

    own = _own_files()
    book, found = own.shelf.book, taps(own.shelf.book)
    say(f"Taps from home: {', '.join(f'{address} {found.get(address)}' for address in AT_MOST)}")
    say(f"Reading: {levels(prose(book))}")
    return _report([*problems(book, own.shelf.names()), *too_far(book), *map(str, own.problems)])


def directory_check(_: argparse.Namespace) -> int:
    """The directory and the organisation's own files."""
    found = _own_files()
    for name in found.counting:
        say(f"{name}: counts")
    return _report([str(problem) for problem in found.problems])


def directory_due(options: argparse.Namespace) -> int:
    """What must be verified again by a day."""
    from bot.flows.directory import checks  # noqa: PLC0415 -- only this verb needs it

    by = options.by or _today()
    due = checks.due(_own_files().shelf.directory.holdings, by)
    for one in due:
        say(str(one))
    dated = sum(one.by is not None for one in due)
    say(f"{dated} to verify by {by}, {len(due) - dated} not shown until somebody has called")
    return 0


def _own_files() -> "Look":
    from bot.flows.own_files import look  # noqa: PLC0415 -- only these verbs need it

    return look(settings.config_dir(os.environ, Path.cwd()), int(time.time()))


def _report(found: Sequence[str]) -> int:
    for problem in found:
        say(problem)
    say(f"{len(found)} problems" if found else "No problems")
    return 1 if found else 0


def play(options: argparse.Namespace) -> int:
    """A conversation in the terminal."""
    from bot import terminal  # noqa: PLC0415 -- only this verb needs it
    from bot.flows.shelf import Shelf  # noqa: PLC0415

    book = Shelf(settings.config_dir(os.environ, Path.cwd()), int(time.time())).book
    if options.flow not in book and book.first_of(options.flow) is None:
        raise SettingsError(f"There is no flow or screen {options.flow}. There are: {', '.join(book)}")
    terminal.play(book, options.flow, options.lang, sys.stdin, say, {"hours": settings.USUAL_RETENTION})
    return 0


def graph(_: argparse.Namespace) -> int:
    """The pictures of all conversations, and the texts that a lawyer approves."""
    from bot.dialog.graph import draw_book  # noqa: PLC0415 -- only this verb needs it
    from bot.flows import sample_texts  # noqa: PLC0415
    from bot.flows.shelf import Shelf  # noqa: PLC0415
    from bot.i18n import translator  # noqa: PLC0415

    page, texts = Path("docs") / "flows.md", Path("docs") / "samples.md"
    if not page.parent.is_dir():
        raise SettingsError("There is no folder docs here. Run this in the folder of the source.")
    say_in_english = partial(translator("en").say, values={"hours": settings.USUAL_RETENTION})
    page.write_text(draw_book(Shelf(None, int(time.time())).book, say_in_english), encoding="utf-8")
    texts.write_text(sample_texts.page(), encoding="utf-8")
    say(f"Wrote {page} and {texts}")
    return 0


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


def doctor(_: argparse.Namespace) -> int:
    """Everything that a deployment needs, looked at."""
    from bot.doctor.examination import Examination  # noqa: PLC0415 -- only this verb needs it
    from bot.doctor.machine import this_machine  # noqa: PLC0415

    log.start("CRITICAL")  # what goes wrong is told in the lines below
    examination = Examination(os.environ, Path.cwd(), this_machine(), int(time.time()))
    for finding in examination.findings():
        say(str(finding))
    say(examination.verdict)
    return examination.status


def _today() -> date:
    from bot.flows.directory.contacts import day  # noqa: PLC0415 -- only the verbs about the directory need it

    return day(int(time.time()))
