"""Turn this project's training data into projects for stock Rasa and for the floor.

Pure: examples and names in, the text of each file out. Stock Rasa gets every example with its slots
filled by names of the knowledge base and marked as entities; the floor gets the messages of the
benchmark as keywords, because keywords that do not fit would send it down its fallback instead.
"""

from __future__ import annotations

import hashlib
import itertools
import random
import re
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import yaml

from benchmarks.conversations import Turn
from chatbot.errors import SettingsError, nearest
from chatbot.knowledge.base import KnowledgeBase

# Intent -> its examples, as the files below data/nlu/ hold them.
Examples = Mapping[str, Sequence[str]]
# Kind of entry -> names that may stand in a slot.
Names = Mapping[str, Sequence[str]]
# Path inside the project -> text.
Files = Mapping[str, str]

FALLBACK = "nlu_fallback"
# Our usual answer has about this many characters; `reply, median` in the table shows whether it
# still does.
REPLY_LENGTH = 760
# Stories of this many turns each, so that TED and UnexpecTED are trained as in any new project:
# rules alone would leave both without data, and idle.
STORIES, STORY_TURNS = 40, 4
SEED = 20
_SLOT = re.compile(r"\{([a-z_]+?)\d*\}")
_BRACKETS = re.compile(r"[\[\](){}]")
_EDGES = " \t.,;:!?"
_SENTENCES = (
    "The team writes down what was learnt.",
    "Each order is checked against the stock.",
    "Prices and photos are looked over every morning.",
    "Parcels leave the warehouse on the same day.",
    "Suppliers are told what sells and what does not.",
)


def read_examples(folder: Path) -> dict[str, list[str]]:
    """Read the examples of all intents below a folder of Rasa NLU files.

    Raises:
        SettingsError: if a file cannot be read or the folder holds no examples.
    """
    found: dict[str, list[str]] = {}
    for path in sorted(folder.rglob("*.yml")):
        for entry in _read_nlu(path):
            if "intent" in entry:
                found.setdefault(entry["intent"], []).extend(_lines(entry["examples"]))
    if not found:
        raise SettingsError(f"{folder}: no intent with examples in any .yml file")
    return found


def names(base: KnowledgeBase) -> dict[str, list[str]]:
    """Return the English names of each kind of entry that a slot may be filled with."""
    return {
        kind: [
            name
            for node in entries.values()
            for name in (node.name, *node.aliases.en)
            if not _BRACKETS.search(name)
        ]
        for kind, entries in base.by_kind.items()
    }


def fill(example: str, names: Names, draw: random.Random) -> str:
    """Return the example with each slot such as `{role2}` as an annotated name: `[buyer](role)`.

    Raises:
        SettingsError: if there are no names for a slot.
    """

    def one(slot: re.Match[str]) -> str:
        kind = slot[1]
        if not names.get(kind):
            hint = nearest(kind, list(names))
            raise SettingsError(f"example {example!r}: no names for the slot {slot[0]}{hint}")
        return f"[{draw.choice(names[kind])}]({kind})"

    return _SLOT.sub(one, example)


def sample(examples: Examples, each: int) -> dict[str, list[str]]:
    """Return at most `each` examples of every intent, drawn from all of it; 0 keeps all."""
    draw = random.Random(SEED)
    return {
        intent: list(lines) if not each else draw.sample(list(lines), min(each, len(lines)))
        for intent, lines in examples.items()
    }


def stock_project(examples: Examples, names: Names) -> dict[str, str]:
    """Return the files of a stock Rasa project; its config is empty, so Rasa uses its defaults."""
    draw = random.Random(SEED)
    filled = {
        intent: list(dict.fromkeys(fill(line, names, draw) for line in lines))
        for intent, lines in examples.items()
    }
    entities = sorted({kind for lines in examples.values() for kind in _kinds(lines)})
    config = {"recipe": "default.v1", "assistant_id": "stock", "language": "en"}
    stories = _stories(sorted(filled), draw)
    return _project(config, filled, entities, [FALLBACK], stories)


def floor_project(turns: Sequence[Turn]) -> dict[str, str]:
    """Return the files of a Rasa project without machine learning that knows just these turns."""
    keywords: dict[str, list[str]] = {}
    for turn in turns:
        keywords.setdefault(turn.topic, []).append(_keyword(turn.text))
    config = {
        "recipe": "default.v1",
        "assistant_id": "floor",
        "language": "en",
        "pipeline": [{"name": "KeywordIntentClassifier"}],
        "policies": [{"name": "RulePolicy"}],
    }
    return _project(config, keywords, [], [], [])


def digest(*parts: str) -> str:
    """Return a short fingerprint of texts, in their order."""
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()[:16]


def reply(intent: str, length: int = REPLY_LENGTH) -> str:
    """Return a text of `length` characters that begins with the name of the intent."""
    text = " ".join(
        [f"About {intent}.", *itertools.repeat(" ".join(_SENTENCES), length // 200 + 1)]
    )
    return text[:length]


def _read_nlu(path: Path) -> list[dict[str, Any]]:
    try:
        return list(yaml.safe_load(path.read_text(encoding="utf-8")).get("nlu") or [])
    except (AttributeError, yaml.YAMLError) as error:
        problem = " ".join(str(error).split())
        raise SettingsError(f"{path}: not a Rasa NLU file with `nlu:`: {problem}") from error


def _lines(examples: str) -> list[str]:
    return [line.strip()[2:].strip() for line in examples.splitlines() if line.strip()[:2] == "- "]


def _kinds(lines: Iterable[str]) -> set[str]:
    return {slot[1] for line in lines for slot in _SLOT.finditer(line)}


def _keyword(text: str) -> str:
    # The classifier takes a keyword for a regular expression between two word boundaries.
    return re.sub(r"[^\w\s'-]", ".", text.strip(_EDGES))


def _stories(intents: Sequence[str], draw: random.Random) -> list[list[str]]:
    return [[draw.choice(intents) for _ in range(STORY_TURNS)] for _ in range(STORIES)]


def _project(
    config: Mapping[str, Any],
    examples: Examples,
    entities: Sequence[str],
    fallbacks: Sequence[str],
    stories: Sequence[Sequence[str]],
) -> dict[str, str]:
    intents = sorted(examples)
    domain = {
        "intents": intents,
        "entities": list(entities),
        "responses": {
            f"utter_{intent}": [{"text": reply(intent)}] for intent in (*intents, "default")
        },
    }
    steps = {intent: f"utter_{intent}" for intent in intents}
    steps |= {intent: "utter_default" for intent in fallbacks}
    return {
        "config.yml": _dump(config),
        "domain.yml": _dump({"version": "3.1", **domain}),
        "data/nlu.yml": _nlu(examples),
        "data/rules.yml": _dump({"version": "3.1", "rules": _rules(steps)}),
        "data/stories.yml": _dump({"version": "3.1", "stories": _told(stories)}),
        "credentials.yml": "rest:\n",
        "endpoints.yml": "",
    }


def _nlu(examples: Examples) -> str:
    entries = [
        {"intent": intent, "examples": "".join(f"- {line}\n" for line in lines)}
        for intent, lines in sorted(examples.items())
    ]
    return _dump({"version": "3.1", "nlu": entries})


def _rules(steps: Mapping[str, str]) -> list[dict[str, Any]]:
    return [
        {"rule": f"answer {intent}", "steps": [{"intent": intent}, {"action": action}]}
        for intent, action in steps.items()
    ]


def _told(stories: Sequence[Sequence[str]]) -> list[dict[str, Any]]:
    return [
        {
            "story": f"story {number}",
            "steps": [
                step
                for intent in story
                for step in ({"intent": intent}, {"action": f"utter_{intent}"})
            ],
        }
        for number, story in enumerate(stories, start=1)
    ]


def _dump(content: Any) -> str:
    return str(yaml.safe_dump(content, sort_keys=False, allow_unicode=True, width=1000))
