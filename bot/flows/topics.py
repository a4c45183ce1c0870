"""What the information is about: one list, one tap from home, that leads to every other conversation."""

from bot.dialog.model import Choice, Flow, Screen
from bot.i18n import N_, NP_

topics = Flow(
    "topics",
    Screen(
        "start",
        # Translators: the first 40 characters must not tell what this is about.
        N_("Here is information, a few short texts at a time. Choose what is closest; you can go back at any time."),
        Choice("check", NP_("button", "Short safety check"), to="check.start"),
        Choice("place", NP_("button", "A safe place"), to="directory.start"),
        Choice("injury", NP_("button", "Injuries and examination"), to="injury.start"),
        Choice("assault", NP_("button", "Sex against your will"), to="assault.start"),
        Choice("police", NP_("button", "Police and rights"), to="police.start"),
        Choice("more", NP_("button", "More topics"), to="topics.more"),
        listing=True,
    ),
    Screen(
        "more",
        N_("Here are more topics, each a few short texts. Choose what is closest; you can go back at any time."),
        Choice("paths", NP_("button", "Something else"), to="paths.start"),
        Choice("plan", NP_("button", "A list for myself"), to="plan.start"),
        Choice("digital", NP_("button", "Phone, accounts, location"), to="digital.start"),
        Choice("money", NP_("button", "Money and accounts"), to="money.start"),
        Choice("papers", NP_("button", "Lost or taken papers"), to="papers.start"),
        Choice("phone", NP_("button", "Phone and Telegram"), to="phone.ask"),
        listing=True,
    ),
)
