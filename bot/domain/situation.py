"""What she has told by tapping. It travels in the buttons of her own chat and is kept nowhere else (promise P5)."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from bot.domain.triage import Answer, Band, Fact, band_of

WHO = ("partner", "former", "in_law", "relatives", "parent", "child", "other", "wife")
WHEN = ("hours", "days", "weeks", "earlier")
REGIONS = tuple(f"KZ-{code}" for code in "10 11 15 19 23 27 31 33 35 39 43 47 55 59 61 62 63 71 75 79".split())
"""Positions in these lists are part of buttons in people's chats: append, never reorder."""

PLAN_ITEMS = 64
"""Bits of a safety plan."""

_ANSWERS = 6
_SHORT = _ANSWERS + 2
_LONG = _SHORT + 8
_FACTS = tuple(Fact)


@dataclass(frozen=True, slots=True)
class Situation:
    """Answers as two bits each, the highest band ever reached, and what else was chosen; all of it may be missing.

    `who` is the person she fears, `when` the time since it happened, `region` an ISO code, `plan` a set of bits.
    """

    answers: int = 0
    band: Band = Band.UNKNOWN
    who: str = ""
    when: str = ""
    region: str = ""
    plan: int = 0

    def answer(self, fact: Fact) -> Answer:
        """What she answered."""
        return Answer(self.answers >> 2 * _FACTS.index(fact) & 0b11)

    def tell(self, told: Mapping[str, str]) -> "Situation":
        """The situation after she told more: `who`, `when` and `region`, or facts with the name of an answer.

        The band may rise and never falls. What is not known is left out: it may come from a forged button.
        """
        new = self
        for key, value in told.items():
            if key in _LISTS:
                new = _with(new, key, value) if value in _LISTS[key] else new
            elif key in _FACTS and value.upper() in Answer.__members__:
                place = 2 * _FACTS.index(Fact(key))
                cleared = new.answers & ~(0b11 << place)
                new = replace(new, answers=cleared | Answer[value.upper()] << place)
        return replace(new, band=max(new.band, band_of(new.answer)))

    def ticked(self, item: int) -> bool:
        """Whether an item of the safety plan is chosen."""
        return bool(self.plan >> item & 1)

    def tick(self, item: int) -> "Situation":
        """Chooses an item of the safety plan, or takes it back."""
        return replace(self, plan=self.plan ^ (1 << item))

    def pack(self) -> bytes:
        """8 bytes, 16 with a safety plan; none when she has told nothing."""
        if self == Situation():
            return b""
        chosen = int(self.band)
        for key in ("who", "when", "region"):
            value = getattr(self, key)
            chosen = chosen << _BITS[key] | (_LISTS[key].index(value) + 1 if value else 0)
        packed = self.answers.to_bytes(_ANSWERS) + chosen.to_bytes(2)
        return packed + self.plan.to_bytes(8) if self.plan else packed

    @classmethod
    def unpack(cls, packed: bytes) -> "Situation":
        """What was packed; anything that cannot be read counts as not told."""
        if len(packed) not in {_SHORT, _LONG}:
            return cls()
        answers, chosen = int.from_bytes(packed[:_ANSWERS]), int.from_bytes(packed[_ANSWERS:_SHORT])
        told = cls(answers & (1 << 2 * len(_FACTS)) - 1, plan=int.from_bytes(packed[_SHORT:]))
        for key in ("region", "when", "who"):
            place = chosen & (1 << _BITS[key]) - 1
            chosen >>= _BITS[key]
            told = _with(told, key, _LISTS[key][place - 1]) if 0 < place <= len(_LISTS[key]) else told
        return replace(told, band=max(Band(chosen & 0b11), band_of(told.answer)))


def _with(situation: Situation, key: str, value: str) -> Situation:
    return replace(
        situation,
        who=value if key == "who" else situation.who,
        when=value if key == "when" else situation.when,
        region=value if key == "region" else situation.region,
    )


_LISTS: Mapping[str, tuple[str, ...]] = {"who": WHO, "when": WHEN, "region": REGIONS}
_BITS = {"who": 4, "when": 3, "region": 5}
