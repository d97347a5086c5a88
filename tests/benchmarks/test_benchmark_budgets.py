from __future__ import annotations

import pytest

from benchmarks.budgets import Budget, judge, passed, read
from chatbot.errors import SettingsError

RATIO = Budget(name="message", value="ours.latency_p50", over="floor.latency_p50", at_most=2.2)
ABSOLUTE = Budget(name="training", value="ours.training", at_most=90)


def figures(ours: float, floor: float) -> dict[str, dict[str, float]]:
    return {"ours": {"latency_p50": ours}, "floor": {"latency_p50": floor}}


@pytest.mark.parametrize(("ours", "word"), [(21.9, "kept"), (22.0, "kept"), (22.1, "missed")])
def test_a_ratio_is_kept_up_to_its_limit(ours, word):
    [verdict] = judge([RATIO], figures(ours, 10.0))
    assert verdict.word == word


def test_an_absolute_budget_is_compared_as_it_stands():
    [verdict] = judge([ABSOLUTE], {"ours": {"training": 91.0}})
    assert (verdict.measured, verdict.word) == (91.0, "missed")


def test_a_budget_without_its_figures_is_not_measured():
    [verdict] = judge([RATIO], {"ours": {"latency_p50": 1.0}})
    assert verdict.word == "not measured"


def test_one_missed_budget_fails_the_run():
    verdicts = judge([RATIO, ABSOLUTE], {**figures(23, 10), "ours": {"training": 5.0}})
    assert not passed(judge([ABSOLUTE], {"ours": {"training": 91.0}}), all_measured=False)
    assert passed(verdicts, all_measured=False)


def test_a_full_run_fails_if_a_budget_was_not_measured():
    assert not passed(judge([RATIO], {}), all_measured=True)


def test_a_partial_run_passes_if_a_budget_was_not_measured():
    assert passed(judge([RATIO], {}), all_measured=False)


def test_the_budgets_of_the_project_are_those_that_were_promised():
    limits = {(b.value, b.over): b.at_most for b in read()}
    assert limits == {
        ("ours.latency_p50", "stock.latency_p50"): 0.35,
        ("ours.latency_p50", "floor.latency_p50"): 2.2,
        ("ours.turn_400", "ours.turn_20"): 1.3,
        ("ours.training", None): 90,
        ("ours.start", "floor.start"): 0.7,
        ("ours.memory_pss", "floor.memory_pss"): 0.8,
        ("ours.environment", None): 1300,
    }


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        ("{name: a, value: our.training, at_most: 1}", "did you mean 'ours'"),
        ("{name: a, value: ours.trainin, at_most: 1}", "did you mean 'training'"),
        ("{name: a, value: ours.training, over: stock.trainin, at_most: 1}", "stock.trainin"),
        ("{name: a, value: ours.training, at_most: fast}", "'fast', not a number"),
        ("{name: a, value: ours.training}", "at_most"),
        ("{name: a, value: ours.training, at_most: 1, unit: s}", "unit"),
    ],
)
def test_a_wrong_budget_is_named_with_its_file(tmp_path, line, problem):
    path = tmp_path / "budgets.yml"
    path.write_text(f"budgets:\n  - {line}\n", encoding="utf-8")
    with pytest.raises(SettingsError, match=problem) as error:
        read(path)
    assert str(path) in str(error.value)


def test_a_file_without_budgets_is_an_error(tmp_path):
    path = tmp_path / "budgets.yml"
    path.write_text("limits: []\n", encoding="utf-8")
    with pytest.raises(SettingsError, match="must hold `budgets:`"):
        read(path)
