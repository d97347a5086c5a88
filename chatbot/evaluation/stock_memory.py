"""What an ordinary Rasa bot would answer to what its pipeline found: slots that keep their values.

Rasa's default pipeline understands single messages. So that it can be compared in conversations,
it gets what any Rasa project gives it: a slot for each kind of entity, which keeps its value until
another is named, and a topic that "more" and "yes" take up again.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from chatbot.dialogue import topics
from chatbot.evaluation.cases import THINGS
from chatbot.evaluation.judge import Answered

FALLBACK = "nlu_fallback"
_CONTINUES = (topics.AFFIRM, topics.DENY, topics.FOLLOW_UP)
_LEAVES_TOPIC = (*topics.SMALL_TALK, topics.OUT_OF_SCOPE)
# Which slots the answer to a topic looks at.
_ABOUT_THINGS = (
    topics.DEFINE,
    topics.COMPANY_EXAMPLE,
    topics.BUSINESS_MODELS,
    topics.PROCESS,
    topics.DIVISION_OF_LABOUR,
)
_SLOTS: Mapping[str, tuple[str, ...]] = {
    **{topic: ("roles",) for topic in topics.ROLE_TOPICS},
    **{topic: ("group",) for topic in topics.GROUP_TOPICS},
    **{topic: ("term",) for topic in _ABOUT_THINGS},
    topics.ROLES_BY_SKILL: ("skill", "term"),
}


class Parsed(NamedTuple):
    """What the pipeline found in a message; `entities` are pairs of kind and value."""

    intent: str
    entities: Sequence[tuple[str, str]]


@dataclass(frozen=True)
class _Slots:
    roles: tuple[str, ...] = ()
    group: str | None = None
    skill: str | None = None
    term: str | None = None

    def updated(self, named: _Slots) -> _Slots:
        """Return the slots after a message that names something."""
        roles = named.roles or self.roles
        group = named.group or self.group
        if named.skill or named.term:
            return _Slots(roles, group, named.skill, named.term)
        return _Slots(roles, group, self.skill, self.term)


@dataclass
class Memory:
    """The slots of one conversation.

    Args:
        ids: ids of the knowledge base by kind; entities with other values are left out.
    """

    ids: Mapping[str, Collection[str]]
    _slots: _Slots = field(default_factory=_Slots)
    _topic: str = ""

    def answers(self, talk: Sequence[Parsed]) -> Iterator[Answered]:
        """Yield what the reply to each message is about."""
        for parsed in talk:
            yield self._answer(parsed)

    def _answer(self, parsed: Parsed) -> Answered:
        topic = topics.OUT_OF_SCOPE if parsed.intent == FALLBACK else parsed.intent
        if topic in _CONTINUES:
            topic = self._topic or topics.OUT_OF_SCOPE
        named = self._named(parsed)
        self._slots = self._slots.updated(named)
        if topic not in _LEAVES_TOPIC:
            self._topic = topic
        used = {slot: getattr(self._slots, slot) for slot in _SLOTS.get(topic, ())}
        about = replace(named, **used)
        return Answered(topic, about.roles, about.group, about.skill, about.term)

    def _named(self, parsed: Parsed) -> _Slots:
        known = [
            (kind, value) for kind, value in parsed.entities if value in self.ids.get(kind, ())
        ]

        def values(*kinds: str) -> list[str]:
            return list(dict.fromkeys(value for kind, value in known if kind in kinds))

        return _Slots(
            tuple(values("role")),
            next(iter(values("group")), None),
            next(iter(values("skill")), None),
            next(iter(values(*THINGS)), None),
        )
