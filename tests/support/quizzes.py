"""Quizzes for tests: every question, and messages as the linker reads them."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from chatbot.dialogue import topics
from chatbot.dialogue.focus import Focus
from chatbot.dialogue.parse import Found, Parse
from chatbot.dialogue.quiz import Quiz
from chatbot.knowledge import quiz as questions
from tests.support.base import knowledge_base
from tests.support.linking import linker


@lru_cache(maxsize=1)
def every_item() -> tuple[questions.Item, ...]:
    """Return every quiz question that can be asked."""
    base = knowledge_base()
    found = (questions.find(base, key) for key, _ in questions.ids(base))
    return tuple(item for item in found if item)


def asking(item: questions.Item, **state: object) -> Focus:
    """Return the focus of a conversation in which this question is open."""
    return Focus(quiz=Quiz(**{"seed": "x", "place": 1, "open": item.id, **state}))  # type: ignore[arg-type]


def heard(text: str, intent: str = topics.FOLLOW_UP, sure: float = 0.9) -> Parse:
    """Return a message with the entities that the linker finds in it."""
    found = tuple(
        Found(m.kind, m.id, m.start, m.end, candidates=m.candidates) for m in linker().link(text)
    )
    return Parse(text, ((intent, sure), (topics.HELP, (1 - sure) / 2)), found)


def wrong_options(item: questions.Item) -> Iterator[str]:
    """Yield the options that are not right."""
    options = questions.options(item, knowledge_base())
    yield from (role for role in options if role != item.role)
