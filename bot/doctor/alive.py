"""Says whether the bot of these settings is alive, for a supervisor that can only start commands.

`python -m bot.doctor.alive` ends with 0 when `/healthz` at BOT_LISTEN answers as ours, else with 1. It reads the
settings as the bot does, and loads little: a container starts it twice a minute.
"""

import os
import sys
from pathlib import Path

from bot import settings
from bot.doctor.port import ask


def main() -> int:
    """The exit status."""
    found, problems = settings.look(os.environ, Path.cwd())
    alive = "listen" not in problems and ask(found.listen_host, found.listen_port, "/healthz") == (200, b"alive\n")
    return 0 if alive else 1


if __name__ == "__main__":
    sys.exit(main())
