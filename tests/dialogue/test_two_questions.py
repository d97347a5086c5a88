"""Two questions in one message: both are answered, and offers stand once."""

from __future__ import annotations

from typing import Any

import pytest

from chatbot import bot
from chatbot.dialogue import topics
from chatbot.dialogue.focus import Focus
from chatbot.dialogue.parse import Found
from chatbot.dialogue.question import Question
from chatbot.dialogue.resolve import resolve_all
from chatbot.knowledge.base import KnowledgeBase
from tests.support.parses import focus_on, hint, role, said
from tests.support.paths import ROOT

BUYER, CRM, WAREHOUSE = "purchasing-manager", "crm-specialist", "warehouse-manager"


def also(topic: str) -> Found:
    return Found("also_asked", topic)


def test_both_questions_are_about_the_role_named_once(base: KnowledgeBase) -> None:
    asked = resolve_all(said(topics.DUTIES, *role(CRM), also(topics.TOOLS)), Focus(), base)
    assert asked == (Question(topics.DUTIES, roles=(CRM,)), Question(topics.TOOLS, roles=(CRM,)))


def test_both_questions_are_about_the_role_talked_about(base: KnowledgeBase) -> None:
    focus = focus_on(topics.CAREER_PATH, BUYER)
    asked = resolve_all(said(topics.SKILLS, also(topics.TOOLS)), focus, base)
    assert asked == (
        Question(topics.SKILLS, roles=(BUYER,)),
        Question(topics.TOOLS, roles=(BUYER,)),
    )


def test_a_message_that_asks_one_thing_is_one_question(base: KnowledgeBase) -> None:
    assert len(resolve_all(said(topics.DUTIES, *role(CRM)), Focus(), base)) == 1


def test_the_same_topic_twice_is_one_question(base: KnowledgeBase) -> None:
    asked = resolve_all(said(topics.DUTIES, *role(CRM), also(topics.DUTIES)), Focus(), base)
    assert asked == (Question(topics.DUTIES, roles=(CRM,)),)


@pytest.mark.parametrize("second", ["nonsense", "", topics.GREET, topics.FOLLOW_UP])
def test_a_second_topic_that_nothing_can_be_made_of_is_left_out(
    base: KnowledgeBase, second: str
) -> None:
    asked = resolve_all(said(topics.DUTIES, *role(CRM), also(second)), Focus(), base)
    assert asked == (Question(topics.DUTIES, roles=(CRM,)),)


def test_who_is_meant_is_asked_once_and_not_for_each_question(base: KnowledgeBase) -> None:
    open_name = hint("manager", BUYER, WAREHOUSE)
    asked = resolve_all(said(topics.DUTIES, open_name, also(topics.TOOLS)), Focus(), base)
    assert [question.topic for question in asked] == [topics.CLARIFY]


def test_an_unknown_job_is_told_once(base: KnowledgeBase) -> None:
    nurse = Found("occupation", "nurse")
    asked = resolve_all(said(topics.DUTIES, nurse, also(topics.SKILLS)), Focus(), base)
    assert [question.topic for question in asked] == [topics.UNKNOWN_ROLE]


def test_two_questions_about_a_group(base: KnowledgeBase) -> None:
    parse = said(topics.GROUP_OVERVIEW, Found("group", "marketing"), also(topics.ROLES_IN_GROUP))
    assert resolve_all(parse, Focus(), base) == (
        Question(topics.GROUP_OVERVIEW, groups=("marketing",)),
        Question(topics.ROLES_IN_GROUP, groups=("marketing",)),
    )


def message(intent: str, *second: str) -> dict[str, Any]:
    """Return Rasa's parse of a message about the buyer that asks this, and this second."""
    entities = [{"entity": "role", "value": BUYER, "start": 12, "end": 17}]
    entities += [{"entity": "also_asked", "value": topic} for topic in second]
    row = {"name": intent, "confidence": 0.9}
    text = "what does a buyer do and the rest"
    return {"text": text, "intent": row, "intent_ranking": [row], "entities": entities}


@pytest.fixture
def reply(monkeypatch: pytest.MonkeyPatch) -> Any:
    monkeypatch.chdir(ROOT)  # the settings name the knowledge base relative to the project
    return lambda *asked: bot.reply(message(*asked), {})


PAIRS = [
    (one, other)
    for one in (topics.DUTIES, topics.SKILLS, topics.TOOLS, topics.CAREER_PATH)
    for other in (topics.DUTIES, topics.SKILLS, topics.TOOLS, topics.CAREER_PATH)
    if one != other
]
each_pair = pytest.mark.parametrize(("one", "other"), PAIRS)


@each_pair
def test_a_reply_holds_both_answers_in_the_order_of_the_questions(
    reply: Any, one: str, other: str
) -> None:
    both = reply(one, other).text
    first, second = reply(one).text, reply(other).text
    starts = [text.splitlines()[0] for text in (first, second)]
    assert starts[0] != starts[1]
    assert -1 < both.find(starts[0]) < both.find(starts[1])


@each_pair
def test_what_has_just_been_answered_is_not_offered(reply: Any, one: str, other: str) -> None:
    answer = reply(one, other)
    offered = Focus.from_dict(answer.slots[bot.FOCUS]).offers
    assert offered, "a reply offers something to ask next"
    plain = {q.topic for q in offered if q == Question(q.topic, roles=(BUYER,))}
    assert plain.isdisjoint((one, other))


@each_pair
def test_offers_stand_once_and_are_those_of_the_buttons(reply: Any, one: str, other: str) -> None:
    answer = reply(one, other)
    offers = Focus.from_dict(answer.slots[bot.FOCUS]).offers
    assert len(set(answer.quick_replies)) == len(answer.quick_replies) > 0
    assert len(offers) == len(set(offers)) == len(answer.quick_replies)


@each_pair
def test_what_is_reported_as_answered_is_the_first_question(
    reply: Any, one: str, other: str
) -> None:
    answered = reply(one, other).slots[bot.ANSWERED]
    assert (answered["topic"], answered["roles"]) == (one, [BUYER])


def test_the_talk_goes_on_from_the_second_question(reply: Any) -> None:
    focus = Focus.from_dict(reply(topics.SKILLS, topics.TOOLS).slots[bot.FOCUS])
    assert [question.topic for question in focus.questions] == [topics.TOOLS, topics.SKILLS]
