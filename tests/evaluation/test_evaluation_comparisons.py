"""Changes since an earlier run, and figures that are required."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from chatbot.errors import SettingsError
from chatbot.evaluation import changes, requirements
from chatbot.evaluation.cases import Part
from chatbot.evaluation.changes import Before, TopicChange
from chatbot.evaluation.outcome import Outcome
from chatbot.evaluation.report import Report, judged, render
from tests.evaluation.made import Echo, dialogue, outcome

RIGHT, WRONG = (True, True), (True, False)


def named(text: str, understood: str) -> Outcome:
    return outcome("duties", understood, text=text)


def before(**rights: tuple[bool, bool]) -> Before:
    cases = {named(text, "duties").key: right for text, right in rights.items()}
    return Before("old.json", "2026-01-01", cases)


def test_a_case_is_mended_broken_or_as_it_was() -> None:
    now = [named("a", "duties"), named("b", "skills"), named("c", "duties")]
    found = changes.compare(before(a=WRONG, b=RIGHT, c=RIGHT), now)
    assert ([o.case.text for o in found.mended], [o.case.text for o in found.broken]) == (
        ["a"],
        ["b"],
    )
    assert found.total == TopicChange(cases=3, before=2, now=2)
    assert found.by_topic == {"duties": TopicChange(3, 2, 2)}


def test_cases_of_one_run_only_are_counted_and_not_compared() -> None:
    found = changes.compare(
        before(a=RIGHT, gone=RIGHT), [named("a", "duties"), named("new", "skills")]
    )
    assert (found.added, found.removed, found.total) == (1, 1, TopicChange(1, 1, 1))
    assert found.by_topic == {}


def test_a_report_can_be_the_baseline_of_the_next(tmp_path: Path) -> None:
    report = Report("2026-01-02", "data", Part.ALL, False, [judged(Echo(), [named("a", "tools")])])
    path = tmp_path / "report.json"
    path.write_text(render(report, "json"), "utf-8")
    found = changes.compare(changes.read(path), [named("a", "duties")])
    assert [o.case.text for o in found.mended] == ["a"]
    assert found.before == "report.json of 2026-01-02"


@pytest.mark.parametrize(
    "text", ["no json", "[]", '{"systems": []}', '{"systems": [{"cases": 3}]}']
)
def test_another_file_is_no_baseline(tmp_path: Path, text: str) -> None:
    path = tmp_path / "x.json"
    path.write_text(text, "utf-8")
    with pytest.raises(SettingsError, match=r"x\.json: must be a report that"):
        changes.read(path)


def test_a_baseline_that_is_not_there_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="cannot be read"):
        changes.read(tmp_path / "none.json")


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("single=0.9", r"no figure 'single', did you mean 'singles'\?; there are singles"),
        ("singles", "must be a share from 0 to 1"),
        ("singles=90", "must be a share from 0 to 1"),
        ("p95=soon", "must be milliseconds"),
    ],
)
def test_a_requirement_that_cannot_be_read_is_an_error(text: str, told: str) -> None:
    with pytest.raises(SettingsError, match=told):
        requirements.parse([text])


def results() -> requirements.Results:
    rows = [
        named("a", "duties"),
        named("b", "skills"),
        named("c", "out_of_scope"),
        outcome("out_of_scope", "out_of_scope"),
        *dialogue("d", [("greet", "greet"), ("help", "duties")]),
    ]
    return judged(Echo(), rows).results


@pytest.mark.parametrize(
    ("name", "figure"),
    [
        ("singles", 1 / 3),
        ("singles-topic", 1 / 3),
        ("found", 1.0),
        ("false-alarms", 1 / 3),
        ("p95", 5.0),
        ("turns", 0.5),
        ("dialogues", 0.0),
    ],
)
def test_each_figure_can_be_required(name: str, figure: float) -> None:
    (verdict,) = requirements.check(requirements.parse([f"{name}=0.5"]), results())
    assert verdict.figure == pytest.approx(figure)


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("turns=0.5", True),
        ("turns=0.51", False),
        ("false-alarms=0.4", True),
        ("false-alarms=0.3", False),
        ("p95=5", True),
        ("p95=4.9", False),
    ],
)
def test_a_share_must_be_reached_and_a_fault_or_time_not_exceeded(text: str, kept: bool) -> None:
    (verdict,) = requirements.check(requirements.parse([text]), results())
    assert verdict.kept is kept


def test_a_figure_that_was_not_measured_is_not_kept() -> None:
    nothing = requirements.Results(None, None, {})
    verdicts = requirements.check(
        requirements.parse([f"{n}=0" for n in requirements.FIGURES]), nothing
    )
    assert [verdict.kept for verdict in verdicts] == [False] * len(requirements.FIGURES)
    assert json.dumps([verdict.figure for verdict in verdicts]) == json.dumps(
        [None] * len(verdicts)
    )
