"""The result of an answer module: facts and what to offer next, not yet worded."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from chatbot.dialogue import topics
from chatbot.dialogue.question import Question, Thing
from chatbot.knowledge import model
from chatbot.knowledge.base import KnowledgeBase
from chatbot.pictures.names import Picture

# Next questions offered with an answer.
OFFERS = 3
# Public standards that a source line names with the code of the role.
_STANDARDS = ("onet", "esco", "csco")


@dataclass(frozen=True)
class SourceRef:
    """A source as an answer names it, e.g. `O*NET 29.3` with the code `13-1161.00`."""

    id: str
    code: str = ""


@dataclass(frozen=True)
class Answer:
    """What to say.

    Args:
        template: name of the template that words it.
        facts: values for the template.
        offers: questions to offer next.
        shown: role or group ids in the order in which the reply lists them.
        sources: where the facts come from.
        reviewed: when they were last read over.
        image: the picture that shows it.
        replies: short replies that make sense here only, shown before the offers: ids of roles, or
            keys of `replies` in the words of a language.
        note: key of `notes` in the words of a language, for a line under everything; may be empty.
        choices: answers to choose from, word for word, for a channel with buttons.
        steering: what else can be said there, by keys of `steering` in the words of a language.
    """

    template: str
    facts: Mapping[str, Any] = field(default_factory=dict)
    offers: tuple[Question, ...] = ()
    shown: tuple[str, ...] = ()
    sources: tuple[SourceRef, ...] = ()
    reviewed: datetime.date | None = None
    image: Picture | None = None
    replies: tuple[str, ...] = ()
    note: str = ""
    choices: tuple[str, ...] = ()
    steering: tuple[str, ...] = ()


def sourced(nodes: Sequence[model.Node]) -> dict[str, Any]:
    """Return `sources` and `reviewed` of an answer that draws on these entries.

    A role's standards carry the code of its best fitting occupation; the date is the oldest.
    """
    refs: dict[str, SourceRef] = {}
    for node in nodes:
        for source in node.sources:
            code = _code(node, source) if len(nodes) == 1 else ""
            refs.setdefault(source, SourceRef(source, code))
    return {
        "sources": tuple(refs.values()),
        "reviewed": min((node.reviewed for node in nodes), default=None),
    }


def _code(node: model.Node, source: str) -> str:
    if not isinstance(node, model.Role) or source not in _STANDARDS:
        return ""
    codes = getattr(node.codes, source)
    return codes[0].code if codes else ""


def about_role(role: str, *wanted: str) -> tuple[Question, ...]:
    """Return one question per topic about a role."""
    return tuple(Question(topic, roles=(role,)) for topic in wanted)


def role_offers(roles: Sequence[str], topic: str, base: KnowledgeBase) -> tuple[Question, ...]:
    """Return what to ask next about these roles after an answer on a topic."""
    if len(roles) > 1:
        pair = tuple(roles[:2])
        both = [Question(topics.COMPARE, roles=pair), Question(topics.COLLABORATION, roles=pair)]
        rest = about_role(roles[0], topics.SKILLS)
        return tuple(q for q in (*both, *rest) if q.topic != topic)[:OFFERS]
    order = (topics.DUTIES, topics.SKILLS, topics.COLLABORATION, topics.CAREER_PATH, topics.TOOLS)
    start = order.index(topic) + 1 if topic in order else 0
    following = order[start:] + order[:start]
    return about_role(roles[0], *[t for t in following if t != topic][:OFFERS])


def group_offers(group: str, roles: Iterable[str]) -> tuple[Question, ...]:
    """Return what to ask next about a group."""
    first = next(iter(roles), None)
    about_first = about_role(first, topics.DUTIES) if first else ()
    return (
        Question(topics.ROLES_IN_GROUP, groups=(group,)),
        *about_first,
        Question(topics.LIST_GROUPS),
    )


def thing(kind: str, node: model.Node) -> Thing:
    """Return the reference to an entry."""
    return Thing(kind, node.id)
