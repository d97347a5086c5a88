"""The loaded knowledge base and the questions one can ask of it without walking the graph."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from types import MappingProxyType
from typing import Any, TypeAlias

from chatbot.knowledge import model

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
    """

    by_kind: Mapping[str, Mapping[str, Any]]
    occupations: Mapping[str, model.Occupation]
    sources: Mapping[str, model.Source]

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
            _handover(role.id, part) for role in self.roles.values() for part in role.handovers
        )


def _handover(role: str, part: model.Pass) -> model.Handover:
    return model.Handover(
        giver=model.Id(part.from_ or role),
        receiver=model.Id(part.to or role),
        what=part.what,
        when=part.when,
        then=part.then,
    )
