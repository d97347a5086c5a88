"""The text classifier behind the TopicClassifier: n-grams and a sentence vector, a linear model.

Linear support vector machine (scikit-learn's LinearSVC, liblinear) on TF-IDF n-grams of words and
letters beside the vector of the sentence encoder; its margins are turned into probabilities by a
softmax whose temperature is chosen on held-out examples (Guo et al. 2017, "On Calibration of Modern
Neural Networks").
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from scipy.sparse import csr_matrix, hstack

from chatbot.knowledge import tfidf
from chatbot.knowledge.tfidf import Array, Vectorizer

_WORDS = {"ngram_range": (1, 3), "token_pattern": r"[^\W]+|\?", "min_df": 2}
_LETTERS = {"analyzer": "char_wb", "ngram_range": (2, 5), "min_df": 2}
_COST = 0.5
_TEMPERATURES = (0.1, 0.15, 0.2, 0.25, 0.3, 0.4, 0.5, 0.7, 1.0)
_SEED = 7
# Closer solutions sort no message differently and take longer.
_TOLERANCE = 0.01
# What a sentence vector counts beside the n-grams (docs/decisions/0003-sentence-encoder.md).
_VECTOR = 0.7
# Texts in, one row of numbers a text out; no column at all where vectors are left out.
Encode = Callable[[Sequence[str]], Array]


def no_vectors(texts: Sequence[str]) -> Array:
    """Stand in for an encoder where only n-grams count."""
    return np.zeros((len(texts), 0), np.float32)


@dataclass
class TopicModel:
    """A trained classifier.

    Args:
        topics: the labels, in the order of the columns of `weights`.
        words: vectorizer of words; its n-grams come first in `weights`.
        letters: vectorizer of letters.
        weights: one row per n-gram, then one per number of a vector; one column per topic.
        bias: one number per topic.
        temperature: of the softmax.
        encode: returns the sentence vectors.
    """

    topics: list[str]
    words: Vectorizer
    letters: Vectorizer
    weights: Array
    bias: Array
    temperature: float
    encode: Encode = no_vectors

    def rank(self, text: str) -> list[tuple[str, float]]:
        """Return every topic with its probability, the likeliest first.

        Args:
            text: a message, read as the examples were.
        """
        vector = tfidf.joined(self.words(text), self.letters(text), len(self.words))
        margins = vector.values @ self.weights[vector.places] + self.bias
        meaning = _VECTOR * self.encode([text])[0]
        if len(meaning):
            margins = margins + meaning @ self.weights[-len(meaning) :]
        chances = _softmax(margins.reshape(1, -1), self.temperature)[0]
        order = np.argsort(-chances)
        return [(self.topics[index], float(chances[index])) for index in order]

    def save(self, folder: Path) -> None:
        """Write the model to a folder, made if need be, as JSON and one NumPy archive."""
        folder.mkdir(exist_ok=True)
        arrays = {
            # Half the size is read sooner and sorts no message differently.
            "weights": self.weights.astype(np.float16),
            "bias": self.bias,
            "words": self.words.idf.astype(np.float32),
            "letters": self.letters.idf.astype(np.float32),
        }
        np.savez(folder / "model.npz", **arrays)
        content = {
            "topics": self.topics,
            "temperature": self.temperature,
            "words": self.words.terms(),
            "letters": self.letters.terms(),
        }
        (folder / "model.json").write_text(json.dumps(content, ensure_ascii=False), "utf-8")

    @classmethod
    def load(cls, folder: Path, encode: Encode = no_vectors) -> TopicModel:
        """Read a model that `save` wrote.

        Args:
            folder: where it lies.
            encode: what it was trained with.
        """
        content = json.loads((folder / "model.json").read_text("utf-8"))
        with np.load(folder / "model.npz", allow_pickle=False) as arrays:
            return cls(
                content["topics"],
                Vectorizer(_WORDS, content["words"], arrays["words"]),
                Vectorizer(_LETTERS, content["letters"], arrays["letters"]),
                arrays["weights"].astype(np.float32),
                arrays["bias"],
                content["temperature"],
                encode,
            )


def fit(
    texts: Sequence[str],
    labels: Sequence[str],
    encode: Encode = no_vectors,
    *,
    ngrams: bool = True,
) -> TopicModel:
    """Train a model.

    Args:
        texts: examples, delexicalised or as people write them.
        labels: the topic of each.
        encode: returns the sentence vectors.
        ngrams: whether n-grams count; without them, vectors do alone.
    """
    from sklearn.svm import LinearSVC  # only training needs it

    words, by_words = tfidf.fit(_WORDS, texts)
    letters, by_letters = tfidf.fit(_LETTERS, texts)
    grams = hstack([by_words, by_letters]) * float(ngrams)
    features = hstack([grams, csr_matrix(_VECTOR * encode(texts))]).tocsr()
    temperature = _temperature(features, list(labels))
    machine = LinearSVC(C=_COST, random_state=_SEED, tol=_TOLERANCE).fit(features, labels)
    return TopicModel(
        [str(label) for label in machine.classes_],
        words,
        letters,
        np.ascontiguousarray(machine.coef_.T.astype(np.float32)),
        machine.intercept_.astype(np.float32),
        temperature,
        encode,
    )


def _temperature(features: csr_matrix, labels: list[str]) -> float:
    """Return the temperature with the least log loss on a tenth of the examples, held out.

    Half of the examples are enough to learn from for that, and take half as long.
    """
    if len(labels) < 10 * len(set(labels)):
        return 0.3  # too few examples to hold any out
    from sklearn.model_selection import train_test_split
    from sklearn.svm import LinearSVC

    train, test, y_train, y_test = train_test_split(
        features, labels, train_size=0.5, test_size=0.1, random_state=_SEED, stratify=labels
    )
    machine = LinearSVC(C=_COST, random_state=_SEED, tol=_TOLERANCE).fit(train, y_train)
    margins = machine.decision_function(test)
    rows = np.arange(len(y_test))
    truth = np.searchsorted(machine.classes_, y_test)

    def loss(temperature: float) -> float:
        return float(-np.log(_softmax(margins, temperature)[rows, truth] + 1e-9).mean())

    return min(_TEMPERATURES, key=loss)


def _softmax(margins: Array, temperature: float) -> Array:
    scaled = margins / temperature
    scaled -= scaled.max(axis=1, keepdims=True)
    powers = np.exp(scaled)
    return powers / powers.sum(axis=1, keepdims=True)
