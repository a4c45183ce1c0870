"""What the model looks at in a message: pieces of words, words, and pairs of neighbours."""

from collections.abc import Iterator

SHORTEST, LONGEST = 3, 5
"""Letters of a piece of a word; a mark at both ends of the word counts as a letter."""

STEM = 5
"""Letters of a word that count in a pair: the endings of Kazakh and Russian words pile up behind them."""

LONGEST_WORD = 24
"""Letters of a word that are looked at; nobody's language has longer ones, and links do."""


def pieces(word: str) -> Iterator[str]:
    """The pieces of one word, and the word itself."""
    marked = f"<{word[:LONGEST_WORD]}>"
    yield marked
    for size in range(SHORTEST, min(LONGEST, len(marked) - 1) + 1):
        for start in range(len(marked) - size + 1):
            yield marked[start : start + size]


def pair(before: str, word: str) -> str:
    """Two neighbours by their beginnings; before the first word stands nothing."""
    return f"{before[:STEM]} {word[:STEM]}"


def features(words: list[str]) -> set[str]:
    """Everything that the model looks at in a message of these words."""
    found = {piece for word in set(words) for piece in pieces(word)}
    found.update(pair(before, word) for before, word in zip(["", *words], [*words, ""], strict=True))
    return found
