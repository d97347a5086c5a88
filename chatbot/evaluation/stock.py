"""Rasa's default pipeline as a system: trained and run in an environment of its own.

That environment (`benchmarks/stock/`) holds TensorFlow and cannot import this package, so files
go in and out.
"""

from __future__ import annotations

import datetime
import json
import os
import re
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import chatbot
from chatbot.errors import ServiceError
from chatbot.evaluation import stock_data
from chatbot.evaluation.outcome import Understood
from chatbot.evaluation.stock_memory import Memory, Parsed
from chatbot.knowledge.base import KnowledgeBase
from chatbot.settings import child_environment

Tell = Callable[[str], None]

NAME = "Rasa's default"
ENVIRONMENT = Path(chatbot.__file__).parents[1] / "benchmarks" / "stock"
# Written after the model, so that where it stands the model is whole.
_FACTS = "training.json"
_PROGRESS = re.compile(r"Epochs:\s+(?P<percent>\d+)%|(?P<parsed>parsed \d+ of \d+)")
_LINE_ENDS = re.compile(r"[\r\n]+")
_STEP_PERCENT = 5
_LINES_SHOWN = 15


@dataclass(frozen=True)
class Training:
    """A trained default pipeline and how it was made; `seconds` is the time of its training."""

    model: Path
    settings: stock_data.Settings
    examples: int
    seconds: float
    date: str


@dataclass(frozen=True)
class Stock:
    """Rasa's default pipeline.

    Attributes:
        training: its model.
        ids: ids of the knowledge base by kind.
        tell: gets a few words now and then.
    """

    training: Training
    ids: Mapping[str, Collection[str]]
    tell: Tell

    @property
    def name(self) -> str:
        """What its columns are headed with."""
        return NAME

    @property
    def about(self) -> tuple[str, ...]:
        """How it was made."""
        made = self.training
        limit = f", at most {made.settings.examples} per intent" if made.settings.examples else ""
        trial = made.settings != stock_data.Settings()
        return (
            f"DIET, {made.settings.epochs} epochs",
            f"{made.examples} examples with names filled in{limit}",
            f"trained {made.date} in {made.seconds:.0f} s",
            "slots keep their values in conversations; the time is that of the parse alone",
            *(["TRIAL SETTINGS: not a fair comparison"] if trial else []),
        )

    def understand(self, talks: Sequence[Sequence[str]]) -> Iterator[Sequence[Understood]]:
        """Yield what the pipeline, with a memory of slots, makes of the messages of each talk."""
        rows = iter(
            _parse(self.training.model, [text for talk in talks for text in talk], self.tell)
        )
        for talk in talks:
            parsed = [next(rows) for _ in talk]
            yield understood(parsed, Memory(self.ids))


def understood(rows: Sequence[Mapping[str, Any]], memory: Memory) -> list[Understood]:
    """Return what the rows that the worker wrote for one talk come to."""
    entities = [tuple((e["entity"], e["value"]) for e in row["entities"]) for row in rows]
    parsed = [Parsed(row["intent"], found) for row, found in zip(rows, entities, strict=True)]
    return [
        Understood(answered, row["intent"], row["confidence"], found, row["milliseconds"])
        for row, found, answered in zip(rows, entities, memory.answers(parsed), strict=True)
    ]


def prepare(
    data: Path, base: KnowledgeBase, cache: Path, settings: stock_data.Settings, tell: Tell
) -> Stock:
    """Return the default pipeline, trained unless the cache holds its model.

    Args:
        data: folder of the examples (`data/nlu`).
        base: whose names fill the slots of the examples.
        cache: where models are kept, each under the digest of what it was made from.
        settings: of the training.
        tell: gets a few words whenever another stage of the work begins.

    Raises:
        ServiceError: the environment cannot be made, or the training failed.
        SettingsError: there are no examples.
    """
    from chatbot.knowledge.names import all_names
    from chatbot.nlu.knowledge_linker import names_by_kind

    _make_environment(cache, tell)
    names = all_names(base)
    fillings = stock_data.annotated(names_by_kind(names), names)
    chosen = stock_data.sample(stock_data.read_examples(data), settings.examples)
    examples = stock_data.filled(chosen, fillings)
    files = {
        "nlu.yml": stock_data.nlu_file(examples, stock_data.synonyms(names)),
        "config.yml": stock_data.config_file(settings),
    }
    lock = (ENVIRONMENT / "uv.lock").read_text("utf-8")
    folder = cache / f"stock-{stock_data.digest(*files.values(), lock)}"
    if not (folder / _FACTS).is_file():
        _train(files, folder, tell)
    facts = json.loads((folder / _FACTS).read_text("utf-8"))
    count = sum(map(len, examples.values()))
    training = Training(folder / "model.tar.gz", settings, count, facts["seconds"], facts["date"])
    return Stock(training, base.by_kind, tell)


def _make_environment(cache: Path, tell: Tell) -> None:
    """Make the environment from its lock file if there is none (3 GB)."""
    if _python().is_file():
        return
    command = f"cd {ENVIRONMENT} && uv sync --locked"
    uv = shutil.which("uv")
    if uv is None or not ENVIRONMENT.is_dir():
        raise ServiceError(f"{_python()}: missing; make it with `{command}` (pip install uv)")
    tell("making the environment of Rasa with TensorFlow (3 GB)")
    cache.mkdir(parents=True, exist_ok=True)
    place = {"UV_PROJECT_ENVIRONMENT": str(ENVIRONMENT / ".venv")}
    try:
        _run([uv, "sync", "--locked"], ENVIRONMENT, cache / "stock-environment.log", tell, place)
    except ServiceError as error:
        raise ServiceError(f"{error}\nmake it by hand with `{command}`") from error


def _train(files: Mapping[str, str], folder: Path, tell: Tell) -> None:
    """Train on these files; the folder gets the model, the data and the log."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in files.items():
        (folder / name).write_text(text, "utf-8")
    tell("training Rasa's default pipeline: starting TensorFlow")
    start = time.monotonic()
    line = [str(_python()), "-I", "-m", "rasa", "train", "nlu", "--config", "config.yml"]
    line += ["--nlu", "nlu.yml", "--out", ".", "--fixed-model-name", "model"]
    # At its usual level Rasa shows how far DIET is.
    _run(line, folder, folder / "train.log", tell, {"LOG_LEVEL": "INFO"})
    shutil.rmtree(folder / ".rasa", ignore_errors=True)
    facts = {"seconds": time.monotonic() - start, "date": datetime.date.today().isoformat()}
    (folder / _FACTS).write_text(json.dumps(facts), "utf-8")


def _parse(model: Path, texts: Sequence[str], tell: Tell) -> list[dict[str, Any]]:
    """Return what the worker wrote for each text."""
    tell(f"asking {NAME}: starting TensorFlow")
    with tempfile.TemporaryDirectory() as name:
        given, found = Path(name, "messages.json"), Path(name, "parsed.json")
        given.write_text(json.dumps(list(texts)), "utf-8")
        line = [str(_python()), "-I", str(ENVIRONMENT / "worker.py"), str(model)]
        _run([*line, str(given), str(found)], Path(name), model.parent / "parse.log", tell)
        return list(json.loads(found.read_text("utf-8")))


def _python() -> Path:
    return ENVIRONMENT / ".venv" / "bin" / "python"


def _run(
    line: Sequence[str],
    folder: Path,
    log: Path,
    tell: Tell,
    variables: Mapping[str, str] | None = None,
) -> None:
    """Run a command to its end, telling its progress; it is stopped when this process is.

    Raises:
        ServiceError: it ended with an error; the message shows its last lines.
    """
    process = subprocess.Popen(
        line,
        cwd=folder,
        env={**child_environment(), **(variables or {})},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        start_new_session=True,
    )
    stage = ""
    try:
        with log.open("w", encoding="utf-8") as kept:
            for text in told(_output(process)):
                last, stage = stage, progress(text) or stage
                if stage != last:
                    tell(f"{NAME}: {stage}")
                elif not _PROGRESS.search(text):
                    kept.write(f"{text}\n")
        code = process.wait()
    finally:
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()
    if code:
        shown = "\n".join(log.read_text("utf-8").splitlines()[-_LINES_SHOWN:])
        raise ServiceError(f"{' '.join(line)}: ended with {code}; its last lines:\n{shown}")


def told(chunks: Iterator[str]) -> Iterator[str]:
    """Yield the lines of an output that comes in pieces; a progress bar writes several over one."""
    rest = ""
    for chunk in chunks:
        *lines, rest = _LINE_ENDS.split(rest + chunk)
        yield from filter(None, lines)
    if rest:
        yield rest


def progress(line: str) -> str:
    """Return the words for a line of progress, empty for other lines and between two steps."""
    found = _PROGRESS.search(line)
    if not found:
        return ""
    if found["parsed"]:
        return found["parsed"]
    return "" if int(found["percent"]) % _STEP_PERCENT else f"trained {found['percent']} %"


def _output(process: subprocess.Popen[bytes]) -> Iterator[str]:
    assert process.stdout is not None
    while chunk := os.read(process.stdout.fileno(), 65536):
        yield chunk.decode("utf-8", "replace")
