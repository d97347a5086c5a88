"""All 186 pairs of role and topic, asked in two wordings, under names that go round."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable

import pytest

from chatbot.dialogue import topics
from chatbot.knowledge import graph
from chatbot.knowledge.base import KnowledgeBase
from tests.acceptance.conftest import Ask
from tests.support.asking import put_in, wordings
from tests.support.base import knowledge_base

TOPICS = (topics.DUTIES, topics.SKILLS, topics.TOOLS, topics.COLLABORATION)
TOPICS += (topics.CAREER_PATH, topics.GROUP_OF_ROLE)
ROLES = tuple(knowledge_base().roles)
PAIRS = [(role, topic) for role in ROLES for topic in TOPICS]


def facts(role_id: str, topic: str, base: KnowledgeBase) -> list[str]:
    """Return what a role's own entry (and the graph) has to say on a topic."""
    role = base.roles[role_id]
    edges = (*graph.gives(base, role_id), *graph.receives(base, role_id))
    levels = (*role.levels.previous, *role.levels.next)
    groups = [role.group] if role.group else role.works_most_with
    found: dict[str, Callable[[], list[str]]] = {
        topics.DUTIES: lambda: list(role.duties),
        topics.SKILLS: lambda: [use.use for use in role.skills],
        topics.TOOLS: lambda: [use.use for use in role.tools],
        topics.COLLABORATION: lambda: [edge.what for edge in edges],
        topics.CAREER_PATH: lambda: [
            role.entry.education,
            *(level.note for level in levels),
            # "What comes next" names the next jobs and what to learn for them.
            *(base.roles[level.role].name for level in role.levels.next if level.role),
        ],
        topics.GROUP_OF_ROLE: lambda: [base.groups[group].name for group in groups],
    }
    return found[topic]()


def names_for(role_id: str, topic: str, base: KnowledgeBase) -> list[str]:
    """Return the usual name and an alias, another one for each topic."""
    role = base.roles[role_id]
    place = TOPICS.index(topic) + ROLES.index(role_id)
    return [role.name, role.aliases.en[place % len(role.aliases.en)]]


def test_there_are_186_pairs() -> None:
    assert len(PAIRS) == 186


@pytest.mark.parametrize(("role", "topic"), PAIRS)
def test_it_is_answered_from_the_roles_own_entry(
    base: KnowledgeBase, ask: Ask, role: str, topic: str
) -> None:
    own = [fact.lower() for fact in facts(role, topic, base)]
    for wording, name in zip(wordings(topic), names_for(role, topic, base), strict=True):
        question = put_in(wording, name)
        turn = ask(question)
        assert (turn.topic, turn.roles) == (topic, [role]), question
        shown = sum(fact in turn.text.lower() for fact in own)
        assert shown >= min(2, len(own)), question
        assert base.roles[role].name.lower() in turn.text.lower()


@pytest.mark.parametrize("topic", TOPICS)
def test_no_two_roles_get_the_same_answer(base: KnowledgeBase, ask: Ask, topic: str) -> None:
    owners: dict[str, list[str]] = defaultdict(list)
    for role in base.roles.values():
        owners[ask(put_in(wordings(topic)[0], role.name)).text].append(role.id)
    assert [roles for roles in owners.values() if len(roles) > 1] == []
