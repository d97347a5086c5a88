"""What the conversation is about: kept in the slot `focus` between two messages."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any, NamedTuple

from chatbot.dialogue import topics
from chatbot.dialogue.question import Question
from chatbot.dialogue.quiz import Quiz
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
    topics.PROCESS,
)


class Place(NamedTuple):
    """Where a walk through a process stands: at a step from 1, or at 0 before the first."""

    process: str
    step: int


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
        place: where a walk through a process stands; other questions in between leave it alone.
        quiz: the quiz, if one was begun.
        seen: ids of the roles that questions were about, in their order, for a summary.
    """

    last: Question | None = None
    past: tuple[Question, ...] = ()
    shown: tuple[str, ...] = ()
    offers: tuple[Question, ...] = ()
    pending: Question | None = None
    place: Place | None = None
    quiz: Quiz | None = None
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
        if question.topic == topics.QUIZ:
            return self._after_quiz(question, offers)
        small_talk = question.topic in topics.SMALL_TALK
        waits = replace(self.quiz, waits=True) if self.quiz and not small_talk else self.quiz
        kept = replace(self, quiz=waits)
        if question.topic == topics.CLARIFY:
            return replace(kept, pending=question, shown=shown or self.shown, offers=offers)
        if question.topic in (*topics.SMALL_TALK, topics.OUT_OF_SCOPE, topics.UNKNOWN_ROLE):
            # "And a visual designer?" asks of it what was asked of the job without an entry.
            pending = question if question.wanted else None
            return replace(kept, pending=pending, offers=offers, shown=shown or self.shown)
        if question.topic == topics.SUMMARY:
            question = replace(question, roles=())  # no new subject of the conversation
        # The same list in another order keeps its numbers.
        is_new = len(shown) > 1 and question.topic in _LISTS and set(shown) != set(self.shown)
        # Who asks about the groups of a list in turn goes on counting in that list.
        in_turn = question.topic == topics.GROUP_OVERVIEW and set(question.groups) <= set(
            self.shown
        )
        is_new = is_new and not in_turn
        left = question.topic == topics.PROCESS and question.part == "stop"
        return replace(
            kept,
            last=self.last if left else question,
            past=self.past if left else self._past_after(question),
            shown=shown if is_new else self.shown,
            offers=offers,
            pending=None,
            place=_place_after(question, self.place),
            seen=tuple(dict.fromkeys((*self.seen, *question.roles)))[-MOST_SEEN:],
        )

    def _after_quiz(self, question: Question, offers: tuple[Question, ...]) -> Focus:
        """Return the focus after a turn of the quiz: the role that was right is talked about."""
        offered = () if question.part == "stop" else offers  # "ok" begins nothing new then
        kept = replace(self, quiz=question.quiz, pending=None, offers=offered)
        if not question.roles:
            return kept
        about = Question(topics.DUTIES, roles=question.roles)
        return replace(kept, last=about, past=self._past_after(about))

    def _past_after(self, question: Question) -> tuple[Question, ...]:
        if self.last and self.last != question:
            return (self.last, *self.past)[:LONGEST_PAST]
        return self.past

    def known(self, base: KnowledgeBase) -> Focus:
        """Return the focus without what has left the knowledge base since it was stored."""
        return Focus(
            last=self.last if self.last and is_known(self.last, base) else None,
            past=tuple(question for question in self.past if is_known(question, base)),
            shown=tuple(key for key in self.shown if key in base.roles or key in base.groups),
            offers=tuple(question for question in self.offers if is_known(question, base)),
            pending=self.pending,
            place=self.place if self.place and _exists(self.place, base) else None,
            quiz=self.quiz,
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
            "place": list(self.place) if self.place else None,
            "quiz": self.quiz.as_dict() if self.quiz else None,
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
                place=_place(raw.get("place")),
                quiz=Quiz.from_dict(raw.get("quiz")),
                seen=tuple(raw.get("seen") or ()),
            )
        except (TypeError, KeyError, AttributeError, ValueError):
            return cls()


def _question(raw: dict[str, Any] | None) -> Question | None:
    return Question.from_dict(raw) if raw else None


def _place(raw: Any) -> Place | None:
    """Return the place that a list holds; a ValueError where it holds none."""
    if not raw:
        return None
    process, step = raw
    return Place(str(process), int(step))


def _exists(place: Place, base: KnowledgeBase) -> bool:
    process = base.processes.get(place.process)
    return process is not None and 0 <= place.step <= len(process.steps)


def _place_after(question: Question, place: Place | None) -> Place | None:
    """Return where the walk stands after a question.

    "Who do I call when ..." is answered by a step, which is only a walk's place if there is none.
    """
    process = next(iter(question.of_kind("process")), "")
    if question.topic != topics.PROCESS or not process or (place and question.part == "call"):
        return place
    if question.part == "stop":
        return None
    same = place.step if place and place.process == process else 0
    keeps = question.part in ("count", "no_step", "end") or (question.part and not question.step)
    return Place(process, same if keeps else question.step)


def is_known(question: Question, base: KnowledgeBase) -> bool:
    """Tell whether the knowledge base holds all that a question is about."""
    things = (*question.things, *question.avoid)
    return (
        question.topic in topics.TOPICS
        and all(role in base.roles for role in question.roles)
        and all(group in base.groups for group in question.groups)
        and all(thing.id in base.by_kind.get(thing.kind, ()) for thing in things)
        and (not question.origin or is_origin(question.origin, base))
    )


def is_origin(value: str, base: KnowledgeBase) -> bool:
    """Tell whether a trade or role that somebody comes from is still in the knowledge base."""
    return value in base.occupations or value in base.roles
