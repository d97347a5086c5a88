"""How the size of a shop changes who does what."""

from __future__ import annotations

from chatbot.answers import seen_through
from chatbot.answers.answer import Answer, about_role, sourced
from chatbot.answers.staffing import own_people, seats
from chatbot.dialogue import topics
from chatbot.dialogue.question import Question, Thing
from chatbot.knowledge import model
from chatbot.knowledge.base import KnowledgeBase


def answer(question: Question, base: KnowledgeBase) -> Answer:
    """Return how a role changes with size, who does what at one size, or the sizes side by side."""
    if question.roles and len(question.of_kind("shop_size")) == 1:
        return seen_through.at_size(question, base)
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
    found = seats(size, people)
    rows = [(seat, [base.roles[role].name for role in seat.post.covers]) for seat in found]
    others = [other for other in base.shop_sizes.values() if other.id != size.id]
    first = found[0].covers[0]
    offers = (*(_ask(other) for other in others[:2]), *about_role(first, topics.DUTIES))
    facts = {
        "size": size,
        "joined": [row for row in rows if len(row[0].covers) > 1 and not row[0].post.outside],
        "single": [seat.post.title for seat in found if len(seat.covers) == 1],
        "outside": [row for row in rows if row[0].post.outside],
        "people": people,
        "own": own_people(found),
    }
    return Answer("division_of_size", facts, offers, **sourced([size]))


def _role(role: model.Role, base: KnowledgeBase) -> Answer:
    rows = [(base.shop_sizes[size], getattr(role.shop_size, size)) for size in model.SIZES]
    offers = (
        *about_role(role.id, topics.DUTIES),
        Question(topics.BUSINESS_MODELS, roles=(role.id,)),
        Question(topics.DIVISION_OF_LABOUR),
    )
    facts = {"role": role, "rows": rows}
    return Answer("division_of_role", facts, offers, (role.id,), **sourced([role]))


def _ask(size: model.ShopSize) -> Question:
    return Question(topics.DIVISION_OF_LABOUR, things=(Thing("shop_size", size.id),))
