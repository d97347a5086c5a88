"""How to get into a role and where it leads."""

from __future__ import annotations

from chatbot.answers import career_moves
from chatbot.answers.answer import OFFERS, Answer, role_offers, sourced
from chatbot.dialogue import topics
from chatbot.dialogue.question import Question
from chatbot.knowledge import model
from chatbot.knowledge.base import KnowledgeBase
from chatbot.pictures import names


def answer(question: Question, base: KnowledgeBase) -> Answer:
    """Return entry, previous and next jobs of the roles, or the way from somewhere to one."""
    if question.origin:
        return career_moves.answer(question, base)
    if question.aspect == topics.ONWARD:
        return career_moves.onward(question, base)
    roles = [base.roles[role] for role in question.roles]
    rows = [
        (role, _levels(role.levels.previous, base), _levels(role.levels.next, base))
        for role in roles
    ]
    following = tuple(level.role for level in roles[0].levels.next if level.role)
    offers = role_offers(question.roles, topics.CAREER_PATH, base)
    if len(roles) == 1:
        onward = Question(topics.CAREER_PATH, roles=question.roles, aspect=topics.ONWARD)
        way = [_way(roles[0].id, key) for key in following[:1]]
        offers = (onward, *way, *offers)[:OFFERS]
    return Answer(
        topics.CAREER_PATH,
        {"rows": rows},
        offers,
        shown=question.roles,
        image=names.picture(names.CAREER_PATH, question.roles),
        **sourced(roles),
    )


def _way(start: str, goal: str) -> Question:
    return Question(topics.CAREER_PATH, roles=(start, goal), origin=start)


def _levels(levels: tuple[model.Level, ...], base: KnowledgeBase) -> list[tuple[str, str]]:
    """Return (name, note) of each level; a title without an entry stands for itself."""
    return [
        (base.roles[level.role].name if level.role else str(level.title), level.note)
        for level in levels
    ]
