"""Finding a bot's folder."""

from __future__ import annotations

from pathlib import Path

import pytest

from chatbot.errors import SettingsError
from chatbot.serving import project

FILES = ("config.yml", "domain.yml")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "data").mkdir()
    for name in FILES:
        (tmp_path / name).touch()
    return tmp_path


def test_a_bots_folder_is_found(folder: Path) -> None:
    assert project.find(folder).config == folder / "config.yml"


def test_a_relative_folder_becomes_absolute(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(folder)
    assert project.find(Path()).folder == folder


@pytest.mark.parametrize("name", FILES)
def test_a_missing_file_is_named(folder: Path, name: str) -> None:
    (folder / name).unlink()
    with pytest.raises(SettingsError, match=rf"{name}: missing.*--project"):
        project.find(folder)


def test_a_missing_folder_is_named(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="nowhere: no such folder"):
        project.find(tmp_path / "nowhere")
