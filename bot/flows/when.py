"""The question when it happened, with the same answers wherever it is asked; it can be passed over.

What still matters depends on it: 72 hours for some medicine and for pressure on the neck, 24 and 72 hours for pictures
(`safety_content` 1.6, 2; `law_and_forensics` D6, D7).
"""

from bot.dialog.model import Choice
from bot.domain.triage import Fact
from bot.i18n import NP_, Text

_ANSWERS: dict[str, Text] = {
    "hours": NP_("button", "Less than a day ago"),
    "days": NP_("button", "1–3 days ago"),
    "weeks": NP_("button", "More than 3 days ago"),
    "earlier": NP_("button", "More than a month ago"),
}

_THREE_DAYS = frozenset({"hours", "days"})


def when(then: str, passed_over: str, ever: Fact, lately: Fact | None = None) -> tuple[Choice, ...]:
    """The answers, which lead to the address `then`, and a way past them to `passed_over`.

    `ever` is what any answer says besides, and `lately` what one within three days says instead.
    """
    answers = tuple(
        Choice(name, label, to=then, tells={"when": name, (lately or ever) if name in _THREE_DAYS else ever: "yes"})
        for name, label in _ANSWERS.items()
    )
    return (*answers, Choice("skip", NP_("button", "I would rather not say"), to=passed_over))
