"""How the work runs from start to end and who does what step."""

from __future__ import annotations

from chatbot.answers import process_steps
from chatbot.answers.answer import Answer, about_role, sourced
from chatbot.dialogue import topics, walking
from chatbot.dialogue.question import Question, Thing
from chatbot.knowledge import model
from chatbot.knowledge.base import KnowledgeBase
from chatbot.pictures import names


def answer(question: Question, base: KnowledgeBase) -> Answer:
    """Return a process, a step of it, a role's part in all of them, or an overview of all."""
    if question.part == walking.CALL:
        return process_steps.whom_to_call(question, base)
    wanted = [base.processes[process] for process in question.of_kind("process")]
    if wanted and question.part:
        return process_steps.answer(question, wanted[0], base)
    if wanted:
        return _steps(wanted[0], base)
    if question.roles:
        return _part_of(base.roles[question.roles[0]], base)
    return _overview(base)


def _steps(process: model.Process, base: KnowledgeBase) -> Answer:
    rows = [(number, base.roles[step.role], step) for number, step in enumerate(process.steps, 1)]
    shown = tuple(dict.fromkeys(step.role for step in process.steps))
    offers = (
        Question(topics.COLLABORATION, roles=shown[:2]),
        *about_role(shown[0], topics.DUTIES),
        Question(topics.PROCESS),
    )
    facts = {"process": process, "rows": rows}
    shown_as = names.picture(names.PROCESS, (process.id,))
    return Answer(
        topics.PROCESS,
        facts,
        offers,
        shown,
        image=shown_as,
        replies=("step_by_step",),
        **sourced([process]),
    )


def _part_of(role: model.Role, base: KnowledgeBase) -> Answer:
    rows = [
        process_steps.facts(process, number, base)
        for process in base.processes.values()
        for number, step in enumerate(process.steps, 1)
        if step.role == role.id
    ]
    processes = list({row["process"].id: row["process"] for row in rows}.values())
    offers = (
        *(_ask(process) for process in processes[:1]),
        *about_role(role.id, topics.COLLABORATION, topics.DUTIES),
    )
    facts = {"role": role, "rows": rows, "count": len(processes), "of": len(base.processes)}
    return Answer("process_of_role", facts, offers, (role.id,), **sourced([role]))


def _overview(base: KnowledgeBase) -> Answer:
    processes = list(base.processes.values())
    rows = [(process, _names(process, base)) for process in processes]
    offers = tuple(_ask(process) for process in processes[:3])
    return Answer("process_overview", {"rows": rows}, offers, **sourced(processes))


def _names(process: model.Process, base: KnowledgeBase) -> list[str]:
    return list(dict.fromkeys(base.roles[step.role].name for step in process.steps))


def _ask(process: model.Process) -> Question:
    return Question(topics.PROCESS, things=(Thing("process", process.id),))
