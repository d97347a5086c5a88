"""Which jobs are most in demand and what employers want."""

from __future__ import annotations

from chatbot.answers.answer import Answer, about_role, sourced
from chatbot.dialogue import topics
from chatbot.dialogue.question import Question
from chatbot.knowledge.base import KnowledgeBase


def answer(question: Question, base: KnowledgeBase) -> Answer:
    """Return all statements on demand, and whether they name the roles asked about."""
    entries = list(base.demands.values())
    wanted = list(dict.fromkeys(role for entry in entries for role in entry.roles))
    facts = {
        "entries": entries,
        "asked": [(base.roles[role], role in wanted) for role in question.roles],
        "wanted": [base.roles[role] for role in wanted],
    }
    offers = tuple(q for role in wanted[:2] for q in about_role(role, topics.DUTIES))
    return Answer(
        topics.DEMAND,
        facts,
        (*offers, Question(topics.RECOMMEND)),
        tuple(wanted),
        **sourced(entries),
    )
