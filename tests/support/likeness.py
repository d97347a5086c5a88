"""How alike two messages are, whoever and whatever they name.

A message is written in lower case without punctuation, with every name of the knowledge base (and
every slot of a training example) replaced by one word. The likeness of two messages is the Jaccard
index of their sets of character 4-grams: what they share, divided by what they have together.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from sklearn.feature_extraction.text import CountVectorizer

from chatbot.knowledge.names import all_names
from tests.support.base import knowledge_base

NAME = "xnamex"
_WORD = re.compile(r"\{\w+\}|\w+")


@dataclass(frozen=True)
class Nearest:
    """The training example that is most like a message, by its place in the list."""

    place: int
    likeness: float


def words(text: str) -> list[str]:
    """Return the words of a message in lower case."""
    return _WORD.findall(text.lower())


def without_names(text: str) -> str:
    """Return a message with one word for each name; the longest name that fits is taken."""
    found: list[str] = []
    rest = words(text)
    while rest:
        taken = _name_length(rest)
        found.append(NAME if taken else rest[0])
        rest = rest[taken or 1 :]
    return " ".join(found)


def own_words(text: str) -> int:
    """Return the number of words of a message that are no names."""
    return sum(word != NAME for word in without_names(text).split())


def nearest(messages: Sequence[str], examples: Sequence[str]) -> list[Nearest]:
    """Return for each message the example that is most like it."""
    counter = CountVectorizer(analyzer="char", ngram_range=(4, 4), binary=True, dtype=np.float32)
    known = counter.fit_transform([_padded(text) for text in examples])
    # Grams that no example has are no columns, so they are counted apart.
    asked = counter.transform([_padded(text) for text in messages])
    sizes = np.array([_grams(text) for text in messages])
    shared = (asked @ known.T).tocsr()
    of_known = np.asarray(known.sum(axis=1)).ravel()
    return [
        _best(shared.getrow(row), of_known, size) if size else Nearest(0, 0.0)
        for row, size in enumerate(sizes)
    ]


def likeness(one: str, other: str) -> float:
    """Return how alike two messages are, 0 to 1."""
    return nearest([one], [other])[0].likeness


def _best(shared: object, of_known: np.ndarray, size: int) -> Nearest:
    places, counts = shared.indices, shared.data  # type: ignore[attr-defined]
    if not len(places):
        return Nearest(0, 0.0)
    scores = counts / (of_known[places] + size - counts)
    best = int(scores.argmax())
    return Nearest(int(places[best]), float(scores[best]))


def _padded(text: str) -> str:
    return f" {without_names(text)} "


def _grams(text: str) -> int:
    padded = _padded(text)
    return len({padded[start : start + 4] for start in range(len(padded) - 3)})


def _name_length(rest: list[str]) -> int:
    if rest[0].startswith("{"):
        return 1
    names, longest = _names()
    for size in range(min(longest, len(rest)), 0, -1):
        *front, last = rest[:size]
        if (*front, last) in names or (*front, last.removesuffix("s")) in names:
            return size
    return 0


@lru_cache(maxsize=1)
def _names() -> tuple[frozenset[tuple[str, ...]], int]:
    names = frozenset(tuple(words(name.text)) for name in all_names(knowledge_base()))
    return names, max(map(len, names))
