from __future__ import annotations

import hashlib
import json
import subprocess
import sys
from pathlib import Path

import pytest

from chatbot.errors import ModelError
from chatbot.nlu.encoder import FOLDER, GRAPH, MANIFEST, Encoder


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder whose manifest fits its one file."""
    (tmp_path / GRAPH).write_bytes(b"graph")
    content = {"dim": 384, "sha256": {GRAPH: hashlib.sha256(b"graph").hexdigest()}}
    (tmp_path / MANIFEST).write_text(json.dumps(content))
    return tmp_path


def message_of(folder: Path) -> str:
    with pytest.raises(ModelError) as caught:
        Encoder.load(folder)
    return str(caught.value)


def test_a_missing_folder_is_named(tmp_path: Path) -> None:
    assert str(tmp_path / "nowhere" / MANIFEST) in message_of(tmp_path / "nowhere")


def test_a_missing_file_is_named(folder: Path) -> None:
    (folder / GRAPH).unlink()
    assert f"{folder / GRAPH}: cannot be read (No such file or directory)" in message_of(folder)


def test_a_changed_file_is_refused_with_both_digests(folder: Path) -> None:
    (folder / GRAPH).write_bytes(b"version https://git-lfs.github.com/spec/v1")
    found = message_of(folder)
    assert hashlib.sha256(b"graph").hexdigest() in found
    assert hashlib.sha256((folder / GRAPH).read_bytes()).hexdigest() in found


def test_a_manifest_that_is_not_json_is_named(folder: Path) -> None:
    (folder / MANIFEST).write_text("{")
    assert f"{folder / MANIFEST}: is not JSON" in message_of(folder)


@pytest.mark.parametrize("content", ["{}", "[]", '{"dim": 384}'])
def test_a_manifest_without_its_keys_is_refused(folder: Path, content: str) -> None:
    (folder / MANIFEST).write_text(content)
    assert "must have the keys 'dim' and 'sha256'" in message_of(folder)


def test_the_message_says_how_to_mend_it(folder: Path) -> None:
    (folder / GRAPH).unlink()
    found = message_of(folder)
    assert f"git checkout -- {folder}" in found
    assert "training/encoder/README.md" in found


@pytest.mark.parametrize("library", ["onnxruntime", "tokenizers"])
def test_a_library_that_is_not_installed_is_named(library: str) -> None:
    code = f"""
import sys
sys.modules[{library!r}] = None
from chatbot.errors import ModelError
from chatbot.nlu.encoder import Encoder
try:
    Encoder.load()
except ModelError as error:
    print(error)
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.startswith(f"{library}: not installed")
    assert "uv sync" in done.stdout


def test_the_manifest_lists_every_file_that_is_loaded() -> None:
    listed = set(json.loads((FOLDER / MANIFEST).read_text())["sha256"])
    assert listed == {path.name for path in FOLDER.iterdir()} - {MANIFEST, "README.md"}
