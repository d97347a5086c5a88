"""Whom a question is about: by name, from the conversation, or to be asked."""

from __future__ import annotations

import pytest

from chatbot.dialogue import topics
from chatbot.dialogue.focus import Focus
from chatbot.dialogue.parse import Found
from chatbot.dialogue.question import Question
from chatbot.dialogue.resolve import resolve
from chatbot.knowledge.base import KnowledgeBase
from tests.support.parses import focus_on, hint, ordinal, reference, role, said

BUYER, CRM, WAREHOUSE = "purchasing-manager", "crm-specialist", "warehouse-manager"
# `compare` needs two roles and has tests of its own.
ONE_ROLE = tuple(topic for topic in topics.ROLE_TOPICS if topic != topics.COMPARE)

about_a_role = pytest.mark.parametrize("topic", ONE_ROLE)


@about_a_role
def test_a_named_role_is_asked_about(base: KnowledgeBase, topic: str) -> None:
    assert resolve(said(topic, *role(CRM)), Focus(), base) == Question(topic, roles=(CRM,))


@about_a_role
def test_a_named_role_comes_before_the_one_talked_about(base: KnowledgeBase, topic: str) -> None:
    question = resolve(said(topic, *role(CRM)), focus_on(topics.DUTIES, BUYER), base)
    assert question.roles == (CRM,)


@about_a_role
def test_without_a_name_the_role_talked_about_is_meant(base: KnowledgeBase, topic: str) -> None:
    question = resolve(said(topic, reference("it")), focus_on(topics.DUTIES, BUYER), base)
    assert question == Question(topic, roles=(BUYER,))


@about_a_role
def test_with_nobody_talked_about_the_bot_asks_which_role(base: KnowledgeBase, topic: str) -> None:
    question = resolve(said(topic), Focus(), base)
    assert (question.topic, question.reason, question.wanted) == (
        topics.CLARIFY,
        "which_role",
        topic,
    )
    assert question.roles == ()


@about_a_role
@pytest.mark.parametrize("focus", [Focus(), focus_on(topics.DUTIES, BUYER)], ids=["new", "old"])
@pytest.mark.parametrize(
    "unknown",
    [Found("occupation", "product manager"), Found("unknown_role", "dog walker")],
    ids=["known job", "unheard of"],
)
def test_a_job_without_an_entry_is_never_answered_with_another(
    base: KnowledgeBase, topic: str, focus: Focus, unknown: Found
) -> None:
    question = resolve(said(topic, unknown), focus, base)
    assert question.topic == topics.UNKNOWN_ROLE
    assert question.occupation == unknown.value
    assert question.roles == ()
    assert set(question.nearest) <= base.roles.keys()


@about_a_role
def test_a_role_that_is_not_in_the_base_is_not_answered(base: KnowledgeBase, topic: str) -> None:
    question = resolve(said(topic, *role("space-pilot")), focus_on(topics.DUTIES, BUYER), base)
    assert question.topic in (topics.CLARIFY, topics.UNKNOWN_ROLE)
    assert question.roles == ()


@about_a_role
def test_a_name_that_several_roles_share_is_asked_back(base: KnowledgeBase, topic: str) -> None:
    question = resolve(said(topic, hint("manager", BUYER, WAREHOUSE)), Focus(), base)
    assert question.topic == topics.CLARIFY
    assert question.wanted == topic
    assert question.candidates == (BUYER, WAREHOUSE)


@about_a_role
def test_a_shared_name_means_the_one_that_was_offered(base: KnowledgeBase, topic: str) -> None:
    pending = Question(topics.CLARIFY, reason="which_role", wanted=topic, candidates=(CRM, BUYER))
    focus = Focus(pending=pending)
    question = resolve(said(topic, hint("manager", BUYER, WAREHOUSE)), focus, base)
    assert question.roles == (BUYER,)


@about_a_role
def test_a_shared_name_means_the_one_in_the_group_that_is_named(
    base: KnowledgeBase, topic: str
) -> None:
    named = (hint("manager", "operations-manager", WAREHOUSE), Found("group", "operations"))
    assert resolve(said(topic, *named), Focus(), base).roles == ("operations-manager",)


def test_a_shared_name_means_the_one_talked_about(base: KnowledgeBase) -> None:
    focus = focus_on(topics.DUTIES, WAREHOUSE)
    question = resolve(said(topics.SKILLS, hint("manager", BUYER, WAREHOUSE)), focus, base)
    assert question.roles == (WAREHOUSE,)


def test_a_shared_name_means_the_one_in_the_group_talked_about(base: KnowledgeBase) -> None:
    focus = focus_on(topics.DUTIES, "operations-assistant")
    named = hint("manager", "operations-manager", WAREHOUSE)
    assert resolve(said(topics.DUTIES, named), focus, base).roles == ("operations-manager",)


@about_a_role
@pytest.mark.parametrize(("number", "place"), [(1, 0), (2, 1), (3, 2), (-1, 2)])
def test_a_place_in_the_list_shown_last(
    base: KnowledgeBase, topic: str, number: int, place: int
) -> None:
    shown = (BUYER, WAREHOUSE, CRM)
    focus = focus_on(topics.ROLES_IN_GROUP, shown=shown)
    question = resolve(said(topic, ordinal(number), text="the nth one"), focus, base)
    assert question.roles == (shown[place],)


def test_a_place_that_the_list_does_not_have_is_not_guessed(base: KnowledgeBase) -> None:
    focus = Focus(last=Question(topics.ROLES_IN_GROUP, groups=("marketing",)), shown=(BUYER,))
    question = resolve(said(topics.SKILLS, ordinal(9), text="the ninth"), focus, base)
    assert question.topic == topics.CLARIFY


def test_two_named_roles_are_both_asked_about(base: KnowledgeBase) -> None:
    question = resolve(said(topics.TOOLS, *role(CRM, BUYER)), Focus(), base)
    assert question.roles == (CRM, BUYER)


def test_a_role_named_twice_counts_once(base: KnowledgeBase) -> None:
    assert resolve(said(topics.TOOLS, *role(CRM, CRM)), Focus(), base).roles == (CRM,)


@pytest.mark.parametrize("topic", topics.ROLE_TOPICS)
def test_a_role_named_in_small_talk_is_not_lost(base: KnowledgeBase, topic: str) -> None:
    question = resolve(said(topics.GREET, *role(CRM)), focus_on(topic, BUYER), base)
    assert question.roles == (CRM,)


def test_more_about_a_role_asks_for_the_long_answer(base: KnowledgeBase) -> None:
    question = resolve(said(topics.SKILLS, *role(CRM), reference("more")), Focus(), base)
    assert question == Question(topics.SKILLS, roles=(CRM,), detail=True)


@about_a_role
def test_an_intent_that_hardly_stands_out_is_asked_back(base: KnowledgeBase, topic: str) -> None:
    question = resolve(said(topic, sure=0.1), Focus(), base)
    assert (question.topic, question.reason) == (topics.CLARIFY, "unsure")
    assert topic in question.candidates


def test_a_named_role_is_answered_even_if_the_intent_hardly_stands_out(
    base: KnowledgeBase,
) -> None:
    assert resolve(said(topics.DUTIES, *role(CRM), sure=0.1), Focus(), base).roles == (CRM,)
