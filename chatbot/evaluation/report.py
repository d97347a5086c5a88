"""A run as text, JSON or one HTML page; the words stand in `templates/`."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import jinja2

from chatbot.evaluation import figures
from chatbot.evaluation.cases import Part
from chatbot.evaluation.changes import Changes
from chatbot.evaluation.outcome import Outcome, System
from chatbot.evaluation.requirements import Results, Verdict

FORMATS = ("text", "json", "html")
_ENDINGS = {".txt": "text", ".json": "json", ".html": "html"}
# Raised when a key of the JSON changes its meaning.
VERSION = 1


@dataclass(frozen=True)
class Judged:
    """A system, its figures and the outcomes behind them."""

    name: str
    about: tuple[str, ...]
    results: Results
    outcomes: tuple[Outcome, ...]


@dataclass(frozen=True)
class Report:
    """Everything that is known after a run.

    Attributes:
        date: of the run, YYYY-MM-DD.
        data: the folder of the cases.
        part: the half that was asked.
        show_held_out: whether wrong cases of the half that developers do not look at are shown.
        systems: ours first, then those it is compared with.
        verdicts: of the requirements for the first system.
        changes: of the first system since an earlier run.
    """

    date: str
    data: str
    part: Part
    show_held_out: bool
    systems: Sequence[Judged]
    verdicts: Sequence[Verdict] = ()
    changes: Changes | None = None


def judged(system: System, outcomes: Sequence[Outcome]) -> Judged:
    """Return a system with the figures of its outcomes."""
    singles = [outcome for outcome in outcomes if outcome.talk.is_single]
    turns = [outcome for outcome in outcomes if not outcome.talk.is_single]
    results = Results(
        singles=figures.section(singles) if singles else None,
        turns=figures.section(turns) if turns else None,
        dialogues=figures.dialogues(turns),
    )
    return Judged(system.name, tuple(system.about), results, tuple(outcomes))


def format_of(path: Path, default: str) -> str:
    """Return the format that the ending of a file's name asks for, else the default."""
    return _ENDINGS.get(path.suffix, default)


def render(report: Report, form: str) -> str:
    """Return the report in one of FORMATS."""
    content = as_dict(report)
    if form == "json":
        return json.dumps(content, indent=1, ensure_ascii=False) + "\n"
    template = {"text": "report.txt.j2", "html": "report.html.j2"}[form]
    return _templates().get_template(template).render(content).rstrip() + "\n"


def as_dict(report: Report) -> dict[str, Any]:
    """Return the report as JSON values; `report.schema.json` says what they hold."""
    systems = [_system(one, report.show_held_out) for one in report.systems]
    changes = report.changes and _changes(report.changes, report.show_held_out)
    return {
        "version": VERSION,
        "date": report.date,
        "data": report.data,
        "part": report.part.value,
        "systems": systems,
        "requirements": [dataclasses.asdict(verdict) for verdict in report.verdicts],
        "changes": changes,
    }


def _system(one: Judged, show_held_out: bool) -> dict[str, Any]:
    wrong = [outcome for outcome in one.outcomes if not outcome.verdict.both]
    shown = [outcome for outcome in wrong if _may_show(outcome, show_held_out)]
    results = one.results
    return {
        "name": one.name,
        "about": list(one.about),
        "singles": results.singles and _plain(results.singles),
        "turns": results.turns and _plain(results.turns),
        "dialogues": {voice: _plain(row) for voice, row in results.dialogues.items()},
        "wrong": [_row(outcome) for outcome in shown],
        "wrong_hidden": len(wrong) - len(shown),
        "cases": {o.key: [o.verdict.topic, o.verdict.role] for o in one.outcomes},
    }


def _changes(changes: Changes, show_held_out: bool) -> dict[str, Any]:
    def rows(outcomes: Sequence[Outcome]) -> dict[str, Any]:
        shown = [_row(outcome) for outcome in outcomes if _may_show(outcome, show_held_out)]
        return {"shown": shown, "hidden": len(outcomes) - len(shown)}

    return {
        "before": changes.before,
        "by_topic": {topic: _plain(row) for topic, row in changes.by_topic.items()},
        "total": _plain(changes.total),
        "mended": rows(changes.mended),
        "broken": rows(changes.broken),
        "added": changes.added,
        "removed": changes.removed,
    }


def _may_show(outcome: Outcome, show_held_out: bool) -> bool:
    return show_held_out or outcome.part is Part.DEV


def _row(outcome: Outcome) -> dict[str, Any]:
    """Return a case with what was meant and what was understood."""
    case, understood = outcome.case, outcome.understood
    meant = dataclasses.asdict(case)
    meant.pop("text")
    return {
        "kind": "single" if outcome.talk.is_single else "turn",
        "part": outcome.part.value,
        "voice": outcome.talk.voice,
        "dialogue": outcome.talk.name,
        "turn": outcome.turn + 1,
        "text": case.text,
        "meant": {**meant, "roles": list(case.roles)},
        "understood": {
            **dataclasses.asdict(understood.answered),
            "roles": list(understood.answered.roles),
        },
        "intent": understood.intent,
        "confidence": round(understood.confidence, 4),
        "entities": [list(entity) for entity in understood.entities],
        "topic_right": outcome.verdict.topic,
        "role_right": outcome.verdict.role,
    }


def _plain(figure: Any) -> dict[str, Any]:
    """Return a dataclass as JSON values."""
    return dict(json.loads(json.dumps(dataclasses.asdict(figure))))


@lru_cache(maxsize=1)
def _templates() -> jinja2.Environment:
    templates = jinja2.Environment(
        loader=jinja2.FileSystemLoader(Path(__file__).with_name("templates")),
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        autoescape=lambda name: bool(name and name.endswith(".html.j2")),
    )
    templates.filters.update(percent=percent, about=about)
    templates.globals.update(share=share)
    return templates


def share(part: int, whole: int) -> float | None:
    """Return a part as a share of the whole, None of nothing."""
    return part / whole if whole else None


def percent(value: float | None) -> str:
    """Return a share (0 to 1) in per cent with one digit."""
    return "–" if value is None else f"{100 * value:.1f}"


def about(answered: Mapping[str, Any]) -> str:
    """Return a topic and what it is about in one line: `tools: buyer, data-analyst`."""
    names = [*answered["roles"], answered["group"], answered["skill"], answered["term"]]
    told = ", ".join(name for name in names if name)
    return f"{answered['topic']}: {told}" if told else str(answered["topic"])
