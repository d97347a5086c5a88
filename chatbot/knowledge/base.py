"""The loaded knowledge base and the questions one can ask of it without walking the graph."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from types import MappingProxyType
from typing import Union

from chatbot.knowledge import model

AnyNode = Union[
    model.Group,
    model.Role,
    model.Skill,
    model.Tool,
    model.Term,
    model.Process,
    model.Company,
    model.BusinessModel,
    model.ShopSize,
    model.Demand,
    model.Interest,
]

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
    """All entries, by kind and id, in the order of their files."""

    groups: Mapping[str, model.Group]
    roles: Mapping[str, model.Role]
    skills: Mapping[str, model.Skill]
    tools: Mapping[str, model.Tool]
    terms: Mapping[str, model.Term]
    processes: Mapping[str, model.Process]
    companies: Mapping[str, model.Company]
    business_models: Mapping[str, model.BusinessModel]
    shop_sizes: Mapping[str, model.ShopSize]
    demands: Mapping[str, model.Demand]
    interests: Mapping[str, model.Interest]
    occupations: Mapping[str, model.Occupation]
    sources: Mapping[str, model.Source]

    @cached_property
    def by_kind(self) -> Mapping[str, Mapping[str, AnyNode]]:
        """Entries by kind, as `KINDS` names them."""
        return {
            "group": self.groups,
            "role": self.roles,
            "skill": self.skills,
            "tool": self.tools,
            "term": self.terms,
            "process": self.processes,
            "company": self.companies,
            "business_model": self.business_models,
            "shop_size": self.shop_sizes,
            "demand": self.demands,
            "interest": self.interests,
        }

    def nodes(self) -> Iterator[tuple[str, AnyNode]]:
        """Every entry with its kind."""
        for kind, entries in self.by_kind.items():
            for node in entries.values():
                yield kind, node

    @cached_property
    def handovers(self) -> tuple[model.Handover, ...]:
        """Every handover between roles, from whichever file states it."""
        return tuple(_handover(role.id, part) for role in self.roles.values() for part in role.handovers)


def _handover(role: str, part: model.Pass) -> model.Handover:
    giver, receiver = (role, part.to) if part.to else (part.from_, role)
    return model.Handover(
        giver=giver, receiver=receiver, what=part.what, when=part.when, then=part.then
    )
