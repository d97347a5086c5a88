"""Greetings, thanks, help and the like, and what is said when a question is not for this bot."""

from __future__ import annotations

from chatbot.answers.answer import Answer
from chatbot.dialogue import topics
from chatbot.dialogue.question import Question
from chatbot.knowledge.base import KnowledgeBase


def answer(question: Question, base: KnowledgeBase) -> Answer:
    """Return a word in kind, and examples of what can be asked."""
    examples = (
        Question(topics.LIST_GROUPS),
        *(Question(topics.DUTIES, roles=(role,)) for role in _example_roles(base)[:1]),
        Question(topics.RECOMMEND),
    )
    ends = question.topic in (topics.GOODBYE, topics.FEEDBACK)
    facts = {"groups": list(base.groups.values()), "count": len(base.roles)}
    return Answer(question.topic, facts, () if ends else examples)


def _example_roles(base: KnowledgeBase) -> list[str]:
    """Return roles that serve as examples: the first of each group, specialists before others."""
    return sorted(base.roles, key=lambda role: "specialist" not in role)
