"""The names the stand-in carries are those that Rasa touches, and no library is misled."""

import importlib
import importlib.metadata
import subprocess
import sys
from pathlib import Path
from typing import Union

import pytest
import tensorflow
from tensorflow._errors import TensorFlowReached
from tensorflow._names import NAMES

LEAN = Path(__file__).parents[1]


def python(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    """Run Python to its end, away from the modules that the tests have loaded."""
    return subprocess.run(
        [sys.executable, *arguments], capture_output=True, text=True, timeout=60, check=False
    )


def test_list_is_what_rasa_touches_on_import() -> None:
    result = python(LEAN / "record_names.py", "--check")

    assert result.returncode == 0, result.stdout + result.stderr


def test_a_name_missing_from_the_list_is_reported(tmp_path: Path) -> None:
    shortened = tmp_path / "_names.py"
    lines = (LEAN / "tensorflow" / "_names.py").read_text().splitlines(keepends=True)
    shortened.write_text("".join(line for line in lines if "keras.Model" not in line))

    result = python(LEAN / "record_names.py", "--check", "--file", shortened)

    assert result.returncode == 1
    assert '+    "keras.Model": "class",' in result.stdout
    assert "record_names.py --write" in result.stdout


def test_installed_list_is_the_one_in_the_sources() -> None:
    installed = Path(tensorflow.__file__).with_name("_names.py")

    assert installed.read_text() == (LEAN / "tensorflow" / "_names.py").read_text(), "run `uv sync`"


@pytest.mark.parametrize("name", NAMES)
def test_name_can_be_had(name: str) -> None:
    parent, _, leaf = name.rpartition(".")

    assert hasattr(importlib.import_module(parent), leaf)


def test_class_can_be_subclassed_and_annotated_but_not_made() -> None:
    class Own(tensorflow.keras.layers.Layer):
        def __init__(self, units: int) -> None:
            raise AssertionError("not reached")

    assert Own in Union[Own, tensorflow.Tensor].__args__  # noqa: UP007 - as Rasa writes it
    assert not isinstance(3, tensorflow.Tensor)
    with pytest.raises(TensorFlowReached, match="Own needs TensorFlow"):
        Own(3)


@pytest.mark.parametrize(
    "owner",
    [tensorflow, tensorflow.keras.layers, tensorflow.Tensor],
    ids=("package", "module", "class"),
)
def test_unlisted_name_is_refused_with_the_way_out(owner: object) -> None:
    with pytest.raises(AttributeError, match="'unheard_of'.*record_names.py --write"):
        owner.unheard_of  # noqa: B018


def test_unlisted_module_cannot_be_imported() -> None:
    with pytest.raises(ModuleNotFoundError):
        importlib.import_module("tensorflow.keras.unheard_of")


def test_distribution_is_the_stand_in() -> None:
    assert importlib.metadata.version("tensorflow") == "2.12.0"
    assert "stand-in" in importlib.metadata.metadata("tensorflow")["Summary"]
    assert Path(tensorflow.__file__).with_name("_stand_in.py").exists()


@pytest.mark.parametrize(
    "name",
    [
        "jaxlib",
        "keras",
        "tensorboard",
        "tensorflow-cpu-aws",
        "tensorflow-estimator",
        "tensorflow-hub",
        "tensorflow-intel",
        "tensorflow-macos",
        "tensorflow-text",
    ],
)
def test_nothing_of_the_real_one_is_installed(name: str) -> None:
    with pytest.raises(importlib.metadata.PackageNotFoundError):
        importlib.metadata.distribution(name)


def test_import_costs_rasa_next_to_nothing() -> None:
    program = "import rasa.core.run, rasa.engine.recipes.default_components"
    lines = python("-X", "importtime", "-c", program).stderr.splitlines()

    # import time:  self [us] | cumulative | imported package
    fields = [line.split("|") for line in lines if line.endswith((" tensorflow", " keras"))]
    assert {package.strip() for _, _, package in fields} == {"tensorflow", "keras"}
    assert sum(int(cumulative) for _, cumulative, _ in fields) < 50_000


def test_spacy_works_in_silence_and_thinc_sees_no_tensorflow() -> None:
    result = python(
        "-c",
        "import tensorflow, spacy, thinc.compat\n"
        "from spacy.matcher import PhraseMatcher\n"
        "nlp = spacy.blank('en')\n"
        "matcher = PhraseMatcher(nlp.vocab)\n"
        "matcher.add('role', [nlp('store manager')])\n"
        "print(len(matcher(nlp('a store manager'))), thinc.compat.has_tensorflow)\n",
    )

    assert (result.stdout, result.stderr) == ("1 False\n", "")


def test_thinc_cannot_be_talked_into_tensorflow() -> None:
    import thinc.compat

    with pytest.warns(DeprecationWarning, match="Thinc v9"), pytest.raises(ModuleNotFoundError):
        thinc.compat.enable_tensorflow()
    assert not thinc.compat.has_tensorflow
