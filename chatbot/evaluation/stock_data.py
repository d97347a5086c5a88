"""This project's training data as Rasa's default pipeline wants it: names filled in and annotated.

Pure: examples and names in, the text of each file out.
"""

from __future__ import annotations

import hashlib
import json
import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from chatbot.errors import SettingsError
from chatbot.knowledge.names import Name
from chatbot.nlu.delexicalise import KINDS, fill_slots

# Intent -> its examples, as the files below data/nlu/ hold them.
Examples = Mapping[str, Sequence[str]]
# How often each example is filled (the KnowledgeLinker does it twice, which would double an hour of
# training here), and the seed.
FILLINGS, SEED = 1, 7


@dataclass(frozen=True)
class Settings:
    """How the default pipeline is trained.

    Attributes:
        epochs: of DIET; 100 is what `rasa init` sets.
        examples: per intent; 0 takes all. Fewer are for trying things out.
    """

    epochs: int = 100
    examples: int = 0


def read_examples(folder: Path) -> dict[str, list[str]]:
    """Return the examples of all intents below a folder of Rasa NLU files.

    Raises:
        SettingsError: a file cannot be read, or there are no examples.
    """
    found: dict[str, list[str]] = {}
    for path in sorted(folder.rglob("*.yml")):
        for entry in _entries(path):
            if "intent" in entry:
                lines = str(entry.get("examples") or "").splitlines()
                found.setdefault(str(entry["intent"]), []).extend(_examples(lines))
    if not found:
        raise SettingsError(f"{folder}: no intent with examples in any .yml file")
    return found


def annotated(fillings: Mapping[str, Sequence[str]], names: Sequence[Name]) -> dict[str, list[str]]:
    """Return names as Rasa's annotation writes them: `[buyer]{"entity": ..., "value": ...}`.

    Args:
        fillings: names by kind; their order is kept, so that the same draw takes the same name.
        names: all names, for the ids.
    """
    ids = {(name.kind, name.text): name.id for name in names}
    return {
        kind: [_annotation(text, kind, ids[kind, text]) for text in texts]
        for kind, texts in fillings.items()
    }


def filled(examples: Examples, names: Mapping[str, Sequence[str]]) -> dict[str, list[str]]:
    """Return the examples with their slots filled."""
    chance = random.Random(SEED)
    return {
        intent: list(
            dict.fromkeys(
                fill_slots(line, names, chance) for line in lines for _ in range(FILLINGS)
            )
        )
        for intent, lines in examples.items()
    }


def sample(examples: Examples, each: int) -> dict[str, list[str]]:
    """Return at most `each` examples of every intent, drawn from all of it; 0 keeps all."""
    chance = random.Random(SEED)
    return {
        intent: list(lines) if not each else chance.sample(list(lines), min(each, len(lines)))
        for intent, lines in examples.items()
    }


def synonyms(names: Sequence[Name]) -> dict[str, list[str]]:
    """Return all names by the id they stand for; a name of several entries goes to one of them.

    Rasa's synonyms know no kinds, so the kind that stands first in KINDS takes the name.
    """
    wanted = [name for kind in KINDS for name in names if name.kind == kind]
    taken: dict[str, str] = {}
    for name in wanted:
        taken.setdefault(name.text.lower(), name.id)
    found: dict[str, list[str]] = {}
    for text, key in taken.items():
        found.setdefault(key, []).append(text)
    return found


def nlu_file(examples: Examples, names: Mapping[str, Sequence[str]]) -> str:
    """Return the training data as YAML.

    Args:
        examples: with annotated names.
        names: synonyms by id.
    """
    entries = [{"intent": intent, "examples": _lines(rows)} for intent, rows in examples.items()]
    entries += [{"synonym": key, "examples": _lines(rows)} for key, rows in names.items()]
    return _dump({"version": "3.1", "nlu": entries})


def config_file(settings: Settings) -> str:
    """Return the pipeline that `rasa init` writes for English, without the ResponseSelector.

    The project has no retrieval intents, so the ResponseSelector would have nothing to learn.
    """
    letters = {"analyzer": "char_wb", "min_ngram": 1, "max_ngram": 4}
    pipeline: list[dict[str, Any]] = [
        {"name": "WhitespaceTokenizer"},
        {"name": "RegexFeaturizer"},
        {"name": "LexicalSyntacticFeaturizer"},
        {"name": "CountVectorsFeaturizer"},
        {"name": "CountVectorsFeaturizer", **letters},
        {"name": "DIETClassifier", "epochs": settings.epochs, "constrain_similarities": True},
        {"name": "EntitySynonymMapper"},
        {"name": "FallbackClassifier", "threshold": 0.3, "ambiguity_threshold": 0.1},
    ]
    head = {"recipe": "default.v1", "assistant_id": "stock", "language": "en"}
    return _dump({**head, "pipeline": pipeline})


def digest(*parts: str) -> str:
    """Return a short fingerprint of texts, in their order."""
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()[:16]


def _entries(path: Path) -> list[dict[str, Any]]:
    try:
        return list(yaml.safe_load(path.read_text("utf-8")).get("nlu") or [])
    except (AttributeError, UnicodeDecodeError, yaml.YAMLError) as error:
        problem = " ".join(str(error).split())
        raise SettingsError(f"{path}: not a Rasa NLU file with `nlu:`: {problem}") from error


def _examples(lines: Sequence[str]) -> list[str]:
    return [line.strip()[2:].strip() for line in lines if line.strip().startswith("- ")]


def _annotation(text: str, kind: str, key: str) -> str:
    return f"[{text}]{json.dumps({'entity': kind, 'value': key})}"


def _lines(rows: Sequence[str]) -> str:
    return "".join(f"- {row}\n" for row in rows)


def _dump(content: Any) -> str:
    return str(yaml.safe_dump(content, sort_keys=False, allow_unicode=True, width=10_000))
