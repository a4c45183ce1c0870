"""Texts with blanks that people copy and fill in themselves: what to say to 102, a statement, requests, a complaint.

The bot never fills them in. Each is shown only while `organisation.toml` records who approved these very words and
when; the fingerprint of a text tells those words from others. Sources: `law_and_forensics` C1, C3, C4, C8, E7.
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from hashlib import sha256

from bot.dialog.model import Choice
from bot.i18n import LANGUAGES, N_, NP_, Said, Text, translator


@dataclass(frozen=True, slots=True)
class Sample:
    """One text: the name under which it is approved, what its button says, and the words to be copied.

    Before a text that `stays` somewhere, the question about the phone comes once; not before words for a call.
    """

    name: str
    label: Text
    words: Said
    stays: bool = True

    @property
    def fingerprint(self) -> str:
        """Eight letters that change when the words do, in whichever language."""
        said = "\0".join(translator(language).say(self.words) for language in LANGUAGES)
        return sha256(said.encode()).hexdigest()[:8]


_CALL = N_(
    "My address: [address, floor, landmark]. [Who] threatens me. Now: [what is happening]. Here are [children, a "
    "weapon, injuries]. That person is [near, gone]. Please send a patrol. I ask for a protective order. My name: "
    "[name]."
)
_STATEMENT = N_(
    "To the head of the police department: [which]\n"
    "From: [name, address, phone]\n"
    "\n"
    "Statement\n"
    "When and where: [day, time, place]\n"
    "Who did it: [name, how related to me]\n"
    "What was done, in order: [facts]\n"
    "What was said: [exact words]\n"
    "My injuries: [which, or none to be seen]\n"
    "Who saw or heard it: [names, or nobody]\n"
    "Which children were there: [ages, or none]\n"
    "What happened before: [when, what, or nothing]\n"
    "I fear that it will happen again, because: [reason]\n"
    "\n"
    "I ask you:\n"
    "– to register this statement and to give me a paper that confirms it;\n"
    "– to take measures under the law;\n"
    "– to give a protective order (Law 245-VIII, article 60);\n"
    "– to send me to a forensic medical examination.\n"
    "I know that a knowingly false statement is punished.\n"
    "[day, signature]"
)
_REQUIREMENTS = N_(
    "To the court: [which], through: [police, prosecutor, or by myself]\n"
    "From: [name, address, phone]\n"
    "Case: [number, or what happened and when]\n"
    "\n"
    "Request\n"
    "I ask the court to set special requirements for the behaviour of this person: [name, how related to me]\n"
    "For: [3 months to 1 year]\n"
    "– no contact with me and with: [children, relatives];\n"
    "– no weapons, no alcohol, no drugs;\n"
    "– help of a psychologist;\n"
    "– no living with me for up to 30 days, because: [what makes this case exceptional].\n"
    "What happened before: [facts, days]\n"
    "What I fear: [facts]\n"
    "Basis: Administrative Code, article 54; in a criminal case Criminal Code, article 98-3.\n"
    "[day, signature]"
)
_COMPLAINT = N_(
    "To the prosecutor of: [district, city]\n"
    "From: [name, address, phone]\n"
    "\n"
    "Complaint about what the police did or did not do\n"
    "When and to whom I turned: [day, office, officer]\n"
    "What it was about: [briefly]\n"
    "The number that I was given: [number, or none]\n"
    "What I complain about: [statement not taken, no answer, how I was treated]\n"
    "\n"
    "I ask you:\n"
    "– to check what was done;\n"
    "– to have my statement registered and looked into;\n"
    "– to answer me in writing.\n"
    "Basis: Criminal Procedure Code, article 105, article 185; Law 245-VIII, article 72.\n"
    "Enclosed: [copies]\n"
    "[day, signature]"
)
_SCHOOL = N_(
    "To the head of: [school, kindergarten]\n"
    "From: [name, how related to the child, phone]\n"
    "Child: [name, class or group]\n"
    "\n"
    "Request\n"
    "Please hand over the child only to: [names, phones]\n"
    "Please do not hand over the child to: [name]\n"
    "Protective order: [number, until which day], a copy is enclosed.\n"
    "If that person comes, please call me, and in danger call 102.\n"
    "Please tell nobody our address, our phone and our timetable.\n"
    "[day, signature]"
)

SAMPLES = (
    Sample("call", NP_("button", "Words for 102"), _CALL, stays=False),
    Sample("statement", NP_("button", "Statement"), _STATEMENT),
    Sample("requirements", NP_("button", "Request to the court"), _REQUIREMENTS),
    Sample("complaint", NP_("button", "Complaint to the prosecutor"), _COMPLAINT),
    Sample("school", NP_("button", "Letter to the school"), _SCHOOL),
)
"""All texts, in the order of their list."""


_INTRODUCTION = """# Texts to copy

Made by `python -m bot graph`; a test fails when it is out of date. People copy these texts and fill in the blanks
themselves. A text is shown only once somebody has approved it: a lawyer reads it in all three languages, and the line
below its heading goes under `[approved]` in `organisation.toml` (see [the directory](directory.md)). When the words
change, so does the fingerprint, and the text is not shown until it is approved again."""


def offer(name: str, approved: Collection[str]) -> tuple[Choice, ...]:
    """The button that leads to a text from a screen of another conversation; none while the text is not approved."""
    leads = Choice(f"sample-{name}", NP_("button", "A text to copy"), to=f"samples.{name}")
    return (leads,) if name in approved else ()


def page() -> str:
    """The document from which a lawyer reads what is to be approved, with the fingerprint to write down."""
    return "\n".join(_lines()) + "\n"


def _lines() -> Iterator[str]:
    yield _INTRODUCTION
    for sample in SAMPLES:
        yield f"\n## {translator('en').say(sample.label)}\n"
        yield f'`{sample.name} = {{ by = "…", on = 2026-12-01, words = "{sample.fingerprint}" }}`'
        for language, named in LANGUAGES.items():
            yield f"\n{named}:\n\n```text\n{translator(language).say(sample.words)}\n```"
