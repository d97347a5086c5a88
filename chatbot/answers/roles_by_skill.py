"""Which roles need a skill or use a tool."""

from __future__ import annotations

from collections.abc import Iterator

from chatbot.answers.answer import Answer, about_role, sourced
from chatbot.dialogue import topics
from chatbot.dialogue.question import Question, Thing
from chatbot.knowledge import graph, model
from chatbot.knowledge.base import KnowledgeBase


def answer(question: Question, base: KnowledgeBase) -> Answer:
    """Return the roles that need the skills or tools, those that fit most of them first."""
    nodes = [base.by_kind[thing.kind][thing.id] for thing in question.things]
    uses: dict[str, list[str]] = {}
    for thing in question.things:
        for role, use in _uses(thing, base):
            uses.setdefault(role, []).append(use)
    order = sorted(uses, key=lambda role: -len(uses[role]))
    rows = [(base.roles[role], uses[role]) for role in order]
    offers: tuple[Question, ...] = (Question(topics.DEFINE, things=question.things[:1]),)
    if order:
        offers = (*about_role(order[0], topics.DUTIES, topics.SKILLS), *offers)
    return Answer(
        topics.ROLES_BY_SKILL,
        {"things": nodes, "rows": rows},
        offers,
        shown=tuple(order),
        **sourced([*nodes, *(role for role, _ in rows)]),
    )


def _uses(thing: Thing, base: KnowledgeBase) -> Iterator[tuple[str, str]]:
    """Yield (role id, what the role needs it for)."""
    if thing.kind == "skill":
        for role, skill in graph.roles_with_skill(base, thing.id):
            yield role.id, skill.use
    elif thing.kind == "tool":
        for role, tool in graph.roles_with_tool(base, thing.id):
            yield role.id, tool.use
    else:
        yield from _roles_of_term(base.terms[thing.id], base)


def _roles_of_term(term: model.Term, base: KnowledgeBase) -> Iterator[tuple[str, str]]:
    for role in term.roles:
        yield role, base.roles[role].summary
