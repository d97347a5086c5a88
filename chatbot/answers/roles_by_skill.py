"""Which roles need one or several skills or tools, the best fitting first."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from chatbot.answers import without
from chatbot.answers.answer import Answer, about_role, sourced
from chatbot.dialogue import topics
from chatbot.dialogue.question import Question, Thing
from chatbot.knowledge import graph, model
from chatbot.knowledge.base import KnowledgeBase
from chatbot.knowledge.gap import DEPTHS


@dataclass
class Fit:
    """A role with those of the wanted things that it needs, and how much it needs them.

    Args:
        role: the role.
        uses: name of each thing, how deep it is needed (empty for tools), and what for.
        missing: names of the wanted things that it does not need.
        weight: sum of the depths, 1 for a basic skill to 3 for an advanced one, 2 for a tool.
        place: sum of the places in the role's own lists, where the most important stands first.
    """

    role: model.Role
    uses: list[tuple[str, str, str]] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)
    weight: int = 0
    place: int = 0


def answer(question: Question, base: KnowledgeBase) -> Answer:
    """Return the roles that need the skills or tools: those that need all of them first, then by
    how deep and how high up in their lists they need them."""
    nodes = [base.by_kind[thing.kind][thing.id] for thing in question.things]
    allowed = {role.id for role in without.roles(replace(question, groups=()), base)}
    found = [fit for fit in _fits(question.things, base) if fit.role.id in allowed]
    inside = [fit for fit in found if fit.role.group in question.groups or not question.groups]
    every = [fit for fit in inside if not fit.missing]
    groups = [base.groups[group] for group in question.groups]
    facts = {
        "things": nodes,
        "groups": groups,
        "avoided": without.names(question.avoid, base),
        "rows": [(fit.role, [use for *_, use in fit.uses]) for fit in inside],
        "every": every,
        "some": [fit for fit in inside if fit.missing],
        "elsewhere": [] if inside else found,
    }
    order = [fit.role for fit in (inside or found)]
    return Answer(
        topics.ROLES_BY_SKILL,
        facts,
        _offers(question, order),
        shown=tuple(role.id for role in order),
        **sourced([*nodes, *groups, *order]),
    )


def _offers(question: Question, order: Sequence[model.Role]) -> tuple[Question, ...]:
    define = Question(topics.DEFINE, things=question.things[:1])
    if not order:
        return (define,)
    return (*about_role(order[0].id, topics.DUTIES, topics.SKILLS), define)


def _fits(things: Sequence[Thing], base: KnowledgeBase) -> list[Fit]:
    fits: dict[str, Fit] = {}
    for thing in things:
        name = base.by_kind[thing.kind][thing.id].name
        users = {role.id: (depth, use, place) for role, depth, use, place in _uses(thing, base)}
        for role in users.keys() - fits.keys():
            fits[role] = Fit(base.roles[role])
        for role, (depth, use, place) in users.items():
            fit = fits[role]
            fit.uses.append((name, depth, use))
            fit.weight += DEPTHS.index(depth) + 1 if depth else 2
            fit.place += place
    names = [base.by_kind[thing.kind][thing.id].name for thing in things]
    for fit in fits.values():
        fit.missing = [name for name in names if name not in {use[0] for use in fit.uses}]
    order = {role: number for number, role in enumerate(base.roles)}
    return sorted(
        fits.values(),
        key=lambda fit: (len(fit.missing), -fit.weight, fit.place, order[fit.role.id]),
    )


def _uses(thing: Thing, base: KnowledgeBase) -> Iterator[tuple[model.Role, str, str, int]]:
    """Yield (role, depth, what the role needs it for, place in the role's list)."""
    if thing.kind == "skill":
        for role, skill in graph.roles_with_skill(base, thing.id):
            yield role, skill.depth, skill.use, role.skills.index(skill)
    elif thing.kind == "tool":
        for role, tool in graph.roles_with_tool(base, thing.id):
            yield role, "", tool.use, role.tools.index(tool)
    else:
        for place, key in enumerate(base.terms[thing.id].roles):
            yield base.roles[key], "", base.roles[key].summary, place
