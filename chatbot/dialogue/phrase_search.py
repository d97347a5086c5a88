"""Find known phrases in a message, also misspelt ones."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz

_Like = Callable[[Sequence[str], Sequence[str]], bool]

_WORD = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")
# How alike a misspelt phrase must be (0 to 100), and the letters from which on that is looked at.
ALIKE, LONG_ENOUGH = 84, 5


@dataclass(frozen=True)
class Hit:
    """A phrase found in a message: whose it is, and from which to which word it stands there."""

    key: str
    first: int
    behind: int


def words(text: str) -> list[str]:
    """Return the words of a message in their order; "don't" is one word."""
    return [word.replace("’", "'") for word in _WORD.findall(text)]


def hits(said: Sequence[str], phrases: Iterable[tuple[str, str]]) -> list[Hit]:
    """Return where phrases stand in a message, no word used twice, longer phrases first.

    Misspelt phrases are looked for only where no phrase stands as it is.

    Args:
        said: the words of the message.
        phrases: (key, phrase); a phrase in capitals ("IT") is found in capitals only.
    """
    split = sorted(((key, words(text)) for key, text in phrases), key=lambda row: -len(row[1]))
    found = _find(said, split, _same)
    return sorted(found or _find(said, split, _alike), key=lambda hit: hit.first)


def is_one_of(said: Sequence[str], phrases: Iterable[str]) -> bool:
    """Tell whether a message is one of these phrases."""
    text = " ".join(said).lower()
    return any(text == phrase.lower() for phrase in phrases)


def is_nearly_one_of(said: Sequence[str], phrases: Iterable[str]) -> bool:
    """Tell whether a message is one of these phrases with a letter or two wrong."""
    text = " ".join(said).lower()
    return any(_is_misspelt(text, phrase) for phrase in phrases)


def _is_misspelt(text: str, phrase: str) -> bool:
    near = abs(len(text) - len(phrase)) <= 2 and min(len(text), len(phrase)) >= LONG_ENOUGH
    return near and text[:1] == phrase[:1] and fuzz.ratio(text, phrase.lower()) >= ALIKE + 2


def _find(said: Sequence[str], phrases: Sequence[tuple[str, list[str]]], like: _Like) -> list[Hit]:
    taken: set[int] = set()
    found: list[Hit] = []
    for key, phrase in phrases:
        for first in range(len(said) - len(phrase) + 1):
            places = range(first, first + len(phrase))
            if taken.isdisjoint(places) and like(said[first : first + len(phrase)], phrase):
                taken.update(places)
                found.append(Hit(key, first, first + len(phrase)))
    return found


def _same(said: Sequence[str], phrase: Sequence[str]) -> bool:
    return all(
        one == other if other.isupper() and len(other) > 1 else one.lower() == other.lower()
        for one, other in zip(said, phrase, strict=True)
    )


def _alike(said: Sequence[str], phrase: Sequence[str]) -> bool:
    one, other = " ".join(said).lower(), " ".join(phrase).lower()
    long_enough = min(len(one), len(other)) >= LONG_ENOUGH
    return long_enough and one[0] == other[0] and fuzz.ratio(one, other) >= ALIKE
