"""What becomes of answers like "this was useful" and "nobody answered at this number": so far they are forgotten."""

from bot.domain.events import Countable


class Forgetful:
    """Takes every answer, and keeps and logs nothing of it."""

    async def count(self, said: Countable) -> None:
        """Forgets it."""
