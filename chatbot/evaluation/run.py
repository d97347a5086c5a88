"""One run: read the cases, let each system answer them, add up, compare."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from chatbot.errors import SettingsError
from chatbot.evaluation import cases, changes, report, requirements, systems
from chatbot.evaluation.cases import Part, Talk
from chatbot.evaluation.outcome import outcomes
from chatbot.knowledge.base import KnowledgeBase
from chatbot.knowledge.load import load
from chatbot.serving.project import Project
from chatbot.settings import Settings


@dataclass(frozen=True)
class Task:
    """What is asked of a run; paths are absolute.

    Attributes:
        data: folder of the cases, or None for that of the project.
        kinds: of cases, `singles` or `dialogues` or both.
        part: the half that is asked.
        show_wrong: whether wrong cases of the held-out half are shown, if it is asked.
        wanted: the systems.
        baseline: a report of an earlier run as JSON.
        require: figures to be reached, as `name=bound`.
    """

    data: Path | None = None
    kinds: tuple[str, ...] = (cases.SINGLES, cases.DIALOGUES)
    part: Part = Part.ALL
    show_wrong: bool = False
    wanted: systems.Wanted = field(default_factory=systems.Wanted)
    baseline: Path | None = None
    require: tuple[str, ...] = ()


def check(task: Task) -> None:
    """Find mistakes of the command line before anything is trained.

    Raises:
        SettingsError: a file is not there or a requirement cannot be read.
    """
    systems.check(task.wanted)
    requirements.parse(task.require)
    if task.baseline:
        changes.read(task.baseline)


def evaluate(
    task: Task,
    project: Project,
    settings: Settings,
    default_data: Path,
    tell: Callable[[str], None],
) -> report.Report:
    """Return the report of a run.

    Args:
        task: what to do.
        project: the bot; its folder must be the current one.
        settings: of this process.
        default_data: the cases, if the task names none.
        tell: gets a few words whenever another stage of the work begins.

    Raises:
        ChatbotError: the cases are wrong, or a system cannot be trained or loaded.
    """
    base = load(project.folder / settings.knowledge)
    folder = task.data or default_data
    talks = _talks(task, folder, base)
    judged = [
        report.judged(system, outcomes(system, talks))
        for system in systems.prepare(task.wanted, project, settings, base, tell)
    ]
    first = judged[0]
    before = changes.read(task.baseline) if task.baseline else None
    return report.Report(
        date=datetime.date.today().isoformat(),
        data=_shown(folder, project),
        part=task.part,
        show_held_out=task.show_wrong and task.part is not Part.DEV,
        systems=judged,
        verdicts=requirements.check(requirements.parse(task.require), first.results),
        changes=changes.compare(before, first.outcomes) if before else None,
    )


def _talks(task: Task, folder: Path, base: KnowledgeBase) -> list[Talk]:
    talks = cases.of_part(cases.read(folder, base, task.kinds), task.part)
    if not talks:
        raise SettingsError(f"{folder}: no case belongs to the part {task.part.value!r}")
    return talks


def _shown(folder: Path, project: Project) -> str:
    inside = folder.is_relative_to(project.folder)
    return str(folder.relative_to(project.folder) if inside else folder)
