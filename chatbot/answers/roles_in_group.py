"""Which jobs are in a group."""

from __future__ import annotations

from chatbot.answers.answer import Answer, about_role, sourced
from chatbot.dialogue import topics
from chatbot.dialogue.question import Question
from chatbot.knowledge import graph
from chatbot.knowledge.base import KnowledgeBase


def answer(question: Question, base: KnowledgeBase) -> Answer:
    """Return the roles of the groups, each with its summary."""
    groups = [base.groups[group] for group in question.groups]
    rows = [(group, graph.roles_in_group(base, group.id)) for group in groups]
    shown = tuple(role.id for _, roles in rows for role in roles)
    offers = (
        *(about_role(shown[0], topics.DUTIES) if shown else ()),
        *((Question(topics.COMPARE, roles=shown[:2]),) if len(shown) > 1 else ()),
        Question(topics.GROUP_OVERVIEW, groups=question.groups[:1]),
    )
    return Answer(topics.ROLES_IN_GROUP, {"rows": rows}, offers, shown, **sourced(groups))
