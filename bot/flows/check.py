"""The short safety check: a few questions about danger, each of which can be left out, and what may come first now.

It gives no score and never says that somebody is safe; what she answers only decides what she is shown first, and it
stays in the buttons of her chat. Sources, compared 2026-11-23: `safety_content` 1.3 (questions), 1.4 (what follows from
them, and in which order), 1.6 (neck, being held), 4.1 (approved sentences); contacts police-102, emergency-112,
ambulance-103, contact-centre-111; first days after sexual violence: `law_and_forensics` D7.
"""

from datetime import date

from bot.dialog.model import Branch, Choice, Flow, Screen, Told
from bot.domain.situation import Situation
from bot.domain.triage import Answer, Band, Fact, band_of
from bot.flows.check_questions import after_seven, left_open, questions, yes_no
from bot.flows.directory import Directory
from bot.flows.sheets import address, checked, lines_of
from bot.i18n import N_, NP_, Said

READ = date(2026, 11, 23)
"""The day on which these words were last compared with their sources."""

LITTLE_IS_KNOWN = 3
"""Questions left open from which the answers say little (`safety_content` 1.4)."""

_POLICE, _PLAN, _INJURIES = "police.start", "check.plan", "injury.start"
_RESULTS = {
    Band.RED: "check.red",
    Band.HIGH: "check.high",
    Band.ELEVATED: "check.elevated",
    Band.UNKNOWN: "check.unknown",
}


def check(directory: Directory, now: int) -> Flow:
    """The conversation of a directory; `now` is seconds since 1970."""
    return Flow(
        "check",
        *_before(),
        *questions(),
        Branch("last", after_seven, ("check.hit", "check.separated", "check.about")),
        Branch("result", _result, tuple(_RESULTS.values())),
        Branch("plan", _plan, ("plan.children", "plan.start")),
        Branch("red", _red, ("check.danger", "check.medical", "assault.medicine", "held.now", "dark.start")),
        _danger(directory, now),
        _medical(directory, now),
        *_results(directory),
    )


def _before() -> tuple[Screen, ...]:
    """What comes before the seven questions: this moment, the person, and the notice."""
    return (
        Screen(
            "start",
            N_(
                "Here are a few short questions, and you can leave out any of them. "
                "First: is it safe to message right now?"
            ),
            Choice("yes", NP_("button", "Yes"), to="check.now", row="answer"),
            Choice("no", NP_("button", "No"), to="check.later", row="answer"),
            Choice("skip", NP_("button", "I'd rather not say"), to="check.now"),
        ),
        Screen(
            "later",
            N_(
                "You can stop here at any time. “Close” takes away the messages of the last two days. "
                "When you are alone, the questions are under “Information”. If it cannot wait, press “Urgent”."
            ),
            Choice("phone", NP_("button", "Phone and Telegram"), to="phone.ask"),
            Choice("on", NP_("button", "Go on all the same"), to="check.now"),
        ),
        Screen(
            "now",
            N_("The second question is about this very minute. Are you or a child in danger right now?"),
            *yes_no(Fact.DANGER_NOW, "check.who", yes="check.red"),
        ),
        _who(),
        Screen(
            "notice",
            N_(
                "Next come seven short questions. You can leave out any of them, or all. They are "
                "about violence. We tell nobody what you answer. Whoever opens this chat can see the "
                "last screen."
            ),
            Choice("on", NP_("button", "Go on"), to="check.neck"),
            Choice("skip", NP_("button", "Leave out all seven"), to="check.result"),
            parent="check.who",
        ),
    )


def _who() -> Screen:
    people = {
        "partner": NP_("button", "Husband or partner"),
        "former": NP_("button", "Former husband or partner"),
        "wife": NP_("button", "Wife"),
        "in_law": NP_("button", "Mother- or father-in-law"),
        "relatives": NP_("button", "One of his relatives"),
        "parent": NP_("button", "My parent or brother"),
        "child": NP_("button", "My grown-up child"),
        "other": NP_("button", "Somebody else"),
    }
    return Screen(
        "who",
        N_("Who is this about? What you choose only changes words in the questions. You can leave it open."),
        *(Choice(who, label, to="check.notice", tells={"who": who}) for who, label in people.items()),
        Choice("skip", NP_("button", "I'd rather not say"), to="check.notice"),
        parent="check.now",
        listing=True,
    )


def _red(told: Situation) -> str:
    """Danger at this moment comes first, then a doctor, then whoever cannot leave."""
    yes = [fact for fact in Fact if told.answer(fact) is Answer.YES]
    if Fact.DANGER_NOW in yes or Fact.CHILD_HURT in yes:
        return "check.danger"
    if _neck_needs_doctor(told) or Fact.BADLY_HURT in yes:
        return "check.medical"
    if Fact.ASSAULT_RECENT in yes:
        return "assault.medicine"
    if Fact.HELD_NOW in yes:
        return "held.now"
    return "dark.start" if Fact.SUICIDAL in yes else "check.danger"


def _plan(told: Situation) -> str:
    """Who has children with her begins with what is about them."""
    return "plan.children" if told.answer(Fact.CHILDREN) is Answer.YES else "plan.start"


def _neck_needs_doctor(told: Situation) -> bool:
    """Lately, with signs that last, or in pregnancy (`safety_content` 1.6)."""
    pressed, pregnant = told.answer(Fact.NECK), told.answer(Fact.PREGNANT)
    return told.answer(Fact.NECK_RECENT) is Answer.YES or (pressed is Answer.YES and pregnant is Answer.YES)


def _result(told: Situation) -> str:
    """What has a screen of its own, pressed elsewhere, does not take the place of what these answers say."""
    elsewhere = (Fact.SUICIDAL, Fact.HELD_NOW)
    here = band_of(lambda fact: Answer.NOT_ASKED if fact in elsewhere else told.answer(fact))
    return _RESULTS[told.band if here < Band.HIGH else here]


def _next() -> tuple[Choice, ...]:
    return (
        Choice("silent", NP_("button", "I cannot speak"), to="urgent.silent"),
        Choice("say", NP_("button", "What to say"), to="urgent.say", row="more"),
        Choice("after", NP_("button", "Afterwards"), to="urgent.after", row="more"),
    )


def _danger(directory: Directory, now: int) -> Screen:
    lines = directory.emergency()
    return Screen(
        "danger",
        # Translators: at most 205 characters.
        N_(
            "Free from any phone, at any hour: 102 or 112. If someone is hurt: 103.\n"
            "If you can, take the nearest way out to where people are. This program cannot call for you."
        ),
        *_next(),
        numbers=lines_of(lines),
        parent="check.now",
        checked=checked(lines, now),
    )


def _medical(directory: Directory, now: int) -> Screen:
    """The ambulance first; what is said depends on what happened."""
    lines = directory.emergency()
    return Screen(
        "medical",
        Told(_medical_words, (Situation(), Situation().tell({Fact.NECK_RECENT: "yes"}))),
        *_next(),
        numbers=lines_of(lines, first="103"),
        parent="check.neck",
        checked=checked(lines, now),
    )


def _medical_words(told: Situation) -> Said:
    # Translators, for both: at most 205 characters.
    if _neck_needs_doctor(told):
        return N_(
            "Thank you for telling us. A doctor is needed now, even without marks. Call 103 and say: "
            "pressure on the neck. Tonight it is safer to be with someone you trust."
        )
    return N_(
        "Thank you for telling us. A doctor is needed now, even if it seems to get better. Call 103. "
        "Tonight it is safer to be with someone you trust."
    )


def _results(directory: Directory) -> tuple[Screen, ...]:
    person = Choice("people", NP_("button", "People to talk to"), to="people.start")
    police = Choice("police", NP_("button", "Police and protective order"), to=_POLICE)
    plan = Choice("plan", NP_("button", "A plan to be safer"), to=_PLAN)
    again = Choice("again", NP_("button", "Ask me again"), to="check.start")
    return (
        Screen(
            "high",
            Told(_high_words, (Situation(), *(Situation().tell({fact: "yes"}) for fact in (Fact.NECK, Fact.PREGNANT)))),
            Choice("people", NP_("button", "A person, now"), to=address(directory.route())),
            Choice("place", NP_("button", "A safe place tonight"), to="place.leaving"),
            police,
            plan,
            Choice("injuries", NP_("button", "Injuries and evidence"), to=_INJURIES),
            parent="check.about",
        ),
        Screen(
            "elevated",
            N_(
                "Thank you for telling us. What you describe is violence, even where nobody sees it. "
                "It can grow. You know your life best, and you decide what comes next."
            ),
            plan,
            police,
            person,
            again,
            parent="check.about",
        ),
        Screen(
            "unknown",
            Told(_unknown_words, (Situation(), _answered())),
            Choice("information", NP_("button", "Information"), to="topics.start"),
            person,
            again,
            parent="check.about",
        ),
    )


def _high_words(told: Situation) -> Said:
    """After pressure on the neck, and in pregnancy, a doctor is named with the rest."""
    if told.answer(Fact.NECK) is Answer.YES:
        return N_(
            "This is not your fault. What you describe is very dangerous. After pressure on the neck a doctor is "
            "needed, even without marks: 103. Where shall we start?"
        )
    if told.answer(Fact.PREGNANT) is Answer.YES:
        return N_(
            "This is not your fault. What you describe is very dangerous. Pregnant, and pain, bleeding, or the baby "
            "moves less: call 103. Where shall we start?"
        )
    return N_("This is not your fault. What you describe is very dangerous. Where shall we start?")


def _answered() -> Situation:
    return Situation().tell(dict.fromkeys(Fact, "no"))


def _unknown_words(told: Situation) -> Said:
    """No answer is never read as a no."""
    if left_open(told) >= LITTLE_IS_KNOWN:
        return N_(
            "You left several questions open, and that is all right. The others say little on their own. "
            "You know your life best. You can check again at any time."
        )
    return N_(
        "Thank you for your answers. They do not show urgent danger. They may be incomplete, and you know your life "
        "best. You can check again at any time."
    )
