"""Which group a role belongs to."""

from __future__ import annotations

from chatbot.answers.answer import Answer, about_role, sourced
from chatbot.dialogue import topics
from chatbot.dialogue.question import Question
from chatbot.knowledge import graph, model
from chatbot.knowledge.base import KnowledgeBase


def answer(question: Question, base: KnowledgeBase) -> Answer:
    """Return the group of each role, its sister roles, or the groups it works with most."""
    roles = [base.roles[role] for role in question.roles]
    rows = [_row(role, base) for role in roles]
    group = roles[0].group
    siblings = tuple(role.id for role in _siblings(roles[0], base))
    offers = about_role(roles[0].id, topics.DUTIES, topics.COLLABORATION)
    if group:
        offers = (Question(topics.ROLES_IN_GROUP, groups=(group,)), *offers)
    return Answer(
        topics.GROUP_OF_ROLE,
        {"rows": rows},
        offers,
        shown=question.roles if len(roles) > 1 else siblings,
        **sourced(roles),
    )


def _row(role: model.Role, base: KnowledgeBase) -> dict[str, object]:
    return {
        "role": role,
        "group": base.groups[role.group] if role.group else None,
        "siblings": _siblings(role, base),
        "near": [base.groups[group] for group in role.works_most_with],
    }


def _siblings(role: model.Role, base: KnowledgeBase) -> list[model.Role]:
    members = graph.roles_in_group(base, role.group) if role.group else []
    return [other for other in members if other.id != role.id]
