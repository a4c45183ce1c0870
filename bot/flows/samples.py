"""Texts with blanks to copy, each only while the organisation's approval of these very words counts.

The words are in `sample_texts`, with their sources; compared 2026-11-23.
"""

from datetime import date

from bot.dialog.model import Choice, Flow, Screen
from bot.dialog.view import COPIED_AT_MOST
from bot.flows.organisation import Approval, Organisation, approved
from bot.flows.sample_texts import SAMPLES, Sample
from bot.flows.sheets import read_on
from bot.i18n import LANGUAGES, N_, Filled, Joined, translator

READ = date(2026, 11, 23)
"""The day on which these words were last compared with their sources."""

# Translators: the first 40 characters must not tell what the text is.
_HOLD = N_("Hold this text to copy it, and put your own words in the brackets. Nothing is sent from here.")
_APPROVED = N_("Approved: {who}, {month}")


def samples(organisation: Organisation, now: int) -> tuple[Flow, ...]:
    """The conversation of an organisation at `now` (seconds since 1970); none when nothing approved counts."""
    found = {one.sample: one for one in approved(organisation, now)}
    shown = [sample for sample in SAMPLES if sample.name in found]
    if not shown:
        return ()
    return (
        Flow(
            "samples",
            Screen(
                "start",
                N_(
                    "Here are texts with gaps that you can copy and fill in yourself, on paper or "
                    "elsewhere. Nothing of it comes to us. A copy stays on the phone until you delete"
                    " it. Somebody may see it."
                ),
                *(Choice(one.name, one.label, to=f"samples.{one.name}") for one in shown),
            ),
            *(_sample(one, found[one.name], now) for one in shown),
        ),
    )


def _sample(sample: Sample, approval: Approval, now: int) -> Screen:
    month = f"{approval.on.month:02}.{approval.on.year}"
    signed = Filled(_APPROVED, {"who": approval.by, "month": month})
    longest = max(len(translator(language).say(sample.words)) for language in LANGUAGES)
    return Screen(
        sample.name,
        Joined((_HOLD, sample.words, signed), "\n\n"),
        sensitive=sample.stays,
        sample=True,
        copies=sample.words if longest <= COPIED_AT_MOST else None,
        checked=read_on(READ, now),
    )
