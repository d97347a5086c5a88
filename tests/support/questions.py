"""Every question that the dialogue can make of the entries, and its answer in words."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from itertools import combinations
from typing import NamedTuple

from chatbot.answers import registry
from chatbot.answers.answer import Answer
from chatbot.dialogue import topics
from chatbot.dialogue.question import Question, Thing
from chatbot.wording.render import Reply, render
from tests.support.base import knowledge_base

CHANNELS = ("", "cmdline")
# Topics whose answers hold no facts and so name no source.
SOURCELESS = (*topics.SMALL_TALK, topics.OUT_OF_SCOPE, topics.CLARIFY, topics.UNKNOWN_ROLE)
_GENERAL = (topics.LIST_GROUPS, topics.RECOMMEND, topics.DEMAND, topics.COMPANY_EXAMPLE)
_GENERAL += (topics.BUSINESS_MODELS, topics.PROCESS, topics.DIVISION_OF_LABOUR)
_OF_ROLE = tuple(topic for topic in topics.ROLE_TOPICS if topic != topics.COMPARE)
_OF_ROLE += (topics.PROCESS, topics.RECOMMEND, topics.DEMAND, topics.DIVISION_OF_LABOUR)
_OF_THING = {
    topics.DEFINE: ("term", "tool", "skill", "company", "business_model", "process", "shop_size"),
    topics.ROLES_BY_SKILL: ("skill", "tool", "term"),
    topics.COMPANY_EXAMPLE: ("company",),
    topics.BUSINESS_MODELS: ("business_model", "company"),
    topics.PROCESS: ("process",),
    topics.DIVISION_OF_LABOUR: ("shop_size",),
    topics.RECOMMEND: ("interest", "skill"),
}
# What an unsure bot offers; no other answer offers the group of a role.
_READINGS = (topics.DUTIES, topics.SKILLS, topics.GROUP_OF_ROLE)
_REASONS = ("empty", "which_role", "second_role", "two_roles", "which_group", "which_skill")
_REASONS += ("which_term", "unknown_term", "denied", "unsure")


class Said(NamedTuple):
    """A question, its answer and how a channel shows it."""

    question: Question
    channel: str
    answer: Answer
    reply: Reply

    @property
    def place(self) -> str:
        """The question in few words, for messages."""
        about = [*self.question.roles, *self.question.groups]
        about += [thing.id for thing in self.question.things]
        return f"{self.question.topic} {'+'.join(about)} {self.question.reason} [{self.channel}]"


def every_question() -> Iterator[Question]:
    """Yield every question about one entry, every general one, and those that ask back."""
    base = knowledge_base()
    yield from (Question(topic) for topic in (*_GENERAL, *topics.SMALL_TALK, topics.OUT_OF_SCOPE))
    yield Question(topics.SUMMARY, roles=tuple(base.roles)[:9])
    yield from (Question(topic, roles=(role,)) for topic in _OF_ROLE for role in base.roles)
    yield from (Question(t, groups=(group,)) for t in topics.GROUP_TOPICS for group in base.groups)
    for topic, kinds in _OF_THING.items():
        for kind in kinds:
            yield from (Question(topic, things=(Thing(kind, key),)) for key in base.by_kind[kind])
    yield from _asking_back()


def every_pair() -> Iterator[Question]:
    """Yield every question about two roles, or about two groups."""
    base = knowledge_base()
    for pair in combinations(base.roles, 2):
        yield Question(topics.COMPARE, roles=pair)
        yield Question(topics.COLLABORATION, roles=pair)
    for groups in combinations(base.groups, 2):
        yield Question(topics.COLLABORATION, groups=groups)


def _asking_back() -> Iterator[Question]:
    base = knowledge_base()
    first, *some = tuple(base.roles)[:9]
    wanted = {"which_group": topics.GROUP_OVERVIEW, "second_role": topics.COMPARE}
    options = {"which_group": tuple(base.groups), "unsure": _READINGS}
    for reason in _REASONS:
        for candidates in ((), options.get(reason, tuple(some))):
            yield Question(
                topics.CLARIFY,
                reason=reason,
                wanted=wanted.get(reason, topics.SKILLS),
                roles=(first,) if reason == "second_role" else (),
                candidates=candidates,
                occupation="blockchain",
            )
    yield Question(topics.CLARIFY, reason="which_role", failures=5)
    yield Question(topics.UNKNOWN_ROLE, occupation="dog walker")
    for title, job in base.occupations.items():
        yield Question(topics.UNKNOWN_ROLE, occupation=title, nearest=job.nearest)


@lru_cache(maxsize=1)
def interview_said() -> tuple[Said, ...]:
    """Return what the interview says, whatever it has to say."""
    base = knowledge_base()
    keys = base.interview.order
    told = tuple(f"{q.id}={q.options[n % 3].id}" for n, q in enumerate(base.interview.questions))
    steps = [
        Question(topics.RECOMMEND, reason=reason, wanted=key, interview=told, noted=told[:1])
        for reason in topics.INTERVIEW_STEPS
        for key in ("",) * (reason in ("waits", "stopped", "choose")) or keys
    ]
    results = [Question(topics.RECOMMEND, reason="result", interview=told[:n]) for n in (0, 2, 6)]
    why_not = Question(
        topics.RECOMMEND, (next(iter(base.roles)),), reason="why_not", interview=told
    )
    asked = (*steps, *results, why_not, Question(topics.SUMMARY, interview=told))
    return tuple(say(question, channel) for question in asked for channel in CHANNELS)


def say(question: Question, channel: str = "") -> Said:
    """Return the answer to a question as a channel shows it."""
    base = knowledge_base()
    answer = registry.answer(question, base)
    reply = render(answer, base, channel=channel, detail=question.detail)
    return Said(question, channel, answer, reply)


@lru_cache(maxsize=1)
def everything_said() -> tuple[Said, ...]:
    """Return the answers to all questions in all channels, those about pairs in the narrowest."""
    one = [say(question, channel) for question in every_question() for channel in CHANNELS]
    return (*one, *(say(question, "cmdline") for question in every_pair()))
