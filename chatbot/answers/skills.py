"""What skills a role needs, and what somebody who has some of them, or does another job, lacks."""

from __future__ import annotations

from chatbot.answers.answer import Answer, about_role, role_offers, sourced
from chatbot.dialogue import topics
from chatbot.dialogue.question import GAP, Question
from chatbot.knowledge import gap, model
from chatbot.knowledge.base import KnowledgeBase


def answer(question: Question, base: KnowledgeBase) -> Answer:
    """Return the skills of each role with kind, depth and use, or those that are missing."""
    if question.aspect == GAP:
        return _gap(question, base)
    roles = [base.roles[role] for role in question.roles]
    rows = [(role, [(base.skills[use.id], use) for use in role.skills]) for role in roles]
    asked = [base.skills[key] for key in question.of_kind("skill")]
    return Answer(
        topics.SKILLS,
        {"rows": rows, "asked": asked},
        role_offers(question.roles, topics.SKILLS, base),
        shown=question.roles,
        **sourced(roles),
    )


def _gap(question: Question, base: KnowledgeBase) -> Answer:
    """Return what is missing for the last role: to somebody who does the first, or knows things."""
    target = base.roles[question.roles[-1]]
    start = base.roles[question.roles[0]] if len(question.roles) > 1 else None
    known = [base.by_kind[thing.kind][thing.id] for thing in question.things]
    things = question.of_kind("skill"), question.of_kind("tool")
    if start:
        found = gap.between(base, start, target, *things)
    else:
        found = gap.of_person(base, target, *things)
    rows = [(node, _worth(node, found)) for node in known]
    useful = {node.id for node, _ in (*found.has, *found.has_tools)}
    facts = {
        "role": target,
        "start": start,
        "gap": found,
        "known": [row for row in rows if row[0].id in useful or row[1]],
        "unused": [node for node, worth in rows if node.id not in useful and not worth],
    }
    offers = about_role(target.id, topics.SKILLS, topics.CAREER_PATH)
    if start:
        offers = (*offers, Question(topics.COMPARE, roles=question.roles))
    roles = [start, target] if start else [target]
    return Answer("skills_gap", facts, offers, question.roles, **sourced(roles))


def _worth(node: model.Node, found: gap.Gap) -> list[str]:
    """Return the names of the needed skills that somebody who knows a tool has begun with."""
    return [skill.name for skill, _ in found.has if node.id in skill.tools]
