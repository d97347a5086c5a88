from __future__ import annotations

import pytest

from benchmarks.stats import around, percentile, ratio


@pytest.mark.parametrize(
    ("share", "expected"), [(0.5, 50), (0.95, 95), (0.99, 99), (1.0, 100), (0.001, 1)]
)
def test_a_percentile_is_the_value_that_this_share_does_not_exceed(share, expected):
    assert percentile(list(range(100, 0, -1)), share) == expected


def test_a_percentile_of_one_value_is_that_value():
    assert percentile([7.0], 0.99) == 7.0


def test_a_percentile_of_nothing_is_an_error():
    with pytest.raises(ValueError, match="no values"):
        percentile([], 0.5)


@pytest.mark.parametrize("share", [0, -0.1, 50])
def test_a_percentile_takes_a_share_and_not_a_number_of_percent(share):
    with pytest.raises(ValueError, match="at most 1"):
        percentile([1.0], share)


def test_a_turn_is_measured_by_the_median_of_the_turns_around_it():
    times = [1000.0] * 12 + [5.0] * 7 + [6.0] + [7.0] * 7 + [1000.0]
    assert around(times, turn=20, width=15) == 6.0


def test_one_slow_turn_does_not_change_the_figure_of_a_turn():
    times = [5.0] * 19 + [900.0] + [5.0] * 20
    assert around(times, turn=20, width=15) == 5.0


@pytest.mark.parametrize("turn", [7, 34])
def test_a_turn_too_near_to_an_end_is_an_error(turn):
    with pytest.raises(ValueError, match=f"turn {turn}"):
        around([1.0] * 40, turn, width=15)


@pytest.mark.parametrize("turn", [8, 33])
def test_the_outermost_turns_that_have_all_neighbours_are_measured(turn):
    assert around([1.0] * 40, turn, width=15) == 1.0


def test_a_ratio_divides_the_first_by_the_second():
    assert ratio(10.0, 40.0) == 0.25


@pytest.mark.parametrize(("value", "other"), [(None, 1.0), (1.0, None), (1.0, 0.0)])
def test_without_two_figures_there_is_no_ratio(value, other):
    assert ratio(value, other) is None
