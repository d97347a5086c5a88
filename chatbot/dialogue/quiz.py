"""The state of a quiz, kept in the focus between two messages."""

from __future__ import annotations

from dataclasses import asdict, dataclass, fields, replace
from typing import Any

from chatbot.knowledge import quiz as questions
from chatbot.knowledge.base import KnowledgeBase

# Questions of one round.
ROUND = 5


@dataclass(frozen=True)
class Quiz:
    """How far a quiz has come.

    Args:
        seed: decides the order of the questions.
        scope: what it is about, see `chatbot.knowledge.quiz.order`; empty for everything.
        place: how many questions of the order have been used up, those of earlier rounds included.
        open: id of the question that waits for an answer, or empty between two rounds.
        asked: questions of this round that were answered or skipped.
        right: those of them that were answered rightly.
        missed: roles that were right where the answer was not, in this round.
        told: id of the question answered last.
        waits: something else was answered since the question was asked.
    """

    seed: str = ""
    scope: str = ""
    place: int = 0
    open: str = ""
    asked: int = 0
    right: int = 0
    missed: tuple[str, ...] = ()
    told: str = ""
    waits: bool = False

    def as_dict(self) -> dict[str, Any]:
        """Return plain JSON values, without what is empty."""
        values = {**asdict(self), "missed": list(self.missed)}
        return {key: value for key, value in values.items() if value}

    @classmethod
    def from_dict(cls, raw: Any) -> Quiz | None:
        """Return the quiz that `as_dict` wrote, or None where it cannot be read."""
        if not isinstance(raw, dict) or not raw:
            return None
        kinds = {field.name: type(field.default) for field in fields(cls)}
        values: dict[str, Any] = {}
        for key, value in raw.items():
            if kinds.get(key) is tuple and isinstance(value, (list, tuple)):
                values[key] = tuple(map(str, value))
            elif key in kinds and isinstance(value, kinds[key]):
                values[key] = value
        return cls(**values)

    def length(self, base: KnowledgeBase) -> int:
        """Return the number of questions of a round; fewer where there are fewer."""
        return min(ROUND, self.size(base))

    def size(self, base: KnowledgeBase) -> int:
        """Return how many questions there are."""
        return len(questions.order(base, self.seed, self.scope))

    def item(self, base: KnowledgeBase) -> questions.Item | None:
        """Return the question that waits for an answer."""
        return questions.find(base, self.open)

    def asking(self, base: KnowledgeBase) -> Quiz:
        """Return the quiz with its next question open; with none if there is none to ask."""
        size = self.size(base)
        for place in range(self.place, self.place + size):
            times, number = divmod(place, size)
            seed = f"{self.seed} {times}" if times else self.seed  # all were asked: another order
            key = questions.order(base, seed, self.scope)[number]
            if questions.find(base, key):
                return replace(self, place=place + 1, open=key, waits=False)
        return replace(self, open="")

    def answered(self, item: questions.Item, is_right: bool, base: KnowledgeBase) -> Quiz:
        """Return the quiz after an answer to its open question, with the next one open.

        After the last question of a round none is open.
        """
        missed = self.missed if is_right else tuple(dict.fromkeys((*self.missed, item.role)))
        done = replace(
            self,
            asked=self.asked + 1,
            right=self.right + is_right,
            missed=missed,
            told=item.id,
            waits=False,
        )
        if done.asked >= done.length(base):
            return replace(done, open="")
        return done.asking(base)

    def next_round(self, base: KnowledgeBase) -> Quiz:
        """Return the quiz at the first question of another round, which goes on with the order."""
        return replace(self, asked=0, right=0, missed=(), told="").asking(base)
