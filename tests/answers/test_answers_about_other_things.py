"""Answers about two roles, groups, skills, demand, likes and jobs without an entry."""

from __future__ import annotations

from itertools import combinations

import pytest

from chatbot.answers import registry
from chatbot.dialogue import topics
from chatbot.dialogue.question import Question, Thing
from chatbot.knowledge import graph
from chatbot.knowledge.base import KnowledgeBase
from tests.support.base import knowledge_base
from tests.support.questions import say

BASE = knowledge_base()
BUYER, CRM, WAREHOUSE = "purchasing-manager", "crm-specialist", "warehouse-manager"


def text_of(topic: str, *, detail: bool = False, **about: object) -> str:
    return say(Question(topic, detail=detail, **about)).reply.text  # type: ignore[arg-type]


def test_a_comparison_keeps_shared_and_own_skills_apart(base: KnowledgeBase) -> None:
    pair = ("customer-service-manager", "operations-manager")
    facts = registry.answer(Question(topics.COMPARE, roles=pair), base).facts
    own = [set(row["skills"]) for row in facts["rows"]]
    assert not own[0] & own[1]
    assert not own[0] & set(facts["shared_skills"])


def test_a_comparison_is_the_same_facts_in_either_order(base: KnowledgeBase) -> None:
    one, other = (
        registry.answer(Question(topics.COMPARE, roles=roles), base).facts
        for roles in ((BUYER, CRM), (CRM, BUYER))
    )
    assert set(one["shared_skills"]) == set(other["shared_skills"])


def test_three_roles_can_be_compared(base: KnowledgeBase) -> None:
    text = text_of(topics.COMPARE, roles=(BUYER, CRM, WAREHOUSE))
    assert all(base.roles[role].name in text.lower().replace("crm", "CRM") for role in (BUYER, CRM))
    assert len(text) <= 900


def test_two_roles_with_a_handover_are_told_what_passes(base: KnowledgeBase) -> None:
    for edge in base.handovers:
        pair = (edge.giver, edge.receiver)
        assert (
            edge.what.lower() in text_of(topics.COLLABORATION, roles=pair, detail=True).lower()
        ), pair


def test_two_roles_without_a_handover_are_told_the_shortest_link(base: KnowledgeBase) -> None:
    pair = next(pair for pair in combinations(base.roles, 2) if len(graph.path(base, *pair)) == 2)
    text = text_of(topics.COLLABORATION, roles=pair)
    assert "directly" in text
    assert text.count(" → ") == 2
    assert "rarely deal with each other" in text


@pytest.mark.parametrize("pair", combinations(BASE.groups, 2), ids=" and ".join)
def test_two_groups_are_told_who_works_with_whom(
    base: KnowledgeBase, pair: tuple[str, str]
) -> None:
    answer = registry.answer(Question(topics.COLLABORATION, groups=pair), base)
    for row in (*answer.facts["given"], *answer.facts["taken"]):
        assert {row.giver.group, row.receiver.group} == set(pair)
        assert row.edge in base.handovers


@pytest.mark.parametrize("group", BASE.groups)
def test_a_group_lists_all_its_roles(base: KnowledgeBase, group: str) -> None:
    text = text_of(topics.ROLES_IN_GROUP, groups=(group,)).lower()
    roles = graph.roles_in_group(base, group)
    assert [role.id for role in roles if role.name.lower() not in text] == []


@pytest.mark.parametrize("group", BASE.groups)
def test_a_group_says_what_it_is_for_and_why_it_matters(base: KnowledgeBase, group: str) -> None:
    text = text_of(topics.GROUP_OVERVIEW, groups=(group,))
    assert base.groups[group].purpose in text
    assert base.groups[group].why in text


def test_the_list_of_groups_names_every_group_and_every_role(base: KnowledgeBase) -> None:
    short, full = text_of(topics.LIST_GROUPS), text_of(topics.LIST_GROUPS, detail=True)
    assert [g.id for g in base.groups.values() if g.name.lower() not in short.lower()] == []
    assert [r.id for r in base.roles.values() if r.name.lower() not in full.lower()] == []
    assert str(len(base.roles)) in short


@pytest.mark.parametrize("kind", ["skill", "tool"])
def test_who_needs_a_skill_or_tool_is_complete(base: KnowledgeBase, kind: str) -> None:
    for key in base.by_kind[kind]:
        answer = registry.answer(Question(topics.ROLES_BY_SKILL, things=(Thing(kind, key),)), base)
        needed = {
            role.id
            for role in base.roles.values()
            if key in {use.id for use in getattr(role, f"{kind}s")}
        }
        assert set(answer.shown) == needed, key


def test_who_needs_two_skills_is_told_best_match_first(base: KnowledgeBase) -> None:
    things = (Thing("skill", "sql"), Thing("tool", "excel"))
    answer = registry.answer(Question(topics.ROLES_BY_SKILL, things=things), base)
    matches = [len(uses) for _, uses in answer.facts["rows"]]
    assert matches == sorted(matches, reverse=True)
    assert matches[0] == 2


def test_a_role_that_is_in_demand_is_told_so(base: KnowledgeBase) -> None:
    assert text_of(topics.DEMAND, roles=("data-analyst",)).startswith("Yes: a data analyst")


def test_a_role_that_is_not_named_as_in_demand_is_not_praised(base: KnowledgeBase) -> None:
    assert text_of(topics.DEMAND, roles=("ux-designer",)).startswith("My source does not name")


@pytest.mark.parametrize("interest", BASE.interests)
def test_what_somebody_likes_leads_to_roles_that_it_suits(
    base: KnowledgeBase, interest: str
) -> None:
    question = Question(topics.RECOMMEND, things=(Thing("interest", interest),))
    answer = registry.answer(question, base)
    assert 1 <= len(answer.shown) <= 3
    assert all(interest in base.roles[role].suits for role in answer.shown)


@pytest.mark.parametrize("interest", BASE.interests)
def test_what_somebody_dislikes_leads_away_from_roles_that_it_suits(
    base: KnowledgeBase, interest: str
) -> None:
    question = Question(topics.RECOMMEND, avoid=(Thing("interest", interest),))
    answer = registry.answer(question, base)
    assert all(interest not in base.roles[role].suits[:2] for role in answer.shown)


def test_without_likes_the_bot_asks_for_them() -> None:
    assert "Tell me what you like" in text_of(topics.RECOMMEND)


def test_a_role_is_recommended_with_what_speaks_for_and_against_it(base: KnowledgeBase) -> None:
    text = text_of(topics.RECOMMEND, roles=(CRM,))
    assert base.interests[base.roles[CRM].suits[0]].name in text
    assert base.interests[base.roles[CRM].not_for[0]].name in text


def test_a_job_without_an_entry_gets_no_duties_but_the_nearest_roles(base: KnowledgeBase) -> None:
    for title, job in base.occupations.items():
        text = text_of(topics.UNKNOWN_ROLE, occupation=title, nearest=job.nearest)
        assert text.startswith(f"I have no entry for “{title}”")
        assert all(base.roles[role].name.lower() in text.lower() for role in job.nearest)


def test_an_unheard_of_job_gets_no_roles_that_are_not_near() -> None:
    answer = registry.answer(Question(topics.UNKNOWN_ROLE, occupation="dog walker"), BASE)
    assert answer.shown == ()


@pytest.mark.parametrize("process", BASE.processes)
def test_a_process_names_the_owner_of_every_step(base: KnowledgeBase, process: str) -> None:
    text = text_of(topics.PROCESS, things=(Thing("process", process),), detail=True)
    steps = base.processes[process].steps
    for number, step in enumerate(steps, 1):
        line = next(line for line in text.split("\n") if line.startswith(f"{number}. "))
        assert base.roles[step.role].name.lower() in line.lower()
        assert step.if_late.lower() in line.lower()


@pytest.mark.parametrize("size", BASE.shop_sizes)
def test_a_shop_size_names_its_posts(base: KnowledgeBase, size: str) -> None:
    text = text_of(topics.DIVISION_OF_LABOUR, things=(Thing("shop_size", size),), detail=True)
    assert [
        p.title for p in base.shop_sizes[size].posts if p.title.lower() not in text.lower()
    ] == []


@pytest.mark.parametrize(
    ("people", "size"),
    [(1, "micro"), (5, "micro"), (6, "small"), (30, "small"), (31, "medium"), (200, "medium")]
    + [(201, "large"), (1_000_000, "large"), (0, "micro")],
)
def test_a_number_of_people_has_one_shop_size(base: KnowledgeBase, people: int, size: str) -> None:
    assert graph.size_for(base, people).id == size


@pytest.mark.parametrize("company", BASE.companies)
def test_a_company_tells_its_story_and_lesson(base: KnowledgeBase, company: str) -> None:
    question = {"things": (Thing("company", company),), "detail": True}
    text = text_of(topics.COMPANY_EXAMPLE, **question)
    entry = base.companies[company]
    assert all(line in text for line in (*entry.story, entry.lesson, entry.definition))


def test_both_business_models_are_told_with_good_and_hard_sides(base: KnowledgeBase) -> None:
    text = text_of(topics.BUSINESS_MODELS, detail=True)
    for entry in base.business_models.values():
        assert entry.definition in text
        assert sum(line in text for line in entry.good) >= 2
        assert sum(line in text for line in entry.hard) >= 2


def test_after_three_clarifying_questions_in_a_row_the_bot_helps() -> None:
    asked = [text_of(topics.CLARIFY, reason="which_role", failures=n) for n in (1, 2, 3)]
    assert asked[0] == asked[1]
    assert asked[2].startswith("Let me help")


def test_a_clarifying_question_lists_what_to_choose_from(base: KnowledgeBase) -> None:
    some = (BUYER, CRM, WAREHOUSE)
    answer = registry.answer(
        Question(topics.CLARIFY, reason="which_role", wanted=topics.TOOLS, candidates=some), base
    )
    assert answer.shown == some
    assert answer.offers == tuple(Question(topics.TOOLS, roles=(role,)) for role in some)


def test_salary_and_legal_advice_are_declined_by_name() -> None:
    text = text_of(topics.OUT_OF_SCOPE)
    assert "pay" in text
    assert "legal" in text
