"""A role at each size of shop and way of selling, and the roles behind each example."""

from __future__ import annotations

from dataclasses import replace

import pytest

from chatbot.answers import registry
from chatbot.answers.staffing import own_people, seats
from chatbot.dialogue import topics
from chatbot.dialogue.question import Question, Thing
from chatbot.knowledge import model
from chatbot.wording.render import LONGEST
from tests.support.base import knowledge_base
from tests.support.questions import CHANNELS, say

BASE = knowledge_base()
SIZES = tuple(BASE.shop_sizes.values())
HEADS = (1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 12, 15, 30, 31, 80, 200, 201, 500)
each_role = pytest.mark.parametrize("role", BASE.roles)
each_size = pytest.mark.parametrize("size", SIZES, ids=lambda size: size.id)


def size_of(people: int) -> model.ShopSize:
    return next(s for s in SIZES if people <= (s.people[1] or people))


@each_role
def test_a_role_differs_on_a_platform_and_in_an_own_mall(role: str) -> None:
    selling = BASE.roles[role].selling
    assert selling is not None
    assert selling.platform != selling.mall
    for key in BASE.business_models:
        for channel in CHANNELS:
            thing = Thing("business_model", key)
            said = say(Question(topics.BUSINESS_MODELS, roles=(role,), things=(thing,)), channel)
            text = said.reply.text
            assert selling.platform in text
            assert selling.mall in text
            assert text.index(selling.by_model(key)) == min(
                text.index(selling.platform), text.index(selling.mall)
            )
            assert len(text) <= LONGEST


def test_no_two_roles_have_the_same_words_for_a_way_of_selling() -> None:
    texts = [
        text
        for role in BASE.roles.values()
        if role.selling
        for text in (role.selling.platform, role.selling.mall)
    ]
    assert len(texts) == len(set(texts)) == 2 * len(BASE.roles)


@each_role
@each_size
def test_a_role_at_a_size_is_somebodys_or_bought_in(role: str, size: model.ShopSize) -> None:
    question = Question(
        topics.DIVISION_OF_LABOUR, roles=(role,), things=(Thing("shop_size", size.id),)
    )
    answer = registry.answer(question, BASE)
    seat = answer.facts["seat"]
    assert role in seat.covers
    for channel in CHANNELS:
        text = say(question, channel).reply.text
        assert getattr(BASE.roles[role].shop_size, size.id) in text
        assert seat.post.title.lower() in text.lower()
        assert len(text) <= LONGEST


@pytest.mark.parametrize("people", HEADS)
def test_all_roles_of_a_shop_are_done_once_by_no_more_people_than_it_has(people: int) -> None:
    found = seats(size_of(people), people)
    covered = [role for seat in found for role in seat.covers]
    assert sorted(covered) == sorted(BASE.roles)
    assert 1 <= own_people(found) <= people


@pytest.mark.parametrize("people", HEADS)
def test_a_number_of_people_is_told_within_900_characters(people: int) -> None:
    size = size_of(people)
    question = Question(
        topics.DIVISION_OF_LABOUR, things=(Thing("shop_size", size.id),), people=people
    )
    for channel in CHANNELS:
        text = say(question, channel).reply.text
        assert f"a shop of {people} p" in text
        assert size.name in text
        assert len(text) <= LONGEST


def test_more_people_never_mean_fewer_posts() -> None:
    posts = [own_people(seats(size_of(people), people)) for people in HEADS]
    assert posts == sorted(posts)
    assert posts[:4] == [1, 2, 3, 4]


def test_alone_one_person_does_all_that_is_not_bought_in() -> None:
    (owner, freelancer) = seats(size_of(1), 1)
    assert freelancer.post.outside
    assert len(owner.covers) + len(freelancer.covers) == len(BASE.roles)


def test_a_size_without_a_number_has_all_its_posts() -> None:
    for size in SIZES:
        assert len(seats(size, None)) == len(size.posts)


@pytest.mark.parametrize("company", ["tmall", "xiaomi", "tencent"])
def test_an_example_tells_which_role_carries_what(company: str) -> None:
    entry = BASE.companies[company]
    assert len(entry.carried_by) >= 5
    question = Question(
        topics.COMPANY_EXAMPLE, things=(Thing("company", company),), aspect=topics.WHO
    )
    answer = registry.answer(question, BASE)
    assert answer.shown == tuple(use.role for use in entry.carried_by)
    text = say(question).reply.text
    assert sum(BASE.roles[use.role].name.lower() in text.lower() for use in entry.carried_by) >= 4
    assert len(text) <= LONGEST


@pytest.mark.parametrize("company", BASE.companies)
def test_a_role_of_an_example_is_told_first(company: str) -> None:
    entry = BASE.companies[company]
    for use in entry.carried_by:
        question = Question(
            topics.COMPANY_EXAMPLE, roles=(use.role,), things=(Thing("company", company),)
        )
        text = say(question, "cmdline").reply.text
        first = f"In the example of {entry.name} the {BASE.roles[use.role].name} {use.use}."
        assert text.startswith(first)


def test_a_role_seen_at_a_company_is_seen_by_its_way_of_selling() -> None:
    question = Question(
        topics.BUSINESS_MODELS, roles=("web-developer",), things=(Thing("company", "tmall"),)
    )
    text = say(question).reply.text
    assert "Tmall counts as: third-party platform." in text


def test_a_role_without_words_for_ways_of_selling_gets_no_invented_ones() -> None:
    role = BASE.roles["quality-controller"].copy(update={"selling": None})
    roles = {**BASE.roles, role.id: role}
    base = replace(BASE, by_kind={**BASE.by_kind, "role": roles})
    answer = registry.answer(Question(topics.BUSINESS_MODELS, roles=(role.id,)), base)
    assert answer.facts["rows"] == []
