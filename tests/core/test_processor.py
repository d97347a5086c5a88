"""Replies of the action server are judged as Rasa judges them, only sooner."""

from __future__ import annotations

import time
from typing import Any

import pytest
from jsonschema import ValidationError
from rasa.core.actions.action import RemoteAction

from chatbot.core.processor import FrugalRemoteAction

SLOT: dict[str, Any] = {"event": "slot", "timestamp": None, "name": "focus", "value": {"roles": []}}
LOOP: dict[str, Any] = {"event": "active_loop", "timestamp": None, "name": "interview_form"}

GOOD: list[Any] = [
    {},
    {"events": [], "responses": []},
    {"events": [SLOT, SLOT], "responses": [{"text": "hello", "buttons": []}]},
    {"events": [{**SLOT, "timestamp": 1.5, "metadata": {}}]},
    {"events": [{"event": "followup", "name": "action_listen"}]},
    {"events": [LOOP, {**LOOP, "name": None}, SLOT, {"event": "followup", "name": "x"}]},
    {"events": [{"event": "reset_slots"}, SLOT], "more": 1},
    {"events": [{"event": "active_loop"}, {"event": "followup"}]},
]
BAD: list[Any] = [
    None,
    [],
    "hello",
    {"events": None},
    {"events": {}},
    {"events": [1]},
    {"events": ["slot"]},
    {"events": [{"name": "focus", "value": 1}]},
    {"events": [{"event": "slot", "value": 1}]},
    {"events": [{"event": "slot", "name": "focus"}]},
    {"events": [{"event": "slot", "name": 3, "value": 1}]},
    {"events": [{**SLOT, "timestamp": "now"}]},
    {"events": [{**SLOT, "metadata": 1}]},
    {"events": [SLOT, {"event": "unheard of"}]},
    {"events": [{**LOOP, "timestamp": "now"}]},
    {"responses": "hello"},
    {"responses": ["hello"]},
]


def accepts(action: RemoteAction, reply: Any) -> bool:
    try:
        return action._validate_action_result(reply)
    except ValidationError:
        return False


@pytest.mark.parametrize("reply", GOOD + BAD, ids=str)
def test_a_reply_is_judged_as_rasa_judges_it(reply: Any) -> None:
    stock = accepts(RemoteAction("action_answer", None), reply)
    assert accepts(FrugalRemoteAction("action_answer", None), reply) is stock
    assert stock is (reply in GOOD)


def test_the_error_names_the_action_and_the_place() -> None:
    reply = {"events": [SLOT, {"event": "unheard of"}]}
    with pytest.raises(ValidationError, match=r"'action_answer'.*\$\.events\[1\]"):
        FrugalRemoteAction("action_answer", None)._validate_action_result(reply)


@pytest.mark.parametrize(
    ("reply", "factor"),
    [(GOOD[2], 100), (GOOD[5], 100), (GOOD[3], 10)],
    ids=["slots and text", "a form", "other events"],
)
def test_checking_a_reply_takes_a_fraction_of_the_time(reply: Any, factor: int) -> None:
    stock, frugal = (
        _fastest(kind("action_answer", None), reply) for kind in (RemoteAction, FrugalRemoteAction)
    )
    assert frugal < stock / factor


def _fastest(action: RemoteAction, reply: Any) -> float:
    def once() -> float:
        begin = time.perf_counter()
        action._validate_action_result(reply)
        return time.perf_counter() - begin

    return min(once() for _ in range(5))
