"""The action behind every intent, run as the action server does."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest
from rasa_sdk import Tracker
from rasa_sdk.executor import ActionExecutor, CollectingDispatcher

from actions.action_answer import ActionAnswer
from actions.validate_interview_form import ValidateInterviewForm
from tests.support.paths import ROOT

DUTIES = {
    "text": "What does a CRM specialist do?",
    "intent": {"name": "duties", "confidence": 0.9},
    "entities": [{"entity": "role", "value": "crm-specialist", "start": 12, "end": 26}],
}
SKILLS = {"text": "which skills?", "intent": {"name": "skills", "confidence": 0.9}, "entities": []}


@pytest.fixture(autouse=True)
def in_the_project(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)


def run(
    message: dict[str, Any], slots: dict[str, Any] | None = None, channel: str = "rest"
) -> tuple[dict[str, Any], dict[str, Any]]:
    """Return the one message that the action utters and the slots that it sets."""
    events = [{"event": "user", "text": message["text"], "input_channel": channel}]
    tracker = Tracker("me", slots or {}, message, events, False, None, {}, "action_listen")
    dispatcher = CollectingDispatcher()
    set_slots = asyncio.run(ActionAnswer().run(dispatcher, tracker, {}))
    (uttered,) = dispatcher.messages
    return uttered, {event["name"]: event["value"] for event in set_slots}


def test_it_has_the_name_of_the_domain() -> None:
    assert ActionAnswer().name() == "action_answer"


def test_the_action_server_finds_it() -> None:
    executor = ActionExecutor()
    executor.register_package("actions")
    assert "action_answer" in executor.actions


def test_it_utters_the_answer() -> None:
    uttered, _ = run(DUTIES)
    assert uttered["text"].startswith("A CRM specialist keeps")


def test_it_says_what_the_answer_was_about() -> None:
    _, slots = run(DUTIES)
    assert slots["answered"] == {
        "topic": "duties",
        "roles": ["crm-specialist"],
        "group": None,
        "skill": None,
        "term": None,
    }


def test_its_slots_carry_the_conversation_on() -> None:
    _, slots = run(DUTIES)
    uttered, after = run(SKILLS, slots)
    assert uttered["text"].startswith("A CRM specialist needs")
    assert after["answered"]["roles"] == ["crm-specialist"]


def test_buttons_send_the_question_that_they_show() -> None:
    uttered, _ = run(DUTIES)
    assert 1 <= len(uttered["buttons"]) <= 3
    assert all(button["title"] == button["payload"] for button in uttered["buttons"])


def test_the_shell_gets_no_buttons() -> None:
    uttered, _ = run(DUTIES, channel="cmdline")
    assert uttered["buttons"] == []
    assert "Ask next:" in uttered["text"]


@pytest.mark.parametrize(
    "message",
    [
        {"text": "", "intent": {}, "entities": []},
        {"text": None, "intent": {"name": None}, "entities": None},
        {"text": "hi", "intent": {"name": "no_such_intent", "confidence": 1.0}},
    ],
)
def test_a_message_that_nobody_understood_gets_a_reply_too(message: dict[str, Any]) -> None:
    uttered, slots = run(message)
    assert uttered["text"]
    assert slots["answered"]["roles"] == []


def test_it_sets_its_two_slots_every_time() -> None:
    _, slots = run({"text": "thanks", "intent": {"name": "thanks", "confidence": 0.9}})
    assert slots.keys() == {"focus", "answered"}


def test_a_spoilt_focus_does_not_break_it() -> None:
    uttered, _ = run(DUTIES, {"focus": "not a focus"})
    assert uttered["text"].startswith("A CRM specialist")


def test_a_picture_goes_with_what_it_shows() -> None:
    message = {
        "text": "who does a CRM specialist work with?",
        "intent": {"name": "collaboration", "confidence": 0.9},
        "entities": DUTIES["entities"],
    }
    uttered, _ = run(message, channel="web")
    assert uttered["image"] == "/pictures/collaboration--crm-specialist.png?width=360"
    assert uttered["alt"].startswith("Map of the CRM specialist.")


def test_no_picture_no_description() -> None:
    uttered, _ = run(DUTIES, channel="web")
    assert uttered["image"] is None
    assert "alt" not in uttered


def events_of(
    action: Any, message: dict[str, Any], slots: dict[str, Any], loop: str | None
) -> list[dict[str, Any]]:
    said = [{"event": "user", "text": message["text"], "input_channel": "rest"}]
    active = {"name": loop} if loop else {}
    tracker = Tracker("me", slots, message, said, False, None, active, "action_listen")
    return list(asyncio.run(action.run(CollectingDispatcher(), tracker, {})))


def wish(text: str) -> dict[str, Any]:
    return {"text": text, "intent": {"name": "recommend", "confidence": 0.9}, "entities": []}


FORM = {"event": "active_loop", "timestamp": None, "name": "interview_form"}
LISTEN = {"event": "followup", "timestamp": None, "name": "action_listen"}


def test_it_enters_the_form_and_has_spoken_for_it() -> None:
    events = events_of(ActionAnswer(), wish("which job suits me?"), {}, None)
    assert events[-2:] == [FORM, LISTEN]
    assert {e["name"]: e["value"] for e in events[:-2]}["requested_slot"] == "interview_likes"


def test_it_leaves_the_form_when_that_is_over() -> None:
    slots = {"requested_slot": "interview_likes"}
    events = events_of(ActionAnswer(), wish("stop"), slots, "interview_form")
    assert events[-1] == {**FORM, "name": None}


def test_the_form_gets_the_next_slot_to_ask_for() -> None:
    slots = {"requested_slot": "interview_likes"}
    events = events_of(ValidateInterviewForm(), wish("numbers"), slots, "interview_form")
    values = {event["name"]: event["value"] for event in events}
    assert [event["event"] for event in events] == ["slot"] * len(events)
    assert values["requested_slot"] == "interview_strengths"
    assert values["interview_likes"] == ["numbers"]
    assert values["answered"]["topic"] == "recommend"


def test_the_form_asks_for_the_same_slot_after_another_question() -> None:
    slots = {"requested_slot": "interview_likes"}
    events = events_of(ValidateInterviewForm(), DUTIES, slots, "interview_form")
    assert [e["value"] for e in events if e["name"] == "requested_slot"] == ["interview_likes"]
