"""One step of a process: who does it, what it needs and hands on, what goes wrong if it is late."""

from __future__ import annotations

from typing import Any

from chatbot.answers.answer import OFFERS, Answer, about_role, sourced
from chatbot.dialogue import topics, walking
from chatbot.dialogue.question import Question, Thing
from chatbot.knowledge import model, moments
from chatbot.knowledge.base import KnowledgeBase


def answer(question: Question, process: model.Process, base: KnowledgeBase) -> Answer:
    """Return what `question.part` asks about a process (see `chatbot.dialogue.walking`)."""
    number = question.step
    if question.part in (walking.STEP, walking.LATE) and 1 <= number <= len(process.steps):
        return _step(process, number, question.part, base)
    if question.part == walking.STOP:
        return _left(process, number, base)
    rows = [facts(process, n, base) for n in range(1, len(process.steps) + 1)]
    told = {"process": process, "rows": rows, "part": question.part, "number": number}
    told["roles"] = list(dict.fromkeys(row["role"].name for row in rows))
    replies = () if question.part == walking.END else ("next",)
    whole = (_whole(process),) if question.part == walking.END else ()
    offers = (*whole, _other(process, base), Question(topics.QUIZ))
    return Answer("process_steps", told, offers, replies=replies, **sourced([process]))


def facts(process: model.Process, number: int, base: KnowledgeBase) -> dict[str, Any]:
    """Return what templates tell of a step, with the roles before and after it.

    Args:
        process: the process.
        number: number of the step, from 1.
        base: for the roles.
    """
    steps = process.steps
    step = steps[number - 1]
    return {
        "process": process,
        "number": number,
        "steps": len(steps),
        "step": step,
        "role": base.roles[step.role],
        "before": base.roles[steps[number - 2].role] if number > 1 else None,
        "gets": steps[number - 2].hands_on if number > 1 else process.trigger,
        "after": base.roles[steps[number].role] if number < len(steps) else None,
    }


def whom_to_call(question: Question, base: KnowledgeBase) -> Answer:
    """Return the role to turn to, and the step or handover that tells so."""
    role = base.roles[question.roles[0]]
    moment = moments.find(base, question.moment)
    process = moment.process if moment else None
    handover = moment.handover if moment else None
    told: dict[str, Any] = {
        "role": role,
        "row": facts(process, moment.number, base) if moment and process else None,
        "handover": handover,
        "duty": moment.duty if moment else "",
        "giver": base.roles[handover.giver] if handover else None,
        "taker": base.roles[handover.receiver] if handover else None,
    }
    rest = (_whole(process),) if process else ()
    offers = (*about_role(role.id, topics.DUTIES, topics.COLLABORATION), *rest)
    replies = ("late",) if process else ()
    return Answer(
        "process_call", told, offers, (role.id,), replies=replies, **sourced([process or role])
    )


def _step(process: model.Process, number: int, part: str, base: KnowledgeBase) -> Answer:
    told = {**facts(process, number, base), "part": part}
    role = told["role"].id
    last = number == len(process.steps)
    words = ("next" if not last else "", "back" if number > 1 else "", "late", "stop")
    skipped = "late" if part == walking.LATE else ""
    replies = tuple(word for word in words if word and word != skipped)
    offers = about_role(role, topics.SKILLS)
    if last:
        offers = (*offers, _other(process, base), Question(topics.QUIZ))
    return Answer(
        "process_step", told, offers[:OFFERS], (role,), replies=replies, **sourced([process])
    )


def _left(process: model.Process, number: int, base: KnowledgeBase) -> Answer:
    told = {"process": process, "number": number, "steps": len(process.steps)}
    offers = (_whole(process), _other(process, base), Question(topics.QUIZ))
    return Answer("process_left", told, offers, **sourced([process]))


def _whole(process: model.Process) -> Question:
    return Question(topics.PROCESS, things=(Thing("process", process.id),))


def _other(process: model.Process, base: KnowledgeBase) -> Question:
    """Return the question about the process that comes next in the list of all."""
    keys = list(base.processes)
    return _whole(base.processes[keys[(keys.index(process.id) + 1) % len(keys)]])
