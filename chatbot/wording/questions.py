"""The wording of a question the bot offers."""

from __future__ import annotations

from collections.abc import Mapping

from chatbot.dialogue.question import Question
from chatbot.knowledge.base import KnowledgeBase
from chatbot.wording.grammar import with_article

# The entry of occupations.yml for people without experience.
NEWCOMER = "career starter"


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
    origin = question.origin or ""
    return patterns[pattern_of(question, patterns, base)].format(
        a_role=names[0] if names else "",
        a_role2=names[1] if len(names) > 1 else "",
        role2=base.roles[question.roles[-1]].name if names else "",
        origin=base.roles[origin].name if origin in base.roles else origin,
        a_origin=with_article(origin) if origin else "",
        group=groups[0] if groups else "",
        group2=groups[1] if len(groups) > 1 else "",
        thing=things[0] if things else "",
    )


def pattern_of(question: Question, patterns: Mapping[str, str], base: KnowledgeBase) -> str:
    """Return the key of the most telling pattern that there is for a question."""
    aspect, named = question.aspect, bool(question.roles)
    keys = [
        question.reason,
        _from(question, base) if question.origin else "",
        f"{aspect}_two" if aspect and len(question.roles) > 1 else "",
        aspect,
        "two" if len(question.roles) > 1 else "",
        "role" if named and not question.things else "",
        "groups" if len(question.groups) > 1 and not named else "",
        "group" if question.groups and not named else "",
        "one" if question.things else "",
    ]
    found = (f"{question.topic}_{key}" for key in keys if key)
    return next((key for key in found if key in patterns), question.topic)


def _from(question: Question, base: KnowledgeBase) -> str:
    """Return whether somebody comes from a role, from nothing or from another trade."""
    if question.origin in base.roles:
        return "from"
    return "newcomer" if question.origin == NEWCOMER else "trade"
