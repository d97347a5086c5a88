"""Which trained model fits the project as it is now; a model's name tells what it was made from."""

from __future__ import annotations

import hashlib
import re
import shutil
import tempfile
import time
from collections.abc import Iterable, Iterator
from datetime import datetime
from pathlib import Path

import chatbot
from chatbot.serving.project import Project
from chatbot.settings import Settings

# A file, under a name that is the same on any machine.
NamedFile = tuple[str, Path]

KEPT = 3
# Parts of this package that a trained model depends on.
CODE = ("nlu", "core", "knowledge")
_WORKSHOP = ".training-"
_ABANDONED_SECONDS = 3600
_NAME = re.compile(r"\d{8}-\d{6}-(?P<fingerprint>[0-9a-f]{12})\.tar\.gz")


def fingerprint(project: Project, settings: Settings, package: Path | None = None) -> str:
    """Return 12 hexadecimal digits that change when anything that training depends on does.

    Args:
        project: the bot.
        settings: of this process.
        package: where the code stands; that of this process if not given.
    """
    package = package or Path(chatbot.__file__).parent
    return _digest([*_code(project, package), *_data(project, settings)])


def cache(project: Project, package: Path | None = None) -> Path:
    """Return the folder in which Rasa may keep trained components; empties it when code changed.

    Rasa looks at the data that a component was made from, and at its class, but not at the modules
    which that class uses.
    """
    digest = _digest(_code(project, package or Path(chatbot.__file__).parent))
    folder = project.folder / ".rasa" / "trained"
    for old in folder.glob("*"):
        if old.name != digest:
            shutil.rmtree(old, ignore_errors=True)
    return folder / digest


def current(project: Project, settings: Settings) -> Path | None:
    """Return the newest model that was trained from the project as it is now, if there is one."""
    wanted = fingerprint(project, settings)
    fitting = (path for path in _models(project) if _fingerprint_of(path) == wanted)
    return max(fitting, default=None)


def newest(project: Project) -> Path | None:
    """Return the model that was trained last, whatever has changed since."""
    return max(_models(project), default=None)


def file_name(digest: str, when: datetime) -> str:
    """Return the file name for a model trained at `when` from what has the fingerprint `digest`."""
    return f"{when:%Y%m%d-%H%M%S}-{digest}.tar.gz"


def workshop(project: Project) -> tempfile.TemporaryDirectory[str]:
    """Return a folder, gone after its `with` block, from which a model can be moved into place."""
    project.models.mkdir(exist_ok=True)
    return tempfile.TemporaryDirectory(dir=project.models, prefix=_WORKSHOP)


def prune(project: Project, keep: int = KEPT) -> None:
    """Delete all but the newest `keep` models, and what broken off trainings left behind.

    Models with names that this module did not give stay.
    """
    for path in sorted(_models(project), reverse=True)[keep:]:
        path.unlink(missing_ok=True)
    for path in project.models.glob(f"{_WORKSHOP}*"):
        if time.time() - path.stat().st_mtime > _ABANDONED_SECONDS:
            shutil.rmtree(path, ignore_errors=True)


def _models(project: Project) -> Iterator[Path]:
    return (path for path in project.models.glob("*.tar.gz") if _NAME.fullmatch(path.name))


def _fingerprint_of(path: Path) -> str:
    match = _NAME.fullmatch(path.name)
    return match["fingerprint"] if match else ""


def _digest(files: Iterable[NamedFile]) -> str:
    digest = hashlib.sha256()
    for name, path in sorted(files):
        digest.update(f"{name}\0{path.stat().st_size}\0".encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()[:12]


def _code(project: Project, package: Path) -> Iterator[NamedFile]:
    yield from _below("project", [project.lock], project.folder)
    for part in CODE:
        yield from _below("code", (package / part).rglob("*"), package)


def _data(project: Project, settings: Settings) -> Iterator[NamedFile]:
    yield from _below("project", [project.config, project.domain], project.folder)
    yield from _below("data", project.data.rglob("*"), project.data)
    # Also when it lies below data/, which leaves out what a symbolic link there leads to.
    knowledge = project.folder / settings.knowledge
    yield from _below("knowledge", knowledge.rglob("*"), knowledge)


def _below(kind: str, paths: Iterable[Path], folder: Path) -> Iterator[NamedFile]:
    for path in paths:
        if path.is_file() and path.suffix != ".pyc":
            yield f"{kind}/{path.relative_to(folder).as_posix()}", path
