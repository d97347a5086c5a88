"""The comparison of each of the 465 pairs, of three roles, and what one lacks for the other."""

from __future__ import annotations

from functools import cache
from itertools import combinations, islice, permutations

import pytest

from chatbot.answers import registry
from chatbot.dialogue import topics
from chatbot.dialogue.question import GAP, Question, Thing
from chatbot.knowledge import gap
from chatbot.knowledge.base import KnowledgeBase
from chatbot.wording.render import LONGEST
from tests.support.base import knowledge_base
from tests.support.checks import assert_none
from tests.support.questions import CHANNELS, say

ROLES = tuple(knowledge_base().roles)
PAIRS = tuple(permutations(ROLES, 2))
# Every 29th of the 4,495 choices of three roles.
THREES = tuple(islice(combinations(ROLES, 3), 0, None, 29))

each_channel = pytest.mark.parametrize("channel", CHANNELS, ids=lambda name: name or "rest")


@cache
def told(roles: tuple[str, ...], channel: str = "", detail: bool = False) -> str:
    return say(Question(topics.COMPARE, roles=roles, detail=detail), channel).reply.text


def advice(text: str) -> list[str]:
    """Return whom a comparison advises to choose which, in its order."""
    lines = [line for line in text.split("\n") if " if you like " in line]
    return [line.split(" if you like ")[1] for line in lines]


@each_channel
def test_a_comparison_of_two_is_short_and_like_no_other(channel: str) -> None:
    texts = {pair: told(pair, channel) for pair in PAIRS}
    assert len(PAIRS) == 2 * 465
    assert max(map(len, texts.values())) <= LONGEST
    assert not any("…" in text for text in texts.values())
    assert len(set(texts.values())) == len(PAIRS)


@each_channel
def test_each_of_two_has_advice_of_its_own(channel: str) -> None:
    wrong = []
    for pair in PAIRS:
        found = advice(told(pair, channel))
        if len(found) != 2 or found[0] == found[1]:
            wrong.append(f"{pair}: {found}")
    assert_none(wrong, "comparisons do not say who should choose which")


def test_the_advice_is_what_suits_the_role(base: KnowledgeBase) -> None:
    for pair in PAIRS:
        rows = registry.answer(Question(topics.COMPARE, roles=pair), base).facts["rows"]
        for row in rows:
            assert row["suits"]
            assert {interest.id for interest in row["suits"]} <= set(row["role"].suits)
            assert {interest.id for interest in row["not_for"]} <= set(row["role"].not_for)


def test_two_roles_that_suit_the_same_people_differ_by_what_counts_more(
    base: KnowledgeBase,
) -> None:
    pair = ("data-analyst", "sem-specialist")
    assert set(base.roles[pair[0]].suits) == set(base.roles[pair[1]].suits)
    one, other = (set(text.split(";")[0].split(" and ")) for text in advice(told(pair)))
    assert not one & other


@each_channel
def test_a_comparison_of_three_is_short_and_advises_on_each(
    base: KnowledgeBase, channel: str
) -> None:
    assert len(THREES) > 150
    for roles in THREES:
        text = told(roles, channel)
        assert len(text) <= LONGEST, roles
        assert "…" not in text, roles
        assert len(set(advice(text))) >= 2, text
        assert len(advice(text)) == 3, text
        assert all(base.roles[role].name.lower() in text.lower() for role in roles)


def test_a_long_comparison_tells_purpose_level_day_and_both_ways(base: KnowledgeBase) -> None:
    for pair in list(combinations(ROLES, 2))[::20]:
        text = told(pair, detail=True)
        for role in (base.roles[key] for key in pair):
            assert role.purpose in text
            assert role.entry.first_job.lower()[1:] in text.lower()
            assert all(line in text for line in role.day)
        assert "Preparation: " in text
        assert text.count("you would still need") == 2


def test_what_is_missing_is_what_the_other_role_needs_and_this_one_does_not(
    base: KnowledgeBase,
) -> None:
    for one, other in PAIRS:
        found = gap.between(base, base.roles[one], base.roles[other])
        mine = {use.id: use.depth for use in base.roles[one].skills}
        theirs = [use.id for use in base.roles[other].skills]
        assert [skill.id for skill, _ in found.missing] == [s for s in theirs if s not in mine]
        assert [skill.id for skill, _ in found.has] == [s for s in theirs if s in mine]
        for skill, use in found.deeper:
            assert gap.DEPTHS.index(mine[skill.id]) < gap.DEPTHS.index(use.depth)


def test_who_knows_a_tool_has_begun_with_what_is_done_with_it(base: KnowledgeBase) -> None:
    designer = base.roles["visual-designer"]
    found = gap.of_person(base, designer, (), ("photoshop",))
    assert "image-editing" in {skill.id for skill, _ in found.has}
    assert "photoshop" in {tool.id for tool, _ in found.has_tools}
    assert "photoshop" not in {tool.id for tool, _ in found.missing_tools}
    nothing = gap.of_person(base, designer, (), ())
    assert len(nothing.missing) == len(designer.skills)


@pytest.mark.parametrize("role", ROLES)
def test_a_gap_says_what_one_has_what_is_missing_and_how_to_start(
    base: KnowledgeBase, role: str
) -> None:
    needs = base.roles[role].skills
    known = Thing("skill", needs[1].id)
    question = Question(topics.SKILLS, roles=(role,), things=(known,), aspect=GAP)
    text = say(question, "cmdline").reply.text
    first = base.skills[needs[0].id]
    assert base.skills[needs[1].id].name in text.split("Missing")[0]
    assert needs[0].use in text
    assert f"Start with {first.name}: " in text
    assert first.learn[1:].rstrip(".") in text
    assert len(text) <= LONGEST


def test_knowledge_that_a_role_has_no_use_for_is_said_to_be_so() -> None:
    things = (Thing("tool", "photoshop"),)
    question = Question(topics.SKILLS, roles=("warehouse-manager",), things=things, aspect=GAP)
    assert "no proof it never helps" in say(question).reply.text


def test_a_gap_between_two_roles_is_not_the_same_both_ways() -> None:
    pair = ("data-analyst", "database-developer")
    one, other = (
        say(Question(topics.SKILLS, roles=roles, aspect=GAP)).reply.text
        for roles in (pair, pair[::-1])
    )
    assert one != other
    assert "From data analyst to database developer" in one
    assert "Database design" in one
    assert "Data visualisation" in other
