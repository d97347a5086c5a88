"""How the size of a shop changes who does what."""

from __future__ import annotations

from chatbot.answers.answer import Answer, about_role, sourced
from chatbot.dialogue import topics
from chatbot.dialogue.question import Question, Thing
from chatbot.knowledge import model
from chatbot.knowledge.base import KnowledgeBase


def answer(question: Question, base: KnowledgeBase) -> Answer:
    """Return how a role changes with size, who does what at one size, or the sizes side by side."""
    if question.roles:
        return _role(base.roles[question.roles[0]], base)
    sizes = [base.shop_sizes[size] for size in question.of_kind("shop_size")]
    if len(sizes) == 1:
        return _size(sizes[0], question.people, base)
    chosen = sizes or list(base.shop_sizes.values())
    offers = tuple(_ask(size) for size in chosen[:2]) + (Question(topics.LIST_GROUPS),)
    facts = {"sizes": chosen}
    return Answer(topics.DIVISION_OF_LABOUR, facts, offers, **sourced(chosen))


def _size(size: model.ShopSize, people: int | None, base: KnowledgeBase) -> Answer:
    rows = [(post, [base.roles[role].name for role in post.covers]) for post in size.posts]
    others = [other for other in base.shop_sizes.values() if other.id != size.id]
    first = size.posts[0].covers[0]
    offers = (*(_ask(other) for other in others[:2]), *about_role(first, topics.DUTIES))
    facts = {"size": size, "rows": rows, "people": people}
    return Answer("division_of_size", facts, offers, **sourced([size]))


def _role(role: model.Role, base: KnowledgeBase) -> Answer:
    rows = [(base.shop_sizes[size], getattr(role.shop_size, size)) for size in model.SIZES]
    offers = (
        *about_role(role.id, topics.DUTIES, topics.SKILLS),
        Question(topics.DIVISION_OF_LABOUR),
    )
    facts = {"role": role, "rows": rows}
    return Answer("division_of_role", facts, offers, (role.id,), **sourced([role]))


def _ask(size: model.ShopSize) -> Question:
    return Question(topics.DIVISION_OF_LABOUR, things=(Thing("shop_size", size.id),))
