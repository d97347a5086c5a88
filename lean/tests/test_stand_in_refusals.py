"""What needs the real TensorFlow says so at once, and how to get it."""

import sys

import pytest
import rasa.engine.recipes.default_components  # noqa: F401 - registers Rasa's components
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa_command import Rasa
from tensorflow._guard import (
    NEED_TENSORFLOW,
    TensorFlowMissing,
    modify_default_recipe_graph_train_nodes,
)

HOW_TO_MEND_IT = (
    "LogisticRegressionClassifier",
    "[tool.uv.sources]",
    "uv sync",
    "benchmarks/stock",
)


def test_training_names_every_component_and_trains_none(rasa: Rasa) -> None:
    result = rasa.run("train", "--config", "needs_tensorflow.yml", timeout=30)

    assert result.returncode == 1, result.stdout
    assert "Traceback" not in result.stdout
    assert "Starting to train" not in result.stdout
    for expected in ("TensorFlowMissing", *NEED_TENSORFLOW, *HOW_TO_MEND_IT):
        assert expected in result.stdout


def test_training_without_a_named_pipeline_is_refused(rasa: Rasa) -> None:
    result = rasa.run("train", "--config", "nothing_named.yml", timeout=30)

    assert result.returncode == 1, result.stdout
    assert "TensorFlowMissing: DIETClassifier" in result.stdout
    assert "missing or empty" in result.stdout


def test_serving_a_model_that_reaches_tensorflow_stops(rasa: Rasa) -> None:
    training = rasa.run("train", "nlu", "--config", "own_component.yml", "--out", "own")
    assert training.returncode == 0, training.stdout

    result = rasa.run("run", "--model", "own", timeout=30)

    assert result.returncode == 1, result.stdout
    assert "own_component.Model needs TensorFlow" in result.stdout
    assert all(advice in result.stdout for advice in HOW_TO_MEND_IT)


@pytest.mark.parametrize("name", sorted(NEED_TENSORFLOW))
@pytest.mark.parametrize("section", ["pipeline", "policies"])
def test_guard_refuses(section: str, name: str) -> None:
    with pytest.raises(TensorFlowMissing, match=f"{name} in the configuration needs"):
        modify_default_recipe_graph_train_nodes({section: [{"name": name}]})


def test_guard_lets_others_pass() -> None:
    components = [{"name": "RulePolicy"}, {"name": "own.DIETClassifierLike"}, {"threshold": 1}]

    modify_default_recipe_graph_train_nodes({"pipeline": None, "policies": components})


def test_guard_knows_all_components_that_import_tensorflow() -> None:
    registered = DefaultV1Recipe._registered_components
    using = {name for name in registered if _uses_tensorflow(registered[name].clazz)}

    # The component of this project's own tests is registered only in processes of their own.
    assert using == NEED_TENSORFLOW


def _uses_tensorflow(component: type) -> bool:
    """Tell whether the module of the component, or of what it derives from, has TensorFlow."""
    modules = (sys.modules[base.__module__] for base in component.__mro__)
    return any(getattr(module, "tf", None) is sys.modules["tensorflow"] for module in modules)
