"""Messages that mean something only in a conversation."""

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
SKILLS_OF_BUYER = Question(topics.SKILLS, roles=(BUYER,))


def test_yes_takes_the_first_offer(base: KnowledgeBase) -> None:
    focus = Focus(offers=(SKILLS_OF_BUYER, Question(topics.HELP)))
    assert resolve(said(topics.AFFIRM), focus, base) == SKILLS_OF_BUYER


def test_yes_to_nothing_brings_help(base: KnowledgeBase) -> None:
    assert resolve(said(topics.AFFIRM), Focus(), base) == Question(topics.HELP)


def test_no_is_asked_back(base: KnowledgeBase) -> None:
    question = resolve(said(topics.DENY), focus_on(topics.DUTIES, CRM), base)
    assert (question.topic, question.reason) == (topics.CLARIFY, "denied")


def test_no_with_another_role_is_a_correction(base: KnowledgeBase) -> None:
    question = resolve(said(topics.DENY, *role(CRM)), focus_on(topics.SKILLS, BUYER), base)
    assert question == Question(topics.SKILLS, roles=(CRM,))


@pytest.mark.parametrize("topic", [t for t in topics.ROLE_TOPICS if t != topics.COMPARE])
def test_another_role_keeps_the_topic(base: KnowledgeBase, topic: str) -> None:
    question = resolve(said(topics.FOLLOW_UP, *role(CRM)), focus_on(topic, BUYER), base)
    assert question == Question(topic, roles=(CRM,))


def test_a_bare_role_asks_for_its_duties(base: KnowledgeBase) -> None:
    question = resolve(said(topics.FOLLOW_UP, *role(CRM)), Focus(), base)
    assert question == Question(topics.DUTIES, roles=(CRM,))


def test_a_bare_group_asks_what_it_is_for(base: KnowledgeBase) -> None:
    question = resolve(said(topics.FOLLOW_UP, Found("group", "marketing")), Focus(), base)
    assert question == Question(topics.GROUP_OVERVIEW, groups=("marketing",))


@pytest.mark.parametrize(
    ("kind", "key", "topic"),
    [
        ("term", "c2b", topics.DEFINE),
        ("tool", "qianniu", topics.DEFINE),
        ("process", "sale-day", topics.PROCESS),
        ("company", "xiaomi", topics.COMPANY_EXAMPLE),
        ("business_model", "self-built-mall", topics.BUSINESS_MODELS),
        ("shop_size", "micro", topics.DIVISION_OF_LABOUR),
        ("interest", "numbers", topics.RECOMMEND),
    ],
)
def test_a_bare_thing_gets_the_topic_of_its_kind(
    base: KnowledgeBase, kind: str, key: str, topic: str
) -> None:
    assert resolve(said(topics.FOLLOW_UP, Found(kind, key)), Focus(), base).topic == topic


def test_another_skill_keeps_the_question_who_needs_it(base: KnowledgeBase) -> None:
    focus = Focus(last=Question(topics.ROLES_BY_SKILL))
    question = resolve(said(topics.FOLLOW_UP, Found("skill", "sql")), focus, base)
    assert (question.topic, question.of_kind("skill")) == (topics.ROLES_BY_SKILL, ["sql"])


def test_more_repeats_the_last_question_at_length(base: KnowledgeBase) -> None:
    parse = said(topics.FOLLOW_UP, reference("more"))
    question = resolve(parse, focus_on(topics.TOOLS, CRM), base)
    assert question == Question(topics.TOOLS, roles=(CRM,), detail=True)


def test_back_repeats_the_question_before(base: KnowledgeBase) -> None:
    focus = Focus(last=Question(topics.TOOLS, roles=(CRM,)), past=(SKILLS_OF_BUYER,))
    assert resolve(said(topics.FOLLOW_UP, reference("back")), focus, base) == SKILLS_OF_BUYER


def test_back_with_no_question_before_brings_help(base: KnowledgeBase) -> None:
    question = resolve(said(topics.FOLLOW_UP, reference("back")), Focus(), base)
    assert question == Question(topics.HELP)


def test_the_second_one_keeps_the_topic(base: KnowledgeBase) -> None:
    focus = focus_on(topics.COMPARE, CRM, BUYER)
    parse = said(topics.FOLLOW_UP, ordinal(2), text="the second one")
    assert resolve(parse, focus, base).roles == (BUYER,)


def test_a_follow_up_to_nothing_is_asked_back(base: KnowledgeBase) -> None:
    assert resolve(said(topics.FOLLOW_UP), Focus(), base).topic == topics.CLARIFY


def test_a_role_answers_the_question_that_waits_for_it(base: KnowledgeBase) -> None:
    pending = Question(topics.CLARIFY, reason="which_role", wanted=topics.CAREER_PATH)
    question = resolve(said(topics.FOLLOW_UP, *role(CRM)), Focus(pending=pending), base)
    assert question == Question(topics.CAREER_PATH, roles=(CRM,))


def test_a_place_in_the_offered_list_answers_the_question_that_waits(base: KnowledgeBase) -> None:
    pending = Question(
        topics.CLARIFY, reason="which_role", wanted=topics.TOOLS, candidates=(CRM, BUYER)
    )
    focus = Focus(pending=pending, shown=(CRM, BUYER))
    parse = said(topics.FOLLOW_UP, ordinal(2), text="the second")
    assert resolve(parse, focus, base) == Question(topics.TOOLS, roles=(BUYER,))


def test_a_word_of_an_offered_name_answers_the_question_that_waits(base: KnowledgeBase) -> None:
    pending = Question(
        topics.CLARIFY, reason="which_role", wanted=topics.TOOLS, candidates=(WAREHOUSE, BUYER)
    )
    parse = said(topics.FOLLOW_UP, text="warehouse")
    assert resolve(parse, Focus(pending=pending), base) == Question(
        topics.TOOLS, roles=(WAREHOUSE,)
    )


def test_an_unknown_job_in_a_follow_up_is_told_as_such(base: KnowledgeBase) -> None:
    parse = said(topics.FOLLOW_UP, Found("occupation", "product manager"))
    question = resolve(parse, focus_on(topics.SKILLS, BUYER), base)
    assert (question.topic, question.roles) == (topics.UNKNOWN_ROLE, ())


@pytest.mark.parametrize("topic", topics.SMALL_TALK)
def test_small_talk_is_answered_as_such(base: KnowledgeBase, topic: str) -> None:
    assert resolve(said(topic), focus_on(topics.DUTIES, CRM), base) == Question(topic)


@pytest.mark.parametrize("text", ["", "   ", "?!", "😀😀", "\x00\x01", "—"])
@pytest.mark.parametrize("intent", [topics.DUTIES, topics.AFFIRM, topics.OUT_OF_SCOPE])
def test_a_message_without_a_letter_is_asked_back(
    base: KnowledgeBase, intent: str, text: str
) -> None:
    question = resolve(said(intent, text=text.strip()), focus_on(topics.DUTIES, CRM), base)
    assert (question.topic, question.reason) == (topics.CLARIFY, "empty")


def test_another_subject_is_declined(base: KnowledgeBase) -> None:
    question = resolve(said(topics.OUT_OF_SCOPE), focus_on(topics.DUTIES, CRM), base)
    assert question == Question(topics.OUT_OF_SCOPE)


def test_clarifying_questions_in_a_row_are_counted(base: KnowledgeBase) -> None:
    focus = Focus()
    for number in (1, 2, 3):
        question = resolve(said(topics.DUTIES), focus, base)
        assert question.failures == number
        focus = focus.after(question, (), ())


def test_an_answer_ends_the_count(base: KnowledgeBase) -> None:
    focus = Focus().after(Question(topics.CLARIFY, failures=2), (), ())
    focus = focus.after(Question(topics.DUTIES, roles=(CRM,)), (CRM,), ())
    assert resolve(said(topics.DENY), focus, base).failures == 1


def test_a_hint_in_a_follow_up_is_asked_back_for_the_topic_talked_about(
    base: KnowledgeBase,
) -> None:
    parse = said(topics.FOLLOW_UP, hint("developer", "web-developer", "database-developer"))
    question = resolve(parse, focus_on(topics.SKILLS, BUYER), base)
    assert (question.topic, question.wanted) == (topics.CLARIFY, topics.SKILLS)
    assert question.candidates == ("web-developer", "database-developer")
