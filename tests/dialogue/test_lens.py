"""A role seen through the size of a shop or its way of selling."""

from __future__ import annotations

import pytest

from chatbot.dialogue import phrases, topics
from chatbot.dialogue.focus import Focus
from chatbot.dialogue.parse import Found
from chatbot.dialogue.question import Question, Thing
from chatbot.dialogue.resolve import resolve
from chatbot.knowledge.base import KnowledgeBase
from tests.support.parses import role, said

R = "web-developer"
MICRO, SMALL = Thing("shop_size", "micro"), Thing("shop_size", "small")
MALL = Thing("business_model", "self-built-mall")


@pytest.mark.parametrize(
    ("text", "people"),
    [
        ("a shop of five", 5),
        ("a team with 12", 12),
        ("we are four", 4),
        ("there are three of us", 3),
        ("a two-man shop", 2),
        ("10-person company", 10),
        ("my wife and I", 2),
        ("just me", 1),
        ("I run it on my own", 1),
        ("a company of 1,200", 1200),
        ("a shop with 5 brands", None),
        ("a company of 20 years", None),
        ("a shop of good size", None),
        ("we are happy", None),
    ],
)
def test_a_number_of_people_is_read_without_a_word_for_them(text: str, people: int | None) -> None:
    assert phrases.heads(text) == people


@pytest.mark.parametrize("intent", [topics.DUTIES, topics.DIVISION_OF_LABOUR])
def test_a_role_in_a_shop_of_some_people_is_seen_at_that_size(
    base: KnowledgeBase, intent: str
) -> None:
    parse = said(intent, *role(R), text="what does a web developer do in a shop of 5")
    question = resolve(parse, Focus(), base)
    assert question == Question(topics.DIVISION_OF_LABOUR, roles=(R,), things=(MICRO,), people=5)


def test_a_named_size_counts_as_well(base: KnowledgeBase) -> None:
    parse = said(topics.DUTIES, *role(R), Found("shop_size", "small"), text="and in a startup")
    question = resolve(parse, Focus(), base)
    assert (question.topic, question.things) == (topics.DIVISION_OF_LABOUR, (SMALL,))


def test_the_role_stays_when_only_the_size_is_named_anew(base: KnowledgeBase) -> None:
    last = Question(topics.DIVISION_OF_LABOUR, roles=(R,), things=(MICRO,), people=5)
    parse = said(topics.FOLLOW_UP, text="and with 20 people?")
    question = resolve(parse, Focus(last=last), base)
    assert (question.topic, question.roles, question.people) == (
        topics.DIVISION_OF_LABOUR,
        (R,),
        20,
    )


@pytest.mark.parametrize("intent", [topics.COMPARE, topics.TOOLS, topics.DUTIES])
def test_what_changes_on_a_platform_is_a_question_of_the_model(
    base: KnowledgeBase, intent: str
) -> None:
    found = (*role(R), Found("company", "tmall"), Found("tool", "tmall"))
    parse = said(intent, *found, text="what changes for a web developer on Tmall")
    question = resolve(parse, Focus(), base)
    assert question == Question(
        topics.BUSINESS_MODELS, roles=(R,), things=(Thing("company", "tmall"),)
    )


def test_what_a_role_does_in_an_own_mall_is_told_of_that_mall(base: KnowledgeBase) -> None:
    found = (*role(R), Found("business_model", MALL.id))
    parse = said(topics.DUTIES, *found, text="in an own mall, what does a web developer do")
    assert resolve(parse, Focus(), base) == Question(topics.DUTIES, roles=(R,), things=(MALL,))


def test_tools_on_a_platform_are_still_tools(base: KnowledgeBase) -> None:
    found = (*role(R), Found("tool", "tmall"), Found("company", "tmall"))
    parse = said(topics.TOOLS, *found, text="does a web developer use Tmall")
    assert resolve(parse, Focus(), base).topic == topics.TOOLS


def test_a_role_in_an_example_is_told_its_part(base: KnowledgeBase) -> None:
    found = (*role(R), Found("company", "xiaomi"))
    parse = said(topics.DUTIES, *found, text="what does a web developer do at Xiaomi")
    question = resolve(parse, Focus(), base)
    assert question == Question(
        topics.COMPANY_EXAMPLE, roles=(R,), things=(Thing("company", "xiaomi"),)
    )


@pytest.mark.parametrize(
    ("text", "aspect"),
    [
        ("which roles carry the Xiaomi example", topics.WHO),
        ("who does the work there", topics.WHO),
        ("how does Xiaomi sell", ""),
        ("why are its phones cheap", ""),
    ],
)
def test_who_is_behind_an_example_is_a_side_of_it(
    base: KnowledgeBase, text: str, aspect: str
) -> None:
    parse = said(topics.COMPANY_EXAMPLE, Found("company", "xiaomi"), text=text)
    assert resolve(parse, Focus(), base).aspect == aspect


def test_the_role_stays_when_only_the_model_is_named_anew(base: KnowledgeBase) -> None:
    tmall = (Thing("company", "tmall"),)
    last = Question(topics.BUSINESS_MODELS, roles=(R,), things=tmall)
    parse = said(topics.FOLLOW_UP, Found("business_model", MALL.id), text="and in an own mall?")
    question = resolve(parse, Focus(last=last), base)
    assert (question.topic, question.roles, question.things) == (
        topics.BUSINESS_MODELS,
        (R,),
        (MALL,),
    )
