"""Which module answers which topic."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from chatbot.answers import (
    business_models,
    career_path,
    clarify,
    collaboration,
    company_example,
    compare,
    define,
    demand,
    division_of_labour,
    duties,
    group_of_role,
    group_overview,
    list_groups,
    process,
    quiz,
    recommend,
    roles_by_skill,
    roles_in_group,
    skills,
    small_talk,
    summary,
    tools,
    unknown_role,
)
from chatbot.answers.answer import Answer
from chatbot.dialogue import topics
from chatbot.dialogue.question import Question
from chatbot.knowledge.base import KnowledgeBase

Answerer = Callable[[Question, KnowledgeBase], Answer]

ANSWERERS: Mapping[str, Answerer] = {
    topics.DUTIES: duties.answer,
    topics.SKILLS: skills.answer,
    topics.TOOLS: tools.answer,
    topics.COLLABORATION: collaboration.answer,
    topics.CAREER_PATH: career_path.answer,
    topics.COMPARE: compare.answer,
    topics.GROUP_OF_ROLE: group_of_role.answer,
    topics.ROLES_IN_GROUP: roles_in_group.answer,
    topics.GROUP_OVERVIEW: group_overview.answer,
    topics.LIST_GROUPS: list_groups.answer,
    topics.ROLES_BY_SKILL: roles_by_skill.answer,
    topics.RECOMMEND: recommend.answer,
    topics.DEMAND: demand.answer,
    topics.DEFINE: define.answer,
    topics.COMPANY_EXAMPLE: company_example.answer,
    topics.BUSINESS_MODELS: business_models.answer,
    topics.PROCESS: process.answer,
    topics.DIVISION_OF_LABOUR: division_of_labour.answer,
    topics.QUIZ: quiz.answer,
    topics.SUMMARY: summary.answer,
    topics.CLARIFY: clarify.answer,
    topics.UNKNOWN_ROLE: unknown_role.answer,
    topics.OUT_OF_SCOPE: small_talk.answer,
    **{topic: small_talk.answer for topic in topics.SMALL_TALK},
}


def answer(question: Question, base: KnowledgeBase) -> Answer:
    """Return the answer to a question."""
    return ANSWERERS[question.topic](question, base)
