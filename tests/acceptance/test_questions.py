"""The questions of tests/questions/."""

from __future__ import annotations

import pytest

from chatbot.dialogue import topics
from chatbot.knowledge.base import KnowledgeBase
from tests.acceptance.conftest import Ask
from tests.support.asking import Single, put_in, questions, singles, wordings
from tests.support.checks import assert_none
from tests.support.linking import EXAMPLES, examples

THINGS = {
    topics.DEFINE: ("term", "tool", "skill"),
    topics.COMPANY_EXAMPLE: ("company",),
    topics.BUSINESS_MODELS: ("business_model",),
    topics.PROCESS: ("process",),
    topics.DIVISION_OF_LABOUR: ("shop_size",),
    topics.ROLES_BY_SKILL: ("skill", "tool"),
}


@pytest.mark.parametrize("single", singles(), ids=lambda single: f"{single.topic}: {single.ask}")
def test_a_question(ask: Ask, single: Single) -> None:
    turn = ask(single.ask)
    assert turn.topic == single.topic, turn.text
    assert turn.roles == list(single.roles)
    for slot in ("group", "skill", "term"):
        wanted = getattr(single, slot)
        assert wanted is None or turn.answered[slot] == wanted
    for phrase in single.says:
        assert phrase.lower() in turn.text.lower()


@pytest.mark.parametrize("topic", THINGS)
def test_every_thing_in_every_wording(base: KnowledgeBase, ask: Ask, topic: str) -> None:
    # Of a company that is also a platform either may be told.
    companies = {company.name for company in base.companies.values()}
    wrong = []
    for kind in THINGS[topic]:
        for node in base.by_kind[kind].values():
            for wording in (
                wordings(topic) if kind == "company" or node.name not in companies else ()
            ):
                turn = ask(put_in(wording, node.name))
                if turn.topic != topic or not any(key == node.id for _, key in turn.things):
                    wrong.append(f"{kind}: {put_in(wording, node.name)!r} -> {turn.topic}")
    assert_none(wrong, "questions are misunderstood")


@pytest.mark.parametrize("topic", topics.GROUP_TOPICS)
def test_every_group_in_every_wording(base: KnowledgeBase, ask: Ask, topic: str) -> None:
    for group in base.groups.values():
        for wording in wordings(topic):
            turn = ask(put_in(wording, group.name))
            assert (turn.topic, turn.answered["group"]) == (topic, group.id), wording


def test_every_topic_has_questions() -> None:
    assert set(questions()) == set(topics.TOPICS)


def test_no_question_stands_in_the_training_data() -> None:
    known = {text.lower() for path in EXAMPLES.glob("*.yml") for text in examples(path)}
    short = 3  # words; greetings and the like have few forms
    learnt = [
        one.ask for one in singles() if one.ask.lower() in known and len(one.ask.split()) > short
    ]
    assert_none(learnt, "questions are training examples")
