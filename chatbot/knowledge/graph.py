"""Questions to the graph of roles: who hands what to whom, who needs a skill, who takes part."""

from __future__ import annotations

from collections import deque
from collections.abc import Mapping, Sequence
from heapq import heappop, heappush

from chatbot.knowledge import model
from chatbot.knowledge.base import KnowledgeBase

# A role that a search has come to: cost, number, role, direction of the last handover, chain.
_Reached = tuple[tuple[int, int, int, int], int, str, bool | None, tuple[model.Handover, ...]]


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


def path(
    base: KnowledgeBase, start: str, end: str, *, one_way: bool = False
) -> list[model.Handover]:
    """Return the chain of handovers between two roles that is easiest to tell.

    It has the fewest handovers; of those chains it turns round least often (given on from hand to
    hand), then runs from `start` to `end`, then has the handovers that their givers name first.
    Dijkstra's algorithm over (role, direction), with these four counts as the cost; what is still
    equal goes by the order of the files, so the choice is always the same.

    Args:
        base: the knowledge base.
        start: a role id.
        end: another role id.
        one_way: whether every handover has to run from `start` towards `end`.

    Returns:
        The handovers in the order of the chain; empty when both are the same or unconnected.
    """
    queue: list[_Reached] = [((0, 0, 0, 0), 0, start, None, ())]
    done: set[tuple[str, bool | None]] = set()
    number = 0
    while queue:
        cost, _, here, forward, chain = heappop(queue)
        if here == end:
            return list(chain)
        if (here, forward) in done:
            continue
        done.add((here, forward))
        for edge in base.handovers_of.get(here, ()):
            onwards = edge.giver == here
            if onwards or not one_way:
                number += 1
                there = edge.receiver if onwards else edge.giver
                farther = _cost(cost, edge, forward, onwards)
                heappush(queue, (farther, number, there, onwards, (*chain, edge)))
    return []


def _cost(
    so_far: tuple[int, int, int, int], edge: model.Handover, before: bool | None, onwards: bool
) -> tuple[int, int, int, int]:
    """Return handovers, turns, handovers against the direction of asking, and places in lists."""
    steps, turns, against, places = so_far
    turned = before is not None and before != onwards
    return steps + 1, turns + turned, against + (not onwards), places + edge.place


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


def steps_of(base: KnowledgeBase, role: str) -> list[tuple[model.Process, int]]:
    """Return every step that a role does: the process and the number of the step in it."""
    return [
        (process, number)
        for process in base.processes.values()
        for number, step in enumerate(process.steps, 1)
        if step.role == role
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
