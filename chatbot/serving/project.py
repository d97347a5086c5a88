"""The folder of a bot: where its files are."""

from __future__ import annotations

import os
import sys
from dataclasses import dataclass
from pathlib import Path

from chatbot.errors import SettingsError


@dataclass(frozen=True)
class Project:
    """The places of a bot's files below its folder, which is absolute."""

    folder: Path

    @property
    def config(self) -> Path:
        """Pipeline and policies."""
        return self.folder / "config.yml"

    @property
    def domain(self) -> Path:
        """Intents, entities, slots and actions."""
        return self.folder / "domain.yml"

    @property
    def data(self) -> Path:
        """Training data and knowledge base."""
        return self.folder / "data"

    @property
    def lock(self) -> Path:
        """The versions of all libraries."""
        return self.folder / "uv.lock"

    @property
    def models(self) -> Path:
        """Where trained models are kept."""
        return self.folder / "models"

    @property
    def endpoints(self) -> Path:
        """Stores and the action server."""
        return self.folder / "endpoints.yml"

    @property
    def credentials(self) -> Path:
        """Channels."""
        return self.folder / "credentials.yml"

    @property
    def log(self) -> Path:
        """What happened, with stack traces."""
        return self.folder / ".rasa" / "chatbot.log"


def find(folder: Path) -> Project:
    """Return the project in `folder`.

    Raises:
        SettingsError: there is no bot in that folder.
    """
    project = Project(folder.resolve())
    if not project.folder.is_dir():
        raise SettingsError(f"{project.folder}: no such folder; --project must name a bot's folder")
    for path in (project.config, project.domain, project.data):
        if not path.exists():
            raise SettingsError(
                f"{path}: missing, so {project.folder} is not the folder of a bot; "
                "go there first, or name it with --project"
            )
    return project


def enter(project: Project) -> None:
    """Make the project's folder the current one, as Rasa and its components expect."""
    os.chdir(project.folder)
    if str(project.folder) not in sys.path:
        sys.path.insert(0, str(project.folder))
