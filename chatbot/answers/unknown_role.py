"""A job that is not in the knowledge base: say so and offer the nearest ones."""

from __future__ import annotations

from chatbot.answers.answer import Answer, about_role
from chatbot.dialogue import topics
from chatbot.dialogue.question import Question
from chatbot.knowledge.base import KnowledgeBase


def answer(question: Question, base: KnowledgeBase) -> Answer:
    """Return the nearest roles, if any are known to be near."""
    nearest = [base.roles[role] for role in question.nearest]
    job = base.occupations.get(question.occupation or "")
    facts = {"occupation": question.occupation, "nearest": nearest, "near": bool(job and job.near)}
    offers = tuple(q for role in nearest[:2] for q in about_role(role.id, topics.DUTIES))
    return Answer(
        topics.UNKNOWN_ROLE,
        facts,
        (*offers, Question(topics.LIST_GROUPS)),
        shown=tuple(role.id for role in nearest),
    )
