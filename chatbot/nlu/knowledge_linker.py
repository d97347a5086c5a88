"""Rasa entity extractor that finds the entries of the knowledge base in a message."""

from __future__ import annotations

import json
import random
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.constants import ENTITIES, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from chatbot.knowledge.abbreviations import load_abbreviations
from chatbot.knowledge.find import Linker, Mention
from chatbot.knowledge.load import fingerprint, load
from chatbot.knowledge.names import HINT, Name, all_names, hints
from chatbot.nlu.delexicalise import Variant, fill_slots, variants
from chatbot.nlu.dictionary import dictionary_words
from chatbot.settings import load_settings

# Where the message with names replaced by kinds is kept for the components that follow.
DELEXICALISED = "delexicalised_text"
_SEED = 7
_FILE = "names.json"


# Rasa runs only tokenizers and featurizers over the training data; the classifier needs the
# examples with their names replaced, so the linker is registered as a featurizer too.
@DefaultV1Recipe.register(
    [
        DefaultV1Recipe.ComponentType.MESSAGE_FEATURIZER,
        DefaultV1Recipe.ComponentType.ENTITY_EXTRACTOR,
    ],
    is_trainable=True,
)
class KnowledgeLinker(GraphComponent):
    """Adds an entity per mention whose value is the entry's id.

    Needs no annotated examples: the names come from the knowledge base when the model is trained
    and are stored in the model, so a model answers alike wherever it is loaded.
    """

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """Return the options and their defaults."""
        return {
            # How many times each example with slots is filled with other names.
            "fillings": 2,
        }

    def __init__(self, config: dict[str, Any], storage: ModelStorage, resource: Resource) -> None:
        self._config = config
        self._storage = storage
        self._resource = resource

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> KnowledgeLinker:
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
    ) -> KnowledgeLinker:
        """Return the component with the names that the model holds."""
        component = cls(config, model_storage, resource)
        with model_storage.read_from(resource) as folder:
            component._use(json.loads((folder / _FILE).read_text("utf-8")))
        return component

    @classmethod
    def fingerprint_addon(cls, config: dict[str, Any]) -> str | None:
        """Return a digest of the knowledge base, so that a changed role retrains the component."""
        return fingerprint(load_settings().knowledge)

    def train(self, training_data: TrainingData) -> Resource:
        """Collect the names of the knowledge base and keep them in the model."""
        folder = load_settings().knowledge
        base = load(folder)
        examples = [str(message.get(TEXT, "")) for message in training_data.intent_examples]
        names = all_names(base)
        known = dictionary_words(examples)
        linker = Linker(names, hints(base), load_abbreviations(folder), known)
        content = {
            "linker": linker.as_dict(),
            "generic": [term.id for term in base.terms.values() if term.generic],
            "fillings": names_by_kind(names),
        }
        with self._storage.write_to(self._resource) as target:
            (Path(target) / _FILE).write_text(json.dumps(content, ensure_ascii=False), "utf-8")
        return self._resource

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        """Fill the slots of the examples with names and give each its delexicalised text."""
        chance = random.Random(_SEED)
        names = self._fillings
        for message in training_data.intent_examples:
            text = str(message.get(TEXT, ""))
            fillings = {
                fill_slots(text, names, chance) for _ in range(int(self._config["fillings"]))
            }
            message.set(
                DELEXICALISED,
                sorted({self._variants(one, self._linker.link(one))[0].text for one in fillings}),
            )
        return training_data

    def process(self, messages: list[Message]) -> list[Message]:
        """Add entities and the delexicalised text to each message."""
        for message in messages:
            text = message.get(TEXT) or ""
            mentions = self._linker.link(text)
            found = [_entity(mention) for mention in mentions]
            message.set(ENTITIES, message.get(ENTITIES, []) + found, add_to_output=True)
            message.set(DELEXICALISED, self._variants(text, mentions))
        return messages

    def _variants(self, text: str, mentions: list[Mention]) -> list[Variant]:
        """Return the delexicalised readings; generic terms ("online shop") stand as they are."""
        return variants(
            text, [m for m in mentions if m.kind != "term" or m.id not in self._generic]
        )

    def _use(self, content: dict[str, Any]) -> None:
        self._linker = Linker.from_dict(content["linker"])
        self._generic = frozenset(content["generic"])
        self._fillings = content["fillings"]


def names_by_kind(names: Sequence[Name]) -> dict[str, list[str]]:
    """Return the names to fill slots with: those that name one kind of thing only."""
    kinds: dict[str, set[str]] = {}
    for name in names:
        kinds.setdefault(name.text.lower(), set()).add(name.kind)
    found: dict[str, list[str]] = {}
    for name in names:
        if len(kinds[name.text.lower()]) == 1:
            found.setdefault(name.kind, []).append(name.text)
    return found


def _entity(mention: Mention) -> dict[str, Any]:
    entity: dict[str, Any] = {
        "entity": mention.kind,
        "value": mention.id,
        "start": mention.start,
        "end": mention.end,
        "text": mention.text,
        "confidence_entity": round(mention.score, 3),
        "extractor": KnowledgeLinker.__name__,
    }
    if mention.kind == HINT:
        entity["candidates"] = list(mention.candidates)
    return entity
