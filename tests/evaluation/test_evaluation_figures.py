from __future__ import annotations

import pytest

from chatbot.evaluation.figures import (
    Bin,
    Confusion,
    Dialogues,
    Tally,
    Times,
    calibration,
    confusions,
    dialogues,
    section,
    sums,
    times,
)
from tests.evaluation.made import dialogue, outcome

# Five cases: one right, one with another role, one declined, one declined rightly, one not.
FIVE = [
    outcome("duties", "duties", roles=["a"]),
    outcome("duties", "duties", roles=["a"], answered=["b"], voice="other"),
    outcome("skills", "out_of_scope", roles=["a"], answered=[]),
    outcome("out_of_scope", "out_of_scope"),
    outcome("out_of_scope", "duties", voice="other"),
]


def test_cases_in_scope_are_counted_apart() -> None:
    found = sums(FIVE)
    assert found.in_scope == Tally(cases=3, topic=2, role=1, both=1)
    assert found.out_of_scope == Tally(cases=2, topic=1, role=2, both=1)
    assert found.all == Tally(cases=5, topic=3, role=3, both=2)


def test_a_false_alarm_is_a_case_in_scope_that_was_declined() -> None:
    assert sums(FIVE).false_alarms == 1


def test_topics_of_the_dialogue_do_not_count_among_the_intents() -> None:
    found = sums([outcome("clarify", "duties"), outcome("duties", "duties")])
    assert (found.in_scope.cases, found.intents.cases) == (2, 1)


def test_figures_are_told_by_voice_topic_and_both() -> None:
    found = section(FIVE)
    assert found.by_voice["other"].in_scope == Tally(1, 1, 0, 0)
    assert found.by_topic["duties"] == Tally(2, 2, 1, 1)
    assert found.by_topic_and_voice["duties"] == {
        "other": Tally(1, 1, 0, 0),
        "plain": Tally(1, 1, 1, 1),
    }
    assert list(found.by_topic) == ["duties", "out_of_scope", "skills"]


def test_the_most_frequent_confusion_comes_first() -> None:
    rows = [outcome("tools", "skills"), outcome("duties", "tools"), outcome("tools", "skills")]
    assert confusions(rows) == (Confusion("tools", "skills", 2), Confusion("duties", "tools", 1))


def test_right_topics_are_no_confusion() -> None:
    assert confusions([outcome("tools", "tools", roles=["a"], answered=[])]) == ()


def test_confidence_is_compared_with_right_topics_in_bins() -> None:
    found = calibration([(0.1, False), (0.3, True), (0.9, True), (1.0, True)], bins=2)
    assert found.bins == (Bin(0.0, 2, 0.2, 0.5), Bin(0.5, 2, 0.95, 1.0))
    # Half the cases are 0.3 away, the other half 0.05.
    assert found.error == pytest.approx(0.5 * 0.3 + 0.5 * 0.05)


def test_a_sure_and_right_system_has_no_calibration_error() -> None:
    assert calibration([(1.0, True), (0.0, False)]).error == 0


def test_bins_without_cases_are_left_out() -> None:
    assert [one.low for one in calibration([(0.55, True)]).bins] == [0.5]


@pytest.mark.parametrize(
    ("milliseconds", "expected"),
    [([7.0], Times(7.0, 7.0)), ([float(n) for n in range(1, 101)], Times(50.0, 95.0))],
)
def test_percentiles_are_taken_by_rank(milliseconds: list[float], expected: Times) -> None:
    assert times(milliseconds) == expected


def test_a_dialogue_is_right_when_every_turn_is() -> None:
    right = dialogue("one", [("greet", "greet"), ("help", "help")])
    wrong = dialogue("two", [("greet", "greet"), ("help", "duties")])
    assert dialogues([*right, *wrong]) == {"plain": Dialogues(2, 1)}


def test_dialogues_of_two_voices_may_have_the_same_name() -> None:
    rows = [*dialogue("one", [("greet", "greet")]), *dialogue("one", [("greet", "help")], "other")]
    assert dialogues(rows) == {"plain": Dialogues(1, 1), "other": Dialogues(1, 0)}
