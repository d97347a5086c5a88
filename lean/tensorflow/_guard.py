"""A Rasa plugin that refuses, before training starts, a configuration that needs TensorFlow.

Without it Rasa would prepare the data and run all components before the first one that calls
TensorFlow, which can take minutes. The hook is Rasa's own extension point for recipes.
"""

import sys
from collections.abc import Iterator
from typing import Any

import pluggy
from rasa.exceptions import MissingDependencyException
from rasa.plugin import plugin_manager

from tensorflow._errors import explain

hookimpl = pluggy.HookimplMarker("rasa")

NEED_TENSORFLOW = frozenset(
    {
        "ConveRTFeaturizer",
        "DIETClassifier",
        "LanguageModelFeaturizer",
        "ResponseSelector",
        "TEDPolicy",
        "UnexpecTEDIntentPolicy",
    }
)
"""Rasa's own components that compute with TensorFlow."""


class TensorFlowMissing(MissingDependencyException):
    """The configuration names components that need TensorFlow.

    Rasa's command line prints it without a stack trace and exits with status 1.
    """


def register() -> None:
    """Add this module to Rasa's plugins."""
    plugin_manager().register(sys.modules[__name__], name=__name__)


@hookimpl
def modify_default_recipe_graph_train_nodes(train_config: dict[str, Any]) -> None:
    """Raise `TensorFlowMissing` if config.yml, as Rasa read it, needs TensorFlow.

    Rasa calls it while it plans the training, before it makes or runs any component.
    """
    names = list(_needing_tensorflow(train_config))
    if names:
        need = "needs" if len(names) == 1 else "need"
        raise TensorFlowMissing(explain(f"{', '.join(names)} in the configuration {need}"))


def _needing_tensorflow(config: dict[str, Any]) -> Iterator[str]:
    """Yield the class name of each such component, in the order of the configuration."""
    for section in ("pipeline", "policies"):
        for component in config.get(section) or []:
            # The recipe takes the names out of the entries it has dealt with.
            class_name = component.get("name", "").rpartition(".")[-1]
            if class_name in NEED_TENSORFLOW:
                yield class_name
