"""What a group is for."""

from __future__ import annotations

from chatbot.answers.answer import Answer, group_offers, sourced
from chatbot.dialogue import topics
from chatbot.dialogue.question import Question
from chatbot.knowledge import graph
from chatbot.knowledge.base import KnowledgeBase
from chatbot.pictures import names


def answer(question: Question, base: KnowledgeBase) -> Answer:
    """Return purpose, work and weight of the groups."""
    groups = [base.groups[group] for group in question.groups]
    rows = [(group, graph.roles_in_group(base, group.id)) for group in groups]
    shown = tuple(role.id for _, roles in rows for role in roles)
    offers = group_offers(groups[0].id, shown)
    shown_as = names.picture(names.GROUP, question.groups)
    return Answer(
        topics.GROUP_OVERVIEW, {"rows": rows}, offers, shown, image=shown_as, **sourced(groups)
    )
