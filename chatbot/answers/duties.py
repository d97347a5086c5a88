"""What a role does."""

from __future__ import annotations

from chatbot.answers import seen_through
from chatbot.answers.answer import Answer, role_offers, sourced
from chatbot.dialogue import topics
from chatbot.dialogue.question import Question
from chatbot.knowledge.base import KnowledgeBase


def answer(question: Question, base: KnowledgeBase) -> Answer:
    """Return summary, purpose, duties and day of the roles, or a role in one way of selling."""
    if question.of_kind("business_model") and len(question.roles) == 1:
        return seen_through.by_model(question, base)
    roles = [base.roles[role] for role in question.roles]
    return Answer(
        topics.DUTIES,
        {"roles": roles},
        role_offers(question.roles, topics.DUTIES, base),
        shown=question.roles,
        **sourced(roles),
    )
