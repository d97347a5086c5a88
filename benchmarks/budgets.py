"""The limits in budgets.yml and whether a run keeps them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from benchmarks.measures import MEASURES, Measure
from benchmarks.stats import ratio
from chatbot.errors import SettingsError, nearest

# System -> measure -> figure; what was not measured is not in it.
Figures = Mapping[str, Mapping[str, float]]

SYSTEMS = ("ours", "stock", "floor")
FILE = Path(__file__).with_name("budgets.yml")


@dataclass(frozen=True)
class Budget:
    """One limit: `value` (divided by `over`, where given) may be at most `at_most`."""

    name: str
    value: str
    at_most: float
    over: str | None = None


@dataclass(frozen=True)
class Verdict:
    """A budget, what was measured (None: not measured) and whether that is within the limit."""

    budget: Budget
    measured: float | None

    @property
    def word(self) -> str:
        """One of "kept", "missed", "not measured"."""
        if self.measured is None:
            return "not measured"
        return "kept" if self.measured <= self.budget.at_most else "missed"


def read(
    path: Path = FILE,
    section: str = "budgets",
    systems: Sequence[str] = SYSTEMS,
    measures: Sequence[Measure] = MEASURES,
) -> list[Budget]:
    """Read the budgets.

    Args:
        path: the file.
        section: the list in it to read.
        systems: what the part of a figure's name before the dot may be.
        measures: what the part behind the dot may be.

    Raises:
        SettingsError: if an entry names a system or measure that does not exist.
    """
    try:
        raw = yaml.safe_load(path.read_text(encoding="utf-8"))[section]
        budgets = [Budget(**entry) for entry in raw]
    except (KeyError, TypeError, yaml.YAMLError) as error:
        raise SettingsError(
            f"{path}: {error}; it must hold `{section}:`, a list of name, value, at_most and, "
            "for a ratio, over"
        ) from error
    for budget in budgets:
        _check(budget, path, list(systems), [measure.key for measure in measures])
    return budgets


def judge(budgets: Iterable[Budget], figures: Figures) -> list[Verdict]:
    """Return a verdict for each budget, in their order."""
    return [Verdict(budget, _measured(budget, figures)) for budget in budgets]


def passed(verdicts: Iterable[Verdict], all_measured: bool) -> bool:
    """Return whether no budget was missed and, if `all_measured`, none went without a figure."""
    allowed = {"kept"} if all_measured else {"kept", "not measured"}
    return all(verdict.word in allowed for verdict in verdicts)


def _measured(budget: Budget, figures: Figures) -> float | None:
    value = _look_up(budget.value, figures)
    return ratio(value, _look_up(budget.over, figures)) if budget.over else value


def _look_up(name: str, figures: Figures) -> float | None:
    system, measure = name.split(".")
    return figures.get(system, {}).get(measure)


def _check(budget: Budget, path: Path, systems: list[str], measures: list[str]) -> None:
    if isinstance(budget.at_most, bool) or not isinstance(budget.at_most, (int, float)):
        raise SettingsError(f"{path}: {budget.name}: at_most is {budget.at_most!r}, not a number")
    for name in filter(None, (budget.value, budget.over)):
        system, _, measure = str(name).partition(".")
        _among(system, systems, f"{path}: {budget.name}: {name!r}: no system")
        _among(measure, measures, f"{path}: {budget.name}: {name!r}: no measure")


def _among(value: str, allowed: list[Any], problem: str) -> None:
    if value not in allowed:
        hint = nearest(value, allowed)
        raise SettingsError(f"{problem} {value!r}{hint}; there are {', '.join(allowed)}")
