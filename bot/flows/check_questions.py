"""The questions of the short safety check: one on a screen, each answered with a tap or left out.

Own wording, from `safety_content` 1.3 (questions) and 1.6 (signs after pressure on the neck, being locked in), compared
2026-11-23. Russian speaks of "he" or "she" only where the person she fears was chosen before; until then, and wherever
it could be either, of "this person".
"""

from bot.dialog.model import Choice, Screen, Told
from bot.domain.situation import Situation
from bot.domain.triage import Answer, Band, Fact
from bot.i18n import N_, NP_, Filled, Joined, Said, Text

HE, SHE = frozenset({"partner", "former"}), frozenset({"wife"})
"""For all others of `WHO` one word does not tell whether it is a man or a woman."""

SEVEN = (Fact.NECK, Fact.THREATS, Fact.WEAPON, Fact.WORSE, Fact.CONTROL, Fact.FORCED, Fact.OWN_FEAR)
"""What the seven questions ask, in their order."""

_SKIP = NP_("button", "I'd rather not say")
_YES, _NO = NP_("button", "Yes"), NP_("button", "No")

# Translators: the first line above each question. At least 38 characters; it must not tell what this is about.
_OPENING = N_("Question {number} of 7. You can leave out any of them.")


def spoken(he: Text, she: Text, person: Text) -> Told:
    """A sentence about the person she fears, in the form that fits whom she chose."""

    def say(told: Situation) -> Said:
        return he if told.who in HE else she if told.who in SHE else person

    return Told(say, tuple(Situation(who=who) for who in ("partner", "wife", "")))


def after_seven(told: Situation) -> str:
    """Whether she was hit is asked where nothing is known yet, whether she left only together with other answers.

    Neither is asked once it is known to be very dangerous.
    """
    if told.band is Band.UNKNOWN:
        return "check.hit"
    counts = Answer.YES in (told.answer(Fact.WORSE), told.answer(Fact.CONTROL)) and told.band < Band.HIGH
    return "check.separated" if counts else "check.about"


def left_open(told: Situation) -> int:
    """How many of the seven questions have neither a yes nor a no."""
    return sum(told.answer(fact) not in {Answer.YES, Answer.NO} for fact in SEVEN)


def yes_no(fact: Fact, to: str, yes: str | None = None) -> tuple[Choice, ...]:
    """The three answers to a question; a yes may lead elsewhere."""
    return (
        Choice("yes", _YES, to=yes or to, row="answer", tells={fact: "yes"}),
        Choice("no", _NO, to=to, row="answer", tells={fact: "no"}),
        skip(fact, to),
    )


def skip(fact: Fact, to: str) -> Choice:
    """The answer that is none, and never counts as a no."""
    return Choice("skip", _SKIP, to=to, tells={fact: "skipped"})


def questions() -> tuple[Screen, ...]:
    """All questions after the notice, in their order; Back leads to the one before."""
    return (*_first_half(), *_second_half(), *_last_two())


def _first_half() -> tuple[Screen, ...]:
    neck = spoken(
        NP_("he", "Has this person squeezed your neck?"),
        NP_("she", "Has this person squeezed your neck?"),
        NP_("person", "Has this person squeezed your neck?"),
    )
    threats = spoken(
        NP_("he", "Has this person threatened to kill you, the children or themselves?"),
        NP_("she", "Has this person threatened to kill you, the children or themselves?"),
        NP_("person", "Has this person threatened to kill you, the children or themselves?"),
    )
    weapon = spoken(
        NP_("he", "Has this person used a knife, gun or object to hurt or scare you?"),
        NP_("she", "Has this person used a knife, gun or object to hurt or scare you?"),
        NP_("person", "Has this person used a knife, gun or object to hurt or scare you?"),
    )
    return (
        _asked(1, "neck", neck, *yes_no(Fact.NECK, "check.threats", yes="check.signs"), parent="check.notice"),
        _signs(),
        _asked(2, "threats", threats, *yes_no(Fact.THREATS, "check.weapon"), parent="check.neck"),
        _asked(3, "weapon", weapon, *yes_no(Fact.WEAPON, "check.worse"), parent="check.threats"),
    )


def _signs() -> Screen:
    """Time and signs in one question; either makes it urgent."""
    recent: dict[str, str] = {Fact.NECK_RECENT: "yes"}
    return Screen(
        "signs",
        N_(
            "Thank you for telling us. When was that? Signs can last: a hoarse voice, pain when "
            "swallowing, hard breathing, blurred sight, headache, fainting, wetting oneself."
        ),
        Choice("recent", NP_("button", "In the last three days"), to="check.medical", tells=recent),
        Choice("lasting", NP_("button", "Earlier, but signs remain"), to="check.medical", tells=recent),
        Choice("earlier", NP_("button", "Earlier, no signs"), to="check.threats", tells={Fact.NECK_RECENT: "no"}),
        skip(Fact.NECK_RECENT, "check.threats"),
        parent="check.neck",
    )


def _second_half() -> tuple[Screen, ...]:
    control = spoken(
        NP_("he", "Does this person follow you, lock you in or take your phone or papers?"),
        NP_("she", "Does this person follow you, lock you in or take your phone or papers?"),
        NP_("person", "Does this person follow you, lock you in or take your phone or papers?"),
    )
    forced = spoken(
        NP_("he", "Has this person forced you into sex?"),
        NP_("she", "Has this person forced you into sex?"),
        NP_("person", "Has this person forced you into sex?"),
    )
    fear = spoken(
        NP_("he", "Do you yourself think this person could kill or badly hurt you?"),
        NP_("she", "Do you yourself think this person could kill or badly hurt you?"),
        NP_("person", "Do you yourself think this person could kill or badly hurt you?"),
    )
    worse = N_("Has it become more often or worse in recent months?")
    return (
        _asked(4, "worse", worse, *yes_no(Fact.WORSE, "check.control"), parent="check.weapon"),
        _asked(5, "control", control, *yes_no(Fact.CONTROL, "check.forced", yes="check.locked"), parent="check.worse"),
        _locked(),
        _asked(6, "forced", forced, *yes_no(Fact.FORCED, "check.fear", yes="check.lately"), parent="check.control"),
        _lately(),
        _asked(7, "fear", fear, *yes_no(Fact.OWN_FEAR, "check.last"), parent="check.forced"),
    )


def _locked() -> Screen:
    month: dict[str, str] = {Fact.CONFINED: "yes"}
    past: dict[str, str] = {**month, Fact.HELD_NOW: "no"}
    no: dict[str, str] = {Fact.CONFINED: "no", Fact.HELD_NOW: "no"}
    return Screen(
        "locked",
        N_("One more about the same. You can leave it out, too. Were you locked in, and when?"),
        Choice("now", NP_("button", "I am locked in now"), to="held.now", tells={**month, Fact.HELD_NOW: "yes"}),
        Choice("month", NP_("button", "Within the last month"), to="check.forced", tells=past),
        Choice("earlier", NP_("button", "Earlier"), to="check.forced", row="no", tells=no),
        Choice("no", _NO, to="check.forced", row="no", tells=no),
        skip(Fact.CONFINED, "check.forced"),
        parent="check.control",
    )


def _lately() -> Screen:
    """Medicine cannot wait, so it comes before the rest of the questions."""
    recent: dict[str, str] = {Fact.ASSAULT_RECENT: "yes"}
    return Screen(
        "lately",
        N_(
            "Thank you for telling us. When was that last? In the first three days a doctor can give important "
            "medicine."
        ),
        Choice("recent", NP_("button", "In the last three days"), to="assault.medicine", tells=recent),
        Choice("earlier", NP_("button", "Earlier"), to="check.fear", tells={Fact.ASSAULT_RECENT: "no"}),
        skip(Fact.ASSAULT_RECENT, "check.fear"),
        parent="check.forced",
    )


def _last_two() -> tuple[Screen, ...]:
    about: dict[str, tuple[Text, dict[str, str]]] = {
        "pregnant": (NP_("button", "Pregnant, or birth within a year"), {Fact.PREGNANT: "yes"}),
        "children": (NP_("button", "Children with me"), {Fact.CHILDREN: "yes"}),
        "dependant": (NP_("button", "I care for someone old or unwell"), {Fact.DEPENDANT: "yes"}),
        "none": (NP_("button", "None of these"), {Fact.PREGNANT: "no", Fact.CHILDREN: "no", Fact.DEPENDANT: "no"}),
    }
    hit = spoken(
        NP_("he", "The seven questions are behind you. One more: has this person hit, kicked or pushed you?"),
        NP_("she", "The seven questions are behind you. One more: has this person hit, kicked or pushed you?"),
        NP_("person", "The seven questions are behind you. One more: has this person hit, kicked or pushed you?"),
    )
    return (
        Screen("hit", hit, *yes_no(Fact.PHYSICAL, "check.about"), parent="check.fear"),
        Screen(
            "separated",
            N_("The seven questions are behind you. One more: did you part within the last year, or are you about to?"),
            *yes_no(Fact.SEPARATED, "check.about"),
            parent="check.fear",
        ),
        Screen(
            "about",
            N_("The last one, then you are through. Which of these is true for you? If several are, take the upper."),
            *(Choice(name, label, to="check.result", tells=tells) for name, (label, tells) in about.items()),
            skip(Fact.PREGNANT, "check.result"),
            parent="check.fear",
        ),
    )


def _asked(number: int, name: str, question: Text | Told, *choices: Choice, parent: str) -> Screen:
    """A question under its neutral first line."""
    opening = Filled(_OPENING, {"number": str(number)})
    if isinstance(question, Text):
        return Screen(name, Joined((opening, question)), *choices, parent=parent)
    told = Told(lambda told: Joined((opening, question.say(told))), question.samples)
    return Screen(name, told, *choices, parent=parent)
