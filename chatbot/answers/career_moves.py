"""From one role or trade to another: what one brings, the steps, and the skills to gain."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from chatbot.answers.answer import Answer, about_role, sourced
from chatbot.dialogue import topics
from chatbot.dialogue.question import Question
from chatbot.knowledge import ladder, model
from chatbot.knowledge.base import KnowledgeBase

# A way of this many steps or more is called a long one.
LONG = 3


@dataclass(frozen=True)
class Step:
    """A role on the way and the names of the skills that it adds, the most important first."""

    role: model.Role
    gain: list[str]


def answer(question: Question, base: KnowledgeBase) -> Answer:
    """Return the way into the last role of the question from where the person comes from."""
    if question.origin in base.roles:
        return _between(question, base)
    return _from_trade(question, base.occupations[question.origin or ""], base)


def onward(question: Question, base: KnowledgeBase) -> Answer:
    """Return where a role leads: up and sideways, with the skills to gain."""
    role = base.roles[question.roles[0]]
    have = ladder.skills_of(base, [role.id])
    higher, beside = ladder.up(base, role.id), ladder.beside(base, role.id)
    facts = {
        "role": role,
        "up": [(base.roles[key], note_of(base, role.id, key)) for key in higher],
        "titles": [level for level in role.levels.next if level.title],
        "beside": [
            (base.roles[key], _names(ladder.shared(base, have, key), base)) for key in beside
        ],
        "gain": {key: _names(ladder.to_gain(base, have, key), base) for key in higher + beside},
    }
    first = (*higher, *beside)[:1]
    offers = (
        *(Question(topics.CAREER_PATH, roles=(role.id, key), origin=role.id) for key in first),
        *about_role(role.id, topics.SKILLS, topics.COLLABORATION),
    )
    shown = tuple(dict.fromkeys((*higher, *beside)))
    return Answer("career_onward", facts, offers, shown, **sourced([role]))


def note_of(base: KnowledgeBase, start: str, goal: str) -> str:
    """Return what the role files say about a step from one role to the next."""
    levels = [
        *(lv for lv in base.roles[start].levels.next if lv.role == goal),
        *(lv for lv in base.roles[goal].levels.previous if lv.role == start),
    ]
    return levels[0].note if levels else ""


def missing_for(base: KnowledgeBase, have: Collection[str], role: str) -> list[str]:
    """Return the names of the skills of a role that are still to be gained."""
    return _names(ladder.to_gain(base, have, role), base)


def _between(question: Question, base: KnowledgeBase) -> Answer:
    start, goal = base.roles[question.roles[0]], base.roles[question.roles[-1]]
    way = ladder.way(base, start.id, goal.id)
    have = ladder.skills_of(base, [start.id])
    facts = {
        "start": start,
        "goal": goal,
        "kind": way.kind.value,
        "steps": _steps(base, have, way.roles),
        "bring": _names(ladder.shared(base, have, goal.id), base),
        "missing": missing_for(base, have, goal.id),
        "long": len(way.roles) >= LONG,
    }
    pair = (start.id, goal.id)
    offers = (
        Question(topics.COMPARE, roles=pair),
        *about_role(goal.id, topics.SKILLS, topics.CAREER_PATH),
    )
    return Answer("career_between", facts, offers, way.roles, **sourced([start, goal]))


def _from_trade(question: Question, trade: model.Occupation, base: KnowledgeBase) -> Answer:
    goal = base.roles[question.roles[-1]]
    have = {use.id for use in trade.brings}
    way = _way_from(base, trade, goal)
    brought = [use for use in trade.brings if _needs(goal, use)]
    facts = {
        "trade": trade,
        "goal": goal,
        "bring": [(base.skills[use.id].name, use.use) for use in brought],
        "other": [(base.skills[u.id].name, u.use) for u in trade.brings if not _needs(goal, u)],
        "missing": missing_for(base, have, goal.id),
        "steps": _steps(base, have, way),
        "long": len(way) >= LONG or (_is_demanding(goal) and not brought),
        "open": ladder.is_open(goal),
    }
    offers = (
        *about_role(goal.id, topics.SKILLS),
        *about_role(way[0] if way[0] != goal.id else goal.id, topics.DUTIES),
        Question(topics.RECOMMEND, origin=trade.title),
    )
    return Answer("career_from_trade", facts, offers, way, **sourced([goal]))


def _way_from(base: KnowledgeBase, trade: model.Occupation, goal: model.Role) -> tuple[str, ...]:
    """Return the roles over which somebody of a trade gets to a role, the goal last.

    The nearest role of all is entered straight. Of ways of the same length, one that begins in a
    role near to the trade.
    """
    if ladder.is_open(goal) or goal.id == trade.nearest[0]:
        return (goal.id,)
    near = [role for role in trade.nearest if ladder.is_open(base.roles[role])]
    return ladder.way_in(base, goal.id, first=near)


def _is_demanding(role: model.Role) -> bool:
    """Tell whether a role usually asks for a degree (O*NET job zone 4 or more)."""
    return (role.job_zone or 0) >= 4


def _needs(role: model.Role, brought: model.Brought) -> bool:
    return any(use.id == brought.id for use in role.skills)


def _steps(base: KnowledgeBase, have: Collection[str], way: tuple[str, ...]) -> list[Step]:
    """Return the steps of a way with what each adds to the skills of those before it."""
    known: set[str] = set(have)
    steps = []
    for role in way:
        steps.append(Step(base.roles[role], missing_for(base, known, role)))
        known |= ladder.skills_of(base, [role])
    return steps


def _names(uses: list[model.SkillUse], base: KnowledgeBase) -> list[str]:
    return [base.skills[use.id].name for use in uses]
