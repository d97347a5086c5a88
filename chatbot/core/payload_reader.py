"""Reads a message that looks like a command of Rasa's but is none, `/unknown{"role": "x"}`."""

from __future__ import annotations

import json
import re
from typing import Any

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.core.constants import DEFAULT_INTENTS
from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

FILE = "intents.json"

_COMMAND = re.compile(r"/(?P<intent>[^{@]+)(@[\d.]+)?(?P<entities>\{.*\})?", re.DOTALL)
_WORDS = re.compile(r"/+(?P<words>[^{]*)")


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class PayloadReader(GraphComponent):
    """Lets the components after it read an unknown or broken command as the words it is made of.

    Rasa takes `/duties{"role": "sem-specialist"}` as an intent with an entity. If there is no such
    intent it warns, in the middle of a chat in the Rasa shell, and classifies the text with slash,
    braces and all; if the braces hold nonsense it warns and drops them. To be named first in the
    pipeline. Well-formed commands with an intent of the training data, and all other messages, stay
    as they are; a message without text (a request without `message`) gets an empty one.
    """

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> PayloadReader:
        """Return a reader that knows only Rasa's own intents, before training."""
        return cls(model_storage, resource, frozenset(DEFAULT_INTENTS))

    @classmethod
    def load(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **kwargs: Any,
    ) -> PayloadReader:
        """Return the reader of a trained model."""
        with model_storage.read_from(resource) as folder:
            intents = json.loads((folder / FILE).read_text(encoding="utf-8"))
        return cls(model_storage, resource, frozenset(intents))

    def __init__(
        self, model_storage: ModelStorage, resource: Resource, intents: frozenset[str]
    ) -> None:
        self._storage, self._resource = model_storage, resource
        self._intents = intents

    def train(self, training_data: TrainingData) -> Resource:
        """Note the intents of the training data."""
        self._intents |= training_data.intents
        with self._storage.write_to(self._resource) as folder:
            (folder / FILE).write_text(json.dumps(sorted(self._intents)), encoding="utf-8")
        return self._resource

    def process(self, messages: list[Message]) -> list[Message]:
        """Replace the text of unknown commands."""
        for message in messages:
            text = message.get(TEXT) or ""
            message.set(TEXT, words(text) if self._is_unknown_command(text) else text)
        return messages

    def _is_unknown_command(self, text: str) -> bool:
        return text.strip().startswith("/") and not self._is_command(text.strip())

    def _is_command(self, text: str) -> bool:
        command = _COMMAND.fullmatch(text)
        return (
            command is not None
            and command["intent"].strip() in self._intents
            and _is_object(command["entities"] or "{}")
        )


def _is_object(text: str) -> bool:
    try:
        return isinstance(json.loads(text), dict)
    except (ValueError, RecursionError):
        return False


def words(command: str) -> str:
    """Return the words of a command: `career path` for `/career_path{"role": "x"}`."""
    found = _WORDS.match(command.strip())
    return found["words"].replace("_", " ").strip() if found else command
