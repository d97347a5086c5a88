"""Third-party platform and self-built mall."""

from __future__ import annotations

from chatbot.answers import seen_through
from chatbot.answers.answer import Answer, sourced
from chatbot.dialogue import topics
from chatbot.dialogue.question import Question, Thing
from chatbot.knowledge import model
from chatbot.knowledge.base import KnowledgeBase


def answer(question: Question, base: KnowledgeBase) -> Answer:
    """Return the models asked about (or that the companies asked about use), or all."""
    if len(question.roles) == 1:
        return seen_through.by_model(question, base)
    ids = question.of_kind("business_model")
    companies = [base.companies[company] for company in question.of_kind("company")]
    ids += [company.model for company in companies]
    chosen = [base.business_models[key] for key in dict.fromkeys(ids)]
    models = chosen or list(base.business_models.values())
    rows = [_row(entry, base) for entry in models]
    shown = tuple(dict.fromkeys(use.role for entry in models for use in entry.roles))
    return Answer(
        topics.BUSINESS_MODELS,
        {"rows": rows, "companies": companies},
        _offers(models, base),
        shown,
        **sourced(models),
    )


def _row(entry: model.BusinessModel, base: KnowledgeBase) -> dict[str, object]:
    return {
        "model": entry,
        "companies": [base.companies[company].name for company in entry.companies],
        "roles": [(base.roles[use.role].name, use.use) for use in entry.roles],
    }


def _offers(models: list[model.BusinessModel], base: KnowledgeBase) -> tuple[Question, ...]:
    others = [entry for entry in base.business_models.values() if entry not in models]
    first = models[0].companies[:1]
    return (
        *(
            Question(topics.BUSINESS_MODELS, things=(Thing("business_model", o.id),))
            for o in others
        ),
        *(Question(topics.COMPANY_EXAMPLE, things=(Thing("company", c),)) for c in first),
        Question(topics.DIVISION_OF_LABOUR),
    )[:3]
