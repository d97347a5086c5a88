"""Lists beside the entries: what short forms stand for, and words for persons."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml

from chatbot import yaml_reader
from chatbot.errors import KnowledgeError


def load_abbreviations(folder: Path) -> dict[str, str]:
    """Return long forms by short form, both in lower case.

    Raises:
        KnowledgeError: when the file is missing or a row lacks `short` or `long`.
    """
    path = folder / "abbreviations.yml"
    rows = _rows(path)
    wrong = [row for row in rows if not isinstance(row, dict) or set(row) != {"short", "long"}]
    if wrong:
        raise KnowledgeError(
            [f"{path}: {row!r} must be {{short: ..., long: ...}}" for row in wrong]
        )
    return {row["short"].lower(): row["long"].lower() for row in rows}


def load_person_words(folder: Path) -> list[str]:
    """Return the words of `person_words.yml`, which stand for somebody who has a job.

    Raises:
        KnowledgeError: when the file is missing or a row is no text.
    """
    path = folder / "person_words.yml"
    rows = _rows(path)
    wrong = [row for row in rows if not isinstance(row, str)]
    if wrong:
        raise KnowledgeError([f"{path}: {row!r} must be a word such as 'person'" for row in wrong])
    return [str(row) for row in rows]


def _rows(path: Path) -> list[Any]:
    try:
        rows = yaml_reader.parse(path.read_text("utf-8")) or []
    except (OSError, yaml.YAMLError) as error:
        raise KnowledgeError([f"{path}: {error}"]) from error
    if not isinstance(rows, list):
        raise KnowledgeError([f"{path}: must be a list, not {rows!r:.80}"])
    return rows
