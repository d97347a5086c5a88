"""What somebody who knows some things, or does one job, still has to learn for another job."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from chatbot.knowledge import model
from chatbot.knowledge.base import KnowledgeBase

DEPTHS = ("basic", "working", "advanced")


@dataclass(frozen=True)
class Gap:
    """Skills and tools of a role, the most important first, by whether somebody has them.

    Args:
        has: skills somebody has, with what the role needs them for.
        deeper: those of them that the role needs deeper than somebody has them.
        missing: skills that are missing.
        has_tools: tools somebody works with.
        missing_tools: tools that are missing.
    """

    has: tuple[tuple[model.Skill, model.SkillUse], ...]
    deeper: tuple[tuple[model.Skill, model.SkillUse], ...]
    missing: tuple[tuple[model.Skill, model.SkillUse], ...]
    has_tools: tuple[tuple[model.Tool, model.ToolUse], ...]
    missing_tools: tuple[tuple[model.Tool, model.ToolUse], ...]


def between(
    base: KnowledgeBase,
    start: model.Role,
    target: model.Role,
    skills: Collection[str] = (),
    tools: Collection[str] = (),
) -> Gap:
    """Return what somebody who does one job, and knows some things besides, needs for another."""
    own = {use.id: use.depth for use in start.skills} | dict.fromkeys(skills, DEPTHS[-1])
    begun = _begun(base, tools)
    return _gap(base, target, own, {*tools, *(use.id for use in start.tools)}, begun)


def of_person(
    base: KnowledgeBase, target: model.Role, skills: Collection[str], tools: Collection[str]
) -> Gap:
    """Return what somebody who knows these skills and tools still needs for a job.

    Who works with a tool has begun with the skills that are done with it (`Skill.tools`); how deep
    somebody knows a thing is not known, so nothing counts as too shallow.
    """
    own = dict.fromkeys(skills, DEPTHS[-1])
    return _gap(base, target, own, set(tools), _begun(base, tools))


def _begun(base: KnowledgeBase, tools: Collection[str]) -> set[str]:
    """Return the skills that somebody has begun with who works with these tools."""
    return {s.id for s in base.skills.values() if tools and not set(tools).isdisjoint(s.tools)}


def _gap(
    base: KnowledgeBase,
    target: model.Role,
    skills: Mapping[str, str],
    tools: Collection[str],
    begun: Collection[str],
) -> Gap:
    needs = [(base.skills[use.id], use) for use in target.skills]
    works_with = [(base.tools[use.id], use) for use in target.tools]
    known = {*skills, *begun}
    has = [row for row in needs if row[1].id in known]
    deeper = [(skill, use) for skill, use in has if _is_shallow(skills.get(use.id), use.depth)]
    return Gap(
        has=tuple(has),
        deeper=tuple(deeper),
        missing=tuple(row for row in needs if row[1].id not in known),
        has_tools=tuple(row for row in works_with if row[1].id in tools),
        missing_tools=tuple(row for row in works_with if row[1].id not in tools),
    )


def _is_shallow(depth: str | None, needed: str) -> bool:
    return depth is not None and DEPTHS.index(depth) < DEPTHS.index(needed)
