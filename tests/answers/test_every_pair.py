"""How two roles work together, asked about each of the 465 pairs in both orders."""

from __future__ import annotations

import time
from collections import defaultdict
from collections.abc import Mapping
from functools import cache
from itertools import combinations, permutations
from typing import Any

import pytest

from chatbot.answers import registry
from chatbot.bot import answered
from chatbot.dialogue import topics
from chatbot.dialogue.question import EXAMPLE, LATE, Question
from chatbot.knowledge import graph, model
from chatbot.knowledge.base import KnowledgeBase
from chatbot.knowledge.load import load
from chatbot.wording.render import LONGEST
from tests.support.base import knowledge_base
from tests.support.checks import assert_none
from tests.support.paths import KNOWLEDGE
from tests.support.questions import CHANNELS, say

ROLES = tuple(knowledge_base().roles)
PAIRS = tuple(permutations(ROLES, 2))
ASPECTS = ("", LATE, EXAMPLE)

each_aspect = pytest.mark.parametrize("aspect", ASPECTS, ids=lambda aspect: aspect or "usual")
each_channel = pytest.mark.parametrize("channel", CHANNELS, ids=lambda name: name or "rest")


def asked(pair: tuple[str, str], aspect: str = "") -> Question:
    return Question(topics.COLLABORATION, roles=pair, aspect=aspect)


@cache
def whole(pair: tuple[str, str], aspect: str = "", channel: str = "") -> str:
    """Return the answer with what it offers next; asked for often, worded once."""
    return say(asked(pair, aspect), channel).reply.text


def told(pair: tuple[str, str], aspect: str = "", channel: str = "") -> str:
    """Return the answer without what it offers next."""
    return whole(pair, aspect, channel).split("\nAsk next")[0]


def facts_about(base: KnowledgeBase, pair: tuple[str, str]) -> Mapping[str, Any]:
    return registry.answer(asked(pair), base).facts


def stations(chain: list[model.Handover], start: str) -> list[str]:
    found = [start]
    for edge in chain:
        found.append(edge.receiver if edge.giver == found[-1] else edge.giver)
    return found


def test_there_are_465_pairs_in_two_orders_and_120_handovers_or_more(base: KnowledgeBase) -> None:
    assert len(PAIRS) == 2 * 465
    assert len(base.handovers) >= 120


def test_every_handover_says_what_goes_wrong_when_it_is_late(base: KnowledgeBase) -> None:
    texts = [edge.if_late for edge in base.handovers]
    assert all(texts)
    assert len(set(texts)) == len(texts)
    assert [text for text in texts if len(text) > 90 or text.endswith(".")] == []


@each_aspect
@each_channel
def test_an_answer_is_short_whole_and_names_both(
    base: KnowledgeBase, aspect: str, channel: str
) -> None:
    wrong = []
    for pair in PAIRS:
        text = whole(pair, aspect, channel)
        names = [base.roles[role].name.lower() for role in pair]
        if len(text) > LONGEST or "…" in text or any(n not in text.lower() for n in names):
            wrong.append(f"{pair}: {text}")
    assert_none(wrong, "answers about pairs are too long, cut or leave out a role")


def test_the_answer_is_about_both_roles_in_the_order_of_asking() -> None:
    for pair in PAIRS:
        assert answered(asked(pair)) == {
            "topic": topics.COLLABORATION,
            "roles": list(pair),
            "group": None,
            "skill": None,
            "term": None,
        }


def test_who_was_asked_about_first_is_named_first(base: KnowledgeBase) -> None:
    wrong = []
    for pair in PAIRS:
        first, second = (told(pair).lower().find(base.roles[role].name.lower()) for role in pair)
        if first > second:
            wrong.append(str(pair))
    assert_none(wrong, "answers begin with the role named second")


@each_aspect
@each_channel
def test_no_two_questions_about_pairs_get_the_same_answer(aspect: str, channel: str) -> None:
    if aspect == EXAMPLE:  # an example has no first and second
        owners = {told(pair, aspect, channel): set(pair) for pair in combinations(ROLES, 2)}
        assert len(owners) == 465
        return
    texts = {told(pair, aspect, channel) for pair in PAIRS}
    assert len(texts) == len(PAIRS)


def test_who_meets_is_told_all_that_passes_when_and_what_for(base: KnowledgeBase) -> None:
    for pair in PAIRS:
        for edge in graph.between(base, *pair):
            text = told(pair).lower()
            for part in (edge.what, edge.when, edge.then):
                assert part.lower() in text, (pair, part)


def test_who_never_meets_is_told_every_step_and_every_role_between(base: KnowledgeBase) -> None:
    for pair in PAIRS:
        chain = graph.path(base, *pair)
        if len(chain) < 2:
            continue
        text = told(pair)
        assert "rarely deal with each other directly" in text, pair
        assert text.count(" → ") == len(chain), pair
        for role in stations(chain, pair[0]):
            assert base.roles[role].name.lower() in text.lower(), (pair, role)
        for edge in chain:
            assert edge.what.lower() in text.lower(), (pair, edge.what)


def test_the_steps_of_a_chain_are_told_in_the_order_in_which_the_work_passes(
    base: KnowledgeBase,
) -> None:
    for pair in PAIRS:
        facts = facts_about(base, pair)
        if facts["link"] in ("onwards", "back"):
            hands = [(row.edge.giver, row.edge.receiver) for row in facts["chain"]]
            assert all(one[1] == two[0] for one, two in zip(hands, hands[1:], strict=False)), pair


def test_no_two_roles_are_more_than_five_handovers_apart(base: KnowledgeBase) -> None:
    distances = {pair: len(graph.path(base, *pair)) for pair in PAIRS}
    assert min(distances.values()) == 1
    assert max(distances.values()) <= 5
    assert all(distances[pair] == distances[pair[::-1]] for pair in PAIRS)


def _reached(base: KnowledgeBase, start: str) -> dict[str, int]:
    """Return in how many handovers, all given on, work of a role gets to others."""
    found, ring, steps = {start: 0}, {start}, 0
    while ring:
        steps += 1
        ring = {e.receiver for role in ring for e in graph.gives(base, role)} - found.keys()
        found |= dict.fromkeys(ring, steps)
    return found


def test_a_chain_runs_in_one_direction_where_a_shortest_one_does(base: KnowledgeBase) -> None:
    reached = {role: _reached(base, role) for role in ROLES}
    for one, other in PAIRS:
        chain = graph.path(base, one, other)
        onwards = [e.giver == s for e, s in zip(chain, stations(chain, one), strict=False)]
        if reached[one].get(other) == len(chain):
            assert all(onwards), (one, other)
        elif reached[other].get(one) == len(chain):
            assert not any(onwards), (one, other)
        assert len(graph.path(base, one, other, one_way=True)) == reached[one].get(other, 0)


def test_the_choice_among_chains_is_always_the_same(base: KnowledgeBase) -> None:
    again = load(KNOWLEDGE)
    assert [graph.path(base, *pair) for pair in PAIRS] == [
        graph.path(again, *pair) for pair in PAIRS
    ]


def test_a_chain_is_found_in_less_than_a_millisecond(base: KnowledgeBase) -> None:
    rounds = []
    for _ in range(3):
        start = time.process_time()
        for pair in PAIRS:
            graph.path(base, *pair)
        rounds.append(time.process_time() - start)
    assert min(rounds) / len(PAIRS) < 0.001


def test_an_example_is_a_shared_step_or_a_handover(base: KnowledgeBase) -> None:
    for pair in PAIRS:
        facts = facts_about(base, pair)
        for moment in facts["moments"]:
            assert {role.id for role in moment.roles} == set(pair)
            for role, step in zip(moment.roles, moment.steps, strict=True):
                assert step.role == role.id
        assert facts["moments"] or facts["given"] or facts["taken"] or facts["chain"]


def test_what_happens_when_somebody_is_late_is_what_the_handover_says(base: KnowledgeBase) -> None:
    by_giver: dict[tuple[str, str], list[str]] = defaultdict(list)
    for edge in base.handovers:
        by_giver[edge.giver, edge.receiver].append(edge.if_late)
    for pair, texts in by_giver.items():
        assert all(text in told(pair, LATE) for text in texts), pair
    for role in ROLES:
        late = say(Question(topics.COLLABORATION, roles=(role,), aspect=LATE, detail=True))
        assert all(edge.if_late in late.reply.text for edge in graph.gives(base, role))


@pytest.mark.parametrize("pair", combinations(knowledge_base().groups, 2), ids=" and ".join)
def test_two_groups_have_handovers_in_both_directions(
    base: KnowledgeBase, pair: tuple[str, str]
) -> None:
    facts = say(Question(topics.COLLABORATION, groups=pair)).answer.facts
    assert {row.giver.group for row in facts["given"]} <= {pair[0]}
    assert {row.giver.group for row in facts["taken"]} <= {pair[1]}
    assert facts["given"] or facts["taken"]
    texts = {
        say(Question(topics.COLLABORATION, groups=two)).reply.text for two in (pair, pair[::-1])
    }
    assert len(texts) == 2


def test_a_role_and_a_group_are_told_only_what_passes_between_them(base: KnowledgeBase) -> None:
    for role in ROLES:
        for group in base.groups:
            question = Question(topics.COLLABORATION, roles=(role,), groups=(group,))
            answer = say(question).answer
            if answer.template != "collaboration_with_group":
                continue
            for row in (*answer.facts["gives"], *answer.facts["receives"]):
                other = row.receiver if row.giver.id == role else row.giver
                assert other.group == group
