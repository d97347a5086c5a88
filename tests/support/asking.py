"""Questions kept as data in tests/questions/, and how names are put into them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

from chatbot.knowledge.model import Node
from chatbot.wording.grammar import with_article
from tests.support.paths import ROOT

QUESTIONS = ROOT / "tests" / "questions"


@dataclass(frozen=True)
class Single:
    """A question that stands alone and what the bot must make of it."""

    topic: str
    ask: str
    roles: tuple[str, ...] = ()
    group: str | None = None
    skill: str | None = None
    term: str | None = None
    says: tuple[str, ...] = field(default=())


@lru_cache(maxsize=1)
def questions() -> dict[str, dict[str, Any]]:
    """Return the content of the files by topic."""
    return {path.stem: _read(path) for path in sorted(QUESTIONS.glob("*.yml"))}


def wordings(topic: str) -> list[str]:
    """Return the wordings that are asked about every entry."""
    return list(questions()[topic].get("about_each", ()))


def singles() -> Iterator[Single]:
    """Yield the questions that stand alone."""
    for topic, content in questions().items():
        for row in content.get("single", ()):
            values = {k: tuple(v) if isinstance(v, list) else v for k, v in row.items()}
            yield Single(topic, **values)


def put_in(wording: str, name: str) -> str:
    """Return a wording with a name in it; the article is left out where the name has its own."""
    a_name = name if name.lower().startswith(("a ", "an ", "the ")) else with_article(name)
    filled = wording.replace("{a_role}", a_name)
    for slot in ("{role}", "{group}", "{thing}"):
        filled = filled.replace(slot, name)
    return filled.replace("a a ", "a ").replace("a an ", "an ").replace("a the ", "the ")


def english_names(node: Node) -> tuple[str, ...]:
    """Return the name and the English aliases of an entry."""
    return (node.name, *node.aliases.en)


def _read(path: Path) -> dict[str, Any]:
    return dict(yaml.safe_load(path.read_text("utf-8")))
