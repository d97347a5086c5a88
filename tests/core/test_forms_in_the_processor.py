"""A form is run as Rasa runs it, with the quicker check of its validation action's reply."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest
from rasa.core.actions.forms import FormAction
from rasa.core.channels.channel import CollectingOutputChannel
from rasa.core.nlg import TemplatedNaturalLanguageGenerator
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import ActionExecuted, ActiveLoop, BotUttered, Event, SlotSet
from rasa.utils.endpoints import EndpointConfig
from talk import message, start, tracker

from chatbot.core.processor import FrugalFormAction

DOMAIN = Domain.from_yaml(
    """
    version: "3.1"
    intents: [duties]
    actions: [validate_order_form]
    forms:
      order_form:
        required_slots: [colour, size]
    slots:
      colour: {type: any, influence_conversation: false, mappings: [{type: custom}]}
      size: {type: any, influence_conversation: false, mappings: [{type: custom}]}
    """
)
OPEN: list[Event] = [
    *start(),
    message("an order"),
    ActionExecuted("action_answer"),
    ActiveLoop("order_form"),
    SlotSet("requested_slot", "colour"),
    ActionExecuted("action_listen"),
    message("red"),
]
SAYS = {"responses": [{"text": "noted"}]}


class Endpoint(EndpointConfig):
    """An action server that always replies the same."""

    def __init__(self, reply: dict[str, Any]) -> None:
        super().__init__("http://127.0.0.1:1/webhook")
        self._reply = reply

    async def request(self, *_: Any, **__: Any) -> Any:
        return self._reply


def slot(name: str, value: Any) -> dict[str, Any]:
    return {"event": "slot", "timestamp": None, "name": name, "value": value}


def run(kind: type[FormAction], events: list[dict[str, Any]]) -> list[Event]:
    channel = CollectingOutputChannel()
    form = kind("order_form", Endpoint({**SAYS, "events": events}))
    talk = tracker(OPEN, domain=DOMAIN)
    done = form.run(channel, TemplatedNaturalLanguageGenerator({}), talk, DOMAIN)
    return asyncio.run(done)


@pytest.mark.parametrize(
    "events",
    [
        [slot("requested_slot", "size"), slot("colour", ["red"])],
        [slot("requested_slot", "colour"), slot("answered", {})],
        [slot("requested_slot", None), slot("colour", "skip")],
    ],
    ids=["next", "again", "end"],
)
def test_it_does_what_rasas_form_does(events: list[dict[str, Any]]) -> None:
    assert run(FrugalFormAction, events) == run(FormAction, events)


def test_the_form_says_what_the_action_says_and_asks_nothing_itself() -> None:
    events = run(FrugalFormAction, [slot("requested_slot", "size"), slot("colour", "red")])
    assert [event.text for event in events if isinstance(event, BotUttered)] == ["noted"]
    assert SlotSet("requested_slot", "size") in events
    assert ActiveLoop(None) not in events


def test_no_requested_slot_ends_the_form() -> None:
    events = run(FrugalFormAction, [slot("requested_slot", None), slot("colour", "red")])
    assert events[-1] == ActiveLoop(None)
