"""`python -m benchmarks.growth`: how the bot fares as its knowledge base grows to 10,000 roles."""

from __future__ import annotations

import argparse
import dataclasses
import json
import shutil
import signal
import sys
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks import budgets, report
from benchmarks.grown import grow
from benchmarks.measures import Measure
from benchmarks.processes import Command, run
from benchmarks.stats import ratio
from benchmarks.systems import ROOT
from chatbot.errors import ChatbotError

MISSED, BROKEN = 1, 2
SIZES = (31, 100, 1000, 10_000)
MEASURES = (
    Measure("training", "training", "s"),
    Measure("training_memory", "training, peak memory (RSS)", "MB"),
    Measure("model", "model", "MB"),
    Measure("start", "loading model and knowledge base", "s"),
    Measure("memory", "memory after the messages (RSS)", "MB"),
    Measure("link_p50", "linking, p50", "ms"),
    Measure("link_p95", "linking, p95", "ms"),
    Measure("message_p50", "a message, p50", "ms"),
    Measure("message_p95", "a message, p95", "ms"),
    Measure("topic", "topic right", "%"),
    Measure("accuracy", "topic and roles right", "%"),
    Measure("accuracy_lost", "lost against the first column", "points"),
)
LONGEST_S = 3600
# What a bot is made of and asked with; the copy keeps changes during the run out of it.
_COPIED = ("actions", "benchmarks", "chatbot", "data", "tests/understanding")
_FILES = ("config.yml", "domain.yml", "endpoints.yml", "credentials.yml", "uv.lock")
_LEFT_OUT = (".*", "stock", "__pycache__")


@dataclass(frozen=True)
class Run:
    """A finished run; `figures` is number of roles (as text) -> measure -> figure."""

    date: str
    machine: report.Machine
    figures: budgets.Figures
    verdicts: Sequence[budgets.Verdict]


def main(words: Sequence[str] | None = None) -> int:
    """Train and ask the bot with a growing number of roles.

    Returns:
        0 if no measured budget is missed, 1 if one is, 2 if the run did not get to its end.
    """
    # An asked end must unwind like Ctrl-C does, so that every process is stopped.
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    options = _options(words)
    try:
        for path in options.output:
            report.check_ending(path)
        done = measure(sorted(set(options.sizes)))
    except (ChatbotError, ValueError) as error:
        print(error, file=sys.stderr)
        return BROKEN
    print(markdown(done))
    for path in options.output:
        path.write_text(as_json(done) if path.suffix == ".json" else markdown(done), "utf-8")
    return 0 if budgets.passed(done.verdicts, all_measured=False) else MISSED


def _options(words: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser("python -m benchmarks.growth", description=__doc__)
    parser.add_argument(
        "--sizes", type=int, nargs="+", default=SIZES, help="numbers of roles (%(default)s)"
    )
    parser.add_argument(
        "--output", type=Path, nargs="+", default=[], help="also write .json or .md files"
    )
    return parser.parse_args(words)


def measure(sizes: Sequence[int]) -> Run:
    """Grow a copy of the project from size to size, and measure it at each."""
    limits = read_budgets()
    machine = report.this_machine()
    figures: dict[str, dict[str, float]] = {}
    with tempfile.TemporaryDirectory(prefix="growth-") as work:
        project = copy_project(Path(work) / "project")
        for size in sizes:
            grow(project / "data" / "knowledge", size)
            figures[str(size)] = _figures(project, size)
    add_losses(figures)
    return Run(report.today(), machine, figures, budgets.judge(limits, figures))


def read_budgets() -> list[budgets.Budget]:
    """Return the limits of `growth:` in budgets.yml."""
    return budgets.read(section="growth", systems=[str(n) for n in SIZES], measures=MEASURES)


def copy_project(folder: Path) -> Path:
    """Return a copy of what the bot is made of, without models and caches."""
    for name in _COPIED:
        shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns(*_LEFT_OUT))
    for name in _FILES:
        shutil.copy(ROOT / name, folder / name)
    return folder


def add_losses(figures: Mapping[str, dict[str, float]]) -> None:
    """Give each size how many points of accuracy it has lost against the first one."""
    first = next(iter(figures.values()))["accuracy"]
    for found in figures.values():
        found["accuracy_lost"] = first - found["accuracy"]


def markdown(done: Run) -> str:
    """Return the run as Markdown: conditions, the table by number of roles, and the verdicts."""
    sizes = list(done.figures)
    head = ("roles", "unit", *sizes, f"{sizes[-1]} / {sizes[0]}")
    verdicts = map(report.verdict_row, done.verdicts)
    return "\n".join(
        [
            f"{report.conditions(done.date, done.machine)}.",
            "",
            *report.table([head, *(_row(one, done.figures) for one in MEASURES)]),
            "",
            *report.table([report.VERDICT_HEAD, *verdicts]),
            "",
        ]
    )


def as_json(done: Run) -> str:
    """Return the run as JSON."""
    content = dataclasses.asdict(done)
    content["verdicts"] = [
        {**dataclasses.asdict(one), "verdict": one.word} for one in done.verdicts
    ]
    return json.dumps(content, indent=2) + "\n"


def _figures(project: Path, size: int) -> dict[str, float]:
    _say(f"{size} roles: training")
    seconds, trained = _probe(project, "train")
    _say(f"{size} roles: asking")
    _, asked = _probe(project, "ask")
    return {"training": seconds, **trained, **asked}


def _probe(project: Path, what: str) -> tuple[float, dict[str, float]]:
    found = project / f"{what}.json"
    line = [sys.executable, "-W", "ignore", "-m", "benchmarks.probe", what, str(found)]
    seconds = run(Command(line, project, project / f"{what}.log"), LONGEST_S)
    return seconds, json.loads(found.read_text("utf-8"))


def _row(measure: Measure, figures: budgets.Figures) -> tuple[str, ...]:
    values = [found[measure.key] for found in figures.values()]
    # Percents and points say more as they stand.
    factor = None if measure.unit in ("%", "points") else ratio(values[-1], values[0])
    shown = [
        f"{value:.1f}" if measure.unit in ("%", "points") else report.number(value)
        for value in values
    ]
    return (measure.label, measure.unit, *shown, report.number(factor))


def _say(line: str) -> None:
    print(f"... {line}", file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main())
