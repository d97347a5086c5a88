"""What a question is about besides one role: groups, things, two roles."""

from __future__ import annotations

import pytest

from chatbot.dialogue import topics
from chatbot.dialogue.focus import Focus
from chatbot.dialogue.parse import Found
from chatbot.dialogue.question import Question, Thing
from chatbot.dialogue.resolve import resolve
from chatbot.knowledge.base import KnowledgeBase
from tests.support.parses import focus_on, hint, reference, role, said

BUYER, CRM = "purchasing-manager", "crm-specialist"


def test_two_roles_are_compared(base: KnowledgeBase) -> None:
    question = resolve(said(topics.COMPARE, *role(CRM, BUYER)), Focus(), base)
    assert question == Question(topics.COMPARE, roles=(CRM, BUYER))


def test_one_role_is_compared_with_the_one_talked_about(base: KnowledgeBase) -> None:
    question = resolve(said(topics.COMPARE, *role(CRM)), focus_on(topics.DUTIES, BUYER), base)
    assert set(question.roles) == {CRM, BUYER}


def test_with_one_role_alone_the_bot_asks_for_the_second(base: KnowledgeBase) -> None:
    question = resolve(said(topics.COMPARE, *role(CRM)), Focus(), base)
    assert (question.topic, question.reason, question.roles) == (
        topics.CLARIFY,
        "second_role",
        (CRM,),
    )


def test_with_no_role_the_bot_asks_for_two(base: KnowledgeBase) -> None:
    question = resolve(said(topics.COMPARE), Focus(), base)
    assert (question.topic, question.reason) == (topics.CLARIFY, "two_roles")


def test_a_comparison_with_an_unknown_job_is_not_made(base: KnowledgeBase) -> None:
    unknown = Found("occupation", "product manager")
    question = resolve(said(topics.COMPARE, unknown), Focus(), base)
    assert question.topic == topics.UNKNOWN_ROLE


def test_two_terms_are_defined_side_by_side(base: KnowledgeBase) -> None:
    question = resolve(
        said(topics.COMPARE, Found("term", "b2c"), Found("term", "c2b")), Focus(), base
    )
    assert question == Question(topics.DEFINE, things=(Thing("term", "b2c"), Thing("term", "c2b")))


def test_two_business_models_are_compared_as_such(base: KnowledgeBase) -> None:
    models = [Found("business_model", key) for key in base.business_models]
    question = resolve(said(topics.COMPARE, *models), Focus(), base)
    assert question.topic == topics.BUSINESS_MODELS
    assert len(question.things) == 2


def test_two_roles_are_asked_how_they_work_together(base: KnowledgeBase) -> None:
    question = resolve(said(topics.COLLABORATION, *role(CRM, BUYER)), Focus(), base)
    assert question == Question(topics.COLLABORATION, roles=(CRM, BUYER))


def test_two_groups_are_asked_how_they_work_together(base: KnowledgeBase) -> None:
    groups = (Found("group", "marketing"), Found("group", "operations"))
    question = resolve(said(topics.COLLABORATION, *groups), Focus(), base)
    assert question == Question(topics.COLLABORATION, groups=("marketing", "operations"))


@pytest.mark.parametrize("topic", topics.GROUP_TOPICS)
class TestGroups:
    def test_a_named_group(self, base: KnowledgeBase, topic: str) -> None:
        question = resolve(said(topic, Found("group", "marketing")), Focus(), base)
        assert question == Question(topic, groups=("marketing",))

    def test_the_group_of_a_named_role(self, base: KnowledgeBase, topic: str) -> None:
        question = resolve(said(topic, *role(CRM)), Focus(), base)
        assert question == Question(topic, groups=("customer-service",))

    def test_the_group_of_the_role_talked_about(self, base: KnowledgeBase, topic: str) -> None:
        question = resolve(said(topic), focus_on(topics.DUTIES, CRM), base)
        assert question.groups == ("customer-service",)

    def test_the_group_talked_about(self, base: KnowledgeBase, topic: str) -> None:
        focus = Focus(last=Question(topics.GROUP_OVERVIEW, groups=("technology",)))
        assert resolve(said(topic), focus, base).groups == ("technology",)

    def test_a_role_without_a_group(self, base: KnowledgeBase, topic: str) -> None:
        question = resolve(said(topic, *role("data-analyst")), Focus(), base)
        assert question == Question(topics.GROUP_OF_ROLE, roles=("data-analyst",))

    def test_no_group_at_all(self, base: KnowledgeBase, topic: str) -> None:
        question = resolve(said(topic), Focus(), base)
        assert (question.topic, question.reason) == (topics.CLARIFY, "which_group")
        assert question.candidates == tuple(base.groups)

    def test_a_group_that_is_not_in_the_base(self, base: KnowledgeBase, topic: str) -> None:
        question = resolve(said(topic, Found("group", "astronautics")), Focus(), base)
        assert question.topic == topics.CLARIFY


def test_the_duties_of_a_group_are_its_overview(base: KnowledgeBase) -> None:
    question = resolve(said(topics.DUTIES, Found("group", "marketing")), Focus(), base)
    assert question == Question(topics.GROUP_OVERVIEW, groups=("marketing",))


def test_the_skills_of_a_group_are_asked_back_by_role(base: KnowledgeBase) -> None:
    question = resolve(said(topics.SKILLS, Found("group", "marketing")), Focus(), base)
    assert question.topic == topics.CLARIFY
    assert {base.roles[key].group for key in question.candidates} == {"marketing"}


@pytest.mark.parametrize(
    ("topic", "kind", "key"),
    [
        (topics.DEFINE, "term", "c2b"),
        (topics.DEFINE, "tool", "qianniu"),
        (topics.DEFINE, "skill", "sql"),
        (topics.DEFINE, "company", "xiaomi"),
        (topics.ROLES_BY_SKILL, "skill", "sql"),
        (topics.ROLES_BY_SKILL, "tool", "excel"),
        (topics.COMPANY_EXAMPLE, "company", "xiaomi"),
        (topics.BUSINESS_MODELS, "business_model", "self-built-mall"),
        (topics.PROCESS, "process", "sale-day"),
        (topics.DIVISION_OF_LABOUR, "shop_size", "small"),
        (topics.RECOMMEND, "interest", "numbers"),
    ],
)
def test_a_thing_is_asked_about(base: KnowledgeBase, topic: str, kind: str, key: str) -> None:
    question = resolve(said(topic, Found(kind, key)), focus_on(topics.DUTIES, CRM), base)
    assert question == Question(topic, things=(Thing(kind, key),))


@pytest.mark.parametrize(
    ("topic", "reason"), [(topics.DEFINE, "which_term"), (topics.ROLES_BY_SKILL, "which_skill")]
)
def test_a_thing_that_is_missing_is_asked_for(base: KnowledgeBase, topic: str, reason: str) -> None:
    question = resolve(said(topic), Focus(), base)
    assert (question.topic, question.reason, question.wanted) == (topics.CLARIFY, reason, topic)


@pytest.mark.parametrize(
    "topic",
    [topics.LIST_GROUPS, topics.DEMAND, topics.RECOMMEND, topics.COMPANY_EXAMPLE]
    + [topics.BUSINESS_MODELS, topics.PROCESS, topics.DIVISION_OF_LABOUR],
)
def test_a_general_question_needs_no_subject(base: KnowledgeBase, topic: str) -> None:
    assert resolve(said(topic), focus_on(topics.DUTIES, CRM), base) == Question(topic)


def test_an_unknown_word_is_not_explained_by_guessing(base: KnowledgeBase) -> None:
    unknown = Found("unknown_thing", "blockchain")
    question = resolve(said(topics.DEFINE, unknown), focus_on(topics.DUTIES, CRM), base)
    assert (question.topic, question.occupation) == (topics.CLARIFY, "blockchain")
    assert question.roles == ()


def test_a_definition_of_a_role_is_what_it_does(base: KnowledgeBase) -> None:
    question = resolve(said(topics.DEFINE, *role(CRM)), Focus(), base)
    assert question == Question(topics.DUTIES, roles=(CRM,))


def test_a_number_of_people_stands_for_a_shop_size(base: KnowledgeBase) -> None:
    parse = said(topics.DIVISION_OF_LABOUR, text="who does what in a shop of 50 people")
    question = resolve(parse, Focus(), base)
    assert question.people == 50
    assert question.of_kind("shop_size") == ["medium"]


def test_what_somebody_does_not_want_is_kept_apart(base: KnowledgeBase) -> None:
    text = "a job with numbers, not coding"
    found = [
        Found("interest", key, text.index(key), text.index(key) + len(key))
        for key in ("numbers", "coding")
    ]
    question = resolve(said(topics.RECOMMEND, *found, text=text), Focus(), base)
    assert question.things == (Thing("interest", "numbers"),)
    assert question.avoid == (Thing("interest", "coding"),)


def test_likes_add_up_while_the_talk_is_about_them(base: KnowledgeBase) -> None:
    first = Question(topics.RECOMMEND, things=(Thing("interest", "numbers"),))
    question = resolve(said(topics.RECOMMEND, Found("interest", "people")), Focus(last=first), base)
    assert question.of_kind("interest") == ["numbers", "people"]


def test_an_unknown_intent_is_asked_back(base: KnowledgeBase) -> None:
    question = resolve(said("fly_to_the_moon"), focus_on(topics.DUTIES, CRM), base)
    assert question.topic == topics.CLARIFY


def test_a_shared_name_of_two_roles_is_compared(base: KnowledgeBase) -> None:
    pair = ("web-developer", "database-developer")
    question = resolve(said(topics.COMPARE, hint("developer", *pair)), Focus(), base)
    assert question == Question(topics.COMPARE, roles=pair)


def test_both_means_the_two_talked_about(base: KnowledgeBase) -> None:
    focus = Focus(
        last=Question(topics.DUTIES, roles=(BUYER,)), past=(Question(topics.DUTIES, roles=(CRM,)),)
    )
    question = resolve(said(topics.COMPARE, reference("both")), focus, base)
    assert set(question.roles) == {BUYER, CRM}
