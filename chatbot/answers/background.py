"""What somebody of another trade could do: near roles, what helps, what is missing."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from chatbot.answers.answer import Answer, about_role, sourced
from chatbot.answers.career_moves import missing_for, onward
from chatbot.dialogue import topics
from chatbot.dialogue.question import Question
from chatbot.knowledge import ladder, model
from chatbot.knowledge.base import KnowledgeBase

# Roles that one answer names.
NAMED = 3


@dataclass(frozen=True)
class Near:
    """A near role, and the names of the skills that are brought along and that are missing.

    One that comes `later` is reached over another near role, which takes beginners.
    """

    role: model.Role
    uses: Sequence[str]
    missing: Sequence[str]
    later: bool


def answer(question: Question, base: KnowledgeBase) -> Answer:
    """Return the nearest roles for the trade, or the role, that the person comes from."""
    if question.origin in base.roles:
        return onward(question, base)
    trade = base.occupations[question.origin or ""]
    have = {use.id for use in trade.brings}
    nearest = _in_groups(question, trade, have, base)
    doors = [role for role in nearest if ladder.is_open(base.roles[role])]
    told = [_near(base, have, role, doors) for role in nearest]
    near = [one for one in told if one.uses] or told
    facts = {
        "trade": trade,
        "brings": [(base.skills[use.id].name, use.use) for use in trade.brings],
        "near": near,
        "first": base.roles[(*doors, *nearest)[0]],
    }
    offers = (
        Question(topics.CAREER_PATH, roles=nearest[:1], origin=trade.title),
        *about_role(nearest[0], topics.DUTIES),
        Question(topics.DEMAND),
    )
    sources = sourced([one.role for one in near])
    shown = tuple(one.role.id for one in near)
    return Answer("recommend_background", facts, offers, shown, **sources)


def _in_groups(
    question: Question, trade: model.Occupation, have: Collection[str], base: KnowledgeBase
) -> tuple[str, ...]:
    """Return the nearest roles; in the groups asked about, those that use most skills brought."""
    if not question.groups:
        return trade.nearest
    members = [role.id for group in question.groups for role in base.members.get(group, ())]

    def rank(role: str) -> tuple[bool, int]:
        return (role not in trade.nearest, -len(ladder.shared(base, have, role)))

    return tuple(sorted(members, key=rank)[:NAMED])


def _near(base: KnowledgeBase, have: Collection[str], role: str, doors: list[str]) -> Near:
    uses = [base.skills[use.id].name for use in ladder.shared(base, have, role)]
    later = role not in doors and bool(ladder.climb(base, doors, role))
    return Near(base.roles[role], uses, missing_for(base, have, role), later)
