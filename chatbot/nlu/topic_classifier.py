"""Rasa intent classifier: what is asked, learnt from `data/nlu/` with names replaced by kinds."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import lru_cache, partial
from pathlib import Path
from typing import Any

import numpy as np
from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.constants import (
    ENTITIES,
    INTENT,
    INTENT_NAME_KEY,
    INTENT_RANKING_KEY,
    PREDICTED_CONFIDENCE_KEY,
    TEXT,
)
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from chatbot.knowledge.tfidf import Array
from chatbot.nlu.delexicalise import (
    Variant,
    joined_questions,
    placeholder,
    question_part,
    slot_kinds,
    spell_out,
)
from chatbot.nlu.encoder import Encoder, plain_words
from chatbot.nlu.knowledge_linker import AS_WRITTEN, DELEXICALISED, KnowledgeLinker
from chatbot.nlu.lexicon import load_lexicon
from chatbot.nlu.topic_model import Encode, TopicModel, fit, no_vectors

# Topics shown in the ranking of a parsed message.
_RANKING = 5
_OCCUPATION = placeholder("occupation")
_SLOTS_FILE = "slots.json"
# Folder of the model that reads messages as they are written.
_SECOND = "as_written"
# What a reading is worth when its topic is never asked about a thing of its kind.
_MISFIT = 0.5
_OUT_OF_SCOPE = "out_of_scope"
# Vectors that are kept, 1.5 kB each.
_REMEMBERED = 2048
# Below this probability the second model is asked too, and counts this much.
_DOUBTED, _SECOND_SHARE = 0.95, 0.5
# Without examples of what is off the subject, a message counts as such below this probability.
_SURE_OF_TOPIC = 0.5
# Entity for the topic of a second question in a message.
ALSO_ASKED = "also_asked"
# What people ask together, and how sure each part must be. Not in it: topics that are about two
# jobs, whose halves say little, and small talk.
_ASKED_TOGETHER = frozenset(
    ("duties", "skills", "tools", "career_path", "group_of_role", "define", "demand", "process")
    + ("roles_in_group", "group_overview", "list_groups", "collaboration")
)
_CLEAR = 0.75
# A message that says a word of what is declined is off the subject where the classifier is less
# sure than this of another topic and gives it at least this chance; so sure it counts then.
# Measured on the half of tests/understanding/ that is looked at: 17 more declined, none wrongly.
_IN_DOUBT, _CHANCE, _DECLINED = 0.8, 0.05, 0.8


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class TopicClassifier(GraphComponent):
    """Predicts the intent of a message; stands behind the KnowledgeLinker."""

    @classmethod
    def required_components(cls) -> list[type]:
        """Return the components that must stand before this one."""
        return [KnowledgeLinker]

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """Return the options and their defaults; others are for measuring what each part adds."""
        return {
            # Whether n-grams of words and letters count.
            "ngrams": True,
            # "sentence": the sentence encoder; "static": the mean of its word vectors; "none".
            "vectors": "sentence",
            # Whether a second model reads messages with their names as they are written.
            "as_written": True,
            # Whether examples of what is off the subject are learnt; without them, whatever no
            # topic is sure of counts as such.
            "off_subject": True,
        }

    def __init__(self, config: dict[str, Any], storage: ModelStorage, resource: Resource) -> None:
        self._config = config
        self._storage = storage
        self._resource = resource
        self._model: TopicModel | None = None
        self._second: TopicModel | None = None
        self._slots: dict[str, set[str]] = {}
        self._texting: dict[str, str] = load_lexicon()["texting"]
        words = "|".join(re.escape(word) for word in load_lexicon()["declined"])
        self._declined = re.compile(rf"\b(?:{words})\b", re.IGNORECASE)

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> TopicClassifier:
        """Return an untrained component."""
        return cls(config, model_storage, resource)

    @classmethod
    def load(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **kwargs: Any,
    ) -> TopicClassifier:
        """Return the component with the classifier that the model holds."""
        component = cls(config, model_storage, resource)
        with model_storage.read_from(resource) as folder:
            encode = _encode(config)
            component._model = TopicModel.load(Path(folder), encode)
            second = Path(folder) / _SECOND
            component._second = TopicModel.load(second, encode) if second.exists() else None
            slots = json.loads((Path(folder) / _SLOTS_FILE).read_text("utf-8"))
            component._slots = {topic: set(kinds) for topic, kinds in slots.items()}
        return component

    def train(self, training_data: TrainingData) -> Resource:
        """Learn the topics from the examples and keep the classifier in the model."""
        self._learn(list(self._rows(training_data)))
        for message in training_data.intent_examples:
            kinds = slot_kinds(str(message.get(TEXT)))
            self._slots.setdefault(str(message.get(INTENT)), set()).update(kinds)
        slots = {topic: sorted(kinds) for topic, kinds in self._slots.items()}
        with self._storage.write_to(self._resource) as folder:
            for model, place in (
                (self._model, Path(folder)),
                (self._second, Path(folder, _SECOND)),
            ):
                if model:
                    model.save(place)
            (Path(folder) / _SLOTS_FILE).write_text(json.dumps(slots), "utf-8")
        return self._resource

    def _learn(self, rows: list[tuple[str, str, str]]) -> None:
        """Train the models from examples: delexicalised, as written, topic."""
        texts, written, labels = zip(*rows, strict=True)
        learn = partial(
            fit,
            labels=labels,
            encode=_remembering(_encode(self._config), [*texts, *written]),
            ngrams=self._config["ngrams"],
        )
        if not self._config["as_written"]:
            self._model = learn(texts)
            return
        # Side by side, as the machine learns in C without holding Python up.
        with ThreadPoolExecutor(2) as threads:
            first, second = threads.submit(learn, texts), threads.submit(learn, written)
            self._model, self._second = first.result(), second.result()
        # The same for both, so that their probabilities compare.
        self._second.temperature = self._model.temperature

    def _rows(self, training_data: TrainingData) -> Iterator[tuple[str, str, str]]:
        """Yield each example delexicalised and as written, with its topic."""
        for message in training_data.intent_examples:
            topic = str(message.get(INTENT))
            texts = message.get(DELEXICALISED, [])
            for text, written in zip(texts, message.get(AS_WRITTEN, texts), strict=True):
                if not self._is_left_out(text, topic):
                    yield self._spelt(text), self._spelt(written.lower()), topic

    def process(self, messages: list[Message]) -> list[Message]:
        """Set intent and ranking of each message."""
        for message in messages:
            readings = message.get(DELEXICALISED) or [_plain(message)]
            ranked = [self._rank(reading) for reading in [*readings, *_questions(readings)]]
            text = _plain(message).text
            rows = self._declining(text, self._reconsidered(text, max(ranked, key=_worth)[1]))
            ranking = [_intent(*row) for row in rows[:_RANKING]]
            message.set(INTENT, ranking[0], add_to_output=True)
            message.set(INTENT_RANKING_KEY, ranking, add_to_output=True)
            self._add_second_question(message, readings[0])
        return messages

    def _reconsidered(self, text: str, rows: list[tuple[str, float]]) -> list[tuple[str, float]]:
        """Return the topics of a message; where they are in doubt, with the second model's say."""
        if not self._second or rows[0][1] >= _DOUBTED:
            return rows
        written = dict(self._second.rank(self._spelt(text)))
        share = _SECOND_SHARE
        both = [(t, (1 - share) * p + share * written.get(t, 0.0)) for t, p in rows]
        return sorted(both, key=lambda row: -row[1])

    def _declining(self, text: str, rows: list[tuple[str, float]]) -> list[tuple[str, float]]:
        """Return the topics of a message; in doubt, a word of what is declined decides."""
        chance = dict(rows).get(_OUT_OF_SCOPE, 0.0)
        if rows[0][1] >= _IN_DOUBT or rows[0][0] == _OUT_OF_SCOPE or chance < _CHANCE:
            return rows
        if not self._declined.search(text):
            return rows
        others = [(t, p * (1 - _DECLINED)) for t, p in rows if t != _OUT_OF_SCOPE]
        return [(_OUT_OF_SCOPE, _DECLINED), *others]

    def _spelt(self, text: str) -> str:
        return spell_out(text, self._texting)

    def _add_second_question(self, message: Message, reading: Variant) -> None:
        """Add an entity for a second topic of a message, and put the first one first.

        Both must be clear by themselves, and one must be what the whole message is taken for.
        """
        if reading.text.count(placeholder("role")) > 1:
            return  # "what do a buyer and a planner pass to each other" is one question
        asked = self._asked_one_by_one(reading)
        if len(asked) != 2 or message.get(INTENT)[INTENT_NAME_KEY] not in asked:
            return
        (first, confidence), (second, _) = asked.items()
        best = message.get(INTENT)[PREDICTED_CONFIDENCE_KEY]
        intent = _intent(first, max(confidence, best))  # the ranking falls from it
        others = [row for row in message.get(INTENT_RANKING_KEY) if row[INTENT_NAME_KEY] != first]
        message.set(INTENT, intent, add_to_output=True)
        message.set(INTENT_RANKING_KEY, [intent, *others], add_to_output=True)
        entity = {"entity": ALSO_ASKED, "value": second, "start": 0, "end": 0}
        entity["extractor"] = TopicClassifier.__name__
        message.set(ENTITIES, [*message.get(ENTITIES, []), entity], add_to_output=True)

    def _asked_one_by_one(self, reading: Variant) -> dict[str, float]:
        """Return the topics that the parts of a message ask for clearly, with their confidence."""
        asked: dict[str, float] = {}
        for part in joined_questions(reading.text):
            topic, confidence = self._rank(Variant(part, frozenset()))[1][0]
            if confidence >= _CLEAR and topic in _ASKED_TOGETHER:
                asked.setdefault(topic, confidence)
        return asked

    def _is_left_out(self, text: str, label: str) -> bool:
        unwanted = label == _OUT_OF_SCOPE and not self._config["off_subject"]
        return unwanted or _misleads(text, label)

    def _rank(self, reading: Variant) -> tuple[float, list[tuple[str, float]]]:
        """Return how well a reading makes sense, and its topics."""
        assert self._model is not None, "Rasa loads or trains a component before it processes"
        rows = self._model.rank(self._spelt(reading.text))
        topic, confidence = rows[0]
        if not self._config["off_subject"] and confidence < _SURE_OF_TOPIC:
            rows = [(_OUT_OF_SCOPE, 1 - confidence), *rows]
        fits = reading.kinds <= self._slots.get(topic, set())
        return (confidence if fits else confidence * _MISFIT), rows


def _worth(ranked: tuple[float, list[tuple[str, float]]]) -> float:
    return ranked[0]


def _encode(config: dict[str, Any]) -> Encode:
    """Return what turns delexicalised texts into vectors, as the options say."""
    if config["vectors"] == "none":
        return no_vectors
    encoder = Encoder.shared()
    encode = encoder.encode if config["vectors"] == "sentence" else encoder.word_means

    # With names replaced, people ask the same short things again and again.
    @lru_cache(maxsize=_REMEMBERED)
    def one(text: str) -> Array:
        return encode([plain_words(text)])

    def vectors(texts: Sequence[str]) -> Array:
        if len(texts) == 1:
            return one(texts[0])
        return encode([plain_words(text) for text in texts])

    return vectors


def _remembering(encode: Encode, texts: Sequence[str]) -> Encode:
    """Return what knows the vectors of some texts, of which half stand there twice."""
    distinct = list(dict.fromkeys(texts))
    known = dict(zip(distinct, encode(distinct), strict=True))

    def vectors(some: Sequence[str]) -> Array:
        return np.array([known[text] for text in some])

    return vectors


def _questions(readings: list[Variant]) -> list[Variant]:
    """Return the asking sentence of each reading of a longer message."""
    parts = [Variant(question_part(reading.text), reading.kinds) for reading in readings]
    return [part for part in parts if part.text]


def _plain(message: Message) -> Variant:
    return Variant(str(message.get(TEXT) or "").lower(), frozenset())


def _misleads(text: str, label: str) -> bool:
    """Tell whether an example would teach that jobs we have no entry for are off the subject.

    "What does a nurse do" asks for duties; that there is no such entry is said by the dialogue.
    """
    return label == _OUT_OF_SCOPE and _OCCUPATION in text


def _intent(name: str, confidence: float) -> dict[str, Any]:
    return {INTENT_NAME_KEY: name, PREDICTED_CONFIDENCE_KEY: round(confidence, 4)}
