"""Ways between roles: what comes next, what lies beside, the shortest way from one to another.

Rungs are the levels that the role files state, in either file: whoever lists a role as `previous`
follows it, and whoever is listed as `next` does so too.
"""

from __future__ import annotations

import math
from collections import defaultdict, deque
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum

from chatbot.knowledge import model
from chatbot.knowledge.base import KnowledgeBase
from chatbot.knowledge.graph import between

# A role of this O*NET job zone or below takes beginners after short training.
OPEN_ZONE = 2
# Skill whose deep use marks a role that leads others.
_LEADING = "leadership"
_DEPTHS = {"basic": 1, "working": 2, "advanced": 3}
# Roles beside one that an answer may name.
_BESIDE = 3
# Skills that two roles must share for a change of track between them to count as a step.
_SHARED_FOR_STEP = 2


class Kind(Enum):
    """How one gets from a role to another."""

    LEVELS = "levels"  # along the levels, upwards
    BACK = "back"  # the other role usually comes before
    CHANGE = "change"  # no levels lead there; a change of track and then levels


@dataclass(frozen=True)
class Way:
    """The way from one role to another.

    Args:
        kind: how.
        roles: ids of the roles on the way behind the first one; the last is the goal.
    """

    kind: Kind
    roles: tuple[str, ...]


def rungs(base: KnowledgeBase) -> Mapping[str, Sequence[str]]:
    """Return the roles that follow each role on the levels."""
    found: dict[str, dict[str, None]] = defaultdict(dict)
    for role in base.roles.values():
        for level in role.levels.next:
            if level.role:
                found[role.id][level.role] = None
    for role in base.roles.values():
        for level in role.levels.previous:
            if level.role:
                found[level.role][role.id] = None
    return {role: tuple(following) for role, following in found.items()}


def climb(base: KnowledgeBase, starts: Iterable[str], goal: str) -> tuple[str, ...]:
    """Return the shortest way over levels to a role, from the first of the starts that is nearest.

    Breadth-first search; the start stands first. Empty when no start leads to the goal.
    """
    following = rungs(base)
    came: dict[str, str | None] = dict.fromkeys(starts)
    queue = deque(came)
    while queue and goal not in came:
        here = queue.popleft()
        for there in following.get(here, ()):
            if there not in came:
                came[there] = here
                queue.append(there)
    way: list[str] = []
    here_or_end: str | None = goal if goal in came else None
    while here_or_end:
        way.append(here_or_end)
        here_or_end = came[here_or_end]
    return tuple(reversed(way))


def way(base: KnowledgeBase, start: str, goal: str) -> Way:
    """Return how one gets from a role to another.

    Where no levels lead there, the way begins with a change of track: into a role that shares
    skills with the first one, or into one that takes beginners.
    """
    straight = climb(base, [start], goal)
    if straight:
        return Way(Kind.LEVELS, straight[1:])
    if climb(base, [goal], start):
        return Way(Kind.BACK, (goal,))
    doors = _doors(base, start)
    if goal in doors:
        return Way(Kind.CHANGE, (goal,))
    return Way(Kind.CHANGE, climb(base, doors, goal) or (goal,))


def way_in(base: KnowledgeBase, goal: str, first: Iterable[str] = ()) -> tuple[str, ...]:
    """Return the shortest way over levels from a role that takes beginners; the goal if none.

    Args:
        base: the knowledge base.
        goal: id of the role.
        first: roles to begin in if the way is not longer for it.
    """
    return climb(base, (*first, *_open_roles(base)), goal) or (goal,)


def is_open(role: model.Role) -> bool:
    """Tell whether a role takes beginners after short training."""
    return role.entry.beginners or (role.job_zone or OPEN_ZONE + 1) <= OPEN_ZONE


def leads(role: model.Role) -> bool:
    """Tell whether a role leads others."""
    return any(use.id == _LEADING and use.depth == "advanced" for use in role.skills)


def up(base: KnowledgeBase, role: str) -> list[str]:
    """Return the roles that follow on the levels and stand higher.

    They need more preparation (O*NET job zone), or lead others.
    """
    own = base.roles[role]
    return [key for key in rungs(base).get(role, ()) if _is_higher(own, base.roles[key])]


def _is_higher(role: model.Role, other: model.Role) -> bool:
    return (other.job_zone or 0) > (role.job_zone or 0) or leads(other)


def beside(base: KnowledgeBase, role: str) -> list[str]:
    """Return the roles at about the same level into which one can move, the nearest first.

    Those that the levels name and that stand no higher come first, then those that share most
    skills; where there are none, the neighbours in the same group. Roles that usually come before
    are left out.
    """
    own = base.roles[role]
    higher = set(up(base, role))
    listed = [key for key in rungs(base).get(role, ()) if key not in higher]
    others = [key for key in _level_with(base, own) if key not in higher]
    alike = [key for key in others if len(_common(own, base.roles[key])) >= _SHARED_FOR_STEP]
    alike.sort(key=lambda key: -likeness(base, own, base.roles[key]))
    found = list(dict.fromkeys((*listed, *alike)))[:_BESIDE]
    return found or _neighbours(base, own, others)


def _level_with(base: KnowledgeBase, role: model.Role) -> list[str]:
    """Return the roles of about a role's level that do not usually come before it."""
    following = rungs(base)
    return [
        key
        for key, other in base.roles.items()
        if key != role.id and role.id not in following.get(key, ())
        if not leads(other) and 0 <= (other.job_zone or 0) - (role.job_zone or 0) <= 1
    ]


def _neighbours(base: KnowledgeBase, role: model.Role, others: Iterable[str]) -> list[str]:
    """Return the roles of the same group that one works with most."""
    ties = {key: len(between(base, role.id, key)) for key in others}
    same = [key for key in ties if ties[key] and base.roles[key].group == role.group]
    return sorted(same, key=lambda key: -ties[key])[:_BESIDE]


def _common(role: model.Role, other: model.Role) -> Collection[str]:
    return {use.id for use in role.skills} & {use.id for use in other.skills}


def likeness(base: KnowledgeBase, one: model.Role, other: model.Role) -> float:
    """Return how alike the skills of two roles are: 0 to 1.

    Cosine of the depths, each weighted by how rare the skill is among the roles.
    """
    left, right = _weights(base, one), _weights(base, other)
    dot = sum(weight * right[skill] for skill, weight in left.items() if skill in right)
    norms = math.sqrt(sum(w * w for w in left.values()) * sum(w * w for w in right.values()))
    return dot / norms if norms else 0.0


def to_gain(base: KnowledgeBase, have: Collection[str], role: str) -> list[model.SkillUse]:
    """Return the skills of a role that are not among those one has, trade skills first.

    Args:
        base: the knowledge base.
        have: ids of skills.
        role: id of the role.
    """
    missing = [use for use in base.roles[role].skills if use.id not in have]
    return sorted(
        missing, key=lambda use: (base.skills[use.id].kind == "soft", -_DEPTHS[use.depth])
    )


def shared(base: KnowledgeBase, have: Collection[str], role: str) -> list[model.SkillUse]:
    """Return the skills of a role that are among those one has, the most important first."""
    return [use for use in base.roles[role].skills if use.id in have]


def skills_of(base: KnowledgeBase, roles: Iterable[str]) -> set[str]:
    """Return the ids of the skills of some roles."""
    return {str(use.id) for role in roles for use in base.roles[role].skills}


def _doors(base: KnowledgeBase, start: str) -> list[str]:
    """Return the roles into which one can change from another track, the likeliest first."""
    own = base.roles[start]
    have = skills_of(base, [start])
    doors = [
        role.id
        for role in base.roles.values()
        if role.id != start
        if is_open(role)
        or (len(shared(base, have, role.id)) >= _SHARED_FOR_STEP and not _far_up(own, role))
    ]
    return sorted(doors, key=lambda key: -likeness(base, own, base.roles[key]))


def _far_up(role: model.Role, other: model.Role) -> bool:
    more = (other.job_zone or 0) - (role.job_zone or 0)
    return more > 1 or (leads(other) and not leads(role))


def _open_roles(base: KnowledgeBase) -> list[str]:
    """Return the roles that take beginners, those that need the least preparation first."""
    roles = [role for role in base.roles.values() if is_open(role)]
    return [role.id for role in sorted(roles, key=lambda role: role.job_zone or 0)]


def _weights(base: KnowledgeBase, role: model.Role) -> dict[str, float]:
    total = len(base.roles)
    return {
        use.id: _DEPTHS[use.depth] * math.log(1 + total / len(base.skill_uses[use.id]))
        for use in role.skills
    }
