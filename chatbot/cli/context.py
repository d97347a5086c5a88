"""What the options before the command say, and what every command begins with."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from chatbot.serving.project import Project
    from chatbot.settings import Settings


@dataclass
class Options:
    """Options of all commands; the command line fills them in.

    Attributes:
        folder: where the bot is.
        debug: whether stack traces are shown.
    """

    folder: Path = Path()
    debug: bool = False

    def project(self) -> Project:
        """Return the bot.

        Raises:
            SettingsError: there is none in the folder.
        """
        from chatbot.serving.project import find

        return find(self.folder)

    def begin(self, terminal: bool = True) -> tuple[Project, Settings]:
        """Enter the project's folder, set up the log, and return project and settings.

        Args:
            terminal: whether warnings are shown on standard error, not only logged.

        Raises:
            SettingsError: there is no bot in the folder, or a setting is wrong.
        """
        from chatbot.serving import logs
        from chatbot.serving.project import enter
        from chatbot.settings import load_settings, set_log_level

        if self.debug:
            set_log_level("debug")
        settings, project = load_settings(), self.project()
        enter(project)
        logs.set_up(project.log, settings, terminal)
        return project, settings
