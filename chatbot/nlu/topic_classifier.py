"""Rasa intent classifier: what is asked, learnt from `data/nlu/` with names replaced by kinds."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.constants import (
    INTENT,
    INTENT_NAME_KEY,
    INTENT_RANKING_KEY,
    PREDICTED_CONFIDENCE_KEY,
    TEXT,
)
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from chatbot.nlu.delexicalise import Variant, placeholder, question_part, slot_kinds, spell_out
from chatbot.nlu.knowledge_linker import DELEXICALISED, KnowledgeLinker
from chatbot.nlu.lexicon import load_lexicon
from chatbot.nlu.topic_model import TopicModel, fit

# Topics shown in the ranking of a parsed message.
_RANKING = 5
_OCCUPATION = placeholder("occupation")
_SLOTS_FILE = "slots.json"
# What a reading is worth when its topic is never asked about a thing of its kind.
_MISFIT = 0.5
_OUT_OF_SCOPE = "out_of_scope"


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class TopicClassifier(GraphComponent):
    """Predicts the intent of a message; stands behind the KnowledgeLinker."""

    @classmethod
    def required_components(cls) -> list[type]:
        """Return the components that must stand before this one."""
        return [KnowledgeLinker]

    def __init__(self, storage: ModelStorage, resource: Resource) -> None:
        self._storage = storage
        self._resource = resource
        self._model: TopicModel | None = None
        self._slots: dict[str, set[str]] = {}
        self._texting: dict[str, str] = load_lexicon()["texting"]

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> TopicClassifier:
        """Return an untrained component."""
        return cls(model_storage, resource)

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
        component = cls(model_storage, resource)
        with model_storage.read_from(resource) as folder:
            component._model = TopicModel.load(Path(folder))
            slots = json.loads((Path(folder) / _SLOTS_FILE).read_text("utf-8"))
            component._slots = {topic: set(kinds) for topic, kinds in slots.items()}
        return component

    def train(self, training_data: TrainingData) -> Resource:
        """Learn the topics from the examples and keep the classifier in the model."""
        rows = [
            (spell_out(text, self._texting), str(message.get(INTENT)))
            for message in training_data.intent_examples
            for text in message.get(DELEXICALISED, [])
            if not _misleads(text, str(message.get(INTENT)))
        ]
        self._model = fit([text for text, _ in rows], [label for _, label in rows])
        for message in training_data.intent_examples:
            kinds = slot_kinds(str(message.get(TEXT)))
            self._slots.setdefault(str(message.get(INTENT)), set()).update(kinds)
        slots = {topic: sorted(kinds) for topic, kinds in self._slots.items()}
        with self._storage.write_to(self._resource) as folder:
            self._model.save(Path(folder))
            (Path(folder) / _SLOTS_FILE).write_text(json.dumps(slots), "utf-8")
        return self._resource

    def process(self, messages: list[Message]) -> list[Message]:
        """Set intent and ranking of each message."""
        for message in messages:
            readings = message.get(DELEXICALISED) or [_plain(message)]
            ranked = [self._rank(reading) for reading in [*readings, *_questions(readings)]]
            ranking = [_intent(*row) for row in max(ranked, key=lambda rows: rows[0])[1]]
            message.set(INTENT, ranking[0], add_to_output=True)
            message.set(INTENT_RANKING_KEY, ranking, add_to_output=True)
        return messages

    def _rank(self, reading: Variant) -> tuple[float, list[tuple[str, float]]]:
        """Return how well a reading makes sense, and its topics."""
        assert self._model is not None, "Rasa loads or trains a component before it processes"
        rows = self._model.rank(spell_out(reading.text, self._texting))[:_RANKING]
        topic, confidence = rows[0]
        fits = reading.kinds <= self._slots.get(topic, set())
        return (confidence if fits else confidence * _MISFIT), rows


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
