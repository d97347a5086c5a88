"""From one role to another, from a trade into a role, and what a trade brings along."""

from __future__ import annotations

from itertools import permutations

import pytest

from chatbot.answers import registry
from chatbot.dialogue import topics
from chatbot.dialogue.question import Question
from chatbot.knowledge import ladder
from chatbot.knowledge.base import KnowledgeBase
from chatbot.knowledge.ladder import Kind
from chatbot.wording.render import LONGEST
from tests.support.base import knowledge_base
from tests.support.checks import assert_none
from tests.support.questions import CHANNELS, say

BASE = knowledge_base()
TRADES = {title: job for title, job in BASE.occupations.items() if job.brings}
PAIRS = list(permutations(BASE.roles, 2))
SIGNS = {Kind.LEVELS: "the levels lead in", Kind.BACK: "step back", Kind.CHANGE: "change of track"}
each_trade = pytest.mark.parametrize("title", TRADES)
each_role = pytest.mark.parametrize("role", BASE.roles)


def between(start: str, goal: str) -> Question:
    return Question(topics.CAREER_PATH, roles=(start, goal), origin=start)


def text_of(question: Question, channel: str = "") -> str:
    return say(question, channel).reply.text


def facts_of(question: Question) -> dict[str, object]:
    return dict(registry.answer(question, BASE).facts)


def test_every_pair_is_told_as_what_it_is_within_900_characters() -> None:
    wrong = []
    for start, goal in PAIRS:
        text = text_of(between(start, goal), "cmdline")
        names = [BASE.roles[start].name, BASE.roles[goal].name]
        told = SIGNS[ladder.way(BASE, start, goal).kind] in text
        if not told or len(text) > LONGEST or not all(name in text for name in names):
            wrong.append(f"{start} -> {goal}: {text}")
    assert_none(wrong, "ways are told wrongly", most=3)


def test_every_step_of_a_pair_is_named_in_its_order() -> None:
    wrong = []
    for start, goal in PAIRS:
        way = ladder.way(BASE, start, goal)
        text = text_of(between(start, goal)).lower().split("ask next")[0]
        head = text.find("by steps") if way.kind is Kind.CHANGE else 0
        places = [text.find(BASE.roles[role].name.lower(), max(head, 0)) for role in way.roles[:-1]]
        if len(way.roles) > 1 and (-1 in places or places != sorted(places)):
            wrong.append(f"{start} -> {goal}: {places}")
    assert_none(wrong, "steps are missing or out of order")


def test_three_steps_or_more_are_called_a_long_way() -> None:
    wrong = [
        f"{start} -> {goal}"
        for start, goal in PAIRS
        for way in [ladder.way(BASE, start, goal)]
        if (len(way.roles) >= 3) is not ("long way" in text_of(between(start, goal)))
    ]
    assert_none(wrong, "ways are longer than told")


def test_the_skills_to_gain_at_a_step_are_new_there(base: KnowledgeBase) -> None:
    start, goal = "customer-service-specialist", "operations-manager"
    steps = facts_of(between(start, goal))["steps"]
    known = {base.skills[skill].name for skill in ladder.skills_of(base, [start])}
    assert [step.role.id for step in steps][-1] == goal  # type: ignore[attr-defined]
    for step in steps:  # type: ignore[attr-defined]
        assert known.isdisjoint(step.gain)
        known |= {base.skills[use.id].name for use in step.role.skills}


@each_role
def test_a_role_leads_up_or_sideways_to_roles_that_exist(role: str) -> None:
    question = Question(topics.CAREER_PATH, roles=(role,), aspect=topics.ONWARD)
    answer = registry.answer(question, BASE)
    assert set(answer.shown) <= BASE.roles.keys() - {role}
    assert answer.shown or answer.facts["titles"]
    for channel in CHANNELS:
        text = text_of(question, channel)
        assert "Up:" in text or "Sideways:" in text
        assert len(text) <= LONGEST


@each_role
def test_a_role_has_a_way_in_from_zero(role: str) -> None:
    question = Question(topics.CAREER_PATH, roles=(role,), origin="career starter")
    text = text_of(question, "cmdline")
    assert text.startswith(f"From no experience to {BASE.roles[role].name}")
    assert "First step:" in text
    assert "Still missing:" in text
    assert len(text) <= LONGEST


@each_role
def test_only_a_role_that_takes_beginners_is_called_a_short_way(role: str) -> None:
    text = text_of(Question(topics.CAREER_PATH, roles=(role,), origin="career starter"))
    assert ("a short way" in text) is ladder.is_open(BASE.roles[role])


def test_there_are_eighty_trades_or_more_that_people_come_from() -> None:
    assert len(TRADES) >= 80


@each_trade
def test_a_trade_is_told_its_nearest_roles_with_true_reasons(title: str) -> None:
    trade = TRADES[title]
    question = Question(topics.RECOMMEND, origin=title)
    answer = registry.answer(question, BASE)
    assert answer.shown == trade.nearest
    assert 2 <= len(trade.nearest) <= 3
    brought = {BASE.skills[use.id].name for use in trade.brings}
    for near in answer.facts["near"]:
        own = {BASE.skills[use.id].name for use in near.role.skills}
        assert near.uses, f"{title}: nothing speaks for {near.role.id}"
        assert set(near.uses) <= brought & own
        assert set(near.missing) == own - brought


@each_trade
def test_an_answer_to_a_trade_is_whole_in_every_channel(title: str) -> None:
    trade = TRADES[title]
    for channel in CHANNELS:
        text = text_of(Question(topics.RECOMMEND, origin=title), channel)
        assert len(text) <= LONGEST
        assert (trade.why or "") in text
        assert all(BASE.roles[role].name.lower() in text.lower() for role in trade.nearest)
        assert BASE.skills[trade.brings[0].id].name in text
        assert "First step towards" in text


@each_trade
def test_the_first_step_of_a_trade_is_one_into_a_role_open_to_it(title: str) -> None:
    answer = registry.answer(Question(topics.RECOMMEND, origin=title), BASE)
    first = answer.facts["first"]
    doors = [role for role in TRADES[title].nearest if ladder.is_open(BASE.roles[role])]
    assert first.id in (doors or TRADES[title].nearest)


@each_trade
def test_the_way_of_a_trade_into_a_role_names_both(title: str) -> None:
    for number, goal in enumerate(BASE.roles):
        question = Question(topics.CAREER_PATH, roles=(goal,), origin=title)
        text = text_of(question, CHANNELS[number % len(CHANNELS)])
        assert BASE.roles[goal].name in text
        assert title == "career starter" or title in text
        assert "First step:" in text
        assert len(text) <= LONGEST


def test_a_way_of_a_trade_begins_in_a_role_near_to_it_if_that_is_no_detour() -> None:
    question = Question(topics.CAREER_PATH, roles=("logistics-manager",), origin="truck driver")
    answer = registry.answer(question, BASE)
    assert answer.shown == ("order-manager", "logistics-manager")


def test_nothing_in_common_is_said_plainly() -> None:
    text = text_of(Question(topics.CAREER_PATH, roles=("data-analyst",), origin="florist"))
    assert "None of the skills on its list" in text
    assert "a long way" in text


def test_a_job_without_a_list_of_skills_still_gets_its_nearest_roles() -> None:
    text = text_of(Question(topics.RECOMMEND, origin="astronaut"))
    assert "I have no list of" in text
    nearest = BASE.occupations["astronaut"].nearest
    assert all(BASE.roles[role].name.lower() in text.lower() for role in nearest)


def test_a_trade_beside_likes_counts_with_its_skills() -> None:
    from chatbot.dialogue.question import Thing

    likes = (Thing("interest", "people"),)
    plain = registry.answer(Question(topics.RECOMMEND, things=likes), BASE)
    nurse = registry.answer(Question(topics.RECOMMEND, things=likes, origin="nurse"), BASE)
    assert nurse.shown != plain.shown
    assert nurse.shown[0] in BASE.occupations["nurse"].nearest


def test_a_trade_asked_about_one_group_is_told_roles_of_that_group() -> None:
    question = Question(topics.RECOMMEND, groups=("marketing",), origin="teacher")
    answer = registry.answer(question, BASE)
    assert {BASE.roles[role].group for role in answer.shown} == {"marketing"}


def test_somebody_of_a_role_of_ours_is_told_where_it_leads() -> None:
    question = Question(topics.RECOMMEND, roles=("order-manager",), origin="order-manager")
    assert registry.answer(question, BASE).template == "career_onward"
