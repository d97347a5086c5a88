"""What was talked about, to take away: the roles seen and what the interview came to."""

from __future__ import annotations

from chatbot.answers import fit
from chatbot.answers.answer import Answer, about_role, sourced
from chatbot.answers.interview import SUGGESTED
from chatbot.dialogue import topics
from chatbot.dialogue.question import Question
from chatbot.knowledge.base import KnowledgeBase


def answer(question: Question, base: KnowledgeBase) -> Answer:
    """Return the roles talked about and the result of the interview, where there is one."""
    roles = [base.roles[key] for key in question.roles]
    made = fit.profile(question.interview, base)
    answered = {one.partition("=")[0] for one in question.interview}
    fits = fit.ranked(made, base) if made.answered else []
    facts = {
        "roles": roles,
        "fits": fits[:SUGGESTED],
        "doubt": fit.doubts(fits, made, SUGGESTED, base) if fits else "",
        "answered": len(answered),
        "total": len(base.interview.questions),
    }
    shown = tuple(dict.fromkeys([*question.roles, *(one.role.id for one in fits[:SUGGESTED])]))
    nodes = [base.roles[key] for key in shown]
    last = tuple(fit.role.id for fit in fits[:2]) or question.roles[-2:]
    return Answer(topics.SUMMARY, facts, _offers(last, answered), shown, **sourced(nodes))


def _offers(last: tuple[str, ...], answered: set[str]) -> tuple[Question, ...]:
    interview = () if answered else (Question(topics.RECOMMEND, reason="start"),)
    if not last:
        return (Question(topics.LIST_GROUPS), *interview)
    pair = (Question(topics.COMPARE, roles=last),) if len(last) > 1 else ()
    return (*pair, *about_role(last[0], topics.CAREER_PATH), *interview)
