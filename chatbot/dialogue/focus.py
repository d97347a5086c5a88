"""What the conversation is about: kept in the slot `focus` between two messages."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from chatbot.dialogue import topics
from chatbot.dialogue.question import Question
from chatbot.knowledge.base import KnowledgeBase

# How many earlier questions "go back" can reach, and how many roles a summary looks back on.
LONGEST_PAST, MOST_SEEN = 6, 12
# A question on one of these turns to several jobs at once, so that no single one is meant any more.
_MANY_ROLES = (topics.RECOMMEND, topics.ROLES_IN_GROUP, topics.LIST_GROUPS)
# Replies to these show a list that "the second one" may point at.
_LISTS = (
    *_MANY_ROLES,
    topics.COMPARE,
    topics.COLLABORATION,
    topics.ROLES_BY_SKILL,
    topics.DEMAND,
    topics.GROUP_OVERVIEW,
    topics.SUMMARY,
)


@dataclass(frozen=True)
class Focus:
    """The last question and what the reply to it offered.

    Args:
        last: the last question that was answered (small talk and refusals leave it alone).
        past: the questions before it, the latest first.
        shown: ids of the roles or groups in the order in which the reply listed them ("the second
            one").
        offers: the next questions that the reply offered ("yes" takes the first).
        pending: the clarifying question that waits for an answer.
        seen: ids of the roles that questions were about, in their order, for a summary.
    """

    last: Question | None = None
    past: tuple[Question, ...] = ()
    shown: tuple[str, ...] = ()
    offers: tuple[Question, ...] = ()
    pending: Question | None = None
    seen: tuple[str, ...] = ()

    @property
    def roles(self) -> tuple[str, ...]:
        """The roles talked about; a question about something else in between is no new subject."""
        for question in self.questions:
            if question.roles:
                return question.roles
            if question.topic in _MANY_ROLES and question != Question(topics.RECOMMEND):
                return ()  # a recommendation that knows no likes shows no jobs
        return ()

    @property
    def questions(self) -> tuple[Question, ...]:
        """The questions so far, the latest first."""
        return (*([self.last] if self.last else []), *self.past)

    @property
    def last_two(self) -> tuple[str, ...]:
        """The two roles talked about last, the earlier first; fewer when there were fewer."""
        roles = [role for question in self.questions for role in reversed(question.roles)]
        return tuple(reversed(list(dict.fromkeys(roles))[:2]))

    @property
    def groups(self) -> tuple[str, ...]:
        """The groups talked about."""
        return self.last.groups if self.last else ()

    @property
    def topic(self) -> str:
        """The last topic, or an empty string."""
        return self.last.topic if self.last else ""

    def after(
        self, question: Question, shown: tuple[str, ...], offers: tuple[Question, ...]
    ) -> Focus:
        """Return the focus once a question has been answered."""
        if question.topic == topics.RECOMMEND and question.reason in topics.INTERVIEW_STEPS:
            is_beside = question.reason in ("repeat", "waits")  # of another question's answer
            return self if is_beside else replace(self, pending=None, offers=())
        if question.topic == topics.CLARIFY:
            return replace(self, pending=question, shown=shown or self.shown, offers=offers)
        if question.topic in (*topics.SMALL_TALK, topics.OUT_OF_SCOPE, topics.UNKNOWN_ROLE):
            return replace(self, pending=None, offers=offers, shown=shown or self.shown)
        if question.topic == topics.SUMMARY:
            question = replace(question, roles=())  # no new subject of the conversation
        past = self.past
        if self.last and self.last != question:
            past = (self.last, *past)[:LONGEST_PAST]
        # The same list in another order keeps its numbers.
        is_new = len(shown) > 1 and question.topic in _LISTS and set(shown) != set(self.shown)
        listed = shown if is_new else self.shown
        seen = tuple(dict.fromkeys((*self.seen, *question.roles)))[-MOST_SEEN:]
        return Focus(question, past, listed, offers, None, seen)

    def known(self, base: KnowledgeBase) -> Focus:
        """Return the focus without what has left the knowledge base since it was stored."""
        return Focus(
            last=self.last if self.last and is_known(self.last, base) else None,
            past=tuple(question for question in self.past if is_known(question, base)),
            shown=tuple(key for key in self.shown if key in base.roles or key in base.groups),
            offers=tuple(question for question in self.offers if is_known(question, base)),
            pending=self.pending,
            seen=tuple(role for role in self.seen if role in base.roles),
        )

    def as_dict(self) -> dict[str, Any]:
        """Return plain JSON values for the slot."""
        return {
            "last": self.last.as_dict() if self.last else None,
            "past": [question.as_dict() for question in self.past],
            "shown": list(self.shown),
            "offers": [question.as_dict() for question in self.offers],
            "pending": self.pending.as_dict() if self.pending else None,
            "seen": list(self.seen),
        }

    @classmethod
    def from_dict(cls, raw: dict[str, Any] | None) -> Focus:
        """Return the focus that `as_dict` wrote; a slot that cannot be read counts as empty."""
        if not isinstance(raw, dict):
            return cls()
        try:
            return cls(
                last=_question(raw.get("last")),
                past=tuple(Question.from_dict(q) for q in raw.get("past") or ()),
                shown=tuple(raw.get("shown") or ()),
                offers=tuple(Question.from_dict(q) for q in raw.get("offers") or ()),
                pending=_question(raw.get("pending")),
                seen=tuple(raw.get("seen") or ()),
            )
        except (TypeError, KeyError, AttributeError):
            return cls()


def _question(raw: dict[str, Any] | None) -> Question | None:
    return Question.from_dict(raw) if raw else None


def is_known(question: Question, base: KnowledgeBase) -> bool:
    """Tell whether the knowledge base holds all that a question is about."""
    things = (*question.things, *question.avoid)
    return (
        question.topic in topics.TOPICS
        and all(role in base.roles for role in question.roles)
        and all(group in base.groups for group in question.groups)
        and all(thing.id in base.by_kind.get(thing.kind, ()) for thing in things)
    )
