"""What a run compares: the bot, another model or configuration of it, Rasa's default."""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from chatbot.errors import SettingsError
from chatbot.evaluation import ours, stock
from chatbot.evaluation.outcome import System
from chatbot.evaluation.stock_data import Settings as StockSettings
from chatbot.knowledge.base import KnowledgeBase
from chatbot.serving import training
from chatbot.serving.project import Project
from chatbot.settings import Settings

Tell = Callable[[str], None]

STOCK = "stock"
BOT = "this bot"


@dataclass(frozen=True)
class Wanted:
    """What to ask, as the command line says; paths are absolute.

    Attributes:
        model: of the bot; that of the project as it is now, trained if need be, if None.
        against: STOCK, or another model.
        config: another configuration that a second model is to be trained from.
        stock: how Rasa's default pipeline is trained.
    """

    model: Path | None = None
    against: Path | str | None = None
    config: Path | None = None
    stock: StockSettings = StockSettings()


@dataclass(frozen=True)
class OtherConfig(Project):
    """The project with another configuration and a place of its own for models."""

    other: Path

    @property
    def config(self) -> Path:
        """Pipeline and policies."""
        return self.other

    @property
    def models(self) -> Path:
        """Where the models of this configuration are kept."""
        return self.other.parent / "models"


def check(wanted: Wanted) -> None:
    """Raise a SettingsError if a file that is to be used is not there."""
    files = {"--model": wanted.model, "--config": wanted.config}
    if isinstance(wanted.against, Path):
        files["--against"] = wanted.against
    for option, path in files.items():
        if path and not path.is_file():
            also = f", or {STOCK!r} for Rasa's default pipeline" if option == "--against" else ""
            raise SettingsError(f"{option} {path}: no such file; it must name one{also}")


def cache(project: Project) -> Path:
    """Return the folder in which models for comparison are kept."""
    return project.folder / ".cache" / "evaluation"


def prepare(
    wanted: Wanted, project: Project, settings: Settings, base: KnowledgeBase, tell: Tell
) -> Iterator[System]:
    """Yield the systems in the order of the report's columns, each ready when it is its turn.

    Raises:
        ChatbotError: one cannot be trained or loaded.
    """
    yield _own(BOT, wanted.model or training.ensure(project, settings), tell)
    if isinstance(wanted.against, Path):
        yield _own(wanted.against.name.removesuffix(".tar.gz"), wanted.against, tell)
    elif wanted.against:
        nlu = project.data / "nlu"
        yield stock.prepare(nlu, base, cache(project), wanted.stock, tell)
    if wanted.config:
        yield _configured(wanted.config, project, settings, tell)


def _own(name: str, model: Path, tell: Tell) -> System:
    return ours.load(name, [f"model {model.name}"], model, tell)


def _configured(config: Path, project: Project, settings: Settings, tell: Tell) -> System:
    """Return the bot trained from another configuration; an unchanged one is trained once."""
    from chatbot.serving import models

    digest = hashlib.sha256(config.read_bytes()).hexdigest()[:12]
    # Inside the project, as all that a model is made from; the digest keeps copies apart.
    copy = cache(project) / f"config-{digest}" / "config.yml"
    copy.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(config, copy)
    variant = OtherConfig(project.folder, copy)
    model = models.current(variant, settings) or training.train(variant, settings, tell)
    return ours.load(
        config.stem, [f"configuration {config.name}", f"model {model.name}"], model, tell
    )
