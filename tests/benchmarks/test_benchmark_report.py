from __future__ import annotations

import json
from pathlib import Path

import pytest

from benchmarks.budgets import Budget, judge
from benchmarks.report import Machine, Run, as_json, check_ending, markdown, number, write
from chatbot.errors import SettingsError

FIGURES = {
    "ours": {"latency_p50": 7.04, "reply_length": 480.0},
    "stock": {"latency_p50": 62.3, "reply_length": 500.0},
    "floor": {"latency_p50": 3.53, "reply_length": 500.0},
}
BUDGETS = [
    Budget("quick", "ours.latency_p50", 0.35, over="stock.latency_p50"),
    Budget("training", "ours.training", 90),
]


@pytest.fixture
def run():
    return Run(
        date="2026-01-02",
        machine=Machine("A processor", 2, 16.0, "Linux 6", "3.10.13", 4.0),
        settings={"rounds": 10},
        trained={"stock": "2026-01-01"},
        figures=FIGURES,
        verdicts=judge(BUDGETS, FIGURES),
    )


def cells(text: str, label: str) -> list[str]:
    line = next(line for line in text.splitlines() if line.startswith(f"| {label}"))
    return [cell.strip() for cell in line.strip("|").split("|")]


def test_a_row_holds_the_figures_of_all_systems_and_both_ratios(run):
    row = cells(markdown(run), "a message, p50")
    assert row == ["a message, p50", "ms", "7.04", "62.3", "3.53", "0.11", "1.99"]


def test_the_length_of_replies_has_no_ratio(run):
    assert cells(markdown(run), "reply, median")[-2:] == ["-", "-"]


def test_a_measure_that_nobody_took_has_no_row(run):
    assert "turn 400" not in markdown(run)


def test_a_budget_is_shown_with_its_figure_limit_and_verdict(run):
    row = cells(markdown(run), "quick")
    assert row == ["quick", "ours.latency_p50 / stock.latency_p50", "0.11", "0.35", "kept"]


def test_a_budget_that_was_not_measured_says_so(run):
    assert cells(markdown(run), "training")[-3:] == ["-", "90", "not measured"]


def test_the_head_names_machine_date_settings_and_the_day_of_training(run):
    head = markdown(run).splitlines()[0]
    for part in (
        "2026-01-02",
        "A processor",
        "2 cores",
        "4% in use",
        "rounds 10",
        "stock 2026-01-01",
    ):
        assert part in head


def test_every_row_of_a_table_has_as_many_cells_as_its_head(run):
    rows = [line for line in markdown(run).splitlines() if line.startswith("|")]
    assert {line.count("|") for line in rows} == {8, 6}


def test_json_holds_figures_and_verdicts(run):
    content = json.loads(as_json(run))
    assert content["figures"]["ours"]["latency_p50"] == 7.04
    assert [one["verdict"] for one in content["verdicts"]] == ["kept", "not measured"]


@pytest.mark.parametrize(("name", "start"), [("r.json", "{"), ("r.md", "2026-01-02")])
def test_the_ending_of_the_file_decides_what_is_written(run, tmp_path, name, start):
    write(run, tmp_path / name)
    assert (tmp_path / name).read_text(encoding="utf-8").startswith(start)


def test_another_ending_is_refused():
    with pytest.raises(SettingsError, match=r"\.json or \.md"):
        check_ending(Path("results.csv"))


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (None, "-"),
        (3.5349, "3.53"),
        (62.34, "62.3"),
        (549.4, "549"),
        (2789.0, "2789"),
        (0.5, "0.5"),
    ],
)
def test_figures_have_three_digits_at_most_behind_a_point(value, shown):
    assert number(value) == shown
