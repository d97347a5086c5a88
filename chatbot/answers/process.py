"""How the work runs from start to end and who does what step."""

from __future__ import annotations

from chatbot.answers.answer import Answer, about_role, sourced
from chatbot.dialogue import topics
from chatbot.dialogue.question import Question, Thing
from chatbot.knowledge import graph, model
from chatbot.knowledge.base import KnowledgeBase
from chatbot.pictures import names


def answer(question: Question, base: KnowledgeBase) -> Answer:
    """Return a process step by step, a role's part in all of them, or an overview of all."""
    wanted = [base.processes[process] for process in question.of_kind("process")]
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
    return Answer(topics.PROCESS, facts, offers, shown, image=shown_as, **sourced([process]))


def _part_of(role: model.Role, base: KnowledgeBase) -> Answer:
    rows = [
        (process, number, process.steps[number - 1])
        for process, number in graph.processes_with(base, role.id)
    ]
    offers = (
        *(_ask(process) for process, *_ in rows[:1]),
        *about_role(role.id, topics.COLLABORATION, topics.DUTIES),
    )
    facts = {"role": role, "rows": rows}
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
