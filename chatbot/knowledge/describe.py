"""Find what a message describes without naming it ("whoever checks the parcels").

Every duty, skill use and description of a role, and every definition of a skill, term or process,
is a small document; a message is compared with those of one kind by TF-IDF cosine similarity over
word stems and letter n-grams (Salton and Buckley 1988, "Term-weighting approaches in automatic text
retrieval"). The matrix is sparse, so that ten thousand roles cost little more than thirty.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from scipy.sparse import csc_matrix, hstack

from chatbot.knowledge import model, tfidf
from chatbot.knowledge.base import AnyNode, KnowledgeBase
from chatbot.knowledge.find import singular
from chatbot.knowledge.tfidf import Vectorizer

# Documents that count, the most alike of all.
_NEAREST = 60
# How much letter n-grams count beside words, and the second-best document beside the best.
_LETTERS, _SECOND = 0.5, 0.5
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
    """An entry and how well the message fits it, 0 to about 1.5."""

    id: str
    score: float


class Describer:
    """Ranks the entries of one kind by how well a message describes them.

    Args:
        documents: pairs of an entry's id and a text about it.
    """

    def __init__(self, documents: Iterable[tuple[str, str]]) -> None:
        rows = list(documents)
        self._ids = list(dict.fromkeys(key for key, _ in rows))
        number = {key: place for place, key in enumerate(self._ids)}
        self._owner = np.array([number[key] for key, _ in rows])
        texts = [text for _, text in rows]
        stemmed = [" ".join(stems(text)) for text in texts]
        self._words, by_words = tfidf.fit(_WORDS_BY, texts)
        self._letters, by_letters = tfidf.fit(_LETTERS_BY, stemmed)
        self._matrix = hstack([by_words, by_letters * _LETTERS]).tocsc()

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
        )

    @classmethod
    def load(cls, path: Path) -> Describer:
        """Return the describer that `save` wrote."""
        describer = cls.__new__(cls)
        with np.load(path, allow_pickle=False) as arrays:
            describer._ids = arrays["ids"].tolist()
            describer._owner = arrays["owner"]
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

    def rank(self, text: str, most: int = 5) -> list[Guess]:
        """Return the entries that a text fits best, the best first; empty when it says nothing."""
        found = " ".join(stems(text))
        if not found:
            return []
        query = tfidf.joined(self._words(text), self._letters(found), len(self._words), _LETTERS)
        scores = self._by_entry(tfidf.products(self._matrix, query))
        order = np.argsort(-scores)[:most]
        return [Guess(self._ids[place], float(scores[place])) for place in order if scores[place]]

    def _by_entry(self, similarities: np.ndarray[Any, Any]) -> np.ndarray[Any, Any]:
        """Return for each entry its best document plus a share of its second best."""
        order = np.argsort(similarities)[-_NEAREST:]
        best = np.zeros(len(self._ids))
        second = np.zeros(len(self._ids))
        for place in order[similarities[order] > 0]:
            owner = self._owner[place]
            second[owner] = best[owner]
            best[owner] = similarities[place]
        return best + _SECOND * second


# Kinds that can be found by a description.
DESCRIBABLE = ("role", "skill", "tool", "term", "process")


def documents(base: KnowledgeBase, kind: str) -> Iterator[tuple[str, str]]:
    """Yield every text that tells what the entries of a kind are about."""
    for node in base.by_kind[kind].values():
        texts = _texts_of_role(node, base) if kind == "role" else _texts(node)
        for text in texts:
            yield node.id, text


def _texts(node: AnyNode) -> Iterator[str]:
    yield from node.names
    for field in ("definition", "example", "learn", "trigger", "result"):
        if getattr(node, field, None):
            yield getattr(node, field)
    for step in getattr(node, "steps", ()):
        yield f"{step.does} {step.hands_on}"


def _texts_of_role(role: model.Role, base: KnowledgeBase) -> Iterator[str]:
    yield from role.names
    yield from role.described_as
    yield from (role.summary, role.purpose)
    yield from role.duties
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
