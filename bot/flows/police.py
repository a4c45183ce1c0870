"""What the police do after a report, what to say, which paper to get, and where to go when they refuse.

Sources, compared 2026-11-23: `law_and_forensics` A4 (who reports, forms of a statement), C1 (duties on a call), C8
(registration, complaints, deadlines, language); `safety_content` 0.3, 1.6 (complaints in the app, police or army);
contact police-service-zakon-i-poryadok. How fast they come, and which prosecutor it is, is not known: 111.
"""

from collections.abc import Collection, Iterable
from datetime import date

from bot.dialog.model import Checked, Choice, Flow, Screen
from bot.flows.directory import Contact, Directory
from bot.flows.sample_texts import offer
from bot.flows.sheets import read_on
from bot.i18n import N_, NP_

READ = date(2026, 11, 23)
"""The day on which these words were last compared with their sources."""

_APP = "police-service-zakon-i-poryadok"

_LAWYERS = Choice("lawyers", NP_("button", "Lawyers, papers, offices"), to="people.offices")
_ORDER = Choice("order", NP_("button", "Protective order"), to="order.start")
_PROSECUTOR = Choice("prosecutor", NP_("button", "To the prosecutor"), to="police.prosecutor")
_REFUSED = Choice("refused", NP_("button", "If they refuse or do nothing"), to="police.refused")
_STATEMENT = Choice("statement", NP_("button", "A statement to the police"), to="police.statement")


def police(directory: Directory, now: int, texts: Collection[str] = ()) -> Flow:
    """The conversation of a directory; `now` is seconds since 1970, `texts` are names of the samples to be shown."""
    read = read_on(READ, now)
    return Flow(
        "police",
        Screen(
            "start",
            # Translators: the first 40 characters must not tell what this is about.
            N_(
                "Here are your rights in plain words, a little at a time. You decide whether to use any of them. If it "
                "is hard to choose, you can ask 111 first."
            ),
            _ORDER,
            Choice("called", NP_("button", "What follows a call to 102"), to="police.called"),
            _STATEMENT,
            _REFUSED,
            Choice("officer", NP_("button", "Police or military in the family"), to="police.officer"),
            Choice("case", NP_("button", "A case, a lawyer, payments"), to="case.start"),
            *([Choice("samples", NP_("button", "Texts to copy"), to="samples.start")] if texts else []),
            listing=True,
        ),
        *_call(read, offer("call", texts)),
        *_statement(read, offer("statement", texts)),
        *_refusal(directory, now, offer("complaint", texts)),
        *_officer(read),
    )


def _call(read: Checked, text: Iterable[Choice]) -> tuple[Screen, ...]:
    """After a call to 102."""
    return (
        Screen(
            "called",
            N_(
                "After a call or a message, from anyone, the police have to act: Law 245-VIII, article 72. Within 24 "
                "hours they tell other services, such as a family support centre. They can send you to a doctor or to "
                "those who help, and your opinion counts. How soon they come, we do not know."
            ),
            Choice("things", NP_("button", "To collect papers and things"), to="police.things"),
            Choice("talk", NP_("button", "What to say when they come"), to="police.talk"),
            Choice("say", NP_("button", "What to say on the phone"), to="urgent.say"),
            *text,
            checked=read,
        ),
        Screen(
            "things",
            N_(
                "Papers and clothes from the home you share: by law the police keep order while you collect identity "
                "papers, clothes for the season and hygiene items. You can ask for this when you call 102, or when "
                "they come. You can say beforehand what you will take."
            ),
            parent="police.called",
            checked=read,
        ),
        Screen(
            "talk",
            N_(
                "When they come, you can ask to talk where nobody overhears you. Say what was done to"
                " you, when, and who saw or heard it. If you fear that it will happen again, say so "
                "and ask for a protective order. Ask for the officer's name and the number of your "
                "report. Keep both."
            ),
            _ORDER,
            _STATEMENT,
            parent="police.called",
            checked=read,
        ),
    )


def _statement(read: Checked, text: Iterable[Choice]) -> tuple[Screen, ...]:
    """A statement, and the paper that confirms it."""
    return (
        Screen(
            "statement",
            N_(
                "A statement can be spoken, written or sent electronically. What you say, an officer writes down, and "
                "you sign. Everybody is warned that a knowingly false one is punished. Without a name no criminal case "
                "is opened; if life is in danger, call 102 or 112 all the same."
            ),
            Choice("paper", NP_("button", "The paper that they give"), to="police.paper"),
            _REFUSED,
            *text,
            checked=read,
        ),
        Screen(
            "paper",
            N_(
                "When they take it, they register it and give you a paper that confirms this: Criminal Procedure Code, "
                "article 185. They may not refuse to take it, nor turn it away for its language. You can write down "
                "the number, the day and the officer's name. Keep the paper where only you look."
            ),
            parent="police.statement",
            checked=read,
        ),
    )


def _through_app(app: Contact, now: int) -> Screen:
    return Screen(
        "app",
        N_(
            "“Law and Order” in eGov Mobile, Kaspi.kz and Halyk takes complaints about officers too, day and night. It "
            "goes under your name and stays in that app. We do not know how fast they answer."
        ),
        parent="police.refused",
        checked=read_on(READ, now, [app]),
    )


def _refusal(directory: Directory, now: int, text: Iterable[Choice]) -> tuple[Screen, ...]:
    """Where to complain. The app is named only while the directory shows it."""
    app, read = directory.hotline(_APP), read_on(READ, now)
    return (
        Screen(
            "refused",
            N_(
                "A refusal or silence is not the end. You can complain to the head of that office, to the prosecutor "
                "or to a court. None of them may refuse to take it. It helps to have the day, the officer's name and "
                "the number of your paper. You can go on calling 102."
            ),
            _PROSECUTOR,
            Choice("court", NP_("button", "To a court"), to="police.court"),
            *([Choice("app", NP_("button", "Through an app"), to="police.app")] if app else []),
            _LAWYERS,
            checked=read,
        ),
        Screen(
            "prosecutor",
            N_(
                "To the prosecutor you can write about a refusal, silence or how an officer behaved. The electronic "
                "system e-Otinish takes it too. In a criminal case the prosecutor decides in 7 days, rarely in up to "
                "15. Which office is yours, you can ask 111."
            ),
            *text,
            parent="police.refused",
            checked=read,
        ),
        Screen(
            "court",
            N_(
                "A court can be asked when a report of a crime was not taken. The complaint is made within 15 days. "
                "The judge decides in 3 days, or in 10 with a hearing, which can be by video. Those who refused have "
                "to show that they were right, not you: Criminal Procedure Code, article 106."
            ),
            parent="police.refused",
            checked=read,
        ),
        *([_through_app(app, now)] if app else []),
    )


def _officer(read: Checked) -> tuple[Screen, ...]:
    """When the person, or a relative of theirs, is an officer or serves in the army."""
    return (
        Screen(
            "officer",
            N_(
                "When someone close to you works there or has friends in the police: in danger, call 102 or 112 all "
                "the same. For the rest you can go to the prosecutor, past the officers you know. That person may "
                "learn what is written down. So it can be wiser to have a lawyer and a place to go first."
            ),
            Choice("relative", NP_("button", "The officer is a relative"), to="police.relative"),
            Choice("army", NP_("button", "In the army"), to="police.army"),
            _PROSECUTOR,
            _LAWYERS,
            Choice("region", NP_("button", "A safe place"), to="directory.start"),
            checked=read,
        ),
        Screen(
            "relative",
            N_(
                "If the officer is related to the person you fear, you can say so and ask for somebody else. You can "
                "tell 102 and the head of that office too. Nobody there may refuse your statement. If it is not taken, "
                "note the day and the name: the prosecutor and the court are open to you."
            ),
            _REFUSED,
            parent="police.officer",
            checked=read,
        ),
        Screen(
            "army",
            N_(
                "If that person is in the army, 102 and 112 stay the way when danger is now. You can "
                "complain to their command or to a prosecutor. They may hear of it. So it can be "
                "wiser to talk to a lawyer first. Which prosecutor deals with the army, you can ask "
                "111."
            ),
            parent="police.officer",
            checked=read,
        ),
    )
