"""Train a model when what it was made from has changed."""

from __future__ import annotations

import contextlib
import io
import logging
import re
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path

from chatbot.errors import ChatbotError, ModelError, SettingsError
from chatbot.serving import lifeline, models
from chatbot.serving.logs import set_up_structlog
from chatbot.serving.project import Project
from chatbot.settings import Settings, prepare_for_rasa

Tell = Callable[[str], None]

_STAGES = "rasa.engine.training.hooks"
_STAGE = re.compile(r"Starting to train component '(\w+)'")
_COLOUR = re.compile(r"\x1b\[[0-9;]*m")

logger = logging.getLogger(__name__)


def ensure(project: Project, settings: Settings) -> Path:
    """Return a model that fits the project, trained in a process of its own if there is none.

    So what training takes of memory is given back before the bot runs.

    Raises:
        ModelError: training failed; its own message stands on standard error.
    """
    model = models.current(project, settings)
    if model:
        return model
    trainer = lifeline.start(
        "chatbot.cli.main", ["--project", str(project.folder), "train", "--for-parent"]
    )
    try:
        code = trainer.wait()
    finally:
        lifeline.stop(trainer)
    # Not `current`: what was changed during the training is for the next start.
    model = models.newest(project)
    if code or model is None:
        raise ModelError("the bot cannot start: its training failed, as told above")
    return model


def train(project: Project, settings: Settings, tell: Tell, force: bool = False) -> Path:
    """Train a model in this process and return its path; older ones are deleted.

    Args:
        project: what to train.
        settings: of this process.
        tell: gets a few words whenever another stage of the work begins.
        force: train every component, also those that Rasa has in its cache.

    Raises:
        KnowledgeError: the knowledge base has mistakes; nothing was trained.
        SettingsError: config.yml or domain.yml is not YAML.
        ModelError: training failed; the message says why.
    """
    tell("checking the knowledge base")
    _check_knowledge(project.folder / settings.knowledge)
    for path in (project.config, project.domain):
        _check_yaml(path)
    digest = models.fingerprint(project, settings)
    # A model appears under its name only when it is whole.
    with models.workshop(project) as folder:
        prepare_for_rasa(models.cache(project))
        made = _train(project, Path(folder), tell, force)
        model = made.replace(project.models / models.file_name(digest, datetime.now()))
    models.prune(project)
    return model


def _check_knowledge(folder: Path) -> None:
    from chatbot.knowledge.load import load

    load(folder)


def _check_yaml(path: Path) -> None:
    """Raise a SettingsError that names the file, which Rasa's own error does not."""
    import yaml

    try:
        content = yaml.safe_load(path.read_text("utf-8"))
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise SettingsError(f"{path}: not YAML: {' '.join(str(error).split())}") from error
    if not isinstance(content, dict):
        raise SettingsError(f"{path}: must hold keys and values, not {content!r}")


def _train(project: Project, output: Path, tell: Tell, force: bool) -> Path:
    tell("reading the training data")
    from rasa.model_training import train as rasa_train

    set_up_structlog()

    said = io.StringIO()
    try:
        with contextlib.redirect_stdout(said), _stages(tell):
            made = rasa_train(
                domain=str(project.domain),
                config=str(project.config),
                training_files=[str(project.data)],
                output=str(output),
                force_training=force,
            ).model
    except SystemExit:
        made = None
    except Exception as error:
        raise _failure(error) from error
    text = _COLOUR.sub("", said.getvalue()).strip()
    logger.info("rasa: %s", text)
    return _whole(made, text)


def _whole(made: str | None, said: str) -> Path:
    """Return the path of a model that can both understand and answer, or raise a ModelError."""
    if made is None:
        raise ModelError(f"training failed: {said}")
    if Path(made).name.startswith(("nlu-", "core-")):
        raise ModelError(f"training made half a model only: {said}")
    return Path(made)


def _failure(error: Exception) -> ChatbotError:
    """Return what is to be told about an error that stopped Rasa's training."""
    chain = list(_causes(error))
    for link in chain:
        if isinstance(link, ChatbotError):
            return link
    logger.info("training failed", exc_info=error)
    return ModelError(
        "training failed: " + ": ".join(f"{type(link).__name__}: {link}" for link in chain)
    )


def _causes(error: BaseException | None) -> Iterator[BaseException]:
    while error is not None:
        yield error
        error = error.__cause__


@contextlib.contextmanager
def _stages(tell: Tell) -> Iterator[None]:
    """Turn Rasa's log lines about its components into stages."""

    class Handler(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            stage = _STAGE.match(record.getMessage())
            if stage:
                tell(f"training {stage[1]}")

    stages, handler = logging.getLogger(_STAGES), Handler()
    stages.addHandler(handler)
    level = stages.level
    stages.setLevel(logging.INFO)
    try:
        yield
    finally:
        stages.removeHandler(handler)
        stages.setLevel(level)
