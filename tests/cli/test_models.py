"""Which model fits a project."""

from __future__ import annotations

import ast
import os
import time
from datetime import datetime
from pathlib import Path

import pytest

import chatbot
from chatbot.serving import models
from chatbot.serving.project import Project
from chatbot.settings import Settings

PACKAGE = Path(chatbot.__file__).parent
SETTINGS = Settings()
INPUTS = (
    "config.yml",
    "domain.yml",
    "uv.lock",
    "data/nlu/duties.yml",
    "data/knowledge/roles/a.yml",
)
CODE = ("nlu/linker.py", "nlu/lexicon.yml", "core/policy.py", "knowledge/find.py")


@pytest.fixture
def project(tmp_path: Path) -> Project:
    for name in INPUTS:
        write(tmp_path / "bot" / name)
    return Project(tmp_path / "bot")


@pytest.fixture
def package(tmp_path: Path) -> Path:
    for name in CODE:
        write(tmp_path / "code" / name)
    return tmp_path / "code"


def write(path: Path, text: str = "something") -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)
    return path


def model(project: Project, digest: str, second: int) -> Path:
    name = models.file_name(digest, datetime(2026, 1, 1, 0, 0, second))
    return write(project.models / name)


@pytest.mark.parametrize("name", INPUTS)
def test_a_change_in_what_training_reads_changes_the_fingerprint(
    project: Project, package: Path, name: str
) -> None:
    before = models.fingerprint(project, SETTINGS, package)
    write(project.folder / name, "something else")
    assert models.fingerprint(project, SETTINGS, package) != before


@pytest.mark.parametrize("name", CODE)
def test_a_change_in_the_code_of_the_model_changes_the_fingerprint(
    project: Project, package: Path, name: str
) -> None:
    before = models.fingerprint(project, SETTINGS, package)
    write(package / name, "something else")
    assert models.fingerprint(project, SETTINGS, package) != before


@pytest.mark.parametrize("name", ["README.md", "models/x.tar.gz", "endpoints.yml", "actions/a.py"])
def test_a_change_in_anything_else_does_not(project: Project, package: Path, name: str) -> None:
    before = models.fingerprint(project, SETTINGS, package)
    write(project.folder / name)
    assert models.fingerprint(project, SETTINGS, package) == before


def test_compiled_code_does_not_count(project: Project, package: Path) -> None:
    before = models.fingerprint(project, SETTINGS, package)
    write(package / "nlu" / "__pycache__" / "linker.pyc")
    assert models.fingerprint(project, SETTINGS, package) == before


def test_a_renamed_file_changes_the_fingerprint(project: Project, package: Path) -> None:
    before = models.fingerprint(project, SETTINGS, package)
    (project.data / "nlu" / "duties.yml").rename(project.data / "nlu" / "skills.yml")
    assert models.fingerprint(project, SETTINGS, package) != before


def test_the_place_of_the_project_does_not_matter(project: Project, package: Path) -> None:
    before = models.fingerprint(project, SETTINGS, package)
    moved = project.folder.rename(project.folder.with_name("moved"))
    assert models.fingerprint(Project(moved), SETTINGS, package) == before


def test_a_knowledge_base_elsewhere_counts(project: Project, tmp_path: Path) -> None:
    settings = Settings(knowledge=tmp_path / "kb")
    entry = write(tmp_path / "kb" / "groups.yml")
    before = models.fingerprint(project, settings)
    write(entry, "something else")
    assert models.fingerprint(project, settings) != before


def test_what_the_components_import_of_this_package_is_part_of_the_fingerprint() -> None:
    trained = [PACKAGE / part for part in models.CODE]
    sources = [path for folder in trained for path in folder.rglob("*.py")]
    used = {name for path in sources for name in imported(path)}
    allowed = {f"chatbot.{part}" for part in models.CODE} | {"chatbot.errors", "chatbot.settings"}
    assert {name for name in used if ".".join(name.split(".")[:2]) not in allowed} == set()


def imported(path: Path) -> set[str]:
    nodes = list(ast.walk(ast.parse(path.read_text("utf-8"))))
    names = {node.module for node in nodes if isinstance(node, ast.ImportFrom) and node.module}
    names |= {alias.name for node in nodes if isinstance(node, ast.Import) for alias in node.names}
    return {name for name in names if name.startswith("chatbot.")}


def test_the_newest_model_that_fits_is_current(project: Project) -> None:
    digest = models.fingerprint(project, SETTINGS)
    model(project, digest, second=1)
    newer = model(project, digest, second=2)
    model(project, "0" * 12, second=3)
    assert models.current(project, SETTINGS) == newer


def test_there_is_no_current_model_if_none_fits(project: Project) -> None:
    model(project, "0" * 12, second=1)
    assert models.current(project, SETTINGS) is None


def test_there_is_no_current_model_without_a_folder_of_models(project: Project) -> None:
    assert models.current(project, SETTINGS) is None


def test_pruning_keeps_the_newest_models(project: Project) -> None:
    made = [model(project, "0" * 12, second) for second in range(5)]
    models.prune(project, keep=3)
    assert sorted(project.models.iterdir()) == made[2:]


def test_pruning_keeps_models_that_somebody_named(project: Project) -> None:
    own = write(project.models / "my-own.tar.gz")
    models.prune(project, keep=0)
    assert own.exists()


def test_pruning_removes_what_a_broken_off_training_left_hours_ago(project: Project) -> None:
    left = write(project.models / ".training-abc" / "half-a-model")
    long_ago = time.time() - 7200
    os.utime(left.parent, (long_ago, long_ago))
    models.prune(project)
    assert not left.parent.exists()


def test_pruning_leaves_a_training_that_goes_on_alone(project: Project) -> None:
    left = write(project.models / ".training-abc" / "half-a-model")
    models.prune(project)
    assert left.exists()


def test_trained_components_are_kept_while_the_code_stays(project: Project, package: Path) -> None:
    kept = write(models.cache(project, package) / "component")
    models.cache(project, package)
    assert kept.exists()


def test_trained_components_are_dropped_when_the_code_changes(
    project: Project, package: Path
) -> None:
    kept = write(models.cache(project, package) / "component")
    write(package / "knowledge" / "find.py", "something else")
    models.cache(project, package)
    assert not kept.exists()
