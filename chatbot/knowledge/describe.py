"""Find what a message describes without naming it ("whoever checks the parcels").

Every duty, skill use and description of a role, and every definition of a skill, term or process,
is a small document; a message is compared with those of one kind by TF-IDF cosine similarity over
word stems and letter n-grams (Salton and Buckley 1988, "Term-weighting approaches in automatic text
retrieval"), and by the cosine of sentence vectors where an encoder is given. Of ten thousand roles
not all texts are kept: the roles that most others work with keep all of theirs, the rest their
first.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from scipy.sparse import csc_matrix, hstack

from chatbot.knowledge import model, moments, tfidf
from chatbot.knowledge.base import AnyNode, KnowledgeBase
from chatbot.knowledge.find import singular
from chatbot.knowledge.tfidf import Array, Vectorizer

# Documents that count, the most alike of all.
_NEAREST = 60
# How much letter n-grams count beside words, and the second-best document beside the best.
_LETTERS, _SECOND = 0.5, 0.5
# Texts that are kept at all, some 2 kB each, and that get sentence vectors, 1.5 kB each.
MOST_TEXTS, MOST_VECTORS = 40_000, 20_000
# A vector's share of the score, and the sharpness of the soft maximum over the texts of an entry
# (docs/decisions/0003-sentence-encoder.md).
_VECTOR, _SHARPNESS = 8.0, 20.0
# Texts in, one vector of length 1 a text out.
Encode = Callable[[Sequence[str]], Array]
_WORD = re.compile(r"[^\W_]+")
_ENDING = re.compile(r"(?<=\w{3})(?:ings?|ed|ers?|ors?|ion|ions|ment|ly)$")
# Words of questions and of every job, which say nothing about which job it is.
_EMPTY = frozenset(
    ("the", "a", "an", "of", "to", "in", "on", "at", "for", "and", "or", "is", "are", "be", "do")
    + ("does", "did", "what", "which", "who", "whom", "whose", "how", "why", "when", "where", "it")
    + ("that", "this", "these", "those", "there", "i", "you", "he", "she", "they", "we", "my")
    + ("your", "his", "her", "their", "our", "me", "him", "them", "us", "with", "from", "by", "as")
    + ("job", "role", "work", "person", "people", "guy", "one", "someone", "somebody", "whoever")
    + ("skill", "tool", "task", "duty", "need", "use", "must", "can", "should", "would", "will")
    + ("shop", "online", "e", "commerce", "company", "firm", "store", "staff", "employee", "worker")
    + ("day", "all", "so", "if", "not", "no", "have", "has", "had", "was", "were", "been", "get")
    + ("like", "just", "also", "than", "then", "but", "about", "into", "out", "up", "any", "some")
)


@dataclass(frozen=True)
class Guess:
    """An entry and how well the message fits it: 0 to about 1.5, with vectors to about 10."""

    id: str
    score: float


class Describer:
    """Ranks the entries of one kind by how well a message describes them.

    Args:
        documents: pairs of an entry's id and a text about it; those of an entry stand together,
            the most telling first, and so do the entries that matter most.
        encode: returns sentence vectors, if they are to count.
    """

    def __init__(self, documents: Iterable[tuple[str, str]], encode: Encode | None = None) -> None:
        rows = shortened(list(documents), MOST_TEXTS)
        self._ids = list(dict.fromkeys(key for key, _ in rows))
        number = {key: place for place, key in enumerate(self._ids)}
        self._owner = np.array([number[key] for key, _ in rows])
        texts = [text for _, text in rows]
        stemmed = [" ".join(stems(text)) for text in texts]
        self._words, by_words = tfidf.fit(_WORDS_BY, texts)
        self._letters, by_letters = tfidf.fit(_LETTERS_BY, stemmed)
        self._matrix = hstack([by_words, by_letters * _LETTERS]).tocsc()
        meant = shortened(rows, MOST_VECTORS) if encode else []
        self._meant = np.array([number[key] for key, _ in meant], dtype=np.intp)
        self._vectors = encode([text for _, text in meant]) if encode else np.zeros((0, 0), "f4")

    def save(self, path: Path) -> None:
        """Write what `load` reads: one NumPy archive."""
        np.savez(
            path,
            ids=np.array(self._ids),
            owner=self._owner,
            words=np.array(self._words.terms()),
            words_idf=self._words.idf,
            letters=np.array(self._letters.terms()),
            letters_idf=self._letters.idf,
            data=self._matrix.data.astype(np.float32),
            indices=self._matrix.indices,
            indptr=self._matrix.indptr,
            vectors=self._vectors.astype(np.float16),
            meant=self._meant,
        )

    @classmethod
    def load(cls, path: Path) -> Describer:
        """Return the describer that `save` wrote."""
        describer = cls.__new__(cls)
        with np.load(path, allow_pickle=False) as arrays:
            describer._ids = arrays["ids"].tolist()
            describer._owner = arrays["owner"]
            describer._vectors = arrays["vectors"].astype(np.float32)
            describer._meant = arrays["meant"]
            describer._words = Vectorizer(_WORDS_BY, arrays["words"].tolist(), arrays["words_idf"])
            describer._letters = Vectorizer(
                _LETTERS_BY, arrays["letters"].tolist(), arrays["letters_idf"]
            )
            shape = (len(describer._owner), len(describer._words) + len(describer._letters))
            parts = (arrays["data"], arrays["indices"], arrays["indptr"])
            describer._matrix = csc_matrix(parts, shape=shape)
        return describer

    def known_words(self, text: str) -> int:
        """Return how many different words of a text stand in some document."""
        return len(set(stems(text)) & self._words.vocabulary.keys())

    def rank(self, text: str, most: int = 5, meanings: Array | None = None) -> list[Guess]:
        """Return the entries that a text fits best, the best first; empty when it says nothing.

        Args:
            text: what may describe an entry.
            most: how many to return.
            meanings: vectors of the text and of parts of it, one a row; the nearest counts.
        """
        found = " ".join(stems(text))
        if not found:
            return []
        query = tfidf.joined(self._words(text), self._letters(found), len(self._words), _LETTERS)
        scores = self._by_entry(tfidf.products(self._matrix, query))
        if meanings is not None and len(self._vectors):
            scores = scores + _VECTOR * self._by_meaning(meanings)
        order = np.argsort(-scores)[:most]
        return [Guess(self._ids[place], float(scores[place])) for place in order if scores[place]]

    def _by_meaning(self, meanings: Array) -> Array:
        """Return for each entry how near its texts are to the nearest of some vectors."""
        starts = np.flatnonzero(np.diff(self._meant, prepend=-1))
        alike = np.exp(_SHARPNESS * (meanings @ self._vectors.T))
        near = np.log(np.add.reduceat(alike, starts, axis=1)).max(axis=0) / _SHARPNESS
        scores = np.zeros(len(self._ids))
        scores[self._meant[starts]] = np.maximum(near, 0)
        return scores

    def _by_entry(self, similarities: Array) -> Array:
        """Return for each entry its best document plus a share of its second best."""
        most = (
            np.argpartition(similarities, -_NEAREST)[-_NEAREST:]
            if len(similarities) > _NEAREST
            else np.arange(len(similarities))
        )
        order = most[np.argsort(similarities[most])]
        best = np.zeros(len(self._ids))
        second = np.zeros(len(self._ids))
        for place in order[similarities[order] > 0]:
            owner = self._owner[place]
            second[owner] = best[owner]
            best[owner] = similarities[place]
        return best + _SECOND * second


def with_roles(found: Sequence[Guess], roles: Sequence[Guess], share: float) -> list[Guess]:
    """Return moments in the order of their own scores and of those of their roles.

    Each keeps its own score; the `@role` of its key is left out.

    Args:
        found: ranked moments.
        roles: roles ranked by the same message.
        share: how much the score of the role counts.
    """
    score = {guess.id: guess.score for guess in roles}
    pairs = [(guess.id.partition("@"), guess.score) for guess in found]
    pairs.sort(key=lambda pair: -(pair[1] + share * score.get(pair[0][2], 0.0)))
    return [Guess(key, own) for (key, _, _), own in pairs]


def shortened(rows: Sequence[tuple[str, str]], most: int) -> list[tuple[str, str]]:
    """Return the texts that are kept where there are more than `most`, in their order.

    Half of the room is for all entries alike, each keeping its first texts (at least one); the
    other half is for the first entries, which keep all of theirs.

    Args:
        rows: pairs of an entry's id and a text.
        most: number of texts.
    """
    sizes = Counter(key for key, _ in rows)
    if len(rows) <= most:
        return list(rows)
    share = max(1, most // 2 // len(sizes))
    room = most - sum(min(size, share) for size in sizes.values())
    kept = {}
    for key, size in sizes.items():
        more = min(max(size - share, 0), max(room, 0))
        kept[key] = share + more
        room -= more
    place: Counter[str] = Counter()
    found = []
    for key, text in rows:
        if place[key] < kept[key]:
            found.append((key, text))
        place[key] += 1
    return found


# Steps of processes and handovers, which are no entries of their own.
MOMENT = "moment"
# Kinds that can be found by a description.
DESCRIBABLE = ("role", "skill", "tool", "term", "process", "business_model", MOMENT)


def documents(base: KnowledgeBase, kind: str) -> Iterator[tuple[str, str]]:
    """Yield every text that tells what the entries of a kind are about.

    Roles with many handovers come first. The key of a moment is its id, an @ and its role.
    """
    if kind == MOMENT:
        found = (moments.find(base, key) for key in moments.ids(base))
        yield from ((f"{one.id}@{one.role}", text) for one in found if one for text in one.texts)
        return
    nodes = list(base.by_kind[kind].values())
    if kind == "role":
        nodes.sort(key=lambda role: base.ties(role.id), reverse=True)
    for node in nodes:
        texts = _texts_of_role(node, base) if kind == "role" else _texts(node)
        for text in texts:
            yield node.id, text


def _texts(node: AnyNode) -> Iterator[str]:
    yield from node.names
    yield from node.described_as
    for field in ("definition", "example", "learn", "trigger", "result"):
        if getattr(node, field, None):
            yield getattr(node, field)
    for step in getattr(node, "steps", ()):
        yield f"{step.does} {step.hands_on}"


def _texts_of_role(role: model.Role, base: KnowledgeBase) -> Iterator[str]:
    yield role.summary
    yield from role.described_as
    yield from (role.purpose, *role.duties)
    yield from role.names
    yield from role.day
    for use in role.skills:
        yield f"{base.skills[use.id].name} {use.use}"
    for tool in role.tools:
        yield f"{base.tools[tool.id].name} {tool.use}"


def stems(text: str) -> list[str]:
    """Return the words of a text that tell jobs apart, without their endings."""
    told = (word for word in _WORD.findall(text.lower()) if word not in _EMPTY)
    words = (singular(word) for word in told)
    return [_ENDING.sub("", word) for word in words if word not in _EMPTY]


_WORDS_BY = {"tokenizer": stems, "token_pattern": None}
_LETTERS_BY = {"analyzer": "char_wb", "ngram_range": (3, 5)}
