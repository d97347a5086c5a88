"""A clarifying question with what to choose from."""

from __future__ import annotations

from dataclasses import replace

from chatbot.answers.answer import Answer
from chatbot.dialogue import topics
from chatbot.dialogue.question import Question, Thing
from chatbot.knowledge.base import KnowledgeBase

# Candidates that one clarifying question lists, and how many of them are offered as quick replies.
LISTED, OFFERED = 7, 3
# Processes that one clarifying question lists.
OPTIONS = 12
# After this many clarifying questions in a row the bot helps instead of asking again.
PATIENCE = 2


def answer(question: Question, base: KnowledgeBase) -> Answer:
    """Return the question to ask back and the likeliest replies."""
    if question.failures > PATIENCE:
        return _help(base)
    if question.reason == "which_process":
        return _processes(base)
    if question.reason == "unsure":
        return _readings(question, base)
    wanted = question.wanted or topics.DUTIES
    kind = "group" if question.reason == "which_group" else "role"
    known = base.groups if kind == "group" else base.roles
    candidates = tuple(key for key in question.candidates if key in known)
    facts = {
        "reason": question.reason,
        "wanted": wanted,
        "candidates": [known[key] for key in candidates[:LISTED]],
        "roles": [base.roles[role] for role in question.roles if role in base.roles],
        "occupation": question.occupation,
    }
    offers = tuple(_chosen(question, wanted, kind, key) for key in candidates[:OFFERED])
    return Answer(topics.CLARIFY, facts, offers or _examples(base), candidates[:LISTED])


def _processes(base: KnowledgeBase) -> Answer:
    """Ask which process is meant."""
    processes = list(base.processes.values())[:OPTIONS]
    facts = {"reason": "which_process", "wanted": "", "processes": processes}
    offers = (
        Question(topics.PROCESS, things=(Thing("process", process.id),)) for process in processes
    )
    return Answer(topics.CLARIFY, facts, tuple(offers)[:OFFERED])


def _chosen(question: Question, wanted: str, kind: str, key: str) -> Question:
    if kind == "group":
        return Question(wanted, groups=(key,))
    return Question(wanted, roles=(*question.roles, key))


def _readings(question: Question, base: KnowledgeBase) -> Answer:
    """Offer the likeliest readings; those about a role need one."""
    role = question.roles or tuple(base.roles)[:1]
    offers = tuple(
        replace(Question(topic), roles=role if topic in topics.ROLE_TOPICS else ())
        for topic in question.candidates
        if topic not in (*topics.GROUP_TOPICS, topics.COMPARE, topics.ROLES_BY_SKILL, topics.DEFINE)
    )
    facts: dict[str, object] = {
        "reason": "unsure",
        "candidates": [],
        "roles": [],
        "wanted": "",
        "occupation": None,
    }
    return Answer(topics.CLARIFY, facts, offers[:OFFERED] or _examples(base))


def _help(base: KnowledgeBase) -> Answer:
    facts = {"groups": list(base.groups.values()), "count": len(base.roles)}
    return Answer("clarify_help", facts, _examples(base))


def _examples(base: KnowledgeBase) -> tuple[Question, ...]:
    return (Question(topics.LIST_GROUPS), Question(topics.RECOMMEND), Question(topics.PROCESS))
