"""A small bot of its own for the commands: no model to speak of, so it trains and starts fast."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.cli.command import Chatbot

ROOT = Path(__file__).resolve().parents[2]
SMALL_BOT = Path(__file__).parent / "small_bot"


@pytest.fixture(scope="session")
def trained_small_bot(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return its folder, with a model; tests must not change it."""
    folder = tmp_path_factory.mktemp("small") / "bot"
    shutil.copytree(SMALL_BOT, folder)
    (folder / "data" / "knowledge").symlink_to(ROOT / "data" / "knowledge")
    shutil.copytree(ROOT / "data" / "responses", folder / "data" / "responses")
    done = Chatbot(folder).run("train")
    assert done.returncode == 0, done.stderr
    return folder


@pytest.fixture
def small_bot(trained_small_bot: Path, tmp_path: Path) -> Chatbot:
    """Return the commands of a trained bot whose files the test may change."""
    return Chatbot(shutil.copytree(trained_small_bot, tmp_path / "bot", symlinks=True))


@pytest.fixture
def real_bot(trained_project: Path) -> Chatbot:
    """Return the commands of the real bot, trained; the test must not change its files."""
    return Chatbot(trained_project)
