"""Ways between roles over the levels of the knowledge base."""

from __future__ import annotations

from itertools import pairwise, permutations

import pytest

from chatbot.knowledge import ladder
from chatbot.knowledge.base import KnowledgeBase
from chatbot.knowledge.ladder import Kind
from tests.support.base import knowledge_base
from tests.support.checks import assert_none

BASE = knowledge_base()
PAIRS = list(permutations(BASE.roles, 2))
each_role = pytest.mark.parametrize("role", BASE.roles)


def test_a_level_stated_by_either_role_counts(base: KnowledgeBase) -> None:
    # The agent's file names the supervisor, the administrator's the support engineer.
    following = ladder.rungs(base)
    assert "customer-service-supervisor" in following["customer-service-specialist"]
    assert "site-administrator" in following["technical-support-engineer"]


def test_every_pair_has_a_way_that_ends_at_its_goal() -> None:
    wrong = [
        f"{start} -> {goal}: {way}"
        for start, goal in PAIRS
        for way in [ladder.way(BASE, start, goal)]
        if not way.roles or way.roles[-1] != goal or start in way.roles
    ]
    assert_none(wrong, "ways do not lead to their goal")


def test_every_step_of_a_way_over_levels_is_a_level() -> None:
    following = ladder.rungs(BASE)
    wrong = []
    for start, goal in PAIRS:
        way = ladder.way(BASE, start, goal)
        path = (start, *way.roles) if way.kind is Kind.LEVELS else way.roles
        wrong += [f"{a} -> {b}" for a, b in pairwise(path) if b not in following.get(a, ())]
    assert_none(wrong, "steps are no levels")


def test_no_way_over_levels_is_longer_than_need_be() -> None:
    # Two roles that stand on adjoining levels are one step apart.
    for role, following in ladder.rungs(BASE).items():
        for other in following:
            assert ladder.way(BASE, role, other) == ladder.Way(Kind.LEVELS, (other,))


def test_the_way_against_the_levels_is_a_step_back(base: KnowledgeBase) -> None:
    way = ladder.way(base, "operations-manager", "operations-assistant")
    assert (way.kind, way.roles) == (Kind.BACK, ("operations-assistant",))


def test_a_change_of_track_begins_where_skills_are_shared_or_beginners_are_taken() -> None:
    wrong = []
    for start, goal in PAIRS:
        way = ladder.way(BASE, start, goal)
        first = BASE.roles[way.roles[0]]
        if way.kind is not Kind.CHANGE or ladder.is_open(first) or first.id == goal:
            continue
        if len(ladder.shared(BASE, ladder.skills_of(BASE, [start]), first.id)) < 2:
            wrong.append(f"{start} -> {goal} over {first.id}")
    assert_none(wrong, "changes of track have no reason")


@each_role
def test_every_role_can_be_reached_from_one_that_takes_beginners(role: str) -> None:
    way = ladder.way_in(BASE, role)
    assert ladder.is_open(BASE.roles[way[0]])
    assert way[-1] == role


@each_role
def test_up_and_beside_name_other_roles_and_none_twice(role: str) -> None:
    found = [*ladder.up(BASE, role), *ladder.beside(BASE, role)]
    assert role not in found
    assert len(found) == len(set(found))


@each_role
def test_what_stands_beside_is_not_what_comes_before(role: str) -> None:
    following = ladder.rungs(BASE)
    listed = following.get(role, ())
    before = [
        other
        for other in ladder.beside(BASE, role)
        if role in following.get(other, ()) and other not in listed
    ]
    assert before == []


def test_a_leader_stands_higher_at_the_same_zone(base: KnowledgeBase) -> None:
    supervisor, manager = "customer-service-supervisor", "customer-service-manager"
    assert base.roles[supervisor].job_zone == base.roles[manager].job_zone
    assert manager in ladder.up(base, supervisor)


def test_likeness_is_one_with_oneself_and_the_same_both_ways(base: KnowledgeBase) -> None:
    one, other = base.roles["order-manager"], base.roles["in-sale-customer-service"]
    assert ladder.likeness(base, one, one) == pytest.approx(1)
    assert ladder.likeness(base, one, other) == pytest.approx(ladder.likeness(base, other, one))
    assert 0.3 < ladder.likeness(base, one, other) < 1


def test_skills_to_gain_are_those_one_lacks_trade_skills_first(base: KnowledgeBase) -> None:
    have = {"analytical-thinking", "sql"}
    gain = [use.id for use in ladder.to_gain(base, have, "data-analyst")]
    kinds = [base.skills[skill].kind == "soft" for skill in gain]
    assert have.isdisjoint(gain)
    assert kinds == sorted(kinds)
    assert {*gain, *have} >= {use.id for use in base.roles["data-analyst"].skills}


def test_unconnected_roles_give_an_empty_climb(base: KnowledgeBase) -> None:
    assert ladder.climb(base, ["operations-manager"], "quality-controller") == ()
    assert ladder.climb(base, [], "quality-controller") == ()
