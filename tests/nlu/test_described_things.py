"""Skills, tools, terms and processes are found by what people say who do not know their names."""

from __future__ import annotations

import pytest

from chatbot.knowledge.describe import documents
from tests.support.base import knowledge_base
from tests.support.conversation import Conversation


@pytest.mark.parametrize(
    ("text", "kind", "id"),
    [
        (
            "what do you call it when visitors leave again after a single page",
            "term",
            "bounce-rate",
        ),
        ("in which posts does one need to feel for others", "skill", "empathy"),
        (
            "how does it go on when one returns a broken lamp",
            "process",
            "return-or-complaint",
        ),
    ],
)
def test_a_thing_is_found_by_its_description(
    talk: Conversation, text: str, kind: str, id: str
) -> None:
    assert (kind, id) in talk(text).things


@pytest.mark.parametrize("kind", ["skill", "tool", "term", "process", "business_model"])
def test_every_entry_says_how_people_describe_it(kind: str) -> None:
    base = knowledge_base()
    texts = set(documents(base, kind))
    entries = base.by_kind[kind].values()
    missing = [e.id for e in entries if len(e.described_as) < 5]
    assert missing == []
    assert all((e.id, phrase) in texts for e in entries for phrase in e.described_as)
