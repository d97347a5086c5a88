"""Measure encoders on messages that neither they nor the classifier have seen.

Runs in the environment of the bot; README.md says how to make the folders it compares:

    uv run python -m training.encoder.compare --held-out voice-a.tsv voice-b.tsv --part 0 \
        frozen=/tmp/frozen tuned=/tmp/tuned-without-a-b-0
"""

from __future__ import annotations

import argparse
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from scipy.sparse import csr_matrix, hstack
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.svm import LinearSVC

from chatbot.knowledge.base import KnowledgeBase
from chatbot.knowledge.describe import Describer, documents
from chatbot.knowledge.load import load
from chatbot.knowledge.names import all_names
from chatbot.nlu.delexicalise import fill_slots
from chatbot.nlu.encoder import Encoder, parts, plain_words
from chatbot.nlu.knowledge_linker import names_by_kind
from training.encoder import examples as own

_WORDS = {"ngram_range": (1, 3), "token_pattern": r"[^\W]+|\?", "sublinear_tf": True}
_LETTERS = {"analyzer": "char_wb", "ngram_range": (2, 5), "min_df": 2, "sublinear_tf": True}
# What a vector is worth beside the n-grams of a message, and beside TF-IDF for descriptions.
TOPIC_WEIGHTS = (0.3, 0.5, 0.8, 1.2)
ROLE_WEIGHTS = (2.0, 4.0, 8.0)
_SCALE = 20.0
_ALONE = 4.0
_OUT_OF_SCOPE = "out_of_scope"

Array = np.ndarray[Any, Any]


class Message(NamedTuple):
    """A message as it is written, as the bot reads it, and what is asked about which role."""

    text: str
    read: str
    topic: str
    role: str = ""


@dataclass(frozen=True)
class Data:
    """Messages to learn from and the held-out ones."""

    train: list[Message]
    test: list[Message]
    described: list[Message]
    phrases: list[tuple[str, str]]
    documents: list[tuple[str, str]]


def main() -> None:
    """Print a table for the folders that the command line names."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("encoders", nargs="*", help="name=folder")
    parser.add_argument("--held-out", type=Path, nargs="+", required=True)
    parser.add_argument("--part", type=int, required=True, help="part of the phrases held out")
    options = parser.parse_args()
    data = collect(options.held_out, options.part)
    print(
        f"{len(data.train)} to learn from, {len(data.test)} held out, {len(data.described)} with a "
        f"role described, {len(data.phrases)} phrases"
    )
    encoders = dict(pair.split("=", 1) for pair in options.encoders)
    rows = [*_without_vectors(data)]
    for name, folder in encoders.items():
        rows += [(f"{name}: {label}", *figures) for label, *figures in _with(data, Path(folder))]
    for label, *figures in rows:
        print(f"{label:52s}", *(f"{figure:.3f}" for figure in figures))


def collect(held_out: Sequence[Path], part: int) -> Data:
    """Return the messages; `own` says how they are read."""
    base = load(own.KNOWLEDGE)
    test = [example for path in held_out for example in own.read_tsv(path)]
    unseen = {example.text for example in test}
    train = [example for example in own.read_nlu(own.NLU) if example.text not in unseen]
    reader = own.make_reader(base, train)
    phrases = {str(role.id): list(role.described_as) for role in base.roles.values()}
    mine = {role: [t for t in texts if own.part_of(t) == part] for role, texts in phrases.items()}
    left_out = {text for texts in mine.values() for text in texts}
    described = own.describe_roles(test, mine, reader)
    return Data(
        list(_messages(train, base, reader)),
        list(_messages(test, base, reader)),
        [Message(t, reader.delexicalise(t), topic, role) for t, topic, role in described[::3]],
        [(role, text) for role, texts in mine.items() for text in texts],
        [(role, text) for role, text in documents(base, "role") if text not in left_out],
    )


def _messages(
    examples: Sequence[own.Example], base: KnowledgeBase, reader: own.Reader
) -> Iterator[Message]:
    fill = partial(fill_slots, names=names_by_kind(all_names(base)), chance=random.Random(1))
    for example in examples:
        text = fill(example.text)
        yield Message(text, reader.delexicalise(text), example.topic)


class _Topics:
    """Trains a linear model on features of the messages and prints how it does."""

    def __init__(self, data: Data) -> None:
        self.sets = (data.train, data.test, data.described)
        self._topics = [np.array([message.topic for message in part]) for part in self.sets]
        reads = [[message.read for message in part] for part in self.sets]
        vectorizers = [TfidfVectorizer(**_WORDS), TfidfVectorizer(**_LETTERS)]
        for vectorizer in vectorizers:
            vectorizer.fit(reads[0])
        self.ngrams = [hstack([v.transform(read) for v in vectorizers]).tocsr() for read in reads]

    def figures(self, features: Sequence[Any]) -> tuple[float, float, float, float]:
        """Return accuracy, that on described roles, and found and false out of scope."""
        machine = LinearSVC(C=0.5, random_state=7).fit(features[0], self._topics[0])
        found, truth = machine.predict(features[1]), self._topics[1]
        described = machine.predict(features[2]) == self._topics[2]
        outside, said = truth == _OUT_OF_SCOPE, found == _OUT_OF_SCOPE
        return (
            float((found == truth).mean()),
            float(described.mean()),
            float(said[outside].mean()),
            float(said[~outside].mean()),
        )


class _Roles:
    """Ranks roles for descriptions, in phrases and in whole messages."""

    def __init__(self, data: Data) -> None:
        self.texts = ([text for _, text in data.phrases], [m.text for m in data.described])
        self._truth = ([role for role, _ in data.phrases], [m.role for m in data.described])
        self._owners = [role for role, _ in data.documents]
        self.documents = [text for _, text in data.documents]
        self.roles = sorted(set(self._owners))
        describer = Describer(data.documents)
        self.tfidf = [np.array([self._tfidf(describer, t) for t in texts]) for texts in self.texts]

    def _tfidf(self, describer: Describer, text: str) -> list[float]:
        scores = {guess.id: guess.score for guess in describer.rank(text, len(self.roles))}
        return [scores.get(role, 0.0) for role in self.roles]

    def by_vectors(self, encoder: Encoder, use_parts: bool) -> list[Array]:
        """Return a score a text and role: how near the role's texts are, the nearest most."""
        texts = encoder.encode(self.documents)
        owned = [np.array([owner == role for owner in self._owners]) for role in self.roles]
        found = []
        for messages in self.texts:
            pieces = [parts(text) if use_parts else [text] for text in messages]
            alike = encoder.encode([piece for row in pieces for piece in row]) @ texts.T
            scores = np.stack([_soft_maximum(alike[:, columns]) for columns in owned], axis=1)
            ends = np.cumsum([len(row) for row in pieces])
            found.append(np.array([row.max(0) for row in np.split(scores, ends[:-1])]))
        return found

    def figures(self, scores: Sequence[Array]) -> list[float]:
        """Return how often the role is first and among three: of phrases, then of messages."""
        found = []
        for table, truth in zip(scores, self._truth, strict=True):
            place = np.array([self.roles.index(role) for role in truth])[:, None]
            order = np.argsort(-table, axis=1)
            found += [float((order[:, :most] == place).any(1).mean()) for most in (1, 3)]
        return found


def _soft_maximum(alike: Array) -> Array:
    return np.log(np.exp(_SCALE * alike).sum(axis=1)) / _SCALE


def _without_vectors(data: Data) -> Iterator[tuple[Any, ...]]:
    topics = _Topics(data)
    yield "topics (all, described, found/false out of scope)", *topics.figures(topics.ngrams)
    roles = _Roles(data)
    yield "roles (phrase 1st, in 3, message 1st, in 3)", *roles.figures(roles.tfidf)


def _with(data: Data, folder: Path) -> Iterator[tuple[Any, ...]]:
    encoder = Encoder.load(folder)
    topics = _Topics(data)
    vectors = [encoder.encode([plain_words(m.read) for m in part]) for part in topics.sets]
    yield "topics, vectors alone", *topics.figures([_ALONE * rows for rows in vectors])
    for weight in TOPIC_WEIGHTS:
        joined = [
            hstack([ngrams, csr_matrix(weight * rows)]).tocsr()
            for ngrams, rows in zip(topics.ngrams, vectors, strict=True)
        ]
        yield f"topics, n-grams + {weight} vectors", *topics.figures(joined)
    roles = _Roles(data)
    yield from _role_rows(roles, roles.by_vectors(encoder, use_parts=False), "whole")
    yield from _role_rows(roles, roles.by_vectors(encoder, use_parts=True), "parts")


def _role_rows(roles: _Roles, scores: Sequence[Array], label: str) -> Iterator[tuple[Any, ...]]:
    yield f"roles, vectors alone, {label}", *roles.figures(scores)
    for weight in ROLE_WEIGHTS:
        both = [one + weight * other for one, other in zip(roles.tfidf, scores, strict=True)]
        yield f"roles, TF-IDF + {weight} vectors, {label}", *roles.figures(both)


if __name__ == "__main__":
    main()
