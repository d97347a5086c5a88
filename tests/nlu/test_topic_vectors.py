"""Vectors beside n-grams: what they add, and that all works without them."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from rasa.engine.storage.local_model_storage import LocalModelStorage
from rasa.engine.storage.resource import Resource
from rasa.shared.nlu.constants import INTENT, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from chatbot.nlu.delexicalise import Variant
from chatbot.nlu.description_finder import DescriptionFinder
from chatbot.nlu.encoder import Encoder
from chatbot.nlu.knowledge_linker import AS_WRITTEN, DELEXICALISED
from chatbot.nlu.topic_classifier import TopicClassifier
from chatbot.nlu.topic_model import Encode, TopicModel, fit, no_vectors

EXAMPLES = {
    "duties": ["what does a xrolex do", "tasks of a xrolex", "xrolex job description"],
    "skills": ["skills of a xrolex", "what must a xrolex know", "abilities a xrolex needs"],
    "greet": ["hello", "hi there", "good morning"],
}
# Words of no example, and the topic whose meaning they have.
UNHEARD = {"zzzz": "greet", "qqqq": "duties", "vvvv": "skills"}
ROWS = [(text, topic) for topic, texts in EXAMPLES.items() for text in texts * 4]


def meaning(texts: Sequence[str]) -> np.ndarray[Any, Any]:
    """Stand in for an encoder: one number per topic, which is what a text means."""
    topic_of = {text: topic for topic, some in EXAMPLES.items() for text in some} | UNHEARD
    topics = list(EXAMPLES)
    rows = [[float(topic_of.get(text) == topic) for topic in topics] for text in texts]
    return np.array(rows, np.float32).reshape(len(texts), len(topics))


def trained(encode: Encode = no_vectors, ngrams: bool = True) -> TopicModel:
    return fit([text for text, _ in ROWS], [topic for _, topic in ROWS], encode, ngrams=ngrams)


@pytest.mark.parametrize("ngrams", [True, False])
def test_words_never_heard_are_known_by_their_meaning(ngrams: bool) -> None:
    model = trained(meaning, ngrams)
    assert {word: model.rank(word)[0][0] for word in UNHEARD} == UNHEARD


def test_without_vectors_words_never_heard_are_all_alike() -> None:
    model = trained()
    ranks = [model.rank(word) for word in UNHEARD]
    assert ranks[0] == ranks[1] == ranks[2]


def test_without_n_grams_only_the_meaning_counts() -> None:
    model = trained(meaning, ngrams=False)
    one, other = EXAMPLES["duties"][:2]
    assert model.rank(one) == [(t, pytest.approx(p, abs=1e-6)) for t, p in model.rank(other)]
    both = trained(meaning)
    assert both.rank(one) != both.rank(other)


def test_without_vectors_every_text_is_a_row_without_numbers() -> None:
    assert no_vectors(["a", "b"]).shape == (2, 0)
    assert no_vectors([]).shape == (0, 0)


@pytest.mark.parametrize("encode", [no_vectors, meaning])
def test_a_stored_model_answers_alike_with_what_it_was_trained_with(
    tmp_path: Path, encode: Encode
) -> None:
    model = trained(encode)
    model.save(tmp_path)
    loaded = TopicModel.load(tmp_path, encode)
    for text in ("tasks of the xrolex", "zzzz", "hello zzzz", ""):
        assert loaded.rank(text) == [
            (topic, pytest.approx(chance, abs=1e-5)) for topic, chance in model.rank(text)
        ]


class Spy:
    """Stands in for the encoder and notes what it is asked for."""

    def __init__(self) -> None:
        self.sentences: list[str] = []
        self.means: list[str] = []

    def encode(self, texts: Sequence[str]) -> np.ndarray[Any, Any]:
        self.sentences += texts
        return np.ones((len(texts), 4), np.float32)

    def word_means(self, texts: Sequence[str]) -> np.ndarray[Any, Any]:
        self.means += texts
        return np.ones((len(texts), 4), np.float32)


@pytest.fixture
def spy(monkeypatch: pytest.MonkeyPatch) -> Spy:
    spy = Spy()
    monkeypatch.setattr(Encoder, "shared", lambda: spy)
    return spy


def classified(folder: Path, vectors: str) -> str:
    """Train a classifier with this option, load it and return what it takes a greeting for."""
    config = TopicClassifier.get_default_config() | {"vectors": vectors}
    args: tuple[Any, ...] = (config, LocalModelStorage(folder), Resource("topics"), None)
    messages = [
        Message(data={TEXT: text, INTENT: topic, DELEXICALISED: [text]}) for text, topic in ROWS
    ]
    TopicClassifier.create(*args).train(TrainingData(messages))
    (message,) = TopicClassifier.load(*args).process([Message(data={TEXT: "Hello"})])
    return str(message.get(INTENT)["name"])


def test_a_classifier_without_vectors_needs_no_encoder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def missing() -> Encoder:
        raise AssertionError("the encoder was asked for")

    monkeypatch.setattr(Encoder, "shared", missing)
    assert classified(tmp_path, "none") == "greet"
    with pytest.raises(AssertionError, match="was asked for"):
        classified(tmp_path, "sentence")


@pytest.mark.parametrize(("vectors", "of_sentences"), [("sentence", True), ("static", False)])
def test_a_classifier_asks_for_the_vectors_that_its_options_name(
    tmp_path: Path, spy: Spy, vectors: str, of_sentences: bool
) -> None:
    assert classified(tmp_path, vectors) == "greet"
    asked, not_asked = spy.sentences, spy.means
    if not of_sentences:
        asked, not_asked = not_asked, asked
    assert {"hello", "good morning"} <= set(asked)
    assert not_asked == []


def test_the_encoder_reads_plain_words_for_names(tmp_path: Path, spy: Spy) -> None:
    classified(tmp_path, "sentence")
    assert "what does a role do" in spy.sentences
    assert not any("xrolex" in text for text in spy.sentences)


def classifier(
    folder: Path, rows: Sequence[tuple[str, str, str]], **options: Any
) -> TopicClassifier:
    """Return a classifier trained with examples: delexicalised, as written, topic."""
    folder.mkdir()
    config = TopicClassifier.get_default_config() | {"vectors": "none"} | options
    args: tuple[Any, ...] = (config, LocalModelStorage(folder), Resource("topics"), None)
    messages = [
        Message(data={TEXT: said, INTENT: topic, DELEXICALISED: [text], AS_WRITTEN: [said]})
        for text, said, topic in rows
    ]
    TopicClassifier.create(*args).train(TrainingData(messages))
    return TopicClassifier.load(*args)


# Which job is named tells the topic, which the classifier cannot see without its name.
NAMED = [
    (text.format(name), text.format(job), topic)
    for job, name, topic in (("buyer", "xrolex", "tools"), ("designer", "xrolex", "skills"))
    for text in ("ask the {}", "the {}", "a {} please", "so the {}", "and the {}", "now the {}")
] + [(text, text, "greet") for text in ("hello", "oh hello", "hello hello", "hello again")]


def asked(model: TopicClassifier, text: str, delexicalised: str) -> dict[str, Any]:
    reading = Variant(delexicalised, frozenset({"role"}))
    (message,) = model.process([Message(data={TEXT: text, DELEXICALISED: [reading]})])
    return dict(message.get(INTENT))


def test_a_doubtful_message_is_read_as_it_is_written_too(tmp_path: Path) -> None:
    with_second = classifier(tmp_path / "a", NAMED)
    assert asked(with_second, "Ask the designer", "ask the xrolex")["name"] == "skills"
    assert asked(with_second, "Ask the buyer", "ask the xrolex")["name"] == "tools"
    alone = classifier(tmp_path / "b", NAMED, as_written=False)
    blind = {asked(alone, text, "ask the xrolex")["name"] for text in ("Ask the designer", "Ask")}
    assert len(blind) == 1


def test_by_default_sentences_are_encoded() -> None:
    assert TopicClassifier.get_default_config()["vectors"] == "sentence"


def test_a_finder_without_vectors_needs_no_encoder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def missing() -> Encoder:
        raise AssertionError("the encoder was asked for")

    monkeypatch.setattr(Encoder, "shared", missing)
    args: tuple[Any, ...] = (LocalModelStorage(tmp_path), Resource("finder"), None)
    DescriptionFinder.create({"vectors": False}, *args)
    with pytest.raises(AssertionError, match="was asked for"):
        DescriptionFinder.create({"vectors": True}, *args)
