"""Questions to the graph of roles: who hands what to whom, who needs a skill, who takes part."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable

from chatbot.knowledge import model
from chatbot.knowledge.base import KnowledgeBase


def roles_in_group(base: KnowledgeBase, group: str) -> list[model.Role]:
    """Return the roles of a group, those that need the least preparation first."""
    members = [role for role in base.roles.values() if role.group == group]
    return sorted(members, key=lambda role: role.job_zone or 0)


def gives(base: KnowledgeBase, role: str) -> list[model.Handover]:
    """Return what a role passes on."""
    return [edge for edge in base.handovers if edge.giver == role]


def receives(base: KnowledgeBase, role: str) -> list[model.Handover]:
    """Return what a role is given."""
    return [edge for edge in base.handovers if edge.receiver == role]


def between(base: KnowledgeBase, one: str, other: str) -> list[model.Handover]:
    """Return the handovers between two roles, in both directions."""
    return [edge for edge in base.handovers if {edge.giver, edge.receiver} == {one, other}]


def path(base: KnowledgeBase, start: str, end: str) -> list[model.Handover]:
    """Return the shortest chain of handovers from one role to another, in either direction.

    Breadth-first search over the undirected graph; empty when both are the same or unconnected.
    """
    edges = _by_role(base.handovers)
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
    edges = _by_role(base.handovers)
    left = set(base.roles)
    parts: list[set[str]] = []
    while left:
        part = _reach(next(iter(sorted(left))), edges)
        parts.append(part)
        left -= part
    return sorted(parts, key=len, reverse=True)


def roles_with_skill(base: KnowledgeBase, skill: str) -> list[tuple[model.Role, model.SkillUse]]:
    """Return the roles that need a skill, those that need it deepest first."""
    depths = ("advanced", "working", "basic")
    found = [(r, use) for r in base.roles.values() for use in r.skills if use.id == skill]
    return sorted(found, key=lambda pair: depths.index(pair[1].depth))


def roles_with_tool(base: KnowledgeBase, tool: str) -> list[tuple[model.Role, model.ToolUse]]:
    """Return the roles that work with a tool, those that name it first first."""
    found = [
        (number, role, use)
        for role in base.roles.values()
        for number, use in enumerate(role.tools)
        if use.id == tool
    ]
    return [(role, use) for _, role, use in sorted(found, key=lambda row: row[0])]


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


def _by_role(edges: Iterable[model.Handover]) -> dict[str, list[model.Handover]]:
    found: dict[str, list[model.Handover]] = {}
    for edge in edges:
        found.setdefault(edge.giver, []).append(edge)
        found.setdefault(edge.receiver, []).append(edge)
    return found


def _reach(start: str, edges: dict[str, list[model.Handover]]) -> set[str]:
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
