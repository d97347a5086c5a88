"""What a message means once the conversation has filled in what it left out."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import Any

from chatbot.dialogue.quiz import Quiz

# What a question wants to know of its topic besides the usual: what happens if somebody is late, an
# example, or what somebody still has to learn.
LATE, EXAMPLE, GAP = "late", "example", "gap"


@dataclass(frozen=True)
class Thing:
    """An entry of any kind that is asked about."""

    kind: str
    id: str


@dataclass(frozen=True)
class Question:
    """A topic and what it is asked about; every id exists in the knowledge base.

    Args:
        topic: a topic id (`chatbot.dialogue.topics`).
        roles: role ids, in the order in which they were named.
        groups: group ids.
        things: terms, tools, skills, companies ... that are asked about.
        people: number of people in the shop, where the message gives one.
        avoid: things that the person does not want or cannot do.
        occupation: a job we have no entry for, as the person wrote it.
        nearest: role ids to offer instead of it.
        origin: where the person comes from: a title of occupations.yml or a role id.
        aspect: the side of the topic that is asked about besides the usual (one of the constants
            above or of `topics`), or "".
        detail: the person asked for more than the short answer.
        reason: for `clarify`: what is missing (a key of the clarify template).
        wanted: for `clarify`: the topic to answer once it is clear; for `unknown_role`: the topic
            that was asked of it.
        candidates: for `clarify`: what to choose from; role or group ids, or topic ids.
        failures: how many clarifying questions came right before this one.
        part: what of the subject is asked about (for `process`: see `chatbot.dialogue.walking`) or
            what happens (for `quiz`: see `chatbot.dialogue.quizzing`); empty for all of it.
        step: number of the step of a process, from 1.
        moment: id of the moment (`chatbot.knowledge.moments`) or quiz question it is about.
        quiz: the quiz after this turn; not kept with the question.
        interview: what the interview was told, as "question=choice" (`dialogue.choices`).
        noted: what of this the message has just told.
    """

    topic: str
    roles: tuple[str, ...] = ()
    groups: tuple[str, ...] = ()
    things: tuple[Thing, ...] = ()
    avoid: tuple[Thing, ...] = ()
    people: int | None = None
    occupation: str | None = None
    nearest: tuple[str, ...] = ()
    origin: str | None = None
    aspect: str = ""
    detail: bool = False
    reason: str = ""
    wanted: str = ""
    candidates: tuple[str, ...] = ()
    failures: int = 0
    part: str = ""
    step: int = 0
    moment: str = ""
    quiz: Quiz | None = None
    interview: tuple[str, ...] = ()
    noted: tuple[str, ...] = ()

    def of_kind(self, *kinds: str) -> list[str]:
        """Return the ids of the things of these kinds."""
        return [thing.id for thing in self.things if thing.kind in kinds]

    def of_kind_avoided(self, *kinds: str) -> list[str]:
        """Return the ids of the unwanted things of these kinds."""
        return [thing.id for thing in self.avoid if thing.kind in kinds]

    def as_dict(self) -> dict[str, Any]:
        """Return plain JSON values, without what is empty."""
        values = {field.name: getattr(self, field.name) for field in fields(self)}
        del values["quiz"]
        for key in ("things", "avoid"):
            values[key] = [{"kind": thing.kind, "id": thing.id} for thing in values[key]]
        return {
            key: list(value) if isinstance(value, tuple) else value
            for key, value in values.items()
            if value not in (None, "", 0, False, (), [])
        }

    @classmethod
    def from_dict(cls, raw: dict[str, Any]) -> Question:
        """Return the question that `as_dict` wrote; unknown keys are ignored."""
        known = {field.name for field in fields(cls)} - {"quiz"}
        values: dict[str, Any] = {
            key: tuple(value) if isinstance(value, (list, tuple)) else value
            for key, value in raw.items()
            if key in known
        }
        for key in ("things", "avoid"):
            values[key] = tuple(Thing(**thing) for thing in raw.get(key, ()))
        return cls(**values)
