"""What her answers mean for the order of help: never a score, never "low", and silence never lowers anything.

The rules restate `safety_content` 1.4 (its evidence: 1.1; its questions: 1.3). A band only decides what she is shown
first; nothing is alerted or recorded by it.
"""

from collections.abc import Callable
from enum import IntEnum, StrEnum


class Answer(IntEnum):
    """What she answered; two bits of a button. Nothing yet is not a no, and skipping is not one either."""

    NOT_ASKED = 0
    NO = 1
    YES = 2
    SKIPPED = 3


class Fact(StrEnum):
    """What can be known about her situation. Positions are part of buttons in people's chats: append, never reorder."""

    DANGER_NOW = "danger_now"
    NECK = "neck"
    NECK_RECENT = "neck_recent"
    """Within three days, or with signs that last: voice, swallowing, breathing, sight, headache, fainting."""
    THREATS = "threats"
    WEAPON = "weapon"
    WORSE = "worse"
    CONTROL = "control"
    CONFINED = "confined"
    """Locked in within the last thirty days."""
    FORCED = "forced"
    OWN_FEAR = "own_fear"
    PREGNANT = "pregnant"
    """Or gave birth within the last year."""
    CHILDREN = "children"
    DEPENDANT = "dependant"
    SEPARATED = "separated"
    """Within the last year, or about to."""
    BREACH = "breach"
    """Of a protective order."""
    MINOR = "minor"
    """Is under 18 and lives with the person."""
    PHYSICAL = "physical"
    PRESSURE = "pressure"
    """Economic or psychological control, with fear."""
    HELD_NOW = "held_now"
    ASSAULT_RECENT = "assault_recent"
    """Sexual violence within three days."""
    BADLY_HURT = "badly_hurt"
    """Heavy bleeding, lost consciousness, a blow while pregnant."""
    SUICIDAL = "suicidal"
    CHILD_HURT = "child_hurt"
    """A child is being hurt or is alone now."""


class Band(IntEnum):
    """How urgent what she told is. There is no band for "nothing to fear": we cannot know that."""

    UNKNOWN = 0
    ELEVATED = 1
    HIGH = 2
    RED = 3


_RED = (
    Fact.DANGER_NOW,
    Fact.NECK_RECENT,
    Fact.HELD_NOW,
    Fact.ASSAULT_RECENT,
    Fact.BADLY_HURT,
    Fact.SUICIDAL,
    Fact.CHILD_HURT,
)
_HIGH = (
    Fact.NECK,
    Fact.THREATS,
    Fact.WEAPON,
    Fact.FORCED,
    Fact.OWN_FEAR,
    Fact.CONFINED,
    Fact.BREACH,
    Fact.MINOR,
)
_ELEVATED = (Fact.WORSE, Fact.CONTROL, Fact.PHYSICAL, Fact.PRESSURE)
_QUESTIONS = (Fact.NECK, Fact.THREATS, Fact.WEAPON, Fact.WORSE, Fact.CONTROL, Fact.FORCED, Fact.OWN_FEAR)


def band_of(answer: Callable[[Fact], Answer]) -> Band:
    """The band of a set of answers, by the first rule that fits, from the most urgent down."""

    def yes(*facts: Fact) -> bool:
        return any(answer(fact) is Answer.YES for fact in facts)

    if yes(*_RED) or (yes(Fact.NECK) and yes(Fact.PREGNANT)):
        return Band.RED
    if yes(*_HIGH):
        return Band.HIGH
    if yes(Fact.WORSE) and yes(Fact.CONTROL):
        return Band.HIGH
    if yes(Fact.SEPARATED) and yes(Fact.WORSE, Fact.CONTROL):
        return Band.HIGH
    if yes(Fact.PREGNANT) and yes(*_QUESTIONS, Fact.PHYSICAL):
        return Band.HIGH
    return Band.ELEVATED if yes(*_ELEVATED) else Band.UNKNOWN
