"""What each part of the understanding adds: the bot without it, on the same cases.

    uv run python -m benchmarks.ablation [--part held-out] [--out table.md]

Every row of the table is the bot trained from a copy of config.yml with some options changed; a
minute a row, kept in .cache/ until data, code or options change.
"""

from __future__ import annotations

import argparse
import copy
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from benchmarks.systems import ROOT
from chatbot.evaluation import run, systems
from chatbot.evaluation.cases import Part
from chatbot.evaluation.report import Judged
from chatbot.evaluation.requirements import FIGURES
from chatbot.serving.project import Project
from chatbot.settings import load_settings

_LINKER = "chatbot.nlu.knowledge_linker.KnowledgeLinker"
_CLASSIFIER = "chatbot.nlu.topic_classifier.TopicClassifier"
_FINDER = "chatbot.nlu.description_finder.DescriptionFinder"
Options = Mapping[str, Mapping[str, Any]]
# Name of the row -> component -> options that differ from config.yml.
VARIANTS: Mapping[str, Options] = {
    "n-grams alone": {_CLASSIFIER: {"vectors": "none"}, _FINDER: {"vectors": False}},
    "n-grams and static vectors": {_CLASSIFIER: {"vectors": "static"}, _FINDER: {"vectors": False}},
    "sentence vectors for topics only": {_FINDER: {"vectors": False}},
    "sentence vectors without n-grams": {_CLASSIFIER: {"ngrams": False}},
    "no second model for names as written": {_CLASSIFIER: {"as_written": False}},
    "names left in the text": {
        _LINKER: {"delexicalise": False},
        _CLASSIFIER: {"as_written": False},
    },
    "no descriptions in examples": {_LINKER: {"described": 0.0}},
    "nothing learnt off the subject": {_CLASSIFIER: {"off_subject": False}},
}


# Figures of the table: heading and name (chatbot.evaluation.requirements).
COLUMNS: Mapping[str, str] = {
    "topic": "singles-topic",
    "topic, role": "singles",
    "declined": "found",
    "false alarms": "false-alarms",
    "turns": "turns",
    "dialogues": "dialogues",
}


@dataclass(frozen=True)
class Row:
    """Figures of one variant, as shares from 0 to 1, in the order of COLUMNS."""

    name: str
    shares: Sequence[float]


def main() -> None:
    """Measure every variant and print the table."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--part", type=Part, default=Part.ALL, help="dev, held-out or all")
    parser.add_argument("--out", type=Path, help="file for the table, Markdown")
    options = parser.parse_args()
    rows = list(measure(options.part))
    text = table(rows)
    print(text)
    if options.out:
        options.out.write_text(text, "utf-8")


def measure(part: Part) -> Iterator[Row]:
    """Yield the row of the bot as it is, then those of the variants."""
    project, settings = Project(ROOT), load_settings()
    for name in (None, *VARIANTS):
        wanted = systems.Wanted(config=_config(name, project) if name else None)
        task = run.Task(part=part, wanted=wanted)
        data = project.folder / "tests" / "understanding"
        report = run.evaluate(task, project, settings, data, print)
        yield _row(name or "the bot as it is", report.systems[-1])


def changed(config: Mapping[str, Any], options: Options) -> dict[str, Any]:
    """Return a configuration with other options for some components."""
    content = copy.deepcopy(dict(config))
    for component in content["pipeline"]:
        component.update(options.get(component["name"], {}))
    return content


def table(rows: Sequence[Row]) -> str:
    """Return the rows as a Markdown table, in per cent."""
    lines = [["", *COLUMNS], ["---"] * (len(COLUMNS) + 1)]
    lines += [[row.name, *(f"{100 * share:.1f}" for share in row.shares)] for row in rows]
    return "".join(f"| {' | '.join(line)} |\n" for line in lines)


def _config(name: str, project: Project) -> Path:
    config = yaml.safe_load(project.config.read_text("utf-8"))
    path = systems.cache(project) / f"{name.replace(' ', '-').replace(',', '')}.yml"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(yaml.safe_dump(changed(config, VARIANTS[name])), "utf-8")
    return path


def _row(name: str, system: Judged) -> Row:
    shares = [FIGURES[key].of(system.results) for key in COLUMNS.values()]
    return Row(name, [share or 0.0 for share in shares])


if __name__ == "__main__":
    main()
