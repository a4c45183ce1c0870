"""The problems that end a command with a plain sentence instead of a traceback."""


class PanaError(Exception):
    """Something that a person running the bot can mend. `str()` is one plain paragraph: what, why, how to mend it."""

    exit_status = 1


class SettingsError(PanaError):
    """A setting is missing, wrong or unsafe."""

    exit_status = 2


class TokenRefused(PanaError):
    """Telegram does not accept the bot's token."""

    exit_status = 78


class Stalled(PanaError):
    """The watchdog saw that the bot no longer does its work; a supervisor should start it again."""

    exit_status = 75
