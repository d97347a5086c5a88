"""The difference between two or three roles."""

from __future__ import annotations

from collections.abc import Mapping

from chatbot.answers.answer import Answer, role_offers, sourced
from chatbot.dialogue import topics
from chatbot.dialogue.question import Question
from chatbot.knowledge import model
from chatbot.knowledge.base import KnowledgeBase
from chatbot.pictures import names


def answer(question: Question, base: KnowledgeBase) -> Answer:
    """Return purpose, shared and own skills and tools, and who should choose which."""
    roles = [base.roles[role] for role in question.roles]
    facts = {
        "rows": [_row(role, roles, base) for role in roles],
        "shared_skills": _shared(roles, "skills", base.skills),
        "shared_tools": _shared(roles, "tools", base.tools),
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
    }


def _ids(role: model.Role, field: str) -> list[str]:
    return [use.id for use in getattr(role, field)]


def _own(
    role: model.Role, others: list[model.Role], field: str, nodes: Mapping[str, model.Node]
) -> list[str]:
    taken = {use for other in others for use in _ids(other, field)}
    return [nodes[use].name for use in _ids(role, field) if use not in taken]


def _own_interests(role: model.Role, others: list[model.Role]) -> list[str]:
    taken = {interest for other in others for interest in other.suits}
    return [i for i in role.suits if i not in taken] or list(role.suits[:1])


def _shared(roles: list[model.Role], field: str, nodes: Mapping[str, model.Node]) -> list[str]:
    common = set.intersection(*(set(_ids(role, field)) for role in roles))
    return [nodes[use].name for use in _ids(roles[0], field) if use in common]
