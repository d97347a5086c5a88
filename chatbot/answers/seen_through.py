"""One role through a lens: the size of the shop, the way of selling, or a company."""

from __future__ import annotations

from chatbot.answers.answer import Answer, about_role, sourced
from chatbot.answers.staffing import Seat, seats
from chatbot.dialogue import topics
from chatbot.dialogue.question import Question, Thing
from chatbot.knowledge import model
from chatbot.knowledge.base import KnowledgeBase


def at_size(question: Question, base: KnowledgeBase) -> Answer:
    """Return what a role is in a shop of one size: who does it, and what else that person does."""
    role = base.roles[question.roles[0]]
    size = base.shop_sizes[question.of_kind("shop_size")[0]]
    seat = _seat_of(role.id, size, question.people)
    others = [base.roles[key].name for key in seat.covers if key != role.id]
    facts = {
        "role": role,
        "size": size,
        "people": question.people,
        "text": getattr(role.shop_size, size.id),
        "seat": seat,
        "others": others,
    }
    offers = (
        Question(topics.DIVISION_OF_LABOUR, roles=(role.id,)),
        Question(topics.DIVISION_OF_LABOUR, things=(Thing("shop_size", size.id),)),
        *about_role(role.id, topics.DUTIES),
    )
    return Answer("division_of_role_at_size", facts, offers, (role.id,), **sourced([role]))


def by_model(question: Question, base: KnowledgeBase) -> Answer:
    """Return how a role differs on a third-party platform and in a self-built mall."""
    role = base.roles[question.roles[0]]
    companies = [base.companies[key] for key in question.of_kind("company")]
    asked = [*question.of_kind("business_model"), *(company.model for company in companies)]
    order = list(dict.fromkeys((*asked, *base.business_models)))
    rows = [(base.business_models[key], _text(role, base.business_models[key])) for key in order]
    parts = [
        (company, use.use)
        for company in companies
        for use in company.carried_by
        if use.role == role.id
    ]
    facts = {
        "role": role,
        "rows": [row for row in rows if row[1]],
        "companies": companies,
        "parts": parts,
    }
    offers = (
        *about_role(role.id, topics.DUTIES),
        *(Question(topics.COMPANY_EXAMPLE, things=(Thing("company", c.id),)) for c in companies),
        Question(topics.BUSINESS_MODELS),
        *about_role(role.id, topics.SKILLS),
    )
    return Answer("business_model_role", facts, offers[:3], (role.id,), **sourced([role]))


def _text(role: model.Role, entry: model.BusinessModel) -> str:
    """Return how the role is in this model, or at least what the model needs it for."""
    if role.selling:
        return role.selling.by_model(entry.id)
    return next((use.use for use in entry.roles if use.role == role.id), "")


def _seat_of(role: str, size: model.ShopSize, people: int | None) -> Seat:
    return next(seat for seat in seats(size, people) if role in seat.covers)
