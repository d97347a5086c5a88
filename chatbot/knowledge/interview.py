"""The shape of `interview.yml`, how it is read and what is checked in it."""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Literal

from pydantic import Field, confloat, constr

from chatbot.errors import nearest
from chatbot.knowledge.model import Id, Part, Text60, Text120

if TYPE_CHECKING:
    from chatbot.knowledge.base import KnowledgeBase

FILE = "interview.yml"
# Buttons and lists show labels, so they are short.
LONGEST_LABEL = 40

Letter = Literal["R", "I", "A", "S", "E", "C"]
Leads = Literal["now", "later", "never"]
Phrases = tuple[Text60, ...]

if TYPE_CHECKING:
    Weight = float
    Label = str
else:
    Weight = confloat(gt=0)
    Label = constr(min_length=1, max_length=LONGEST_LABEL, strip_whitespace=True)


class Weights(Part):
    """How much each part of a fit counts; only the proportions matter."""

    interests: Weight
    code: Weight
    background: Weight
    preparation: Weight
    leading: Weight


class Option(Part):
    """An answer to choose from and what it says about a person."""

    id: Id
    label: Label
    phrases: Phrases = ()
    interests: Mapping[Id, Weight] = {}
    avoids: Mapping[Id, Weight] = {}
    riasec: Mapping[Letter, Weight] = {}
    skills: tuple[Id, ...] = ()
    groups: tuple[Id, ...] = ()
    preparation: int | None = Field(None, ge=1, le=5)
    leads: Leads | None = None


class InterviewQuestion(Part):
    """One question of the interview, whether it has several answers, and what else it takes."""

    id: Id
    name: Text60
    ask: Text120
    why: Text120
    names: Phrases = Field(least=1)
    several: bool = False
    takes: tuple[Literal["interest", "skill", "tool", "job"], ...] = ()
    options: tuple[Option, ...] = Field(least=2, most=7)

    def option(self, key: str) -> Option | None:
        """Return an option by its id."""
        return next((option for option in self.options if option.id == key), None)


class Changing(Part):
    """How a sentence begins that changes an answer, and what it says it changes."""

    verbs: Phrases = Field(least=1)
    nouns: Phrases = Field(least=1)


class Script(Part):
    """The interview: its questions and the words that steer it."""

    sources: tuple[Id, ...] = Field(least=1)
    reviewed: datetime.date
    weights: Weights
    questions: tuple[InterviewQuestion, ...] = Field(least=2, most=9)
    while_asking: Mapping[str, Phrases]
    once_begun: Mapping[str, Phrases]
    while_waiting: Mapping[str, Phrases]
    always: Mapping[str, Phrases]
    changing: Changing
    filler: Phrases = ()

    @property
    def order(self) -> list[str]:
        """The ids of the questions in their order."""
        return [str(question.id) for question in self.questions]

    def question(self, key: str) -> InterviewQuestion | None:
        """Return a question by its id."""
        return next((question for question in self.questions if question.id == key), None)


# The commands that the dialogue knows, by the list in which they stand.
COMMANDS: Mapping[str, frozenset[str]] = {
    "while_asking": frozenset(
        ("skip", "next", "keep", "back", "stop", "repeat", "why", "left", "result", "every")
    ),
    "once_begun": frozenset(("resume", "stop", "result", "again", "change")),
    "while_waiting": frozenset(("resume",)),
    "always": frozenset(("start",)),
}


def mistakes(script: Script, base: KnowledgeBase) -> Iterator[str]:
    """Yield one line per mistake that the schema cannot see."""
    yield from _twice((question.id for question in script.questions), "the question")
    for name, known in COMMANDS.items():
        yield from _commands(name, getattr(script, name), known)
    for question in script.questions:
        yield from _twice((one.id for one in question.options), f"{question.id}: the option")
        yield from _shared_phrases(question)
        for option in question.options:
            yield from _unknown_ids(question, option, base)
    for source in script.sources:
        if source not in base.sources:
            hint = nearest(source, list(base.sources))
            yield f"{FILE}: no source has the id {source!r}{hint}"


def _commands(name: str, written: Mapping[str, Phrases], known: frozenset[str]) -> Iterator[str]:
    for command in written:
        if command not in known:
            hint = nearest(command, sorted(known))
            allowed = ", ".join(sorted(known))
            yield f"{FILE}: {name}: {command!r} is no command{hint}; allowed are {allowed}"
    for command in sorted(known - set(written)):
        yield f"{FILE}: {name}: {command} is missing; say by which words people ask for it"


def _shared_phrases(question: InterviewQuestion) -> Iterator[str]:
    owners: dict[str, str] = {}
    for option in question.options:
        for phrase in {option.label.lower(), *(phrase.lower() for phrase in option.phrases)}:
            if phrase in owners:
                both = f"{owners[phrase]} and {option.id}"
                yield f"{FILE}: {question.id}: the phrase {phrase!r} stands in {both}"
            owners[phrase] = option.id


def _unknown_ids(question: InterviewQuestion, option: Option, base: KnowledgeBase) -> Iterator[str]:
    used = {
        "interest": (*option.interests, *option.avoids),
        "skill": option.skills,
        "group": option.groups,
    }
    for kind, values in used.items():
        for value in values:
            if value not in base.by_kind[kind]:
                hint = nearest(value, list(base.by_kind[kind]))
                place = f"{FILE}: {question.id}: {option.id}"
                yield f"{place}: no {kind} has the id {value!r}{hint}"


def _twice(ids: Iterator[str], what: str) -> Iterator[str]:
    for key, number in Counter(ids).items():
        if number > 1:
            yield f"{FILE}: {what} {key!r} stands there twice"
