"""Situations that need a path of their own: one list that leads to each of them.

Source, compared 2026-11-23: `safety_content` 1.6 (special situations), 7 (open: can 102 or 112 be written to).
"""

from bot.dialog.model import Choice, Flow, Screen
from bot.i18n import N_, NP_

paths = Flow(
    "paths",
    Screen(
        "start",
        N_("Here is what needs a path of its own. Choose what is closest; you can go back at any time."),
        Choice("young", NP_("button", "I am under 18"), to="young.start"),
        Choice("family", NP_("button", "I live with his family"), to="family.start"),
        Choice("staying", NP_("button", "I stay, or went back"), to="staying.start"),
        Choice("held", NP_("button", "Held, or taken away"), to="held.start"),
        Choice("private", NP_("button", "Someone threatens to tell"), to="private.start"),
        Choice("stalking", NP_("button", "I am being followed"), to="stalking.start"),
        Choice("papers", NP_("button", "No papers"), to="nopapers.start"),
        Choice("someone", NP_("button", "Worried about somebody"), to="someone.start"),
        Choice("dark", NP_("button", "I do not want to live"), to="dark.start", tells={"suicidal": "yes"}),
        Choice("change", NP_("button", "I hurt somebody, want to stop"), to="change.start"),
        Choice("deaf", NP_("button", "Deaf, or cannot speak"), to="paths.deaf"),
        listing=True,
    ),
    Screen(
        "deaf",
        N_(
            "There are ways that need neither hearing nor voice. Some reach the police, some reach people who listen. "
            "We do not know whether 102 or 112 can be written to. Someone you trust can call for you."
        ),
        Choice("silent", NP_("button", "I cannot speak"), to="urgent.silent"),
        Choice("writing", NP_("button", "Write instead of calling"), to="people.writing"),
        Choice("others", NP_("button", "Others"), to="people.others"),
    ),
)
