"""What happened in a conversation that somebody else may have to act on. Facts, without identities."""

from dataclasses import dataclass


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


Event = QuickExit | CardAsked | LanguageChosen | Dismissed
