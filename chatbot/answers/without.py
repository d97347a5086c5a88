"""Jobs without something: which roles have nothing to do with what somebody does not want."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from chatbot.answers.answer import Answer, about_role, sourced
from chatbot.dialogue import topics
from chatbot.dialogue.question import Question, Thing
from chatbot.knowledge import graph, model
from chatbot.knowledge.base import KnowledgeBase
from chatbot.knowledge.gap import DEPTHS

# Jobs told as the nearest where none is without all that is not wanted.
NEAREST = 5


@dataclass(frozen=True)
class Clash:
    """Something in a role that somebody does not want; `little` when it is only a basic skill."""

    name: str
    little: bool = False


def answer(question: Question, base: KnowledgeBase) -> Answer:
    """Return all roles without the unwanted things, by group, and those that have them."""
    asked = [role for role in base.roles.values() if _is_asked(role, question)]
    clashes = {role.id: list(_clashes(role, question.avoid, base)) for role in asked}
    free = [role for role in asked if not clashes[role.id]]
    best = sorted(free, key=lambda role: (-_unlike(role, question.avoid), role.job_zone or 0))
    facts: dict[str, Any] = {
        "avoided": names(question.avoid, base),
        "free": free,
        "total": len(asked),
        "groups": [base.groups[group] for group in question.groups],
        "by_group": [row for row in _by_group(free, base) if row[1]],
        "little": [
            (base.roles[role], found)
            for role, found in clashes.items()
            if found and all(clash.little for clash in found)
        ],
        "much": [
            (base.roles[role], [clash for clash in found if not clash.little])
            for role, found in clashes.items()
            if any(not clash.little for clash in found)
        ],
    }
    nearest = sorted(facts["much"], key=lambda row: len(row[1]))[:NEAREST] if not free else []
    facts["nearest"] = nearest
    shown = tuple(role.id for role in best or [role for role, _ in nearest])
    pair = (Question(topics.COMPARE, roles=shown[:2]),) if len(shown) > 1 else ()
    first = about_role(shown[0], topics.DUTIES) if shown else ()
    offers = (*first, *pair, Question(topics.LIST_GROUPS))
    return Answer("recommend_without", facts, offers, shown, **sourced(best or [_any(base)]))


def _is_asked(role: model.Role, question: Question) -> bool:
    return not question.groups or role.group in question.groups


def _any(base: KnowledgeBase) -> model.Role:
    return next(iter(base.roles.values()))


def roles(question: Question, base: KnowledgeBase) -> list[model.Role]:
    """Return the roles (of a group) in which the unwanted things matter little or not at all."""
    return [
        role
        for role in base.roles.values()
        if _is_asked(role, question)
        and all(clash.little for clash in _clashes(role, question.avoid, base))
    ]


def names(avoid: Sequence[Thing], base: KnowledgeBase) -> list[str]:
    """Return what is not wanted, without skills that are part of an interest named as well."""
    parts = {s for t in avoid if t.kind == "interest" for s in base.interests[t.id].skills}
    told = [thing for thing in avoid if thing.kind != "skill" or thing.id not in parts]
    return list(dict.fromkeys(base.by_kind[thing.kind][thing.id].name for thing in told))


def _clashes(role: model.Role, avoid: Sequence[Thing], base: KnowledgeBase) -> Iterator[Clash]:
    """Yield what a role has of the unwanted things; where one would miss them, it has none."""
    skills = {use.id: use.depth for use in role.skills}
    tools = {use.id for use in role.tools}
    for thing in avoid:
        if thing.kind == "skill" and thing.id in skills:
            yield _of_skill(thing.id, skills[thing.id], base)
        elif thing.kind == "tool" and thing.id in tools:
            yield Clash(base.tools[thing.id].name)
        elif thing.kind == "interest" and thing.id in role.suits:
            yield Clash(base.interests[thing.id].name)
        elif thing.kind == "interest" and thing.id not in role.not_for:
            for skill in base.interests[thing.id].skills:
                if skill in skills:
                    yield _of_skill(skill, skills[skill], base)


def _of_skill(skill: str, depth: str, base: KnowledgeBase) -> Clash:
    return Clash(base.skills[skill].name, little=depth == DEPTHS[0])


def _unlike(role: model.Role, avoid: Sequence[Thing]) -> int:
    """Return how many of the unwanted things one would miss in a role, had one wanted them."""
    return sum(thing.kind == "interest" and thing.id in role.not_for for thing in avoid)


def _by_group(
    free: Sequence[model.Role], base: KnowledgeBase
) -> Iterator[tuple[model.Group | None, list[model.Role], bool]]:
    """Yield each group with its roles among the free ones, and whether these are all of it."""
    kept = {role.id for role in free}
    for group in base.groups.values():
        members = graph.roles_in_group(base, group.id)
        inside = [role for role in members if role.id in kept]
        yield group, inside, len(inside) == len(members)
    yield None, [role for role in free if role.group is None], False
