"""Steps, handovers and duties as moments, and the words that ask for one."""

from __future__ import annotations

import pytest

from chatbot.knowledge import moments
from chatbot.knowledge.base import KnowledgeBase


def test_there_is_a_moment_for_each_step_handover_and_duty(base: KnowledgeBase) -> None:
    steps = sum(len(process.steps) for process in base.processes.values())
    parts = sum(len(role.handovers) + len(role.duties) for role in base.roles.values())
    found = list(moments.ids(base))
    assert len(found) == len(set(found)) == steps + parts


def test_each_moment_is_found_by_its_id_and_tells_something(base: KnowledgeBase) -> None:
    for key in moments.ids(base):
        moment = moments.find(base, key)
        assert moment, key
        assert moment.id == key
        assert moment.role in base.roles
        assert all(moment.texts)
        assert bool(moment.process) + bool(moment.handover) + bool(moment.duty) == 1


@pytest.mark.parametrize(
    "key",
    ["", "step", "step/order-to-door", "step/order-to-door/0", "step/order-to-door/99"]
    + ["step/nothing/1", "step/order-to-door/-1", "step/order-to-door/x", "step/order-to-door/²"]
    + ["pass/nobody/1", "duty/crm-specialist/99", "late/order-to-door/1", "a/b/c/d"],
)
def test_other_ids_find_nothing(base: KnowledgeBase, key: str) -> None:
    assert moments.find(base, key) is None


@pytest.mark.parametrize(
    "text",
    [
        "who do I call when the parcel is late",
        "Whom should we inform if the stock is wrong?",
        "the label printer is dead, who do i ring",
        "whom to contact about a missing refund",
        "who must we turn to when the courier lost it",
        "to whom do I report to that the page is white",
        "who is the right person to ask about sizes",
        "who i should tell if goods are broken",
    ],
)
def test_asking_whom_to_call(text: str) -> None:
    assert moments.asks_whom_to_call(text)


@pytest.mark.parametrize(
    "text",
    [
        "who calls the customer when the parcel is late",
        "what does a buyer do",
        "who packs the parcel",
        "I was told to call",
        "how do they tell the buyer",
        "who works with a buyer",
    ],
)
def test_asking_something_else(text: str) -> None:
    assert not moments.asks_whom_to_call(text)


def test_the_situation_is_told_without_the_question() -> None:
    told = moments.situation("who do I call when the parcel is late").split()
    assert told == ["when", "the", "parcel", "is", "late"]
