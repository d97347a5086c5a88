"""Short forms that people type and what they stand for (`abbreviations.yml`)."""

from __future__ import annotations

from pathlib import Path

import yaml

from chatbot.errors import KnowledgeError


def load_abbreviations(folder: Path) -> dict[str, str]:
    """Return long forms by short form, both in lower case.

    Raises:
        KnowledgeError: when the file is missing or a row lacks `short` or `long`.
    """
    path = folder / "abbreviations.yml"
    try:
        rows = yaml.safe_load(path.read_text("utf-8")) or []
    except (OSError, yaml.YAMLError) as error:
        raise KnowledgeError([f"{path}: {error}"]) from error
    wrong = [row for row in rows if not isinstance(row, dict) or set(row) != {"short", "long"}]
    if wrong:
        raise KnowledgeError(
            [f"{path}: {row!r} must be {{short: ..., long: ...}}" for row in wrong]
        )
    return {row["short"].lower(): row["long"].lower() for row in rows}
