"""What a picture shows, read from the graph of roles; its layout and its description share it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from chatbot.knowledge import graph, model
from chatbot.knowledge.base import KnowledgeBase
from chatbot.pictures import names
from chatbot.pictures.names import Picture

# What a skill counts in a comparison, by how deep it must be known.
DEPTHS: Mapping[str, int] = MappingProxyType({"basic": 1, "working": 2, "advanced": 3})
SKILL_KINDS = ("knowledge", "hard", "soft")
# Letters of the interest code, first in the code weighs most.
INTERESTS = "RIASEC"


@dataclass(frozen=True)
class Tie:
    """A handover with its two roles."""

    edge: model.Handover
    giver: model.Role
    receiver: model.Role


@dataclass(frozen=True)
class Stage:
    """A job before or after a role; `role` is None for a title without an entry."""

    name: str
    note: str
    role: model.Role | None


@dataclass(frozen=True)
class Profile:
    """What a comparison measures of a role.

    Attributes:
        role: whose it is.
        skills: per kind of skill, the sum over its skills of basic 1, working 2, advanced 3.
        interests: per letter of RIASEC, 3 for the first of the role's code, 2, 1, else 0; empty
            when the role has no code.
        job_zone: preparation needed, 1 to 5 (O*NET), or None.
    """

    role: model.Role
    skills: Mapping[str, int]
    interests: Mapping[str, int]
    job_zone: int | None


def of(picture: Picture, base: KnowledgeBase) -> Mapping[str, Any]:
    """Return what the picture shows, by name."""
    return _FACTS[picture.kind](picture.ids, base)


def _role(ids: Sequence[str], base: KnowledgeBase) -> Mapping[str, Any]:
    (role,) = ids
    receives = [_tie(edge, base) for edge in graph.receives(base, role)]
    gives = [_tie(edge, base) for edge in graph.gives(base, role)]
    back = {tie.giver.id for tie in receives} & {tie.receiver.id for tie in gives}
    return {
        "role": base.roles[role],
        # Those with whom it goes both ways come first; they work together most.
        "receives": sorted(receives, key=lambda tie: tie.giver.id not in back),
        "gives": sorted(gives, key=lambda tie: tie.receiver.id not in back),
        "groups": _groups_of([t.giver for t in receives] + [t.receiver for t in gives], base),
    }


def _pair(ids: Sequence[str], base: KnowledgeBase) -> Mapping[str, Any]:
    one, other = ids
    return {
        "one": base.roles[one],
        "other": base.roles[other],
        "steps": [_tie(edge, base) for edge in graph.between(base, one, other)],
        "chain": [_tie(edge, base) for edge in graph.path(base, one, other)],
    }


def _group(ids: Sequence[str], base: KnowledgeBase) -> Mapping[str, Any]:
    (group,) = ids
    roles = graph.roles_in_group(base, group)
    inside = {role.id for role in roles}
    outside = Counter(
        other
        for edge in base.handovers
        for one, other in [(base.roles[edge.giver].group, base.roles[edge.receiver].group)]
        for one, other in [(one, other), (other, one)]
        if one == group != other
    )
    return {
        "group": base.groups[group],
        "roles": roles,
        "ties": [_tie(e, base) for e in base.handovers if {e.giver, e.receiver} <= inside],
        "outside": [(base.groups[other], n) for other, n in outside.most_common() if other],
    }


def _groups(ids: Sequence[str], base: KnowledgeBase) -> Mapping[str, Any]:
    one, other = ids
    ties = [
        _tie(edge, base)
        for edge in base.handovers
        if {base.roles[edge.giver].group, base.roles[edge.receiver].group} == {one, other}
    ]
    met = {role.id for tie in ties for role in (tie.giver, tie.receiver)}
    return {
        "one": base.groups[one],
        "other": base.groups[other],
        "roles": [
            [role for role in graph.roles_in_group(base, group) if role.id in met]
            for group in (one, other)
        ],
        "ties": ties,
    }


def _process(ids: Sequence[str], base: KnowledgeBase) -> Mapping[str, Any]:
    process = base.processes[ids[0]]
    rows = [(number, base.roles[step.role], step) for number, step in enumerate(process.steps, 1)]
    lanes = list({role.id: role for _, role, _ in rows}.values())
    return {"process": process, "rows": rows, "lanes": lanes, "groups": _groups_of(lanes, base)}


def _career_path(ids: Sequence[str], base: KnowledgeBase) -> Mapping[str, Any]:
    role = base.roles[ids[0]]
    return {
        "role": role,
        "previous": [_stage(level, base) for level in role.levels.previous],
        "next": [_stage(level, base) for level in role.levels.next],
    }


def _compare(ids: Sequence[str], base: KnowledgeBase) -> Mapping[str, Any]:
    roles = [base.roles[role] for role in ids]
    common = set.intersection(*({use.id for use in role.skills} for role in roles))
    return {
        "profiles": [_profile(role, base) for role in roles],
        "roles": roles,
        "shared": [base.skills[use.id].name for use in roles[0].skills if use.id in common],
    }


_FACTS: Mapping[str, Callable[[Sequence[str], KnowledgeBase], Mapping[str, Any]]]
_FACTS = MappingProxyType(
    {
        names.COLLABORATION: _role,
        names.PAIR: _pair,
        names.GROUP: _group,
        names.GROUPS: _groups,
        names.PROCESS: _process,
        names.CAREER_PATH: _career_path,
        names.COMPARE: _compare,
    }
)


def _tie(edge: model.Handover, base: KnowledgeBase) -> Tie:
    return Tie(edge, base.roles[edge.giver], base.roles[edge.receiver])


def _stage(level: model.Level, base: KnowledgeBase) -> Stage:
    role = base.roles[level.role] if level.role else None
    return Stage(role.name if role else str(level.title), level.note, role)


def _groups_of(roles: Sequence[model.Role], base: KnowledgeBase) -> list[model.Group]:
    """Return the groups of these roles, the one with most of them first."""
    different = {role.id: role.group for role in roles}
    counts = Counter(group for group in different.values() if group)
    return [base.groups[group] for group, _ in counts.most_common()]


def _profile(role: model.Role, base: KnowledgeBase) -> Profile:
    skills = dict.fromkeys(SKILL_KINDS, 0)
    for use in role.skills:
        skills[base.skills[use.id].kind] += DEPTHS[use.depth]
    code = role.riasec or ""
    weights = {letter: 3 - place for place, letter in enumerate(code)}
    interests = {letter: weights.get(letter, 0) for letter in INTERESTS} if code else {}
    return Profile(role, skills, interests, role.job_zone)
