"""Who a role works with, and how two roles, two groups, or a role and a group work together."""

from __future__ import annotations

from typing import Any

from chatbot.answers import pair
from chatbot.answers.answer import Answer, about_role, role_offers, sourced
from chatbot.dialogue import topics
from chatbot.dialogue.question import EXAMPLE, LATE, Question
from chatbot.knowledge import graph, model
from chatbot.knowledge.base import KnowledgeBase
from chatbot.pictures import names

_TEMPLATES = {LATE: "collaboration_late", EXAMPLE: "collaboration_example"}


def answer(question: Question, base: KnowledgeBase) -> Answer:
    """Return the handovers of a role, between two roles, or of groups; on request what goes wrong
    when somebody is late, or an example."""
    if len(question.roles) > 1:
        return _pair(question, base)
    if question.roles and question.groups and not question.aspect:
        return _with_group(question.roles[0], question.groups[0], base)
    if question.roles:
        return _one(question, base)
    if len(question.groups) > 1:
        return _groups(question.groups, base)
    return _group(base.groups[question.groups[0]], base)


def _one(question: Question, base: KnowledgeBase) -> Answer:
    role = base.roles[question.roles[0]]
    gives = graph.gives(base, role.id)
    first = {edge.receiver for edge in gives[:2]}  # named anyway, so that others come first
    receives = sorted(graph.receives(base, role.id), key=lambda e: (e.giver in first, e.place))
    facts = {
        "role": role,
        "receives": pair.rows(receives, base),
        "gives": pair.rows(gives, base),
        "seats": _seats(role.id, base),
        "apart": [base.groups[group] for group in question.groups],
    }
    others = [*(edge.receiver for edge in gives), *(edge.giver for edge in receives)]
    partner = tuple(Question(topics.COLLABORATION, roles=(role.id, key)) for key in others[:1])
    late = Question(topics.COLLABORATION, roles=(role.id,), aspect=LATE)
    if question.aspect:
        offers = (*partner, *about_role(role.id, topics.COLLABORATION, topics.DUTIES))
        facts |= {"other": None, **_none_of_pair()}
        return Answer(_TEMPLATES[question.aspect], facts, offers, (), **sourced([role]))
    offers = (*partner, late, *role_offers((role.id,), topics.COLLABORATION, base))
    shown_as = names.picture(names.COLLABORATION, (role.id,))
    return Answer(topics.COLLABORATION, facts, offers[:3], (), image=shown_as, **sourced([role]))


def _none_of_pair() -> dict[str, Any]:
    return {"given": [], "taken": [], "chain": [], "moments": [], "forwards": []}


def _seats(role: str, base: KnowledgeBase) -> list[dict[str, Any]]:
    """Return each step that a role does, with the roles of the steps before and after it."""
    return [
        {
            "process": process,
            "number": number,
            "step": process.steps[number - 1],
            "before": base.roles[process.steps[number - 2].role] if number > 1 else None,
            "after": base.roles[process.steps[number].role]
            if number < len(process.steps)
            else None,
        }
        for process, number in graph.steps_of(base, role)
    ]


def _pair(question: Question, base: KnowledgeBase) -> Answer:
    one, other = question.roles[:2]
    facts = dict(pair.facts(one, other, base))
    template = "collaboration_pair"
    compared = Question(topics.COMPARE, roles=(one, other))
    late = Question(topics.COLLABORATION, roles=(one, other), aspect=LATE)
    offers = (late, compared, *about_role(other, topics.COLLABORATION))
    if question.aspect:
        template = _TEMPLATES[question.aspect]
        facts["role"] = facts["one"]
        facts["forwards"] = pair.rows(graph.path(base, one, other, one_way=True), base)
        facts |= {"gives": pair.rows(graph.gives(base, one), base), "receives": [], "seats": []}
        whole = Question(topics.COLLABORATION, roles=(one, other))
        offers = (whole, *about_role(other, topics.COLLABORATION))
    roles = [facts["one"], facts["other"]]
    shown_as = names.picture(names.PAIR, (one, other))
    return Answer(template, facts, offers, (one, other), image=shown_as, **sourced(roles))


def _with_group(role: str, group: str, base: KnowledgeBase) -> Answer:
    """Return the handovers between a role and the roles of a group."""
    inside = {member.id for member in base.members.get(group, ())} - {role}
    gives = [edge for edge in graph.gives(base, role) if edge.receiver in inside]
    receives = [edge for edge in graph.receives(base, role) if edge.giver in inside]
    if not gives and not receives:
        return _one(Question(topics.COLLABORATION, roles=(role,), groups=(group,)), base)
    facts = {
        "role": base.roles[role],
        "group": base.groups[group],
        "gives": pair.rows(gives, base),
        "receives": pair.rows(receives, base),
    }
    partner = [*(edge.receiver for edge in gives), *(edge.giver for edge in receives)][0]
    offers = (
        Question(topics.COLLABORATION, roles=(role, partner)),
        *about_role(role, topics.COLLABORATION),
        Question(topics.GROUP_OVERVIEW, groups=(group,)),
    )
    entries = [base.roles[role], base.groups[group]]
    return Answer("collaboration_with_group", facts, offers, (), **sourced(entries))


def _groups(groups: tuple[str, ...], base: KnowledgeBase) -> Answer:
    one, other = (base.groups[group] for group in groups[:2])
    given, taken = _between_groups(one.id, other.id, base), _between_groups(other.id, one.id, base)
    both = [*given, *taken]
    shown = tuple(dict.fromkeys(role.id for row in both for role in (row.giver, row.receiver)))
    offers = (
        *(
            Question(topics.COLLABORATION, roles=(row.giver.id, row.receiver.id))
            for row in both[:1]
        ),
        Question(topics.GROUP_OVERVIEW, groups=(one.id,)),
        Question(topics.COLLABORATION, groups=(other.id,)),
    )
    facts = {
        "one": one,
        "other": other,
        "given": given,
        "taken": taken,
        "sense": [_sense(one, other), _sense(other, one)],
    }
    shown_as = names.picture(names.GROUPS, (one.id, other.id))
    return Answer(
        "collaboration_groups", facts, offers, shown, image=shown_as, **sourced([one, other])
    )


def _between_groups(one: str, other: str, base: KnowledgeBase) -> list[pair.Row]:
    """Return what the roles of one group hand to those of another, the most important first."""
    edges = [
        edge
        for edge in base.handovers
        if base.roles[edge.giver].group == one and base.roles[edge.receiver].group == other
    ]
    return pair.rows(sorted(edges, key=lambda edge: edge.place), base)


def _sense(one: model.Group, other: model.Group) -> str:
    return next((part.use for part in one.works_with if part.group == other.id), "")


def _group(group: model.Group, base: KnowledgeBase) -> Answer:
    """Return what a group does with each of the others, with the handover that shows it best."""
    partners = [
        (base.groups[part.group], part.use, _between_groups(group.id, part.group, base)[:1])
        for part in group.works_with
    ]
    inside = _between_groups(group.id, group.id, base)
    offers = (
        *(Question(topics.COLLABORATION, groups=(group.id, one.id)) for one, *_ in partners[:2]),
        Question(topics.ROLES_IN_GROUP, groups=(group.id,)),
    )
    facts = {"group": group, "partners": partners, "inside": inside}
    # No list for "the second one": who says so means the jobs that were listed before.
    return Answer("collaboration_group", facts, offers, **sourced([group]))
