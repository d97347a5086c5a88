"""Jobs found by several skills and tools, within a group, and without something."""

from __future__ import annotations

from itertools import combinations

import pytest

from chatbot.answers import without
from chatbot.answers.answer import Answer
from chatbot.dialogue import topics
from chatbot.dialogue.question import Question, Thing
from chatbot.knowledge.base import KnowledgeBase
from chatbot.knowledge.gap import DEPTHS
from tests.support.base import knowledge_base
from tests.support.questions import say

SQL, PYTHON = Thing("skill", "sql"), Thing("skill", "python")
EXCEL, PHOTOSHOP = Thing("tool", "excel"), Thing("tool", "photoshop")
CODING, PEOPLE = Thing("interest", "coding"), Thing("interest", "people")
NUMBERS = Thing("interest", "numbers")


def search(*things: Thing, groups: tuple[str, ...] = (), avoid: tuple[Thing, ...] = ()) -> Answer:
    return say(Question(topics.ROLES_BY_SKILL, things=things, groups=groups, avoid=avoid)).answer


def text_of(*things: Thing, groups: tuple[str, ...] = (), avoid: tuple[Thing, ...] = ()) -> str:
    question = Question(topics.ROLES_BY_SKILL, things=things, groups=groups, avoid=avoid)
    return say(question).reply.text


def names_of(role: str) -> set[Thing]:
    found = knowledge_base().roles[role]
    skills = {Thing("skill", use.id) for use in found.skills}
    return skills | {Thing("tool", use.id) for use in found.tools}


def test_jobs_that_need_all_come_before_those_that_need_some(base: KnowledgeBase) -> None:
    wanted = [Thing("skill", key) for key in list(base.skills)[::6]]
    wanted += [Thing("tool", key) for key in list(base.tools)[::6]]
    for pair in combinations(wanted, 2):
        answer = search(*pair)
        met = [len(names_of(role) & set(pair)) for role in answer.shown]
        assert met == sorted(met, reverse=True)
        assert {fit.role.id for fit in answer.facts["every"]} == {
            role for role in base.roles if set(pair) <= names_of(role)
        }


def test_of_jobs_that_need_all_the_deeper_need_comes_first(base: KnowledgeBase) -> None:
    for skill in base.skills:
        fits = search(Thing("skill", skill)).facts["every"]
        depths = [DEPTHS.index(fit.uses[0][1]) for fit in fits]
        assert depths == sorted(depths, reverse=True)
        for one, two in zip(fits, fits[1:], strict=False):
            assert one.weight > two.weight or one.place <= two.place


def test_reasons_name_depth_and_use() -> None:
    text = text_of(SQL, PYTHON)
    assert "Jobs that need both SQL and Python (2)" in text
    assert "SQL (advanced) for" in text
    assert "Only one of them: data maintenance specialist." in text


def test_when_nothing_fits_all_the_nearest_are_told_with_what_they_lack() -> None:
    text = text_of(SQL, PHOTOSHOP)
    assert "No job on my list needs both SQL and Adobe Photoshop. The nearest:" in text
    assert "not Adobe Photoshop" in text
    assert "not SQL" in text


def test_a_group_narrows_the_search(base: KnowledgeBase) -> None:
    for group in base.groups:
        answer = search(EXCEL, groups=(group,))
        inside = [role for role in answer.shown if base.roles[role].group == group]
        assert inside == list(answer.shown) or answer.facts["elsewhere"]
        assert base.groups[group].name in text_of(EXCEL, groups=(group,))


def test_a_group_without_such_a_job_is_told_where_there_are_some() -> None:
    text = text_of(PHOTOSHOP, groups=("customer-service",))
    assert "No job in customer service names Adobe Photoshop" in text
    assert "Visual designer" in text


def test_what_is_not_wanted_is_left_out_of_a_search() -> None:
    shown = search(EXCEL, avoid=(SQL,)).shown
    assert shown
    assert all(EXCEL in names_of(role) and SQL not in names_of(role) for role in shown)


def recommend(*things: Thing, avoid: tuple[Thing, ...], groups: tuple[str, ...] = ()) -> Answer:
    return say(Question(topics.RECOMMEND, things=things, avoid=avoid, groups=groups)).answer


@pytest.mark.parametrize("kind", ["skill", "tool"])
def test_jobs_without_a_skill_or_tool_are_exactly_those(base: KnowledgeBase, kind: str) -> None:
    for key in base.by_kind[kind]:
        unwanted = Thing(kind, key)
        free = {role.id for role in recommend(avoid=(unwanted,)).facts["free"]}
        assert free == {role for role in base.roles if unwanted not in names_of(role)}


def test_jobs_without_coding_do_not_code() -> None:
    facts = recommend(avoid=(CODING,)).facts
    free = {role.id for role in facts["free"]}
    assert {"web-developer", "database-developer"} & free == set()
    assert {"ux-designer", "site-administrator"} <= free
    told = {role.id for role, _ in (*facts["little"], *facts["much"])}
    assert len(free | told) == facts["total"]
    assert not free & told


def test_every_job_is_told_to_have_or_not_to_have_what_is_unwanted(base: KnowledgeBase) -> None:
    for interest in base.interests:
        facts = recommend(avoid=(Thing("interest", interest),)).facts
        told = [role.id for role, _ in (*facts["little"], *facts["much"])]
        assert sorted([*told, *(role.id for role in facts["free"])]) == sorted(base.roles)
        for role in facts["free"]:
            assert interest not in role.suits


def test_jobs_with_one_thing_and_without_another_have_just_that(base: KnowledgeBase) -> None:
    answer = recommend(NUMBERS, avoid=(PEOPLE,))
    for role in (base.roles[key] for key in answer.shown):
        assert "numbers" in role.suits
        assert "people" not in role.suits
    assert answer.shown[0] == "data-analyst"


def test_no_job_is_recommended_without_a_reason(base: KnowledgeBase) -> None:
    for interest in base.interests:
        for unwanted in (NUMBERS, CODING):
            if interest == unwanted.id:
                continue
            facts = recommend(Thing("interest", interest), avoid=(unwanted,)).facts
            assert all(match.reasons for match in facts.get("matches", ()))


def test_jobs_of_a_group_without_something(base: KnowledgeBase) -> None:
    answer = recommend(avoid=(NUMBERS,), groups=("marketing",))
    assert answer.facts["total"] == len(base.members["marketing"])
    assert {base.roles[role].group for role in answer.shown} == {"marketing"}


def test_a_skill_that_is_part_of_an_interest_is_not_named_twice(base: KnowledgeBase) -> None:
    both = (Thing("skill", "backend-programming"), CODING)
    assert without.names(both, base) == ["coding"]
    assert without.names((SQL, EXCEL), base) == ["SQL", "Microsoft Excel"]
