"""Find the entries that a message names: in plural, abbreviated, misspelt, split or joined.

spaCy cuts the message into words; every stretch of words is looked up in a table of all names, so
the time does not grow with their number; RapidFuzz mends words that no name or dictionary knows.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import spacy
from rapidfuzz import process
from rapidfuzz.distance import OSA
from spacy.language import Language

from chatbot.knowledge.names import HINT, Hint, Name

# Longer messages are cut here before they are looked at: nobody asks about a job in more words.
LONGEST_MESSAGE = 1000
# A word of this many letters may have one wrong letter, from the second number on two.
ONE_ERROR_FROM, TWO_ERRORS_FROM = 5, 8
# The same where the next word of a name gives it away ("ordr manager").
SHORTEST_MENDED, TWO_ERRORS_BEFORE = 4, 6

_SKIP = frozenset({"'s", "’s", "-", "–", "—", "/", ".", "(", ")", "·", '"', "“", "”", "&", "'"})
_UNREADABLE = re.compile("[\ud800-\udfff\u200b-\u200f\u2060\ufeff\x00-\x08\x0b-\x1f\x7f]")
# Tags of HTML, which no name stands in ("a <b>webmaster</b>").
_TAG = re.compile(r"</?[a-zA-Z][^<>]{0,100}>")
_CHINESE = re.compile(r"[\u3400-\u9fff]")
# What joins two names, and how many words each has before how many they share, the most first.
_JOINING = frozenset({"and", "or", "n", "vs", "versus"})
_SHARES = [(a, b, c) for a in (3, 2, 1) for b in (3, 2, 1) for c in (2, 1)]
_IZE = re.compile(r"iz(e[drs]?|ing|ation|ations)$")


@lru_cache(maxsize=1)
def english() -> Language:
    """Return spaCy's English tokenizer, made once per process (it has 1,300 special cases)."""
    return spacy.blank("en")


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


class Linker:
    """Finds mentions of the given names.

    Args:
        names: what to look for.
        hints: partial role names.
        short: abbreviations and what they stand for.
        known: dictionary words, which are never taken for a misspelling.
    """

    def __init__(
        self,
        names: Iterable[Name] = (),
        hints: Iterable[Hint] = (),
        short: Mapping[str, str] | None = None,
        known: Iterable[str] = (),
    ) -> None:
        self._short = dict(short or {})
        self._known = frozenset(known)
        self._owners: dict[str, list[tuple[str, str]]] = defaultdict(list)
        self._chinese: dict[str, list[tuple[str, str]]] = defaultdict(list)
        self._candidates: dict[str, tuple[str, ...]] = {}
        self._shown: set[str] = set()
        for name in names:
            self._add(name)
        for hint in hints:
            self._add(Name(HINT, hint.text, hint.text))
            self._candidates[hint.text] = hint.candidates
        self._prepare()

    def as_dict(self) -> dict[str, Any]:
        """Return what `from_dict` needs, as JSON values."""
        return {
            "owners": self._owners,
            "chinese": self._chinese,
            "candidates": self._candidates,
            "hidden": sorted(self._owners.keys() - self._shown),
            "short": self._short,
            "known": sorted(self._known),
        }

    @classmethod
    def from_dict(cls, content: Mapping[str, Any]) -> Linker:
        """Return the linker that `as_dict` described; names need not be cut into words again."""
        linker = cls(short=content["short"], known=content["known"])
        for mine, key in ((linker._owners, "owners"), (linker._chinese, "chinese")):
            mine.update({k: [(kind, id_) for kind, id_ in v] for k, v in content[key].items()})
        linker._shown = linker._owners.keys() - set(content["hidden"])
        linker._candidates = {k: tuple(v) for k, v in content["candidates"].items()}
        linker._prepare()
        return linker

    def _prepare(self) -> None:
        """Make from the names what looks them up."""
        self._words: dict[str, None] = {}
        self._joined: dict[str, list[str]] = {}
        self._longest_name = 0
        for key in self._owners:
            words = key.split(" ")
            self._longest_name = max(self._longest_name, len(words))
            if key not in self._shown:
                continue  # misspelt words are neither to be mended to nor to be left as they are
            self._words.update(dict.fromkeys(words))
            for first in range(len(words) - 1):
                for last in (first + 2, first + 3):
                    self._joined.setdefault("".join(words[first:last]), words[first:last])
        self._mend = lru_cache(maxsize=4096)(self._mend_word)
        self._before: dict[str, set[str]] = defaultdict(set)
        for key in self._owners.keys() & self._shown:
            *front, head = key.split(" ")
            if front:
                self._before[head].add(front[-1])
        self._longest_chinese = max((len(text) for text in self._chinese), default=0)
        self._vocabulary = [word for word in self._words if len(word) >= ONE_ERROR_FROM]

    def link(self, text: str) -> list[Mention]:
        """Return what the message names, in order; several entries may share one stretch."""
        text = readable(text)
        plain = self._normalise(text)
        words = self._mend_by_next(self._split_and_join([self._mended(word) for word in plain]))
        found = self._match(words, text)
        if words != plain:  # a hidden name may be just what was mended
            found = _longer(found, self._match(plain, text))
        if _CHINESE.search(text):
            found += self._match_chinese(text)
        return sorted(found, key=lambda m: (m.start, m.end))

    def _add(self, name: Name) -> None:
        if _CHINESE.search(name.text):
            self._chinese[name.text.lower()].append((name.kind, name.id))
            return
        words = [word.text for word in self._normalise(name.text)]
        if not words:
            return
        key = " ".join(words)
        if name.kind == HINT and key in self._owners:
            return  # it is a full name of something
        if not name.hidden:
            self._shown.add(key)
        if (name.kind, name.id) not in self._owners[key]:
            self._owners[key].append((name.kind, name.id))

    def _mended(self, word: Word) -> Word:
        text = self._mend(word.text)
        return word if text == word.text else Word(text, word.start, word.end, True)

    def _normalise(self, text: str) -> list[Word]:
        words: list[Word] = []
        for token in english().make_doc(text):
            lower = token.lower_
            if lower in _SKIP or not lower.strip():
                continue
            end = token.idx + len(token.text)
            long = self._short.get(lower) or self._short.get(singular(lower))
            for part in long.replace("-", " ").split() if long else [lower]:
                words.append(Word(singular(part), token.idx, end))
        return words

    def _mend_word(self, word: str) -> str:
        if len(word) < ONE_ERROR_FROM or word in self._words or word in self._known:
            return word
        if not word.isalpha() or word in self._joined:
            return word
        most = 2 if len(word) >= TWO_ERRORS_FROM else 1
        near = process.extractOne(word, self._vocabulary, scorer=OSA.distance, score_cutoff=most)
        return near[0] if near and near[0][0] == word[0] else word

    def _mend_by_next(self, words: list[Word]) -> list[Word]:
        """Mend words that only the next one gives away ("ordr manager", "chanell manager")."""
        result = list(words)
        for number, (word, following) in enumerate(zip(words, words[1:], strict=False)):
            near = self._before.get(following.text)
            if near and self._is_unknown(word):
                mended = _nearest(word.text, near)
                result[number] = Word(mended, word.start, word.end, mended != word.text)
        return result

    def _is_unknown(self, word: Word) -> bool:
        text = word.text
        known = text in self._words or text in self._known
        return not known and not word.mended and text.isalpha() and len(text) >= SHORTEST_MENDED

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
        """Return the longest names; looking a stretch up costs the same however many there are."""
        spans = {
            (start, end): key
            for start in range(len(words))
            for end in range(start + 1, min(len(words), start + self._longest_name) + 1)
            if (key := _joined(words[start:end])) in self._owners
        }
        found = list(self._sharing_head(words, text))
        for start, end in _longest(spans):
            named = self._mentions(spans[start, end], words[start:end], text)
            found += [one for one in named if not any(_overlap(one, other) for other in found)]
        return found

    def _sharing_head(self, words: list[Word], text: str) -> Iterator[Mention]:
        """Yield names that share their last words ("warehouse and logistics managers")."""
        for place in (n for n, word in enumerate(words) if word.text in _JOINING):
            for one, other, size in _SHARES:
                first, last = place - one, place + other + size + 1
                if first < 0 or last > len(words):
                    continue
                head = words[last - size : last]
                keys = [_joined((*words[first:place], *head)), _joined(words[place + 1 : last])]
                if all(self._is_role(key) for key in keys):
                    yield from self._mentions(keys[0], words[first:place], text)
                    yield from self._mentions(keys[1], words[place + 1 : last], text)
                    break

    def _is_role(self, key: str) -> bool:
        return any(kind == "role" for kind, _ in self._owners.get(key, ()))

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


def _joined(words: Iterable[Word]) -> str:
    return " ".join(word.text for word in words)


def _nearest(word: str, others: Iterable[str]) -> str:
    """Return the word with the same first letter that is at most one or two letters away, or it."""
    most = 2 if len(word) >= TWO_ERRORS_BEFORE else 1
    alike = [other for other in others if other[0] == word[0]]
    near = process.extractOne(word, alike, scorer=OSA.distance, score_cutoff=most)
    return near[0] if near else word


def _longer(found: list[Mention], others: list[Mention]) -> list[Mention]:
    """Return mentions of both readings of a message.

    Where two overlap, the longer stays; of two equally long ones the one that needed no mending.
    """

    def beaten(mention: Mention, by: list[Mention], least: int) -> bool:
        size = mention.end - mention.start + least
        return any(_overlap(mention, one) and one.end - one.start >= size for one in by)

    kept = [mention for mention in found if not beaten(mention, others, least=0)]
    return kept + [mention for mention in others if not beaten(mention, found, least=1)]


def _overlap(one: Mention, other: Mention) -> bool:
    return one.start < other.end and other.start < one.end


def readable(text: str) -> str:
    """Return the part of a message that is looked at, without what cannot be read.

    Half characters (lone surrogates), invisible ones and tags of HTML become spaces, so that the
    places of all others stay the same.
    """
    return _TAG.sub(lambda tag: " " * len(tag[0]), _UNREADABLE.sub(" ", text[:LONGEST_MESSAGE]))


@lru_cache(maxsize=8192)
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
