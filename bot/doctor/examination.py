"""All checks one after the other. Safe beside a running bot: nothing is changed, made or fetched."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from bot import settings
from bot.doctor import database, hidden, keys, machine, port
from bot.doctor.finding import Finding, Level, bad, ok, warn
from bot.environment import look_given
from bot.errors import SettingsError
from bot.settings import Settings


@dataclass(slots=True)
class Examination:
    """One look at a deployment. `findings` may be run through once; then `status` and `verdict` know the result."""

    environment: Mapping[str, str]
    folder: Path
    machine: machine.Machine
    now: int
    """Seconds since 1970."""
    bad: int = 0
    warned: int = 0
    unsettled: bool = False

    def findings(self) -> Iterator[Finding]:
        """Each check's lines, as soon as it is done."""
        found, problems = settings.look(self.environment, self.folder)
        self.unsettled = bool(problems)
        for finding in self._all(found, problems):
            self.bad += finding.level is Level.BAD
            self.warned += finding.level is Level.WARN
            yield finding

    @property
    def status(self) -> int:
        """The exit status: 0 nothing is bad, 1 something is, 2 a setting is."""
        if self.unsettled:
            return 2
        return 1 if self.bad else 0

    @property
    def verdict(self) -> str:
        """One sentence at the end."""
        if self.bad:
            return f"{self.bad} to mend, {self.warned} could be better. Begin with the first bad line."
        if self.warned:
            return f"The bot can work. {self.warned} could be better."
        return "All is well."

    def _all(self, found: Settings, problems: Mapping[str, SettingsError]) -> Iterator[Finding]:
        given, _ = look_given(self.environment, self.folder)
        for problem in problems.values():
            yield bad(str(problem), "")
        if not problems:
            yield ok("The settings can be read.")
        yield from _guarded("the machine", lambda: machine.check(self.machine))
        yield from _guarded("hidden files", lambda: hidden.check(given, self.folder, found, problems))
        if "database_url" not in problems:
            yield from _guarded("the database", lambda: database.check(found))
            yield from _guarded("the keys", lambda: keys.check(found, self.now))
        if "listen" not in problems:
            yield from _guarded("the address", lambda: port.check(found.listen_host, found.listen_port))
        if "config_dir" not in problems:
            yield from _guarded("the directory", lambda: _directory(found.config_dir, self.now))
        if not {"token", "api_base_url"} & set(problems):
            yield from _guarded("Telegram", lambda: _telegram(found, self.now, problems))


def _guarded(what: str, check: Callable[[], Iterable[Finding]]) -> Iterator[Finding]:
    """The findings of a check. One that breaks is a finding itself: it must not hide the others."""
    try:
        yield from check()
    except Exception as error:  # noqa: BLE001 -- told by its kind alone: its words could hold anything
        yield bad(
            f"Looking at {what} failed ({type(error).__name__}).",
            "Run this as the account that runs the bot. If it stays, tell whoever looks after the program.",
        )


def _telegram(found: Settings, now: int, problems: Mapping[str, SettingsError]) -> Iterable[Finding]:
    from bot.doctor import telegram  # noqa: PLC0415 -- half a second: what else is wrong is told first

    return telegram.check(found, now, not {"webhook_url", "webhook_secret"} & set(problems))


def _directory(config: Path | None, now: int) -> Iterator[Finding]:
    """The directory of contacts and the organisation's own files."""
    from bot.flows.directory import checks  # noqa: PLC0415 -- as above
    from bot.flows.directory.contacts import day  # noqa: PLC0415 -- as above
    from bot.flows.own_files import look  # noqa: PLC0415 -- as above

    found = look(config, now)
    if found.problems:
        yield bad(
            f"Problems in the directory or your own files: {len(found.problems)}.",
            "See them with: python -m bot directory check",
        )
    else:
        yield ok("The directory of contacts can be read." if config is None else "Your own files can be read.")
    overdue = [one for one in checks.due(found.shelf.directory.holdings, day(now)) if one.by is not None]
    if overdue:
        yield warn(
            f"Contacts that were not verified for too long, and are shown with that said: {len(overdue)}.",
            "See them with: python -m bot directory due",
        )
    else:
        yield ok("Every contact that is shown was verified in time.")
