"""Figures that a run must reach, as the command line asks: `--require singles=0.9`."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from chatbot.errors import SettingsError, nearest
from chatbot.evaluation.figures import Dialogues, Section, Tally


@dataclass(frozen=True)
class Results:
    """The figures of one system; a kind of cases that was not asked is None or empty."""

    singles: Section | None
    turns: Section | None
    dialogues: Mapping[str, Dialogues]


@dataclass(frozen=True)
class Figure:
    """A figure that can be required.

    Attributes:
        of: returns it, or None if it was not measured.
        at_most: whether less of it is better.
        highest: the largest value that makes sense.
    """

    of: Callable[[Results], float | None]
    at_most: bool = False
    highest: float = 1.0


@dataclass(frozen=True)
class Requirement:
    """A bound for a figure."""

    name: str
    bound: float


@dataclass(frozen=True)
class Verdict:
    """A requirement and the figure; `kept` is false too for a figure that was not measured."""

    name: str
    bound: float
    at_most: bool
    figure: float | None
    kept: bool


def _share(part: int, whole: int) -> float | None:
    return part / whole if whole else None


def _both(tally: Tally) -> float | None:
    return _share(tally.both, tally.cases)


def _singles(of: Callable[[Section], float | None]) -> Callable[[Results], float | None]:
    return lambda results: of(results.singles) if results.singles else None


def _turns(of: Callable[[Section], float | None]) -> Callable[[Results], float | None]:
    return lambda results: of(results.turns) if results.turns else None


def _whole_dialogues(results: Results) -> float | None:
    rows = results.dialogues.values()
    return _share(sum(row.right for row in rows), sum(row.dialogues for row in rows))


def _found(section: Section) -> float | None:
    declined = section.total.out_of_scope
    return _share(declined.topic, declined.cases)


FIGURES: Mapping[str, Figure] = {
    "singles": Figure(_singles(lambda s: _both(s.total.in_scope))),
    "singles-topic": Figure(
        _singles(lambda s: _share(s.total.in_scope.topic, s.total.in_scope.cases))
    ),
    "found": Figure(_singles(_found)),
    "false-alarms": Figure(
        _singles(lambda s: _share(s.total.false_alarms, s.total.in_scope.cases)), at_most=True
    ),
    "calibration-error": Figure(_singles(lambda s: s.calibration.error), at_most=True),
    "p95": Figure(_singles(lambda s: s.milliseconds.p95), at_most=True, highest=float("inf")),
    "turns": Figure(_turns(lambda s: _both(s.total.all))),
    "dialogues": Figure(_whole_dialogues),
}


def parse(texts: Iterable[str]) -> list[Requirement]:
    """Return the requirements that `--require` names.

    Raises:
        SettingsError: one is not a known figure and a number.
    """
    return [_parse(text) for text in texts]


def check(requirements: Sequence[Requirement], results: Results) -> list[Verdict]:
    """Return whether each requirement is kept."""
    return [_check(requirement, results) for requirement in requirements]


def _parse(text: str) -> Requirement:
    name, _, number = text.partition("=")
    if name not in FIGURES:
        hint = nearest(name, list(FIGURES))
        raise SettingsError(
            f"--require {text!r}: no figure {name!r}{hint}; there are {', '.join(FIGURES)}"
        )
    highest = FIGURES[name].highest
    try:
        bound = float(number)
    except ValueError:
        bound = -1.0
    if not 0 <= bound <= highest:
        wanted = "milliseconds" if highest > 1 else "a share from 0 to 1"
        raise SettingsError(f"--require {text!r}: {number!r} must be {wanted}, as in {name}=0.9")
    return Requirement(name, bound)


def _check(requirement: Requirement, results: Results) -> Verdict:
    wanted = FIGURES[requirement.name]
    figure = wanted.of(results)
    bound, at_most = requirement.bound, wanted.at_most
    kept = figure is not None and (figure <= bound if at_most else figure >= bound)
    return Verdict(requirement.name, bound, at_most, figure, kept)
