"""Every quiz question that the knowledge base makes, its options and the order."""

from __future__ import annotations

import re
from collections import Counter

import pytest

from chatbot.knowledge import quiz
from chatbot.knowledge.base import KnowledgeBase
from tests.support.checks import assert_none
from tests.support.quizzes import every_item

SEEDS = ("", "ann|quiz me", "ben|test my knowledge")


def test_there_are_many_questions_of_every_kind(base: KnowledgeBase) -> None:
    kinds = Counter(item.kind for item in every_item())
    assert min(kinds.values()) >= 60
    assert set(kinds) == {quiz.STEP, quiz.LATE, quiz.TAKER, quiz.GIVER, quiz.DUTY}
    assert {item.role for item in every_item()} == set(base.roles)


def test_hardly_a_question_is_left_out(base: KnowledgeBase) -> None:
    assert len(every_item()) >= 0.97 * len(list(quiz.ids(base)))


def test_each_question_has_four_options_and_the_right_one_among_them(base: KnowledgeBase) -> None:
    wrong = [
        item.id
        for item in every_item()
        for options in [quiz.options(item, base)]
        if len(options) != quiz.OPTIONS
        or len(set(options)) != quiz.OPTIONS
        or item.role not in options
        or item.asker in options
    ]
    assert_none(wrong, "questions have wrong options")


def test_the_right_option_stands_at_every_place_about_as_often(base: KnowledgeBase) -> None:
    places = Counter(quiz.options(item, base).index(item.role) for item in every_item())
    assert all(0.2 < count / len(every_item()) < 0.3 for count in places.values())


def test_wrong_options_are_near(base: KnowledgeBase) -> None:
    near = 0
    for item in every_item():
        for role in quiz.options(item, base):
            near += role != item.role and base.roles[role].group == base.roles[item.role].group
    assert near / len(every_item()) > 1  # of three


def test_no_situation_says_a_name_of_the_right_role(base: KnowledgeBase) -> None:
    given_away = [
        f"{item.id}: {name}"
        for item in every_item()
        for role in [base.roles[item.role]]
        for name in (role.name, *role.aliases.en, *role.aliases.short)
        if re.search(rf"\b{re.escape(name.lower())}\b", " ".join(item.texts).lower())
    ]
    assert_none(given_away, "situations give the role away")


@pytest.mark.parametrize("seed", SEEDS)
def test_the_order_holds_each_question_once(base: KnowledgeBase, seed: str) -> None:
    order = quiz.order(base, seed)
    assert sorted(order) == sorted(key for key, _ in quiz.ids(base))


def test_the_order_follows_from_the_seed(base: KnowledgeBase) -> None:
    quiz.order.cache_clear()
    first = quiz.order(base, SEEDS[1])
    quiz.order.cache_clear()
    assert quiz.order(base, SEEDS[1]) == first
    assert quiz.order(base, SEEDS[2])[:5] != first[:5]


def test_kinds_take_turns_and_roles_are_not_asked_for_again_soon(base: KnowledgeBase) -> None:
    roles = dict(quiz.ids(base))
    start = quiz.order(base, SEEDS[1])[:30]
    assert len({key.split("/")[0] for key in start[:10]}) == 5
    for place in range(len(start) - quiz.APART):
        window = [roles[key] for key in start[place : place + quiz.APART]]
        assert len(set(window)) == len(window)


def test_a_scope_keeps_to_its_group_or_process(base: KnowledgeBase) -> None:
    roles = dict(quiz.ids(base))
    of_group = quiz.order(base, "x", "group/marketing")
    assert of_group
    assert {base.roles[roles[key]].group for key in of_group} == {"marketing"}
    of_process = quiz.order(base, "x", "process/sale-day")
    assert len(of_process) == 2 * len(base.processes["sale-day"].steps)
    assert {key.split("/")[1] for key in of_process} == {"sale-day"}


@pytest.mark.parametrize("scope", ["group/none", "process/none"])
def test_an_unknown_scope_has_no_questions(base: KnowledgeBase, scope: str) -> None:
    assert quiz.order(base, "x", scope) == ()


@pytest.mark.parametrize("key", ["", "step/sale-day/99", "none/sale-day/1", "giver/nobody/1", "x"])
def test_an_unknown_question_is_not_found(base: KnowledgeBase, key: str) -> None:
    assert quiz.find(base, key) is None
