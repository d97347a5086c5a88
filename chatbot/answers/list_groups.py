"""Which e-commerce jobs and groups there are."""

from __future__ import annotations

from chatbot.answers.answer import Answer, sourced
from chatbot.dialogue import topics
from chatbot.dialogue.question import Question
from chatbot.knowledge import graph
from chatbot.knowledge.base import KnowledgeBase


def answer(question: Question, base: KnowledgeBase) -> Answer:
    """Return all groups with their roles, and the roles outside the groups."""
    rows = [(group, graph.roles_in_group(base, group.id)) for group in base.groups.values()]
    outside = [role for role in base.roles.values() if role.group is None]
    offers = tuple(
        Question(topics.ROLES_IN_GROUP, groups=(group,)) for group in list(base.groups)[:2]
    )
    return Answer(
        topics.LIST_GROUPS,
        {"rows": rows, "outside": outside, "count": len(base.roles)},
        (*offers, Question(topics.RECOMMEND)),
        shown=tuple(base.groups),
        **sourced(list(base.groups.values())),
    )
