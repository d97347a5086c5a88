"""The knowledge base of the project and ways to walk through its texts."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import Any

from pydantic import BaseModel

from chatbot.knowledge.base import KnowledgeBase
from chatbot.knowledge.load import load
from tests.support.paths import KNOWLEDGE

# Fields that hold keys, names or sources and no text that tells something.
_NO_TEXT = frozenset(
    ("id", "name", "aliases", "sources", "reviewed", "codes", "kind", "depth", "riasec", "group")
    + ("works_most_with", "role", "roles", "to", "from_", "terms", "companies", "model", "see")
    + ("suits_ids", "not_for", "covers", "skill")
)


@lru_cache(maxsize=1)
def knowledge_base() -> KnowledgeBase:
    """Return the knowledge base, read once."""
    return load(KNOWLEDGE)


def texts(entry: BaseModel) -> Iterator[tuple[str, str]]:
    """Yield (path of the field, text) of every sentence or phrase in an entry."""
    for name in entry.__fields__:
        if name not in _NO_TEXT:
            yield from _texts(getattr(entry, name), name)


def _texts(value: Any, path: str) -> Iterator[tuple[str, str]]:
    if isinstance(value, BaseModel):
        yield from ((f"{path}.{below}", text) for below, text in texts(value))
    elif isinstance(value, tuple):
        for number, item in enumerate(value):
            yield from _texts(item, f"{path}.{number}")
    elif isinstance(value, str) and " " in value:
        yield path, value
