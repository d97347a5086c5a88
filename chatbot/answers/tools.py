"""What software, platforms and equipment a role uses."""

from __future__ import annotations

from chatbot.answers.answer import Answer, role_offers, sourced
from chatbot.dialogue import topics
from chatbot.dialogue.question import Question
from chatbot.knowledge.base import KnowledgeBase


def answer(question: Question, base: KnowledgeBase) -> Answer:
    """Return the tools of each role with their use."""
    roles = [base.roles[role] for role in question.roles]
    rows = [(role, [(base.tools[use.id], use) for use in role.tools]) for role in roles]
    asked = [base.tools[key] for key in question.of_kind("tool")]
    return Answer(
        topics.TOOLS,
        {"rows": rows, "asked": asked},
        role_offers(question.roles, topics.TOOLS, base),
        shown=question.roles,
        **sourced(roles),
    )
