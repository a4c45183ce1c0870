"""The door to Telegram: what comes in loses its identity here, what goes out is words and buttons."""

import os

# python-telegram-bot 22 gives durations as plain seconds, with a warning, unless it is told to use its coming form.
os.environ.setdefault("PTB_TIMEDELTA", "true")
