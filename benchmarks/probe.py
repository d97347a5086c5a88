"""Train or ask one bot in a process of its own, so that its memory is its own.

`python -m benchmarks.probe train|ask FILE` runs in the folder of a project and writes its figures
to FILE as JSON; `benchmarks.growth` starts it.
"""

from __future__ import annotations

import json
import resource
import sys
import tarfile
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path

import psutil

from benchmarks.processes import MB
from benchmarks.stats import percentile
from chatbot import bot
from chatbot.evaluation import cases, ours
from chatbot.evaluation.judge import judge
from chatbot.evaluation.outcome import Understood
from chatbot.knowledge.find import Linker
from chatbot.serving import models, training
from chatbot.serving.project import Project, enter
from chatbot.settings import load_settings, prepare_for_rasa

Figures = dict[str, float]

CASES = Path("tests/understanding")
# Where the pipeline's linker lies in a model.
NAMES = "knowledge_linker.KnowledgeLinker1/names.json"
# Each message is linked this many times with nothing remembered; the quickest counts, because
# another process may have had the processor in the others.
ROUNDS = 3
WARM_UP = 50


def train(project: Project) -> Figures:
    """Train the bot from nothing, as `chatbot train --force` does."""
    model = training.train(project, load_settings(), _silent, force=True)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
    return {"training_memory": peak / MB, "model": model.stat().st_size / MB}


def ask(project: Project) -> Figures:
    """Load the newest model and ask it the messages of the evaluation that stand alone."""
    model = models.newest(project)
    assert model is not None, "train comes first"
    prepare_for_rasa()
    begin = time.perf_counter()
    loaded = ours.load("grown", [], model, _silent)
    bot.warm_up()
    started = time.perf_counter() - begin
    base = bot.knowledge(load_settings().knowledge)
    talks = [talk.turns[0] for talk in cases.read(CASES, base, [cases.SINGLES])]
    understood = [one for [one] in loaded.understand([[case.text] for case in talks])]
    memory = psutil.Process().memory_info().rss / MB
    return {
        "start": started,
        "memory": memory,
        **of_messages(talks, understood),
        **of_linking(linker(model), [case.text for case in talks]),
    }


def of_messages(asked: Sequence[cases.Case], found: Sequence[Understood]) -> Figures:
    """Return how long messages took and how many were understood (percent)."""
    times = [one.milliseconds for one in found]
    right = [judge(case, one.answered) for case, one in zip(asked, found, strict=True)]
    return {
        "message_p50": percentile(times, 0.50),
        "message_p95": percentile(times, 0.95),
        "topic": 100 * sum(one.topic for one in right) / len(right),
        "accuracy": 100 * sum(one.both for one in right) / len(right),
    }


def of_linking(make: Callable[[], Linker], texts: Sequence[str]) -> Figures:
    """Return the milliseconds that `link` alone takes."""
    rounds = [list(_linking_times(make(), texts)) for _ in range(ROUNDS)]
    best = [min(times) for times in zip(*rounds, strict=True)]
    return {"link_p50": percentile(best, 0.50), "link_p95": percentile(best, 0.95)}


def linker(model: Path) -> Callable[[], Linker]:
    """Return what makes the linker of a model, each time anew."""
    with tarfile.open(model) as archive:
        member = next(one for one in archive if one.name.endswith(NAMES))
        file = archive.extractfile(member)
        assert file is not None, "names.json is no folder"
        content = json.loads(file.read())["linker"]
    return lambda: Linker.from_dict(content)


def _linking_times(linker: Linker, texts: Sequence[str]) -> Iterable[float]:
    for text in texts[:WARM_UP]:
        linker.link(text)
    for text in texts:
        begin = time.perf_counter()
        linker.link(text)
        yield 1000 * (time.perf_counter() - begin)


def _silent(_words: str) -> None:
    pass


PROBES: Mapping[str, Callable[[Project], Figures]] = {"train": train, "ask": ask}

if __name__ == "__main__":
    here = Project(Path.cwd())
    enter(here)
    Path(sys.argv[2]).write_text(json.dumps(PROBES[sys.argv[1]](here)), "utf-8")
