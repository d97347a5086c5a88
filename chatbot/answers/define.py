"""What a term, tool, skill, company, model or process is."""

from __future__ import annotations

from chatbot.answers.answer import Answer, about_role, sourced
from chatbot.dialogue import topics
from chatbot.dialogue.question import Question, Thing
from chatbot.knowledge import graph, model
from chatbot.knowledge.base import AnyNode, KnowledgeBase


def answer(question: Question, base: KnowledgeBase) -> Answer:
    """Return the definitions, an example and the roles that deal with it."""
    nodes = [base.by_kind[thing.kind][thing.id] for thing in question.things]
    dealing = [_roles(thing, base) for thing in question.things]
    rows = [
        {"node": node, "kind": thing.kind, "roles": roles}
        for thing, node, roles in zip(question.things, nodes, dealing, strict=True)
    ]
    roles = list(dict.fromkeys(role.id for found in dealing for role in found))
    offers = (
        *(q for role in roles[:1] for q in about_role(role, topics.DUTIES)),
        *_related(question.things[0], nodes[0]),
    )
    return Answer(topics.DEFINE, {"rows": rows}, offers[:3], tuple(roles), **sourced(nodes))


def _roles(thing: Thing, base: KnowledgeBase) -> list[model.Role]:
    """Return up to three roles that deal with the thing most."""
    node = base.by_kind[thing.kind][thing.id]
    if thing.kind == "skill":
        found = [role for role, _ in graph.roles_with_skill(base, thing.id)]
    elif thing.kind == "tool":
        found = [role for role, _ in graph.roles_with_tool(base, thing.id)]
    else:
        found = [base.roles[role] for role in getattr(node, "roles", ()) if isinstance(role, str)]
    return found[:3]


def _related(thing: Thing, node: AnyNode) -> tuple[Question, ...]:
    if isinstance(node, model.Term):
        return tuple(
            Question(topics.DEFINE, things=(Thing("term", term),)) for term in node.see[:2]
        )
    more = {
        "skill": topics.ROLES_BY_SKILL,
        "tool": topics.ROLES_BY_SKILL,
        "company": topics.COMPANY_EXAMPLE,
        "process": topics.PROCESS,
        "business_model": topics.BUSINESS_MODELS,
        "shop_size": topics.DIVISION_OF_LABOUR,
    }
    return (Question(more[thing.kind], things=(thing,)),) if thing.kind in more else ()
