"""Find the entries that a message names: in plural, abbreviated, misspelt, split or joined.

spaCy cuts the message into words and matches all names in one pass (PhraseMatcher), so the time
does not grow with the number of names; RapidFuzz mends words that no name and no dictionary knows.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

import spacy
from rapidfuzz import process
from rapidfuzz.distance import OSA
from spacy.matcher import PhraseMatcher
from spacy.tokens import Doc

from chatbot.knowledge.names import HINT, Hint, Name

# Longer messages are cut here before they are looked at: nobody asks about a job in more words.
LONGEST_MESSAGE = 1000
# A word of this many letters may have one wrong letter, from the second number on two.
ONE_ERROR_FROM, TWO_ERRORS_FROM = 5, 8

_SKIP = frozenset({"'s", "’s", "-", "–", "—", "/", ".", "(", ")", "·", '"', "“", "”", "&", "'"})
_CHINESE = re.compile(r"[\u3400-\u9fff]")
_IZE = re.compile(r"iz(e[drs]?|ing|ation|ations)$")


@dataclass(frozen=True)
class Mention:
    """A stretch of a message and the entry it names.

    `score` is 1.0 for an exact name and lower where a word had to be mended; `candidates` is filled
    for hints only.
    """

    kind: str
    id: str
    start: int
    end: int
    text: str
    score: float = 1.0
    candidates: tuple[str, ...] = ()


@dataclass(frozen=True)
class Word:
    """A word of the message as names are compared: lower case, singular, mended."""

    text: str
    start: int
    end: int
    mended: bool = False


@dataclass
class Linker:
    """Finds mentions of the given names.

    Args:
        names: what to look for.
        hints: partial role names.
        short: abbreviations and what they stand for.
        known: dictionary words, which are never taken for a misspelling.
    """

    names: Sequence[Name]
    hints: Sequence[Hint] = ()
    short: Mapping[str, str] = field(default_factory=dict)
    known: frozenset[str] = frozenset()

    def __post_init__(self) -> None:
        self._nlp = spacy.blank("en")
        self._owners: dict[str, list[tuple[str, str]]] = defaultdict(list)
        self._candidates: dict[str, tuple[str, ...]] = {}
        self._chinese: dict[str, list[tuple[str, str]]] = defaultdict(list)
        self._words: dict[str, None] = {}
        self._joined: dict[str, list[str]] = {}
        self._matcher = PhraseMatcher(self._nlp.vocab)
        self._mend = lru_cache(maxsize=4096)(self._mend_word)
        for name in self.names:
            self._add(name)
        for hint in self.hints:
            self._add(Name(HINT, hint.text, hint.text))
            self._candidates[hint.text] = hint.candidates
        self._longest_chinese = max((len(text) for text in self._chinese), default=0)
        self._vocabulary = [word for word in self._words if len(word) >= ONE_ERROR_FROM]

    def link(self, text: str) -> list[Mention]:
        """Return what the message names, in order; several entries may share one stretch."""
        text = text[:LONGEST_MESSAGE]
        words = self._split_and_join(self._normalise(text, mend=True))
        found = self._match(words, text)
        if _CHINESE.search(text):
            found += self._match_chinese(text)
        return sorted(found, key=lambda m: (m.start, m.end))

    def _add(self, name: Name) -> None:
        if _CHINESE.search(name.text):
            self._chinese[name.text.lower()].append((name.kind, name.id))
            return
        words = [word.text for word in self._normalise(name.text, mend=False)]
        if not words:
            return
        key = " ".join(words)
        if name.kind == HINT and key in self._owners:
            return  # it is a full name of something
        if key not in self._owners:
            self._matcher.add(key, [Doc(self._nlp.vocab, words=words)])
        if (name.kind, name.id) not in self._owners[key]:
            self._owners[key].append((name.kind, name.id))
        self._words.update(dict.fromkeys(words))
        for first in range(len(words) - 1):
            for last in (first + 2, first + 3):
                pair = words[first:last]
                self._joined.setdefault("".join(pair), pair)

    def _normalise(self, text: str, mend: bool) -> list[Word]:
        words: list[Word] = []
        for token in self._nlp.make_doc(text):
            lower = token.lower_
            if lower in _SKIP or not lower.strip():
                continue
            end = token.idx + len(token.text)
            long = self.short.get(lower)
            for part in long.replace("-", " ").split() if long else [lower]:
                plain = singular(part)
                mended = self._mend(plain) if mend else plain
                words.append(Word(mended, token.idx, end, mended != plain))
        return words

    def _mend_word(self, word: str) -> str:
        if len(word) < ONE_ERROR_FROM or word in self._words or word in self.known:
            return word
        if not word.isalpha() or word in self._joined:
            return word
        most = 2 if len(word) >= TWO_ERRORS_FROM else 1
        near = process.extractOne(word, self._vocabulary, scorer=OSA.distance, score_cutoff=most)
        return near[0] if near and near[0][0] == word[0] else word

    def _split_and_join(self, words: list[Word]) -> list[Word]:
        result: list[Word] = []
        skip = False
        for number, word in enumerate(words):
            if skip:
                skip = False
                continue
            following = words[number + 1] if number + 1 < len(words) else None
            if word.text not in self._words and word.text in self._joined:
                result += [
                    Word(part, word.start, word.end, True) for part in self._joined[word.text]
                ]
            elif following and self._joins(word, following):
                result.append(Word(word.text + following.text, word.start, following.end, True))
                skip = True
            else:
                result.append(word)
        return result

    def _joins(self, word: Word, following: Word) -> bool:
        """Tell whether two words are one word of a name, cut in two ("ware house")."""
        both = word.text + following.text
        if len(both) < ONE_ERROR_FROM or both not in self._words:
            return False
        return word.text not in self._words or following.text not in self._words

    def _match(self, words: list[Word], text: str) -> list[Mention]:
        if not words:
            return []
        doc = Doc(self._nlp.vocab, words=[word.text for word in words])
        spans = {(start, end): key for key, start, end in self._matcher(doc)}
        found: list[Mention] = []
        for start, end in _longest(spans):
            key = self._nlp.vocab.strings[spans[start, end]]
            found += self._mentions(key, words[start:end], text)
        return found

    def _mentions(self, key: str, words: list[Word], text: str) -> list[Mention]:
        first, last = words[0].start, words[-1].end
        score = 0.9 ** sum(word.mended for word in words)
        return [
            Mention(
                kind, node, first, last, text[first:last], score, self._candidates.get(node, ())
            )
            if kind == HINT
            else Mention(kind, node, first, last, text[first:last], score)
            for kind, node in self._owners[key]
        ]

    def _match_chinese(self, text: str) -> list[Mention]:
        found: list[Mention] = []
        lower, start = text.lower(), 0
        while start < len(lower):
            size = self._chinese_size(lower, start)
            for kind, node in self._chinese.get(lower[start : start + size], ()):
                found.append(Mention(kind, node, start, start + size, text[start : start + size]))
            start += max(size, 1)
        return found

    def _chinese_size(self, text: str, start: int) -> int:
        for size in range(min(self._longest_chinese, len(text) - start), 0, -1):
            if text[start : start + size] in self._chinese:
                return size
        return 0


def singular(word: str) -> str:
    """Return a word without its plural ending and with -ise for -ize."""
    word = _IZE.sub(r"is\1", word)
    if len(word) < 4 or not word.endswith("s") or word.endswith(("ss", "us", "is")):
        return word
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    if word.endswith(("ches", "shes", "xes", "sses", "zzes")):
        return word[:-2]
    return word[:-1]


def _longest(spans: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return the spans that no longer (or equally long, earlier) span overlaps, in order."""
    chosen: list[tuple[int, int]] = []
    for start, end in sorted(spans, key=lambda span: (span[0] - span[1], span[0])):
        if all(end <= other[0] or start >= other[1] for other in chosen):
            chosen.append((start, end))
    return sorted(chosen)
