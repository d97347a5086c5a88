"""A small Rasa project to run Rasa's commands in, trained once."""

import shutil
from pathlib import Path

import pytest
from rasa_command import Rasa

PROJECT = Path(__file__).parent / "project"


@pytest.fixture(scope="session")
def rasa(tmp_path_factory: pytest.TempPathFactory) -> Rasa:
    """Rasa in a copy of the project, without a model."""
    folder = tmp_path_factory.mktemp("stand-in") / "project"
    shutil.copytree(PROJECT, folder, ignore=shutil.ignore_patterns("__pycache__"))
    return Rasa(folder)


@pytest.fixture(scope="session")
def trained(rasa: Rasa) -> Rasa:
    """The same, with the model of config.yml in models/."""
    result = rasa.run("train")
    assert result.returncode == 0, result.stdout
    return rasa
