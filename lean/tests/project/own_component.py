"""A component that behaves like Rasa's own: TensorFlow is named on import, used on loading."""

from __future__ import annotations

from typing import Any

import tensorflow as tf
from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData


class Model(tf.keras.layers.Layer):
    """A subclass of a TensorFlow class."""

    def __init__(self, units: int) -> None:
        self.units = units


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class Layered(GraphComponent):
    """Trains nothing, and makes its TensorFlow model when it is loaded."""

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> Layered:
        component = cls()
        component.resource = resource
        return component

    @classmethod
    def load(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **kwargs: Any,
    ) -> Layered:
        component = cls()
        component.model = Model(units=3)
        return component

    def train(self, training_data: TrainingData) -> Resource:
        return self.resource

    def process(self, messages: list[Message]) -> list[Message]:
        return messages
