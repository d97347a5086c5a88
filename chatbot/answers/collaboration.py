"""Who a role works with, and how two roles or two groups work together."""

from __future__ import annotations

from chatbot.answers.answer import Answer, about_role, role_offers, sourced
from chatbot.dialogue import topics
from chatbot.dialogue.question import Question
from chatbot.knowledge import graph, model
from chatbot.knowledge.base import KnowledgeBase
from chatbot.pictures import names


def answer(question: Question, base: KnowledgeBase) -> Answer:
    """Return the handovers of a role, between two roles, or between two groups."""
    if len(question.roles) > 1:
        return _pair(question.roles[0], question.roles[1], base)
    if question.roles:
        return _one(base.roles[question.roles[0]], base)
    return _groups(question.groups, base)


def _one(role: model.Role, base: KnowledgeBase) -> Answer:
    receives = [(edge, base.roles[edge.giver]) for edge in graph.receives(base, role.id)]
    gives = [(edge, base.roles[edge.receiver]) for edge in graph.gives(base, role.id)]
    facts = {
        "role": role,
        "receives": receives,
        "gives": gives,
        "processes": graph.processes_with(base, role.id),
    }
    shown = tuple(dict.fromkeys(other.id for _, other in (*gives, *receives)))
    pair = (Question(topics.COLLABORATION, roles=(role.id, shown[0])),) if shown else ()
    offers = (*pair, *role_offers((role.id,), topics.COLLABORATION, base))
    shown_as = names.picture(names.COLLABORATION, (role.id,))
    return Answer(topics.COLLABORATION, facts, offers[:3], (), image=shown_as, **sourced([role]))


def _pair(one: str, other: str, base: KnowledgeBase) -> Answer:
    roles = [base.roles[one], base.roles[other]]
    steps = graph.between(base, one, other)
    chain = [] if steps else graph.path(base, one, other)
    facts = {
        "one": roles[0],
        "other": roles[1],
        "steps": [(edge, base.roles[edge.giver], base.roles[edge.receiver]) for edge in steps],
        "chain": [(edge, base.roles[edge.giver], base.roles[edge.receiver]) for edge in chain],
        "shared": [
            base.processes[process.id]
            for process, _ in graph.processes_with(base, one)
            if any(step.role == other for step in process.steps)
        ],
    }
    offers = (
        Question(topics.COMPARE, roles=(one, other)),
        *about_role(one, topics.COLLABORATION),
        *about_role(other, topics.COLLABORATION),
    )
    shown_as = names.picture(names.PAIR, (one, other))
    return Answer(
        "collaboration_pair", facts, offers, (one, other), image=shown_as, **sourced(roles)
    )


def _groups(groups: tuple[str, ...], base: KnowledgeBase) -> Answer:
    one, other = (base.groups[group] for group in groups[:2])
    edges = [
        (edge, base.roles[edge.giver], base.roles[edge.receiver])
        for edge in base.handovers
        if {base.roles[edge.giver].group, base.roles[edge.receiver].group} == {one.id, other.id}
    ]
    shown = tuple(dict.fromkeys(role.id for _, *pair in edges for role in pair))
    offers = (
        Question(topics.GROUP_OVERVIEW, groups=(one.id,)),
        Question(topics.GROUP_OVERVIEW, groups=(other.id,)),
        *(about_role(shown[0], topics.COLLABORATION) if shown else ()),
    )
    facts = {"one": one, "other": other, "edges": edges}
    shown_as = names.picture(names.GROUPS, (one.id, other.id))
    return Answer(
        "collaboration_groups", facts, offers, shown, image=shown_as, **sourced([one, other])
    )
