"""How Tmall, Xiaomi, Tencent and others do it."""

from __future__ import annotations

from chatbot.answers.answer import OFFERS, Answer, about_role, sourced
from chatbot.dialogue import topics
from chatbot.dialogue.question import Question, Thing
from chatbot.knowledge import model
from chatbot.knowledge.base import KnowledgeBase

# Companies that an answer offers next.
_NEXT = 2


def answer(question: Question, base: KnowledgeBase) -> Answer:
    """Return the story of the companies; without one, those that fit the terms, or all."""
    named = [base.companies[company] for company in question.of_kind("company")]
    if len(named) == 1 and named[0].carried_by and (question.aspect or question.roles):
        return _carried(named[0], question.roles, base)
    if named:
        return _stories(named, base)
    terms = set(question.of_kind("term"))
    fitting = [c for c in base.companies.values() if terms & set(c.terms)]
    if fitting:
        return _stories(fitting[:1], base)
    companies = list(base.companies.values())
    return Answer(
        "company_list", {"companies": companies}, _offers(companies), **sourced(companies)
    )


def _stories(companies: list[model.Company], base: KnowledgeBase) -> Answer:
    rows = [(company, base.business_models[company.model]) for company in companies]
    things = [Thing("company", company.id) for company in companies]
    others = [c for c in base.companies.values() if c not in companies]
    roles = tuple(dict.fromkeys(role for company in companies for role in company.roles))
    model_offer = Question(
        topics.BUSINESS_MODELS, things=(Thing("business_model", companies[0].model),)
    )
    carried = tuple(thing for thing in things[:1] if companies[0].carried_by)
    who = tuple(
        Question(topics.COMPANY_EXAMPLE, things=(one,), aspect=topics.WHO) for one in carried
    )
    offers = (*who, *_offers(others), model_offer)[:OFFERS]
    return Answer(topics.COMPANY_EXAMPLE, {"rows": rows}, offers, roles, **sourced(companies))


def _carried(company: model.Company, asked: tuple[str, ...], base: KnowledgeBase) -> Answer:
    """Return which roles carry which part of the example, those asked about first."""
    uses = sorted(company.carried_by, key=lambda use: use.role not in asked)
    rows = [(base.roles[use.role], use.use) for use in uses]
    roles = tuple(use.role for use in uses)
    others = [other for other in base.companies.values() if other != company]
    offers = (
        Question(topics.COMPANY_EXAMPLE, things=(Thing("company", company.id),)),
        *about_role(roles[0], topics.DUTIES),
        *_offers(others)[:1],
    )
    facts = {"company": company, "rows": rows, "asked": [base.roles[role] for role in asked]}
    return Answer("company_carried", facts, offers, roles, **sourced([company]))


def _offers(companies: list[model.Company]) -> tuple[Question, ...]:
    return tuple(
        Question(topics.COMPANY_EXAMPLE, things=(Thing("company", company.id),))
        for company in companies[:_NEXT]
    )
