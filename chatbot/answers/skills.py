"""What skills a role needs."""

from __future__ import annotations

from chatbot.answers.answer import Answer, role_offers, sourced
from chatbot.dialogue import topics
from chatbot.dialogue.question import Question
from chatbot.knowledge.base import KnowledgeBase


def answer(question: Question, base: KnowledgeBase) -> Answer:
    """Return the skills of each role with kind, depth and use."""
    roles = [base.roles[role] for role in question.roles]
    rows = [(role, [(base.skills[use.id], use) for use in role.skills]) for role in roles]
    asked = [base.skills[key] for key in question.of_kind("skill")]
    return Answer(
        topics.SKILLS,
        {"rows": rows, "asked": asked},
        role_offers(question.roles, topics.SKILLS, base),
        shown=question.roles,
        **sourced(roles),
    )
