"""Questions about two jobs, however each of them is told: named, in short, in part, described."""

from __future__ import annotations

import pytest

from chatbot.dialogue import topics
from chatbot.dialogue.focus import Focus
from chatbot.dialogue.parse import Found, Parse
from chatbot.dialogue.question import Question
from chatbot.dialogue.resolve import resolve
from chatbot.knowledge.base import KnowledgeBase
from tests.support.parses import focus_on, reference

BUYER, CRM, WAREHOUSE = "purchasing-manager", "crm-specialist", "warehouse-manager"
WEIBO, WECHAT, SEM = "weibo-marketing-specialist", "wechat-marketing-specialist", "sem-specialist"
LOGISTICS, ORDER, VISUAL = "logistics-manager", "order-manager", "visual-designer"
ANALYST, QUALITY, OPERATIONS = "data-analyst", "quality-controller", "operations-manager"

of_two = pytest.mark.parametrize("topic", [topics.COMPARE, topics.COLLABORATION])


def at(text: str, said: str, kind: str, value: str, *candidates: str) -> Found:
    """Return an entity at the place where its words stand."""
    start = text.index(said)
    return Found(kind, value, start, start + len(said), candidates)


def told(text: str, said: str, value: str, score: float = 7.0, lead: float = 1.5) -> Found:
    """Return a described role; its words reach from one place to the other."""
    start = text.index(said)
    span = (start, start + len(said))
    return Found("described_role", value, *span, candidates=(value,), score=score, lead=lead)


def ask(topic: str, text: str, *found: Found) -> Parse:
    return Parse(text, ((topic, 0.9), ("help", 0.05)), found)


@of_two
def test_a_named_and_a_described_role_make_a_pair(base: KnowledgeBase, topic: str) -> None:
    text = "a data analyst and whoever picks the trucks"
    parse = ask(
        topic,
        text,
        at(text, "data analyst", "role", ANALYST),
        told(text, "whoever picks the trucks", LOGISTICS),
    )
    assert resolve(parse, Focus(), base) == Question(topic, roles=(ANALYST, LOGISTICS))


@of_two
def test_a_described_role_that_is_told_first_stands_first(base: KnowledgeBase, topic: str) -> None:
    text = "whoever picks the trucks and a data analyst"
    parse = ask(
        topic,
        text,
        at(text, "data analyst", "role", ANALYST),
        told(text, "whoever picks the trucks", LOGISTICS),
    )
    assert resolve(parse, Focus(), base).roles == (LOGISTICS, ANALYST)


@of_two
def test_a_description_that_hardly_fits_is_no_second_role(base: KnowledgeBase, topic: str) -> None:
    text = "a data analyst and all that other stuff"
    parse = ask(
        topic,
        text,
        at(text, "data analyst", "role", ANALYST),
        told(text, "all that other stuff", LOGISTICS, score=2.0, lead=0.0),
    )
    assert LOGISTICS not in resolve(parse, Focus(), base).roles


def test_working_together_takes_a_surer_second_than_a_comparison(base: KnowledgeBase) -> None:
    text = "a buyer and the one with the trucks"
    found = (
        at(text, "buyer", "role", BUYER),
        told(text, "the one with the trucks", LOGISTICS, score=5.0, lead=0.25),
    )
    assert resolve(ask(topics.COMPARE, text, *found), Focus(), base).roles == (BUYER, LOGISTICS)
    assert resolve(ask(topics.COLLABORATION, text, *found), Focus(), base).roles == (BUYER,)


@of_two
def test_two_described_roles_make_a_pair(base: KnowledgeBase, topic: str) -> None:
    text = "whoever draws banners, whoever counts stock"
    parse = ask(
        topic,
        text,
        told(text, "whoever draws banners", VISUAL, 6.5),
        told(text, "whoever counts stock", WAREHOUSE, 7.5),
    )
    assert resolve(parse, Focus(), base).roles == (VISUAL, WAREHOUSE)


@of_two
def test_of_three_descriptions_the_surest_two_are_taken(base: KnowledgeBase, topic: str) -> None:
    text = "one draws banners, one counts stock, one buys things"
    parse = ask(
        topic,
        text,
        told(text, "one draws banners", VISUAL, 9.0),
        told(text, "one counts stock", WAREHOUSE, 6.0),
        told(text, "one buys things", BUYER, 8.0),
    )
    assert set(resolve(parse, Focus(), base).roles) == {VISUAL, BUYER}


@of_two
def test_two_short_forms_make_a_pair(base: KnowledgeBase, topic: str) -> None:
    text = "sem vs weibo"
    words = (at(text, "sem", "role_word", SEM), at(text, "weibo", "role_word", WEIBO))
    assert resolve(ask(topic, text, *words), Focus(), base) == Question(topic, roles=(SEM, WEIBO))


@of_two
def test_a_short_form_beside_a_full_name(base: KnowledgeBase, topic: str) -> None:
    text = "wechat and a buyer"
    words = (at(text, "wechat", "role_word", WECHAT), at(text, "buyer", "role", BUYER))
    assert resolve(ask(topic, text, *words), Focus(), base).roles == (WECHAT, BUYER)


def test_a_short_form_inside_a_full_name_is_no_second_role(base: KnowledgeBase) -> None:
    text = "compare the weibo marketing specialist"
    words = (
        at(text, "weibo marketing specialist", "role", WEIBO),
        at(text, "weibo", "role_word", WECHAT),
    )
    question = resolve(ask(topics.COMPARE, text, *words), Focus(), base)
    assert (question.topic, question.roles) == (topics.CLARIFY, (WEIBO,))


def test_a_short_form_where_nobody_asks_about_roles_is_no_role(base: KnowledgeBase) -> None:
    text = "what does weibo mean"
    parse = ask(topics.DEFINE, text, at(text, "weibo", "role_word", WEIBO))
    assert resolve(parse, Focus(), base).roles == ()


def test_a_short_form_goes_on_with_the_question_about_another_role(base: KnowledgeBase) -> None:
    text = "and wechat"
    parse = ask(topics.FOLLOW_UP, text, at(text, "wechat", "role_word", WECHAT))
    question = resolve(parse, focus_on(topics.SKILLS, WEIBO), base)
    assert question == Question(topics.SKILLS, roles=(WECHAT,))


def test_a_partial_name_beside_a_full_one_is_the_colleague_of_the_same_group(
    base: KnowledgeBase,
) -> None:
    text = "a warehouse manager and the lead"
    found = (
        at(text, "warehouse manager", "role", WAREHOUSE),
        at(text, "lead", "role_hint", "lead", "crm-specialist", ORDER),
    )
    question = resolve(ask(topics.COMPARE, text, *found), Focus(), base)
    assert question == Question(topics.COMPARE, roles=(WAREHOUSE, ORDER))


def test_a_partial_name_in_a_question_about_work_is_the_one_that_works_with_the_other(
    base: KnowledgeBase,
) -> None:
    # All are of one group, but only the warehouse manager passes something to the controller.
    text = "what about a quality controller and the manager"
    found = (
        at(text, "quality controller", "role", QUALITY),
        at(text, "manager", "role_hint", "manager", ORDER, WAREHOUSE, LOGISTICS),
    )
    work = resolve(ask(topics.COLLABORATION, text, *found), Focus(), base)
    assert work.roles == (QUALITY, WAREHOUSE)
    comparison = resolve(ask(topics.COMPARE, text, *found), Focus(), base)
    assert (comparison.topic, comparison.roles) == (topics.CLARIFY, (QUALITY,))


def test_a_partial_name_that_stays_open_is_not_guessed(base: KnowledgeBase) -> None:
    text = "compare the crm specialist with the manager"
    found = (
        at(text, "crm specialist", "role", CRM),
        at(text, "manager", "role_hint", "manager", BUYER, OPERATIONS),
    )
    question = resolve(ask(topics.COMPARE, text, *found), Focus(), base)
    assert (question.topic, question.roles) == (topics.CLARIFY, (CRM,))


def test_a_partial_name_that_the_full_one_ends_with_is_no_second_role(base: KnowledgeBase) -> None:
    text = "the buyer, that manager"
    found = (
        at(text, "buyer", "role", BUYER),
        at(text, "manager", "role_hint", "manager", BUYER, ORDER),
    )
    question = resolve(ask(topics.COMPARE, text, *found), Focus(), base)
    assert (question.topic, question.roles) == (topics.CLARIFY, (BUYER,))


def test_one_named_role_is_compared_with_the_one_talked_about(base: KnowledgeBase) -> None:
    text = "how does that differ from a buyer"
    parse = ask(topics.COMPARE, text, at(text, "buyer", "role", BUYER))
    question = resolve(parse, focus_on(topics.DUTIES, CRM), base)
    assert question == Question(topics.COMPARE, roles=(CRM, BUYER))


@pytest.mark.parametrize(
    ("text", "roles"),
    [
        ("does he work with the buyer", (CRM, BUYER)),
        ("who are the mates of it, the buyer", (BUYER,)),
    ],
)
def test_he_and_a_role_behind_with_are_a_pair(
    base: KnowledgeBase, text: str, roles: tuple[str, ...]
) -> None:
    parse = ask(topics.COLLABORATION, text, at(text, "buyer", "role", BUYER), reference("it"))
    assert resolve(parse, focus_on(topics.DUTIES, CRM), base).roles == roles


def test_the_two_are_the_one_named_and_the_one_talked_about(base: KnowledgeBase) -> None:
    text = "his mate is a buyer, how do the two get on"
    parse = ask(topics.COLLABORATION, text, at(text, "buyer", "role", BUYER), reference("both"))
    assert resolve(parse, focus_on(topics.DUTIES, CRM), base).roles == (CRM, BUYER)


def test_a_job_without_an_entry_is_not_replaced_by_a_description(base: KnowledgeBase) -> None:
    text = "compare a buyer with a nurse"
    found = (
        at(text, "buyer", "role", BUYER),
        at(text, "nurse", "occupation", "nurse"),
        told(text, "a nurse", CRM),
    )
    assert CRM not in resolve(ask(topics.COMPARE, text, *found), Focus(), base).roles
