"""How two roles work together: what passes between them, through whom, and in which process."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from chatbot.knowledge import graph, model
from chatbot.knowledge.base import KnowledgeBase

# How a chain of handovers runs: on from the first role, on from the second, from both to a third,
# from a third to both, or in yet another way.
ONWARDS, BACK, MEET, FED, MIXED = "onwards", "back", "meet", "fed", "mixed"


@dataclass(frozen=True)
class Row:
    """A handover with its two roles."""

    edge: model.Handover
    giver: model.Role
    receiver: model.Role


@dataclass(frozen=True)
class Moment:
    """A process in which two roles both have a step, the earlier step first."""

    process: model.Process
    numbers: tuple[int, int]
    roles: tuple[model.Role, model.Role]

    @property
    def steps(self) -> tuple[model.Step, model.Step]:
        """The two steps."""
        first, second = self.numbers
        return self.process.steps[first - 1], self.process.steps[second - 1]

    @property
    def distance(self) -> int:
        """How many steps lie between the two, 1 when one follows the other."""
        return self.numbers[1] - self.numbers[0]


def facts(one: str, other: str, base: KnowledgeBase) -> Mapping[str, Any]:
    """Return what there is to tell about two roles, seen from the first.

    The handovers of a chain stand in the order in which the work passes along it.
    """
    edges = graph.between(base, one, other)
    given = [edge for edge in edges if edge.giver == one]
    taken = [edge for edge in edges if edge.giver == other]
    chain = [] if edges else graph.path(base, one, other)
    way = link(chain, one)
    return {
        "one": base.roles[one],
        "other": base.roles[other],
        "given": rows(given, base),
        "taken": rows(taken, base),
        "chain": rows(chain[::-1] if way == BACK else chain, base),
        "link": way,
        "middle": [base.roles[role] for role in through(chain, one)],
        "back": _way_back(one, other, given, taken, base),
        "moments": moments(one, other, base),
    }


def rows(edges: Sequence[model.Handover], base: KnowledgeBase) -> list[Row]:
    """Return handovers with their roles."""
    return [Row(edge, base.roles[edge.giver], base.roles[edge.receiver]) for edge in edges]


def link(chain: Sequence[model.Handover], start: str) -> str:
    """Return how a chain of handovers runs (one of the constants above), or an empty string."""
    onwards = [
        edge.giver == here for edge, here in zip(chain, _stations(chain, start), strict=False)
    ]
    if not onwards:
        return ""
    if all(onwards):
        return ONWARDS
    if not any(onwards):
        return BACK
    return MEET if onwards == [True, False] else FED if onwards == [False, True] else MIXED


def through(chain: Sequence[model.Handover], start: str) -> list[str]:
    """Return the ids of the roles between the two ends of a chain."""
    return _stations(chain, start)[1:-1]


def _stations(chain: Sequence[model.Handover], start: str) -> list[str]:
    found = [start]
    for edge in chain:
        found.append(edge.receiver if edge.giver == found[-1] else edge.giver)
    return found


def _way_back(
    one: str,
    other: str,
    given: Sequence[model.Handover],
    taken: Sequence[model.Handover],
    base: KnowledgeBase,
) -> list[Row]:
    """Return the handovers by which something comes back where work passes in one direction."""
    if bool(given) == bool(taken):
        return []
    giver, receiver = (other, one) if given else (one, other)
    return rows(graph.path(base, giver, receiver, one_way=True), base)


def moments(one: str, other: str, base: KnowledgeBase) -> list[Moment]:
    """Return the processes in which both have a step, those with the nearest steps first.

    Of the steps of a process those two are taken that lie nearest to each other.
    """
    found: dict[str, Moment] = {}
    for process, mine in graph.steps_of(base, one):
        for theirs in (n for n, step in enumerate(process.steps, 1) if step.role == other):
            moment = _moment(process, (mine, one), (theirs, other), base)
            best = found.get(process.id)
            if best is None or moment.distance < best.distance:
                found[process.id] = moment
    return sorted(found.values(), key=lambda moment: moment.distance)


def _moment(
    process: model.Process, mine: tuple[int, str], theirs: tuple[int, str], base: KnowledgeBase
) -> Moment:
    first, second = sorted((mine, theirs))
    return Moment(process, (first[0], second[0]), (base.roles[first[1]], base.roles[second[1]]))
