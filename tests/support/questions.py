"""Every question that the dialogue can make of the entries, and its answer in words."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from itertools import combinations, islice, permutations
from typing import NamedTuple

from chatbot.answers import registry
from chatbot.answers.answer import Answer
from chatbot.dialogue import topics, walking
from chatbot.dialogue.question import EXAMPLE, GAP, LATE, Question, Thing
from chatbot.knowledge import moments
from chatbot.wording.render import Reply, render
from tests.support.base import knowledge_base

CHANNELS = ("", "cmdline")
# Topics whose answers hold no facts and so name no source.
SOURCELESS = (*topics.SMALL_TALK, topics.OUT_OF_SCOPE, topics.CLARIFY, topics.UNKNOWN_ROLE)
SOURCELESS += (topics.QUIZ,)  # a question only; its answers are tested by themselves
_GENERAL = (topics.LIST_GROUPS, topics.RECOMMEND, topics.DEMAND, topics.COMPANY_EXAMPLE)
_GENERAL += (topics.BUSINESS_MODELS, topics.PROCESS, topics.DIVISION_OF_LABOUR, topics.QUIZ)
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
# Of the ways from one role to another, every so many; all are asked in test_career_moves.py.
_EVERY = 7
# What an unsure bot offers; no other answer offers the group of a role.
_READINGS = (topics.DUTIES, topics.SKILLS, topics.GROUP_OF_ROLE)
_REASONS = ("empty", "which_role", "second_role", "two_roles", "which_group", "which_skill")
_REASONS += ("which_term", "unknown_term", "denied", "unsure", "which_process", "whom_to_call")


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
        asked = self.question
        about += [f"from {asked.origin}"] if asked.origin else []
        part = f"{asked.part} {asked.step or ''} {asked.moment}".strip()
        return f"{asked.topic} {part} {'+'.join(about)} {asked.reason} [{self.channel}]"


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
    yield from _seen_from_another_side()
    yield from every_step()
    yield from _through_lenses()
    yield from _from_elsewhere()
    yield from _asking_back()


def _seen_from_another_side() -> Iterator[Question]:
    """Yield what is asked of a role besides the usual, of one group, and of what is not wanted."""
    base = knowledge_base()
    tools = (Thing("tool", "excel"), Thing("skill", "sql"))
    for role in base.roles:
        yield from (
            Question(topics.COLLABORATION, roles=(role,), aspect=a) for a in (LATE, EXAMPLE)
        )
        yield Question(topics.SKILLS, roles=(role,), things=tools, aspect=GAP)
        yield from (
            Question(topics.COLLABORATION, roles=(role,), groups=(group,)) for group in base.groups
        )
    yield from (Question(topics.COLLABORATION, groups=(group,)) for group in base.groups)
    yield from (
        Question(topics.RECOMMEND, avoid=(Thing("interest", key),)) for key in base.interests
    )
    yield Question(topics.ROLES_BY_SKILL, things=tools)


def _through_lenses() -> Iterator[Question]:
    """Yield every role at every size and way of selling, and who carries each company's example."""
    base = knowledge_base()
    for role in base.roles:
        yield Question(topics.CAREER_PATH, roles=(role,), aspect=topics.ONWARD)
        yield Question(topics.BUSINESS_MODELS, roles=(role,))
        for key in base.business_models:
            yield Question(
                topics.BUSINESS_MODELS, roles=(role,), things=(Thing("business_model", key),)
            )
        for key in base.shop_sizes:
            yield Question(
                topics.DIVISION_OF_LABOUR, roles=(role,), things=(Thing("shop_size", key),)
            )
    for key, company in base.companies.items():
        named = (Thing("company", key),)
        yield Question(topics.COMPANY_EXAMPLE, things=named, aspect=topics.WHO)
        for use in company.carried_by:
            yield Question(topics.COMPANY_EXAMPLE, roles=(use.role,), things=named)
            yield Question(topics.BUSINESS_MODELS, roles=(use.role,), things=named)


def _from_elsewhere() -> Iterator[Question]:
    """Yield the questions of people who come from each trade, some with a role they want."""
    base = knowledge_base()
    roles = tuple(base.roles)
    trades = [title for title, job in base.occupations.items() if job.brings]
    for number, title in enumerate((*trades, "astronaut")):
        yield Question(topics.RECOMMEND, origin=title)
        goal = roles[number % len(roles)]
        yield Question(topics.CAREER_PATH, roles=(goal,), origin=title)
    for role in roles:
        yield Question(topics.RECOMMEND, roles=(role,), origin=role)


def every_step() -> Iterator[Question]:
    """Yield every question about a part of a process, and about whom to call at some moments."""
    base = knowledge_base()
    for process in base.processes.values():
        things = (Thing("process", process.id),)
        for part in (walking.COUNT, walking.LATE, walking.END):
            yield Question(topics.PROCESS, things=things, part=part)
        yield Question(topics.PROCESS, things=things, part=walking.NO_STEP, step=99)
        yield Question(topics.PROCESS, things=things, part=walking.STOP, step=3)
        for number in range(1, len(process.steps) + 1):
            yield walking.at(base, process.id, number)
            yield walking.at(base, process.id, number, walking.LATE)
            yield whom_to_call(f"step/{process.id}/{number}")
    yield from (
        whom_to_call(f"{kind}/{role}/1") for kind in ("pass", "duty") for role in base.roles
    )


def whom_to_call(moment: str) -> Question:
    """Return the question whom to call at a moment."""
    found = moments.find(knowledge_base(), moment)
    assert found, moment
    things = (Thing("process", found.process.id),) if found.process else ()
    return Question(
        topics.PROCESS,
        (found.role,),
        things=things,
        part=walking.CALL,
        step=found.number,
        moment=moment,
    )


def every_pair() -> Iterator[Question]:
    """Yield every question about two roles, or about two groups."""
    base = knowledge_base()
    for pair in combinations(base.roles, 2):
        yield Question(topics.COMPARE, roles=pair)
        yield Question(topics.COLLABORATION, roles=pair)
    for pair in islice(permutations(base.roles, 2), 0, None, _EVERY):
        yield Question(topics.CAREER_PATH, roles=pair, origin=pair[0])
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
