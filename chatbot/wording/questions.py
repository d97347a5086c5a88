"""The wording of a question the bot offers."""

from __future__ import annotations

from collections.abc import Mapping

from chatbot.dialogue.question import Question
from chatbot.knowledge.base import KnowledgeBase
from chatbot.wording.grammar import with_article


def ask(question: Question, base: KnowledgeBase, patterns: Mapping[str, str]) -> str:
    """Return the question as a person would type it.

    Args:
        question: what to ask.
        base: for the names.
        patterns: content of `questions.yml`.
    """
    names = [with_article(base.roles[role].name) for role in question.roles]
    things = [base.by_kind[thing.kind][thing.id].name for thing in question.things]
    groups = [base.groups[group].name for group in question.groups]
    return patterns[_pattern(question, patterns)].format(
        a_role=names[0] if names else "",
        a_role2=names[1] if len(names) > 1 else "",
        group=groups[0] if groups else "",
        thing=things[0] if things else "",
    )


def _pattern(question: Question, patterns: Mapping[str, str]) -> str:
    if question.reason and f"{question.topic}_{question.reason}" in patterns:
        return f"{question.topic}_{question.reason}"
    if len(question.roles) > 1 and f"{question.topic}_two" in patterns:
        return f"{question.topic}_two"
    if question.things and f"{question.topic}_one" in patterns:
        return f"{question.topic}_one"
    return question.topic
