"""Each answer about a role draws on that role's own entry."""

from __future__ import annotations

import pytest

from chatbot.answers import registry
from chatbot.dialogue import topics
from chatbot.dialogue.question import Question
from chatbot.knowledge import graph
from chatbot.knowledge.base import KnowledgeBase
from tests.support.base import knowledge_base
from tests.support.questions import say

ROLES = tuple(knowledge_base().roles)

for_each_role = pytest.mark.parametrize("role_id", ROLES)


def short_and_full(topic: str, role_id: str) -> tuple[str, str]:
    """Return the usual answer and the one that was asked for in full."""
    question = Question(topic, roles=(role_id,))
    full = say(Question(topic, roles=(role_id,), detail=True))
    return say(question, "cmdline").reply.text, full.reply.text


@for_each_role
def test_duties(base: KnowledgeBase, role_id: str) -> None:
    role = base.roles[role_id]
    short, full = short_and_full(topics.DUTIES, role_id)
    assert sum(duty in short for duty in role.duties) >= 2
    assert all(text in full for text in (*role.duties, *role.day))


@for_each_role
def test_skills(base: KnowledgeBase, role_id: str) -> None:
    role = base.roles[role_id]
    short, full = short_and_full(topics.SKILLS, role_id)
    assert sum(use.use in short for use in role.skills) >= 4
    for use in role.skills:
        skill = base.skills[use.id]
        assert f"{skill.name} (".lower() in full.lower()
        assert use.use in full
        assert skill.learn in full


@for_each_role
def test_tools(base: KnowledgeBase, role_id: str) -> None:
    role = base.roles[role_id]
    short, full = short_and_full(topics.TOOLS, role_id)
    assert sum(base.tools[use.id].name in short for use in role.tools) >= 4
    assert all(use.use in full for use in role.tools)


@for_each_role
def test_collaboration(base: KnowledgeBase, role_id: str) -> None:
    short, full = short_and_full(topics.COLLABORATION, role_id)
    gives, receives = graph.gives(base, role_id), graph.receives(base, role_id)
    neighbours = {e.receiver for e in gives} | {e.giver for e in receives}
    assert sum(base.roles[other].name in short for other in neighbours) >= 3
    for edge in (*gives, *receives):
        assert edge.what.lower() in full.lower()
    assert all(f"to the {base.roles[edge.receiver].name}" in full for edge in gives)
    assert all(f"from the {base.roles[edge.giver].name}" in full for edge in receives)


@for_each_role
def test_career_path(base: KnowledgeBase, role_id: str) -> None:
    role = base.roles[role_id]
    short, full = short_and_full(topics.CAREER_PATH, role_id)
    for text in (role.entry.education, role.entry.first_job):
        assert text in short
    assert sum(step in short for step in role.entry.how) >= 1
    for level in (*role.levels.previous, *role.levels.next):
        name = base.roles[level.role].name if level.role else str(level.title)
        assert name.lower() in full.lower()


@for_each_role
def test_group_of_role(base: KnowledgeBase, role_id: str) -> None:
    role = base.roles[role_id]
    short, _ = short_and_full(topics.GROUP_OF_ROLE, role_id)
    groups = [role.group] if role.group else list(role.works_most_with)
    assert all(base.groups[group].name in short for group in groups)


@for_each_role
def test_sources_are_those_of_the_role_with_the_code_of_each_standard(
    base: KnowledgeBase, role_id: str
) -> None:
    role = base.roles[role_id]
    answer = registry.answer(Question(topics.DUTIES, roles=(role_id,)), base)
    assert [ref.id for ref in answer.sources] == list(role.sources)
    assert answer.reviewed == role.reviewed
    codes = {ref.id: ref.code for ref in answer.sources}
    assert codes["onet"] == role.codes.onet[0].code


@for_each_role
def test_what_comes_next_is_about_the_same_role_or_its_next_step(
    base: KnowledgeBase, role_id: str
) -> None:
    for topic in (topics.DUTIES, topics.SKILLS, topics.TOOLS):
        answer = registry.answer(Question(topic, roles=(role_id,)), base)
        assert len(answer.offers) == 3
        assert {offer.roles for offer in answer.offers} == {(role_id,)}
        assert topic not in {offer.topic for offer in answer.offers}
