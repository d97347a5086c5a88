"""A turn of the quiz: the judgement of an answer with its reason, and the next question."""

from __future__ import annotations

from typing import Any

from chatbot.answers.answer import OFFERS, Answer, about_role, sourced
from chatbot.dialogue import quizzing, topics
from chatbot.dialogue.question import Question
from chatbot.dialogue.quiz import Quiz
from chatbot.knowledge import model
from chatbot.knowledge import quiz as questions
from chatbot.knowledge.base import KnowledgeBase

# Turns that say nothing but the open question and how to answer it.
_JUDGED = (quizzing.RIGHT, quizzing.WRONG, quizzing.SKIPPED, quizzing.WHY)


def answer(question: Question, base: KnowledgeBase) -> Answer:
    """Return what `question.part` says has happened (see `chatbot.dialogue.quizzing`)."""
    quiz = question.quiz or Quiz().next_round(base)
    item = quiz.item(base) if question.part != quizzing.WHY else None
    told = questions.find(base, question.moment)
    missed = [base.roles[role] for role in quiz.missed if role in base.roles]
    facts = {
        "part": question.part or quizzing.ASK,
        "quiz": quiz,
        "rounds": quiz.length(base),
        "begins": not quiz.asked and not quiz.told,
        "scope": _scope(quiz, base),
        "open": _asked(item, base) if item else None,
        "told": _told(told, base) if told else None,
        "missed": missed,
        **_said(question, base),
        **_hint(item, base),
    }
    replies = (*questions.options(item, base), "hint", "skip", "stop") if item else ()
    sources = sourced(_nodes(told, base)) if told and question.part in _JUDGED else {}
    offers = () if item else _offers(quiz, missed)
    return Answer(topics.QUIZ, facts, offers, question.roles, replies=replies, **sources)


def _asked(item: questions.Item, base: KnowledgeBase) -> dict[str, Any]:
    """Return what the situation of a question tells; not the role that is right."""
    step = item.process.steps[item.number - 1] if item.process else None
    return {
        "item": item,
        "step": step,
        "gets": _gets(item.process, item.number) if item.process else "",
        "duty": item.texts[0] if item.kind == questions.DUTY else "",
        "asker": base.roles[item.asker] if item.asker else None,
        "options": [base.roles[role] for role in questions.options(item, base)],
    }


def _gets(process: model.Process, number: int) -> str:
    return process.steps[number - 2].hands_on if number > 1 else process.trigger


def _told(item: questions.Item, base: KnowledgeBase) -> dict[str, Any]:
    """Return why a role is right."""
    handover = item.handover
    return {
        "item": item,
        "role": base.roles[item.role],
        "step": item.process.steps[item.number - 1] if item.process else None,
        "duty": item.texts[0] if item.kind == questions.DUTY else "",
        "giver": base.roles[handover.giver] if handover else None,
        "taker": base.roles[handover.receiver] if handover else None,
    }


def _said(question: Question, base: KnowledgeBase) -> dict[str, Any]:
    """Return the role that was given as a wrong answer, or the several that an answer may mean."""
    roles = [base.roles[role] for role in question.candidates if role in base.roles]
    wrong = question.part == quizzing.WRONG and len(roles) == 1
    return {"said": roles[0] if wrong else None, "several": roles if len(roles) > 1 else []}


def _hint(item: questions.Item | None, base: KnowledgeBase) -> dict[str, Any]:
    """Return the group of the right role and, where it tells nothing, an option to strike out."""
    if item is None:
        return {"group": None, "struck": None}
    group = base.roles[item.role].group
    options = questions.options(item, base)
    same = [role for role in options if role != item.role and base.roles[role].group == group]
    return {
        "group": base.groups[group] if group else None,
        "struck": base.roles[same[0]] if same else None,
    }


def _scope(quiz: Quiz, base: KnowledgeBase) -> str:
    kind, _, key = quiz.scope.partition("/")
    entry = base.by_kind.get(kind, {}).get(key)
    return str(entry.name) if entry else ""


def _nodes(item: questions.Item, base: KnowledgeBase) -> list[model.Node]:
    return [item.process] if item.process else [base.roles[item.role]]


def _offers(quiz: Quiz, missed: list[model.Role]) -> tuple[Question, ...]:
    """Return what to read up on, and another round."""
    read = [one for role in missed for one in about_role(role.id, topics.DUTIES)][: OFFERS - 1]
    again = Question(topics.QUIZ)
    return (again, *read) if quiz.told else (*read, again)
