"""The difference between two or three roles."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import permutations
from typing import Any

from chatbot.answers.answer import Answer, role_offers, sourced
from chatbot.dialogue import topics
from chatbot.dialogue.question import Question
from chatbot.knowledge import gap, model
from chatbot.knowledge.base import KnowledgeBase
from chatbot.pictures import names


def answer(question: Question, base: KnowledgeBase) -> Answer:
    """Return purpose, level and day, shared and own skills and tools, what one still needs to get
    from one to the other, and who should choose which."""
    roles = [base.roles[role] for role in question.roles]
    facts = {
        "rows": [_row(role, roles, base) for role in roles],
        "shared_skills": _shared(roles, "skills", base.skills),
        "shared_tools": _shared(roles, "tools", base.tools),
        "moves": _moves(roles, base),
        "zones": _zones(roles),
    }
    offers = role_offers(question.roles, topics.COMPARE, base)
    shown_as = names.picture(names.COMPARE, question.roles)
    return Answer(topics.COMPARE, facts, offers, question.roles, image=shown_as, **sourced(roles))


def _row(role: model.Role, roles: list[model.Role], base: KnowledgeBase) -> dict[str, object]:
    others = [other for other in roles if other.id != role.id]
    return {
        "role": role,
        "group": base.groups[role.group] if role.group else None,
        "skills": _own(role, others, "skills", base.skills),
        "tools": _own(role, others, "tools", base.tools),
        "suits": [base.interests[interest] for interest in _own_interests(role, others)],
        "not_for": [base.interests[interest] for interest in _own_dislikes(role, others)],
    }


def _ids(role: model.Role, field: str) -> list[str]:
    return [use.id for use in getattr(role, field)]


def _own(
    role: model.Role, others: list[model.Role], field: str, nodes: Mapping[str, model.Node]
) -> list[str]:
    taken = {use for other in others for use in _ids(other, field)}
    return [nodes[use].name for use in _ids(role, field) if use not in taken]


def _own_interests(role: model.Role, others: list[model.Role]) -> list[str]:
    """Return what suits this role and none of the others, or what counts more in it than there."""
    taken = {interest for other in others for interest in other.suits}
    own: list[str] = [interest for interest in role.suits if interest not in taken]
    before: list[str] = [
        i for i in role.suits if all(_place(role, i) < _place(o, i) for o in others)
    ]
    return own or before or list(role.suits[:1])


def _place(role: model.Role, interest: str) -> int:
    return role.suits.index(interest) if interest in role.suits else len(role.suits)


def _own_dislikes(role: model.Role, others: list[model.Role]) -> list[str]:
    """Return what one does not find in this role, first what one finds in another."""
    found = {interest for other in others for interest in other.suits}
    missed = [i for i in role.not_for if not any(i in other.not_for for other in others)]
    return sorted(missed, key=lambda interest: interest not in found)


def _shared(roles: list[model.Role], field: str, nodes: Mapping[str, model.Node]) -> list[str]:
    common = set.intersection(*(set(_ids(role, field)) for role in roles))
    return [nodes[use].name for use in _ids(roles[0], field) if use in common]


def _moves(roles: list[model.Role], base: KnowledgeBase) -> list[dict[str, Any]]:
    """Return for each way from one role to another what is still needed."""
    if len(roles) > 2:
        return []
    return [
        {
            "start": start,
            "target": target,
            "gap": gap.between(base, start, target),
            "usual": any(level.role == target.id for level in start.levels.next)
            or any(level.role == start.id for level in target.levels.previous),
        }
        for start, target in permutations(roles, 2)
    ]


def _zones(roles: list[model.Role]) -> list[tuple[int, list[model.Role]]]:
    """Return the O*NET job zones of the roles with the roles in each, the lowest first."""
    zones = sorted({role.job_zone for role in roles if role.job_zone})
    return [(zone, [role for role in roles if role.job_zone == zone]) for zone in zones]
