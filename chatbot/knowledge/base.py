"""The loaded knowledge base and the questions one can ask of it without walking the graph."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from types import MappingProxyType
from typing import Any, TypeAlias

from chatbot.knowledge import model
from chatbot.knowledge.interview import Script

AnyNode: TypeAlias = (
    model.Group
    | model.Role
    | model.Skill
    | model.Tool
    | model.Term
    | model.Process
    | model.Company
    | model.BusinessModel
    | model.ShopSize
    | model.Demand
    | model.Interest
)

# Kind of entry -> its class and where it stands below data/knowledge/ (a folder: one entry a file).
KINDS: Mapping[str, tuple[type[AnyNode], str]] = MappingProxyType(
    {
        "group": (model.Group, "groups.yml"),
        "role": (model.Role, "roles"),
        "skill": (model.Skill, "skills.yml"),
        "tool": (model.Tool, "tools.yml"),
        "term": (model.Term, "terms.yml"),
        "process": (model.Process, "processes"),
        "company": (model.Company, "companies.yml"),
        "business_model": (model.BusinessModel, "business_models.yml"),
        "shop_size": (model.ShopSize, "shop_sizes.yml"),
        "demand": (model.Demand, "demand.yml"),
        "interest": (model.Interest, "interests.yml"),
    }
)


@dataclass(frozen=True)
class KnowledgeBase:
    """All entries.

    Args:
        by_kind: entries by kind (as `KINDS` names them) and id, in the order of their files.
        occupations: jobs without an entry, by title.
        sources: sources by id.
        interview: the questions behind "which job suits me?".
    """

    by_kind: Mapping[str, Mapping[str, Any]]
    occupations: Mapping[str, model.Occupation]
    sources: Mapping[str, model.Source]
    interview: Script

    def __hash__(self) -> int:
        """Return a number by identity, so that results can be cached by the base they come from."""
        return id(self)

    @cached_property
    def groups(self) -> Mapping[str, model.Group]:
        """Entries of the kind `group` by id."""
        return self.by_kind["group"]

    @cached_property
    def roles(self) -> Mapping[str, model.Role]:
        """Entries of the kind `role` by id."""
        return self.by_kind["role"]

    @cached_property
    def skills(self) -> Mapping[str, model.Skill]:
        """Entries of the kind `skill` by id."""
        return self.by_kind["skill"]

    @cached_property
    def tools(self) -> Mapping[str, model.Tool]:
        """Entries of the kind `tool` by id."""
        return self.by_kind["tool"]

    @cached_property
    def terms(self) -> Mapping[str, model.Term]:
        """Entries of the kind `term` by id."""
        return self.by_kind["term"]

    @cached_property
    def processes(self) -> Mapping[str, model.Process]:
        """Entries of the kind `process` by id."""
        return self.by_kind["process"]

    @cached_property
    def companies(self) -> Mapping[str, model.Company]:
        """Entries of the kind `company` by id."""
        return self.by_kind["company"]

    @cached_property
    def business_models(self) -> Mapping[str, model.BusinessModel]:
        """Entries of the kind `business_model` by id."""
        return self.by_kind["business_model"]

    @cached_property
    def shop_sizes(self) -> Mapping[str, model.ShopSize]:
        """Entries of the kind `shop_size` by id."""
        return self.by_kind["shop_size"]

    @cached_property
    def demands(self) -> Mapping[str, model.Demand]:
        """Entries of the kind `demand` by id."""
        return self.by_kind["demand"]

    @cached_property
    def interests(self) -> Mapping[str, model.Interest]:
        """Entries of the kind `interest` by id."""
        return self.by_kind["interest"]

    def nodes(self) -> Iterator[tuple[str, AnyNode]]:
        """Every entry with its kind."""
        for kind, entries in self.by_kind.items():
            for node in entries.values():
                yield kind, node

    @cached_property
    def handovers(self) -> tuple[model.Handover, ...]:
        """Every handover between roles, from whichever file states it."""
        return tuple(
            _handover(role.id, part, place)
            for role in self.roles.values()
            for place, part in enumerate(role.handovers)
        )

    # Tables, so that a question about one entry does not walk over all roles.

    @cached_property
    def handovers_of(self) -> Mapping[str, Sequence[model.Handover]]:
        """The handovers to and from each role that has any, in their order."""
        found: dict[str, list[model.Handover]] = defaultdict(list)
        for edge in self.handovers:
            for role in dict.fromkeys((edge.giver, edge.receiver)):
                found[role].append(edge)
        return dict(found)

    def ties(self, role: str) -> int:
        """Return how many handovers a role has, which tells how central it is."""
        return len(self.handovers_of.get(role, ()))

    @cached_property
    def members(self) -> Mapping[str | None, Sequence[model.Role]]:
        """The roles of each group that has any, and under None those without one."""
        found: dict[str | None, list[model.Role]] = defaultdict(list)
        for role in self.roles.values():
            found[role.group].append(role)
        return dict(found)

    @cached_property
    def skill_uses(self) -> Mapping[str, Sequence[tuple[model.Role, model.SkillUse]]]:
        """The roles that need each skill, and what for."""
        found: dict[str, list[tuple[model.Role, model.SkillUse]]] = defaultdict(list)
        for role in self.roles.values():
            for use in role.skills:
                found[use.id].append((role, use))
        return dict(found)

    @cached_property
    def tool_uses(self) -> Mapping[str, Sequence[tuple[int, model.Role, model.ToolUse]]]:
        """The roles that work with each tool, with the tool's place in the role, and what for."""
        found: dict[str, list[tuple[int, model.Role, model.ToolUse]]] = defaultdict(list)
        for role in self.roles.values():
            for place, use in enumerate(role.tools):
                found[use.id].append((place, role, use))
        return dict(found)

    @cached_property
    def backgrounds(self) -> Mapping[str, tuple[str, bool]]:
        """The trade that each phrase about somebody's past stands for.

        With it, whether the phrase names only a field ("retail"), which stands in many sentences
        that tell of no past.
        """
        trades = self.occupations.items()
        fields = {phrase.lower(): (title, True) for title, job in trades for phrase in job.fields}
        said = {phrase.lower(): (title, False) for title, job in trades for phrase in job.said_as}
        return fields | said


def _handover(role: str, part: model.Pass, place: int) -> model.Handover:
    return model.Handover(
        giver=model.Id(part.from_ or role),
        receiver=model.Id(part.to or role),
        what=part.what,
        when=part.when,
        then=part.then,
        if_late=part.if_late or "",
        place=place,
    )
