"""What happened in a conversation that somebody else may have to act on. Facts, without identities."""

from dataclasses import dataclass
from enum import StrEnum


@dataclass(frozen=True, slots=True)
class QuickExit:
    """She closed the chat: delete what can be deleted, forget the chat, send nothing more."""


@dataclass(frozen=True, slots=True)
class CardAsked:
    """She asked for the contact card of a number."""

    number: str


@dataclass(frozen=True, slots=True)
class LanguageChosen:
    """She chose a language."""

    language: str


@dataclass(frozen=True, slots=True)
class Dismissed:
    """She said that an answer to her typed words was not what she meant: remove it."""


class Usefulness(StrEnum):
    """What she says about what she read."""

    YES = "yes"
    PARTLY = "partly"
    NO = "no"


class Found(StrEnum):
    """What became of a call to a contact."""

    NO_ANSWER = "no_answer"
    WRONG = "wrong"


@dataclass(frozen=True, slots=True)
class Useful:
    """Somebody says whether a topic (the name of a conversation) was useful."""

    topic: str
    answer: Usefulness


@dataclass(frozen=True, slots=True)
class ContactReported:
    """Somebody says that a contact (its id in the directory) did not answer, or that its number is wrong."""

    entry: str
    found: Found


Countable = Useful | ContactReported
"""What is only counted: a sum without a person."""

Event = QuickExit | CardAsked | LanguageChosen | Dismissed | Useful | ContactReported
