"""The three systems: how each is trained, served and where its environment stands."""

from __future__ import annotations

import datetime
import json
import shutil
import sys
import sysconfig
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from benchmarks import conversations, peer_data
from benchmarks.client import HOST
from benchmarks.processes import Command, run
from chatbot.errors import ServiceError
from chatbot.knowledge.load import load

ROOT = Path(__file__).resolve().parent.parent
STOCK = Path(__file__).with_name("stock")
CACHE = Path(__file__).with_name(".cache")
LONGEST_TRAINING_S = 3 * 3600
LONGEST_SYNC_S = 1800
# Written after the model, so that where it stands the model is whole.
_FACTS = "training.json"
# What a copy of the project does without: models and caches, so that training starts from nothing,
# and what no command of the bot reads.
_LEFT_OUT = (".*", "models", "results", "benchmarks", "node_modules", "*.egg-info", "__pycache__")


@dataclass(frozen=True)
class System:
    """A trained system, ready to be served.

    `serve` takes a free port and another one for an action server, and returns the command line;
    `sign` is a text that stands in a real answer to the first message.
    """

    name: str
    folder: Path
    serve: Callable[[int, int], list[str]]
    packages: Path
    training_s: float
    trained: str
    sign: str

    def command(self, port: int, actions_port: int) -> Command:
        """Return the command that serves it on these ports."""
        log = self.folder / "serve.log"
        return Command(self.serve(port, actions_port), self.folder, log)


def ours(work: Path) -> System:
    """Train this bot in a copy of the project, from nothing."""
    folder = work / "ours"
    shutil.copytree(ROOT, folder, ignore=shutil.ignore_patterns(*_LEFT_OUT))
    bot = [sys.executable, "-m", "chatbot.cli.main"]
    seconds = run(Command([*bot, "train"], folder, folder / "train.log"), LONGEST_TRAINING_S)

    def serve(port: int, actions_port: int) -> list[str]:
        return [*bot, "serve", "--port", str(port), "--actions-port", str(actions_port)]

    packages = Path(sysconfig.get_path("purelib"))
    return System("ours", folder, serve, packages, seconds, _today(), sign="CRM")


def stock(work: Path, each: int, reuse: bool) -> System:
    """Train stock Rasa on this project's examples, or take the model of an earlier run.

    Args:
        work: a folder to write to.
        each: examples per intent, 0 for all.
        reuse: take the cached model if it was trained on the same data by the same environment.
    """
    knowledge = load(ROOT / "data" / "knowledge")
    examples = peer_data.sample(peer_data.read_examples(ROOT / "data" / "nlu"), each)
    files = peer_data.stock_project(examples, peer_data.names(knowledge))
    cache = CACHE / f"stock-{peer_data.digest(*files.values(), _lock())}"
    if not (reuse and (cache / _FACTS).is_file()):
        shutil.rmtree(CACHE, ignore_errors=True)
        _train_into(cache, files, work / "stock")
    return _peer("stock", files, cache, work / "stock")


def floor(work: Path) -> System:
    """Train stock Rasa without any machine learning."""
    turns = conversations.all_turns(conversations.read())
    files = peer_data.floor_project(turns)
    _train_into(work / "floor-model", files, work / "floor")
    return _peer("floor", files, work / "floor-model", work / "floor")


def make_environment(work: Path) -> None:
    """Bring the environment of stock Rasa (3 GB) up to its lock file.

    Raises:
        ServiceError: if uv is not installed or fails.
    """
    uv = shutil.which("uv")
    if uv is None:
        raise ServiceError("uv is not on the PATH; it makes the environment of stock Rasa")
    line = ["env", f"UV_PROJECT_ENVIRONMENT={STOCK / '.venv'}", uv, "sync", "--locked"]
    run(Command(line, STOCK, work / "sync.log"), LONGEST_SYNC_S)


def _train_into(model: Path, files: Mapping[str, str], folder: Path) -> None:
    _write(files, folder)
    line = [*_rasa(), "train", "--fixed-model-name", "model"]
    seconds = run(Command(line, folder, folder / "train.log"), LONGEST_TRAINING_S)
    model.mkdir(parents=True, exist_ok=True)
    shutil.copy(folder / "models" / "model.tar.gz", model)
    facts = {"seconds": seconds, "trained": _today()}
    (model / _FACTS).write_text(json.dumps(facts), encoding="utf-8")


def _peer(name: str, files: Mapping[str, str], model: Path, folder: Path) -> System:
    _write(files, folder)
    training = json.loads((model / _FACTS).read_text(encoding="utf-8"))

    def serve(port: int, actions_port: int) -> list[str]:
        where = ["--interface", HOST, "--port", str(port)]
        return [*_rasa(), "run", "--model", str(model / "model.tar.gz"), *where]

    packages = next((STOCK / ".venv" / "lib").glob("python*/site-packages"))
    return System(
        name, folder, serve, packages, training["seconds"], training["trained"], sign="About "
    )


def _rasa() -> list[str]:
    return [str(STOCK / ".venv" / "bin" / "python"), "-m", "rasa"]


def _write(files: Mapping[str, str], folder: Path) -> None:
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")


def _lock() -> str:
    return (STOCK / "uv.lock").read_text(encoding="utf-8")


def _today() -> str:
    return datetime.date.today().isoformat()
