"""Questions to the graph of roles: who hands what to whom, who needs a skill, who takes part."""

from __future__ import annotations

from collections import deque
from collections.abc import Mapping, Sequence

from chatbot.knowledge import model
from chatbot.knowledge.base import KnowledgeBase


def roles_in_group(base: KnowledgeBase, group: str) -> list[model.Role]:
    """Return the roles of a group in its order, then those that need the least preparation."""
    told = base.groups[group].order if group in base.groups else ()
    place = {role: number for number, role in enumerate(told)}
    members = base.members.get(group, ())
    return sorted(members, key=lambda role: (place.get(role.id, len(place)), role.job_zone or 0))


def gives(base: KnowledgeBase, role: str) -> list[model.Handover]:
    """Return what a role passes on."""
    return [edge for edge in base.handovers_of.get(role, ()) if edge.giver == role]


def receives(base: KnowledgeBase, role: str) -> list[model.Handover]:
    """Return what a role is given."""
    return [edge for edge in base.handovers_of.get(role, ()) if edge.receiver == role]


def between(base: KnowledgeBase, one: str, other: str) -> list[model.Handover]:
    """Return the handovers between two roles, in both directions."""
    ends = {one, other}
    return [e for e in base.handovers_of.get(one, ()) if {e.giver, e.receiver} == ends]


def path(base: KnowledgeBase, start: str, end: str) -> list[model.Handover]:
    """Return the shortest chain of handovers from one role to another, in either direction.

    Breadth-first search over the undirected graph; empty when both are the same or unconnected.
    """
    edges = base.handovers_of
    came: dict[str, model.Handover | None] = {start: None}
    queue = deque([start])
    while queue and end not in came:
        here = queue.popleft()
        for edge in edges.get(here, ()):
            there = edge.receiver if edge.giver == here else edge.giver
            if there not in came:
                came[there] = edge
                queue.append(there)
    return _walk_back(came, start, end)


def connected_parts(base: KnowledgeBase) -> list[set[str]]:
    """Return the sets of roles that handovers connect, the largest first."""
    left = set(base.roles)
    parts: list[set[str]] = []
    while left:
        part = _reach(min(left), base.handovers_of)
        parts.append(part)
        left -= part
    return sorted(parts, key=len, reverse=True)


def roles_with_skill(base: KnowledgeBase, skill: str) -> list[tuple[model.Role, model.SkillUse]]:
    """Return the roles that need a skill, those that need it deepest first."""
    depths = ("advanced", "working", "basic")
    return sorted(base.skill_uses.get(skill, ()), key=lambda pair: depths.index(pair[1].depth))


def roles_with_tool(base: KnowledgeBase, tool: str) -> list[tuple[model.Role, model.ToolUse]]:
    """Return the roles that work with a tool, those that name it first first."""
    found = sorted(base.tool_uses.get(tool, ()), key=lambda row: row[0])
    return [(role, use) for _, role, use in found]


def processes_with(base: KnowledgeBase, role: str) -> list[tuple[model.Process, int]]:
    """Return the processes a role takes part in, each with the number of its first step there."""
    return [
        (process, number)
        for process in base.processes.values()
        for number in [next((n for n, s in enumerate(process.steps, 1) if s.role == role), 0)]
        if number
    ]


def size_for(base: KnowledgeBase, people: int) -> model.ShopSize:
    """Return the size of shop that a number of people makes; beyond all ranges the nearest."""
    sizes = list(base.shop_sizes.values())
    fitting = [size for size in sizes if people <= (size.people[1] or people)]
    return fitting[0] if fitting else sizes[-1]


def _reach(start: str, edges: Mapping[str, Sequence[model.Handover]]) -> set[str]:
    seen, queue = {start}, deque([start])
    while queue:
        for edge in edges.get(queue.popleft(), ()):
            for role in (edge.giver, edge.receiver):
                if role not in seen:
                    seen.add(role)
                    queue.append(role)
    return seen


def _walk_back(
    came: dict[str, model.Handover | None], start: str, end: str
) -> list[model.Handover]:
    steps: list[model.Handover] = []
    here = end if end in came else start
    while here != start:
        edge = came[here]
        assert edge is not None  # only `start` has no edge that leads to it
        steps.append(edge)
        here = edge.giver if edge.receiver == here else edge.receiver
    return steps[::-1]
