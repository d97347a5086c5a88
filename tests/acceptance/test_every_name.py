"""Every entry of the knowledge base, asked for by each of its names."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import pytest

from chatbot.dialogue import topics
from chatbot.knowledge.base import KnowledgeBase
from chatbot.knowledge.model import Node
from tests.acceptance.conftest import Ask
from tests.support.asking import english_names, put_in, wordings
from tests.support.checks import assert_none
from tests.support.conversation import Turn


@dataclass(frozen=True)
class Kind:
    """A kind of entry, the topic by which it is asked for, and the slot it fills."""

    kind: str
    topic: str
    wording: int = 0


KINDS = [
    Kind("role", topics.DUTIES),
    Kind("group", topics.GROUP_OVERVIEW, 1),
    Kind("term", topics.DEFINE),
    Kind("company", topics.COMPANY_EXAMPLE),
    Kind("process", topics.PROCESS),
    Kind("business_model", topics.BUSINESS_MODELS),
    Kind("shop_size", topics.DIVISION_OF_LABOUR),
    Kind("skill", topics.ROLES_BY_SKILL),
    Kind("tool", topics.ROLES_BY_SKILL),
]

each_kind = pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.kind)


def other_names(node: Node) -> tuple[str, ...]:
    """Return the Chinese names and the misspellings that are never shown."""
    return (*node.aliases.zh, *node.aliases.hidden)


def found(turn: Turn, kind: Kind, node: Node) -> bool:
    """Tell whether an answer is about the entry, with the topic that was asked."""
    if turn.topic != kind.topic:
        return False
    if kind.kind == "role":
        return turn.roles == [node.id]
    if kind.kind == "group":
        return turn.answered["group"] == node.id
    return (kind.kind, node.id) in turn.things


def lost(kind: Kind, node: Node, names: tuple[str, ...], ask: Ask) -> Iterator[str]:
    for name in names:
        question = put_in(wordings(kind.topic)[kind.wording], name)
        turn = ask(question)
        if not found(turn, kind, node):
            about = [value for value in (*turn.answered.values(),) if value and value != turn.topic]
            yield f"{node.id}: {question!r} -> {turn.topic} {about}"


@each_kind
def test_it_is_found_by_its_name(base: KnowledgeBase, ask: Ask, kind: Kind) -> None:
    nodes = base.by_kind[kind.kind].values()
    assert_none(
        (line for node in nodes for line in lost(kind, node, (node.name,), ask)), "names are lost"
    )


@each_kind
def test_it_is_found_by_its_english_aliases(base: KnowledgeBase, ask: Ask, kind: Kind) -> None:
    nodes = base.by_kind[kind.kind].values()
    assert_none(
        (line for node in nodes for line in lost(kind, node, english_names(node)[1:], ask)),
        "aliases are lost",
    )


@each_kind
def test_it_is_found_by_chinese_names_and_misspellings(
    base: KnowledgeBase, ask: Ask, kind: Kind
) -> None:
    nodes = base.by_kind[kind.kind].values()
    assert_none(
        (line for node in nodes for line in lost(kind, node, other_names(node), ask)),
        "names are lost",
    )


@pytest.mark.parametrize("kind", ["skill", "tool"])
def test_the_jobs_for_it_are_named(base: KnowledgeBase, ask: Ask, kind: str) -> None:
    missing = []
    for node in base.by_kind[kind].values():
        turn = ask(f"Which jobs need {node.name}?")
        needing = [
            r for r in base.roles.values() if node.id in {u.id for u in getattr(r, f"{kind}s")}
        ]
        named = [role for role in needing if role.name.lower() in turn.text.lower()]
        if needing and not named:
            missing.append(f"{node.id}: {turn.topic} {turn.text[:60]!r}")
    assert_none(missing, "answers name no job")
