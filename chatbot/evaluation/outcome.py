"""Let a system answer the cases, and keep what it understood beside what was meant."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

from chatbot.evaluation.cases import Case, Part, Talk
from chatbot.evaluation.judge import Answered, Verdict, judge


@dataclass(frozen=True)
class Understood:
    """What a system made of one message.

    Attributes:
        answered: what its reply is about.
        intent: the likeliest intent.
        confidence: the probability of that intent, 0 to 1.
        entities: kind and value of what was found in the text.
        milliseconds: from the text to the reply.
    """

    answered: Answered
    intent: str
    confidence: float
    entities: tuple[tuple[str, str], ...]
    milliseconds: float


@dataclass(frozen=True)
class Outcome:
    """A message of a talk, and how it was understood; `turn` counts from 0."""

    talk: Talk
    turn: int
    understood: Understood

    @property
    def case(self) -> Case:
        """The message and what it means."""
        return self.talk.turns[self.turn]

    @property
    def verdict(self) -> Verdict:
        """Whether it was understood."""
        return judge(self.case, self.understood.answered)

    @property
    def part(self) -> Part:
        """The half it belongs to."""
        return self.talk.part

    @property
    def key(self) -> str:
        """A short name that is the same in every run and does not tell the text."""
        place = (self.talk.voice, self.talk.name, str(self.turn), self.case.text)
        return hashlib.sha256("\0".join(place).encode()).hexdigest()[:12]


class System(Protocol):
    """Something that understands messages."""

    @property
    def name(self) -> str:
        """What the columns of the report are headed with."""

    @property
    def about(self) -> Sequence[str]:
        """How it was made: pipeline, training and settings, a sentence each."""

    def understand(self, talks: Sequence[Sequence[str]]) -> Iterator[Sequence[Understood]]:
        """Yield what it makes of the messages of each talk; talks know nothing of each other."""


def outcomes(system: System, talks: Sequence[Talk]) -> list[Outcome]:
    """Let a system answer all talks."""
    texts = [[case.text for case in talk.turns] for talk in talks]
    return [
        Outcome(talk, turn, understood)
        for talk, answers in zip(talks, system.understand(texts), strict=True)
        for turn, understood in enumerate(answers)
    ]
