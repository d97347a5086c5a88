from __future__ import annotations

from itertools import combinations

import pytest

from chatbot.knowledge import graph
from chatbot.knowledge.base import KnowledgeBase


def neighbours(base: KnowledgeBase, role: str) -> set[str]:
    edges = [edge for edge in base.handovers if role in (edge.giver, edge.receiver)]
    return {end for edge in edges for end in (edge.giver, edge.receiver)} - {role}


def distances(base: KnowledgeBase, start: str) -> dict[str, int]:
    """Count steps from a role to all others, ring by ring."""
    found = {start: 0}
    ring = {start}
    while ring:
        ring = {end for role in ring for end in neighbours(base, role)} - found.keys()
        found |= dict.fromkeys(ring, max(found.values()) + 1)
    return found


def test_a_handover_is_found_from_both_ends(base: KnowledgeBase) -> None:
    for edge in base.handovers:
        assert edge in graph.gives(base, edge.giver)
        assert edge in graph.receives(base, edge.receiver)
        assert edge not in graph.receives(base, edge.giver)


def test_a_handover_stated_by_the_receiver_points_the_same_way(base: KnowledgeBase) -> None:
    for role in base.roles.values():
        for part in role.handovers:
            if part.from_:
                assert part.what in {edge.what for edge in graph.gives(base, part.from_)}
            else:
                assert part.what in {edge.what for edge in graph.gives(base, role.id)}


def test_what_two_roles_hand_over_is_the_same_seen_from_either(base: KnowledgeBase) -> None:
    for one, other in combinations(base.roles, 2):
        assert graph.between(base, one, other) == graph.between(base, other, one)


def test_a_role_hands_nothing_to_itself(base: KnowledgeBase) -> None:
    assert [role for role in base.roles if graph.between(base, role, role)] == []


def test_all_roles_are_connected(base: KnowledgeBase) -> None:
    assert graph.connected_parts(base) == [set(base.roles)]


@pytest.mark.parametrize("start", ["crm-specialist", "warehouse-manager", "ux-designer"])
def test_a_path_is_a_chain_of_handovers_and_as_short_as_can_be(
    base: KnowledgeBase, start: str
) -> None:
    shortest = distances(base, start)
    for end in base.roles:
        chain = graph.path(base, start, end)
        here = start
        for edge in chain:
            assert here in (edge.giver, edge.receiver)
            here = edge.receiver if edge.giver == here else edge.giver
        assert here == end
        assert len(chain) == shortest[end]


def test_the_path_to_oneself_and_to_nobody_is_empty(base: KnowledgeBase) -> None:
    assert graph.path(base, "crm-specialist", "crm-specialist") == []
    assert graph.path(base, "crm-specialist", "nobody") == []


def test_roles_that_need_a_skill_deepest_stand_first(base: KnowledgeBase) -> None:
    depths = ["advanced", "working", "basic"]
    for skill in base.skills:
        found = [depths.index(use.depth) for _, use in graph.roles_with_skill(base, skill)]
        assert found == sorted(found)


def test_every_role_that_names_a_skill_is_found_by_it(base: KnowledgeBase) -> None:
    for role in base.roles.values():
        for use in role.skills:
            assert (role, use) in graph.roles_with_skill(base, use.id)


def test_every_role_that_names_a_tool_is_found_by_it(base: KnowledgeBase) -> None:
    for role in base.roles.values():
        for use in role.tools:
            assert (role, use) in graph.roles_with_tool(base, use.id)


def test_roles_that_name_a_tool_first_stand_first(base: KnowledgeBase) -> None:
    for tool in base.tools:
        places = [role.tools.index(use) for role, use in graph.roles_with_tool(base, tool)]
        assert places == sorted(places)


def test_nobody_needs_a_skill_that_does_not_exist(base: KnowledgeBase) -> None:
    assert graph.roles_with_skill(base, "juggling") == []
    assert graph.roles_with_tool(base, "juggling") == []


def test_a_role_takes_part_in_a_process_from_its_first_step_on(base: KnowledgeBase) -> None:
    for role in base.roles:
        for process, number in graph.processes_with(base, role):
            owners = [step.role for step in process.steps]
            assert owners.index(role) == number - 1


def test_each_role_of_a_group_is_listed_once_and_the_easiest_to_enter_first(
    base: KnowledgeBase,
) -> None:
    for group in base.groups:
        members = graph.roles_in_group(base, group)
        assert {r.id for r in members} == {r.id for r in base.roles.values() if r.group == group}
        told = base.groups[group].order
        assert tuple(role.id for role in members[: len(told)]) == told
        zones = [role.job_zone or 0 for role in members[len(told) :]]
        assert zones == sorted(zones)
