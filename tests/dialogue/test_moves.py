"""Getting from one job or trade to another: what is asked, and what it goes on with."""

from __future__ import annotations

import pytest

from chatbot.dialogue import topics
from chatbot.dialogue.focus import Focus
from chatbot.dialogue.parse import Found, Parse
from chatbot.dialogue.question import Question, Thing
from chatbot.dialogue.resolve import resolve
from chatbot.knowledge.base import KnowledgeBase
from tests.support.parses import focus_on

A, B = "warehouse-manager", "web-developer"
NAMES = {A: "warehouse manager", B: "web developer"}


def told(intent: str, text: str, *named: tuple[str, str, str], sure: float = 0.95) -> Parse:
    """Return a message with entities (kind, value, words)."""
    found = tuple(
        Found(kind, value, text.find(words), text.find(words) + len(words))
        for kind, value, words in named
    )
    return Parse(text, ((intent, sure), ("help", (1 - sure) / 2)), found)


def roles(*ids: str) -> tuple[tuple[str, str, str], ...]:
    return tuple(("role", key, NAMES[key]) for key in ids)


NURSE = ("occupation", "nurse", "nurse")


@pytest.mark.parametrize(
    "text",
    [
        "from warehouse manager to web developer",
        "I am a warehouse manager and want to be a web developer",
        "how do I become a web developer as a warehouse manager",
        "how do I become a web developer, being a warehouse manager?",
        "way into web developer after warehouse manager",
        "warehouse manager -> web developer",
        "can a warehouse manager become a web developer",
    ],
)
def test_who_names_two_roles_wants_to_get_from_one_to_the_other(
    base: KnowledgeBase, text: str
) -> None:
    question = resolve(told(topics.CAREER_PATH, text, *roles(A, B)), Focus(), base)
    assert question == Question(topics.CAREER_PATH, roles=(A, B), origin=A)


@pytest.mark.parametrize(
    "text",
    [
        "how do I become a warehouse manager or a web developer",
        "career of warehouse manager and web developer",
        "career path warehouse manager, web developer",
    ],
)
def test_two_goals_are_no_way_from_one_to_the_other(base: KnowledgeBase, text: str) -> None:
    question = resolve(told(topics.CAREER_PATH, text, *roles(A, B)), Focus(), base)
    assert question.origin is None
    assert set(question.roles) == {A, B}


def test_a_trade_with_a_goal_is_a_way_into_it(base: KnowledgeBase) -> None:
    text = "how does a nurse become a web developer"
    question = resolve(told(topics.CAREER_PATH, text, NURSE, *roles(B)), Focus(), base)
    assert question == Question(topics.CAREER_PATH, roles=(B,), origin="nurse")


def test_a_trade_with_a_goal_in_a_request_for_advice_is_one_too(base: KnowledgeBase) -> None:
    text = "I am a nurse, would web developer suit me?"
    question = resolve(told(topics.RECOMMEND, text, NURSE, *roles(B)), Focus(), base)
    assert question == Question(topics.CAREER_PATH, roles=(B,), origin="nurse")


@pytest.mark.parametrize("intent", [topics.RECOMMEND, topics.OUT_OF_SCOPE, topics.GREET])
def test_a_trade_without_a_goal_asks_for_advice(base: KnowledgeBase, intent: str) -> None:
    question = resolve(told(intent, "hello, I was a nurse", NURSE, sure=0.8), Focus(), base)
    assert question == Question(topics.RECOMMEND, origin="nurse")


def test_a_question_off_the_subject_stays_so_whoever_asks(base: KnowledgeBase) -> None:
    text = "I was a nurse, what is the weather like?"
    question = resolve(told(topics.OUT_OF_SCOPE, text, NURSE, sure=0.97), Focus(), base)
    assert question.topic == topics.OUT_OF_SCOPE


def test_what_a_trade_does_is_still_unknown(base: KnowledgeBase) -> None:
    question = resolve(told(topics.DUTIES, "what does a nurse do", NURSE), Focus(), base)
    assert question.topic == topics.UNKNOWN_ROLE


def test_how_to_become_something_unknown_is_too(base: KnowledgeBase) -> None:
    question = resolve(told(topics.CAREER_PATH, "how do I become a nurse", NURSE), Focus(), base)
    assert question.topic == topics.UNKNOWN_ROLE


def test_a_role_asked_about_by_somebody_of_a_trade_is_answered(base: KnowledgeBase) -> None:
    text = "I was a nurse. What does a web developer do?"
    question = resolve(told(topics.DUTIES, text, NURSE, *roles(B)), Focus(), base)
    assert question == Question(topics.DUTIES, roles=(B,))


def test_a_list_asked_for_oneself_is_advice(base: KnowledgeBase) -> None:
    text = "I was a nurse, what jobs are there for me"
    question = resolve(told(topics.LIST_GROUPS, text, NURSE), Focus(), base)
    assert question == Question(topics.RECOMMEND, origin="nurse")


def test_a_group_asked_for_oneself_is_kept(base: KnowledgeBase) -> None:
    text = "what do I bring as a nurse for marketing"
    group = ("group", "marketing", "marketing")
    question = resolve(told(topics.ROLES_IN_GROUP, text, NURSE, group), Focus(), base)
    assert question == Question(topics.RECOMMEND, groups=("marketing",), origin="nurse")


def test_likes_are_kept_beside_the_trade(base: KnowledgeBase) -> None:
    likes = ("interest", "numbers", "numbers")
    text = "I am a nurse and like numbers"
    first = resolve(told(topics.RECOMMEND, text, NURSE, likes), Focus(), base)
    assert first.origin == "nurse"
    assert first.things == (Thing("interest", "numbers"),)
    focus = Focus().after(first, (), ())
    more = told(topics.RECOMMEND, "and people", ("interest", "people", "people"))
    second = resolve(more, focus, base)
    assert second.origin == "nurse"
    assert len(second.things) == 2


def test_without_experience_after_a_career_question_is_about_that_role(
    base: KnowledgeBase,
) -> None:
    parse = told(topics.FOLLOW_UP, "and without any experience?")
    question = resolve(parse, focus_on(topics.CAREER_PATH, B), base)
    assert question == Question(topics.CAREER_PATH, roles=(B,), origin="career starter")


def test_a_trade_told_before_counts_for_the_next_question(base: KnowledgeBase) -> None:
    focus = Focus(last=Question(topics.RECOMMEND, origin="nurse"))
    parse = told(topics.CAREER_PATH, "how do I become a web developer", *roles(B))
    assert resolve(parse, focus, base).origin == "nurse"
    other = told(topics.CAREER_PATH, "how does one become a web developer", *roles(B))
    assert resolve(other, focus, base).origin is None


@pytest.mark.parametrize(
    ("text", "aspect"),
    [
        ("what comes after web developer", topics.ONWARD),
        ("where can a web developer go sideways", topics.ONWARD),
        ("promotion for a web developer", topics.ONWARD),
        ("how do I become a web developer", ""),
        ("which steps lead up to web developer", ""),
        ("which degree does a web developer need to start", ""),
    ],
)
def test_where_a_role_leads_is_told_from_how_to_get_in(
    base: KnowledgeBase, text: str, aspect: str
) -> None:
    question = resolve(told(topics.CAREER_PATH, text, *roles(B)), Focus(), base)
    assert question == Question(topics.CAREER_PATH, roles=(B,), aspect=aspect)


def test_another_role_named_alone_keeps_the_side_that_was_asked(base: KnowledgeBase) -> None:
    last = Question(topics.CAREER_PATH, roles=(A,), aspect=topics.ONWARD)
    parse = told(topics.FOLLOW_UP, "and the web developer", *roles(B))
    question = resolve(parse, Focus(last=last), base)
    assert (question.roles, question.aspect) == ((B,), topics.ONWARD)


def test_somebody_of_a_role_of_ours_asks_where_it_leads(base: KnowledgeBase) -> None:
    text = "I am a warehouse manager, what would suit me"
    question = resolve(told(topics.RECOMMEND, text, *roles(A)), Focus(), base)
    assert question == Question(topics.RECOMMEND, roles=(A,), origin=A)


def test_a_trade_that_has_left_the_base_is_forgotten(base: KnowledgeBase) -> None:
    focus = Focus(last=Question(topics.RECOMMEND, origin="gnome"))
    assert focus.known(base).last is None
