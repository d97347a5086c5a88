"""Which job suits a person, from what they like and can do."""

from __future__ import annotations

from dataclasses import dataclass, field

from chatbot.answers import background, interview, without
from chatbot.answers.answer import Answer, about_role, sourced
from chatbot.dialogue import topics
from chatbot.dialogue.question import Question, Thing
from chatbot.knowledge import model
from chatbot.knowledge.base import KnowledgeBase

# Roles that one answer recommends.
SUGGESTIONS = 3


@dataclass
class Match:
    """A role, how well it fits, and the interests and skills that speak for it."""

    role: model.Role
    score: float = 0.0
    reasons: list[str] = field(default_factory=list)


def answer(question: Question, base: KnowledgeBase) -> Answer:
    """Return the best fitting roles with reasons, or what to tell the bot when it knows nothing."""
    if question.reason:
        return interview.answer(question, base)
    if question.origin and not (question.things or question.avoid):
        return background.answer(question, base)
    if question.roles:
        return _fit_of(base.roles[question.roles[0]], question, base)
    if not question.things and not question.avoid:
        return _nothing_known(base)
    if not question.things:
        return without.answer(question, base)
    fitting = without.roles(question, base) or list(base.roles.values())
    found = sorted((_match(role, question, base) for role in fitting), key=_rank)
    best = [match for match in found if match.score > 0 and match.reasons][:SUGGESTIONS]
    if not best:
        return _nothing_known(base)
    shown = tuple(match.role.id for match in best)
    pair = (Question(topics.COMPARE, roles=shown[:2]),) if len(shown) > 1 else ()
    offers = (
        *about_role(shown[0], topics.DUTIES),
        *pair,
        Question(topics.RECOMMEND, reason="start"),
    )
    facts = {
        "matches": best,
        "liked": [*([question.origin] if question.origin else []), *_names(question.things, base)],
        "avoided": without.names(question.avoid, base),
    }
    return Answer(topics.RECOMMEND, facts, offers, shown, **sourced([m.role for m in best]))


def _match(role: model.Role, question: Question, base: KnowledgeBase) -> Match:
    """Score a role: interests count by their place in `suits`, skills and tools by their place."""
    match = Match(role)
    for interest in question.of_kind("interest"):
        if interest in role.suits:
            match.score += 3 - 0.4 * role.suits.index(interest)
            match.reasons.append(base.interests[interest].name)
        if interest in role.not_for:
            match.score -= 2
    for interest in question.of_kind_avoided("interest"):
        match.score -= 3 if interest in role.suits else 0
        match.score += 1 if interest in role.not_for else 0.1
    _score_uses(match, question, "skill", [use.id for use in role.skills], base)
    _score_trade(match, question, base)
    _score_uses(match, question, "tool", [use.id for use in role.tools], base)
    return match


def _score_uses(
    match: Match, question: Question, kind: str, ids: list[str], base: KnowledgeBase
) -> None:
    """Count what the person knows for a role, and what the person does not want against it."""
    for wanted in question.of_kind(kind):
        if wanted in ids:
            match.score += 2 - 0.1 * ids.index(wanted)
            match.reasons.append(base.by_kind[kind][wanted].name)
    match.score -= 3 * sum(unwanted in ids for unwanted in question.of_kind_avoided(kind))


def _score_trade(match: Match, question: Question, base: KnowledgeBase) -> None:
    """Count what the person brings from another trade, more for the roles nearest to it."""
    trade = base.occupations.get(question.origin or "")
    if not trade:
        return
    brought = {use.id for use in trade.brings}
    used = [use.id for use in match.role.skills if use.id in brought]
    match.score += 0.5 * len(used) + (1 if match.role.id in trade.nearest else 0)
    match.reasons += [base.skills[skill].name for skill in used[:2]]


def _rank(match: Match) -> tuple[float, int]:
    """Sort by score, then by how little preparation the role needs."""
    return (-match.score, match.role.job_zone or 5)


def _names(things: tuple[Thing, ...], base: KnowledgeBase) -> list[str]:
    return [base.by_kind[thing.kind][thing.id].name for thing in things]


def _fit_of(role: model.Role, question: Question, base: KnowledgeBase) -> Answer:
    facts = {
        "role": role,
        "suits": [base.interests[interest] for interest in role.suits],
        "not_for": [base.interests[interest] for interest in role.not_for],
    }
    offers = about_role(role.id, topics.DUTIES, topics.SKILLS, topics.CAREER_PATH)
    return Answer("recommend_role", facts, offers, (role.id,), **sourced([role]))


def _nothing_known(base: KnowledgeBase) -> Answer:
    interests = list(base.interests.values())
    others = (Question(topics.LIST_GROUPS), Question(topics.DEMAND))
    offers = (Question(topics.RECOMMEND, reason="start"), *others)
    return Answer("recommend_ask", {"interests": interests}, offers, **sourced(interests[:1]))
