from __future__ import annotations

import pytest

from chatbot.evaluation.cases import Case
from chatbot.evaluation.judge import Answered, Verdict, from_slot, judge


def test_equal_topic_and_roles_are_right() -> None:
    assert judge(Case("t", "skills", ("a",)), Answered("skills", ("a",))) == Verdict(True, True)


def test_the_order_of_roles_does_not_matter() -> None:
    assert judge(Case("t", "compare", ("a", "b")), Answered("compare", ("b", "a"))).both


@pytest.mark.parametrize("roles", [(), ("b",), ("a", "b")])
def test_other_more_or_fewer_roles_are_wrong(roles: tuple[str, ...]) -> None:
    assert judge(Case("t", "skills", ("a",)), Answered("skills", roles)) == Verdict(True, False)


def test_the_role_can_be_right_when_the_topic_is_not() -> None:
    assert judge(Case("t", "skills", ("a",)), Answered("tools", ("a",))) == Verdict(False, True)


@pytest.mark.parametrize("topic", ["unknown_role", "out_of_scope", "recommend", "clarify"])
def test_roles_do_not_count_where_there_is_no_right_one(topic: str) -> None:
    assert judge(Case("t", topic), Answered(topic, ("a", "b"))).both


def test_a_group_that_the_case_names_must_be_answered() -> None:
    case = Case("t", "group_overview", group="marketing")
    assert judge(case, Answered("group_overview", group="marketing")).both
    assert not judge(case, Answered("group_overview", group="technology")).role


def test_a_group_that_the_case_does_not_name_does_not_matter() -> None:
    assert judge(Case("t", "list_groups"), Answered("list_groups", group="marketing")).both


@pytest.mark.parametrize("answered", [Answered("t", skill="sql"), Answered("t", term="sql")])
@pytest.mark.parametrize("case", [Case("x", "t", skill="sql"), Case("x", "t", term="sql")])
def test_a_skill_may_be_answered_as_a_term_and_the_reverse(case: Case, answered: Answered) -> None:
    assert judge(case, answered).both


def test_another_term_is_wrong() -> None:
    assert not judge(Case("t", "define", term="sku"), Answered("define", term="moq")).role


def test_the_slot_answered_is_read() -> None:
    slot = {"topic": "tools", "roles": ["a"], "group": None, "skill": "s", "term": None}
    assert from_slot(slot) == Answered("tools", ("a",), None, "s", None)
