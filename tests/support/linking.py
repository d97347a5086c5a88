"""The linker as the trained bot has it, made without Rasa."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

import yaml

from chatbot.knowledge.find import Linker
from chatbot.nlu.dictionary import dictionary_words
from chatbot.nlu.knowledge_linker import make_linker
from tests.support.base import knowledge_base
from tests.support.paths import KNOWLEDGE, ROOT

EXAMPLES = ROOT / "data" / "nlu"
_ROW = re.compile(r"^\s*- (.*)$", re.MULTILINE)


def examples(path: Path) -> Iterator[str]:
    """Yield the examples of a training data file."""
    for part in yaml.safe_load(path.read_text("utf-8"))["nlu"]:
        yield from _ROW.findall(part.get("examples", ""))


@lru_cache(maxsize=1)
def linker() -> Linker:
    """Return a linker with all names, hints, abbreviations and known words."""
    base = knowledge_base()
    known = dictionary_words(text for path in EXAMPLES.glob("*.yml") for text in examples(path))
    return make_linker(base, KNOWLEDGE, known)


def linked(text: str, *kinds: str) -> set[str]:
    """Return the ids that a message names, of these kinds (of all if none are given)."""
    return {m.id for m in linker().link(text) if not kinds or m.kind in kinds}
