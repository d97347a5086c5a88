"""The text classifier behind the TopicClassifier: n-grams of words and letters, a linear model.

Linear support vector machine (scikit-learn's LinearSVC, liblinear) on TF-IDF n-grams; its margins
are turned into probabilities by a softmax whose temperature is chosen on held-out examples (Guo
et al. 2017, "On Calibration of Modern Neural Networks").
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from scipy.sparse import csr_matrix, hstack
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.model_selection import train_test_split
from sklearn.svm import LinearSVC

_WORDS = {"ngram_range": (1, 3), "token_pattern": r"[^\W]+|\?", "sublinear_tf": True}
_LETTERS = {"analyzer": "char_wb", "ngram_range": (2, 5), "min_df": 2, "sublinear_tf": True}
_COST = 0.5
_TEMPERATURES = (0.1, 0.15, 0.2, 0.25, 0.3, 0.4, 0.5, 0.7, 1.0)
_SEED = 7


@dataclass
class TopicModel:
    """A trained classifier.

    `topics` are the labels in the order of the rows of `weights`.
    """

    topics: list[str]
    vectorizers: list[TfidfVectorizer]
    weights: np.ndarray[Any, Any]
    bias: np.ndarray[Any, Any]
    temperature: float

    def rank(self, text: str) -> list[tuple[str, float]]:
        """Return every topic with its probability, the likeliest first.

        Args:
            text: a delexicalised message.
        """
        features = hstack([vectorizer.transform([text]) for vectorizer in self.vectorizers]).tocsr()
        margins = _margins(features, self.weights, self.bias)
        chances = _softmax(margins, self.temperature)[0]
        order = np.argsort(-chances)
        return [(self.topics[index], float(chances[index])) for index in order]

    def save(self, folder: Path) -> None:
        """Write the model to a folder as JSON and one NumPy archive (no pickles)."""
        arrays = {
            f"idf{number}": vectorizer.idf_.astype(np.float32)
            for number, vectorizer in enumerate(self.vectorizers)
        }
        np.savez(folder / "model.npz", weights=self.weights, bias=self.bias, **arrays)
        content = {
            "topics": self.topics,
            "temperature": self.temperature,
            "vocabularies": [
                sorted(vectorizer.vocabulary_, key=vectorizer.vocabulary_.get)
                for vectorizer in self.vectorizers
            ],
        }
        (folder / "model.json").write_text(json.dumps(content, ensure_ascii=False), "utf-8")

    @classmethod
    def load(cls, folder: Path) -> TopicModel:
        """Read a model that `save` wrote."""
        content = json.loads((folder / "model.json").read_text("utf-8"))
        with np.load(folder / "model.npz", allow_pickle=False) as arrays:
            vectorizers = [
                _vectorizer(options, vocabulary, arrays[f"idf{number}"])
                for number, (options, vocabulary) in enumerate(
                    zip((_WORDS, _LETTERS), content["vocabularies"], strict=True)
                )
            ]
            weights, bias = arrays["weights"], arrays["bias"]
        return cls(content["topics"], vectorizers, weights, bias, content["temperature"])


def fit(texts: Sequence[str], labels: Sequence[str]) -> TopicModel:
    """Train a model.

    Args:
        texts: delexicalised examples.
        labels: the topic of each.
    """
    vectorizers = [TfidfVectorizer(**_WORDS), TfidfVectorizer(**_LETTERS)]
    features = hstack([vectorizer.fit_transform(texts) for vectorizer in vectorizers]).tocsr()
    temperature = _temperature(features, list(labels))
    machine = LinearSVC(C=_COST, random_state=_SEED).fit(features, labels)
    return TopicModel(
        [str(label) for label in machine.classes_],
        vectorizers,
        machine.coef_.astype(np.float32),
        machine.intercept_.astype(np.float32),
        temperature,
    )


def _temperature(features: csr_matrix, labels: list[str]) -> float:
    """Return the temperature with the least log loss on a tenth of the examples, held out."""
    if len(labels) < 10 * len(set(labels)):
        return 0.3  # too few examples to hold any out
    train, test, y_train, y_test = train_test_split(
        features, labels, test_size=0.1, random_state=_SEED, stratify=labels
    )
    machine = LinearSVC(C=_COST, random_state=_SEED).fit(train, y_train)
    margins = machine.decision_function(test)
    rows = np.arange(len(y_test))
    truth = np.searchsorted(machine.classes_, y_test)

    def loss(temperature: float) -> float:
        return float(-np.log(_softmax(margins, temperature)[rows, truth] + 1e-9).mean())

    return min(_TEMPERATURES, key=loss)


def _vectorizer(
    options: dict[str, Any], vocabulary: list[str], idf: np.ndarray[Any, Any]
) -> TfidfVectorizer:
    vectorizer = TfidfVectorizer(
        **options, vocabulary={term: number for number, term in enumerate(vocabulary)}
    )
    vectorizer.idf_ = idf.astype(np.float64)
    return vectorizer


def _margins(
    features: csr_matrix, weights: np.ndarray[Any, Any], bias: np.ndarray[Any, Any]
) -> np.ndarray[Any, Any]:
    """Return features x weights, reading only the columns that the one message has."""
    columns = weights[:, features.indices]
    return (columns @ features.data + bias).reshape(1, -1)


def _softmax(margins: np.ndarray[Any, Any], temperature: float) -> np.ndarray[Any, Any]:
    scaled = margins / temperature
    scaled -= scaled.max(axis=1, keepdims=True)
    powers = np.exp(scaled)
    return powers / powers.sum(axis=1, keepdims=True)
