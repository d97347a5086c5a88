"""Figures as a table for people and as JSON for machines."""

from __future__ import annotations

import dataclasses
import datetime
import json
import platform
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import psutil

from benchmarks.budgets import SYSTEMS, Figures, Verdict
from benchmarks.measures import MEASURES, Measure
from benchmarks.processes import busy
from benchmarks.stats import ratio
from chatbot.errors import SettingsError

_NONE = "-"
_HEAD = ("", "unit", "this bot", "stock Rasa", "floor", "ours / stock", "ours / floor")
VERDICT_HEAD = ("budget", "figure", "measured", "at most", "verdict")
# Figures that say something about the measurement, not about speed: no ratio is shown.
_NO_RATIO = frozenset({"reply_length", "answered"})


@dataclass(frozen=True)
class Machine:
    """What the run was made on; `busy` is the share of it (percent) that others were using."""

    processor: str
    cores: int
    memory_gb: float
    system: str
    python: str
    busy: float


@dataclass(frozen=True)
class Run:
    """Everything that is known after a run.

    `figures` is system -> measure -> figure, `trained` the day each system was trained, `settings`
    how much was measured.
    """

    date: str
    machine: Machine
    settings: Mapping[str, int]
    trained: Mapping[str, str]
    figures: Figures
    verdicts: Sequence[Verdict]


def this_machine() -> Machine:
    """Return what can be said of this machine without its name; takes two seconds."""
    return Machine(
        processor=_processor(Path("/proc/cpuinfo")) or platform.processor() or platform.machine(),
        cores=psutil.cpu_count() or 0,
        memory_gb=round(psutil.virtual_memory().total / 1e9, 1),
        system=f"{platform.system()} {platform.release()}",
        python=platform.python_version(),
        busy=busy(),
    )


def today() -> str:
    """Return the day of the run as YYYY-MM-DD."""
    return datetime.date.today().isoformat()


def markdown(run: Run) -> str:
    """Return the run as Markdown: the machine, the table of figures and the verdicts."""
    settings = ", ".join(f"{key} {value}" for key, value in run.settings.items())
    trained = ", ".join(f"{name} {day}" for name, day in run.trained.items())
    return "\n".join(
        [
            f"{conditions(run.date, run.machine)}; {settings}; trained: {trained}.",
            "",
            *table([_HEAD, *_rows(run.figures)]),
            "",
            *table([VERDICT_HEAD, *map(verdict_row, run.verdicts)]),
            "",
        ]
    )


def conditions(date: str, machine: Machine) -> str:
    """Return when and on what a run was made, in one line."""
    return (
        f"{date}, {machine.processor}, {machine.cores} cores, {machine.memory_gb:g} GB, "
        f"{machine.system}, Python {machine.python}, "
        f"{machine.busy:.0f}% in use by others before the run"
    )


def as_json(run: Run) -> str:
    """Return the run as JSON."""
    content = dataclasses.asdict(run)
    content["verdicts"] = [{**dataclasses.asdict(one), "verdict": one.word} for one in run.verdicts]
    return json.dumps(content, indent=2) + "\n"


def write(run: Run, path: Path) -> None:
    """Write the run as the ending of the file asks: .json or .md.

    Raises:
        SettingsError: for any other ending.
    """
    check_ending(path)
    path.write_text(as_json(run) if path.suffix == ".json" else markdown(run), encoding="utf-8")


def check_ending(path: Path) -> None:
    """Raise SettingsError if `write` could not tell the format of a file from its name."""
    if path.suffix not in (".json", ".md"):
        raise SettingsError(f"{path}: the name must end with .json or .md")


def number(value: float | None) -> str:
    """Return a figure with as many digits as can be trusted."""
    if value is None:
        return _NONE
    return f"{value:.0f}" if abs(value) >= 100 else f"{value:.3g}"


def _rows(figures: Figures) -> Iterator[tuple[str, ...]]:
    for measure in MEASURES:
        if any(measure.key in figures.get(name, {}) for name in SYSTEMS):
            yield _row(measure, figures)


def _row(measure: Measure, figures: Figures) -> tuple[str, ...]:
    values = [figures.get(name, {}).get(measure.key) for name in SYSTEMS]
    ratios: list[float | None] = [None, None]
    if measure.key not in _NO_RATIO:
        ratios = [ratio(values[0], other) for other in values[1:]]
    return (measure.label, measure.unit, *map(number, values), *map(_two_digits, ratios))


def verdict_row(verdict: Verdict) -> tuple[str, ...]:
    """Return the cells of a budget under `VERDICT_HEAD`."""
    budget = verdict.budget
    figure = f"{budget.value} / {budget.over}" if budget.over else budget.value
    limit = f"{budget.at_most:g}"
    measured = _two_digits(verdict.measured) if budget.over else number(verdict.measured)
    return (budget.name, figure, measured, limit, verdict.word)


def _two_digits(value: float | None) -> str:
    return _NONE if value is None else f"{value:.2f}"


def table(rows: Sequence[Sequence[str]]) -> Iterable[str]:
    """Return the lines of a Markdown table whose first row is its head."""
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    lines = [
        "| " + " | ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)) + " |"
        for row in rows
    ]
    rule = "| " + " | ".join("-" * width for width in widths) + " |"
    return [lines[0], rule, *lines[1:]]


def _processor(path: Path) -> str | None:
    if not path.is_file():
        return None
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.startswith("model name"):
            return line.partition(":")[2].strip()
    return None
