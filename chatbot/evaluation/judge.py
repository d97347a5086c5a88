"""Decide whether a message was understood as it was meant."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from chatbot.dialogue.topics import CLARIFY, OUT_OF_SCOPE, RECOMMEND, SUMMARY, UNKNOWN_ROLE
from chatbot.evaluation.cases import Case

# Topics for which the roles do not count: there is no right one, or the bot may name several.
ROLES_DO_NOT_COUNT = (UNKNOWN_ROLE, OUT_OF_SCOPE, RECOMMEND, CLARIFY, SUMMARY)


@dataclass(frozen=True)
class Answered:
    """What a reply was about, as the slot `answered` tells it; ids of the knowledge base."""

    topic: str
    roles: tuple[str, ...] = ()
    group: str | None = None
    skill: str | None = None
    term: str | None = None


@dataclass(frozen=True)
class Verdict:
    """Whether topic and role are right.

    Attributes:
        topic: the topic is that of the case.
        role: so are the roles and, where the case names them, group, skill and term.
    """

    topic: bool
    role: bool

    @property
    def both(self) -> bool:
        """Whether everything is right."""
        return self.topic and self.role


def from_slot(slot: Mapping[str, Any]) -> Answered:
    """Return the value of the slot `answered`."""
    return Answered(
        slot["topic"], tuple(slot["roles"]), slot.get("group"), slot.get("skill"), slot.get("term")
    )


def judge(case: Case, answered: Answered) -> Verdict:
    """Compare a case with what was answered.

    The order of roles does not matter; a skill may be answered as a term and the other way round,
    because some things are both ("SQL").
    """
    roles = case.topic in ROLES_DO_NOT_COUNT or set(case.roles) == set(answered.roles)
    group = case.group is None or case.group == answered.group
    things = {answered.skill, answered.term}
    named = all(thing in things for thing in (case.skill, case.term) if thing is not None)
    return Verdict(case.topic == answered.topic, roles and group and named)
