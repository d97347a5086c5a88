"""Makes events and trackers for the tests of chatbot.core."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from rasa.shared.core.domain import Domain
from rasa.shared.core.events import (
    ActionExecuted,
    BotUttered,
    DefinePrevUserUtteredFeaturization,
    Event,
    SessionStarted,
    SlotSet,
    UserUttered,
)
from rasa.shared.core.trackers import DialogueStateTracker
from rasa.shared.nlu.constants import METADATA_MODEL_ID

DOMAIN = Domain.from_yaml(
    """
    version: "3.1"
    intents: [duties, skills]
    actions: [action_answer]
    responses:
      utter_unavailable:
      - text: sorry
    forms:
      order_form:
        required_slots: []
    slots:
      focus: {type: any, influence_conversation: false, mappings: [{type: custom}]}
      answered: {type: any, influence_conversation: false, mappings: [{type: custom}]}
      city: {type: text, mappings: [{type: custom}]}
      lucky: {type: any, initial_value: 7, mappings: [{type: custom}]}
    """
)

LIVE = {METADATA_MODEL_ID: "a-model"}


def start() -> list[Event]:
    """Return what Rasa records before the first message of a session."""
    return [
        ActionExecuted("action_session_start"),
        SessionStarted(),
        ActionExecuted("action_listen"),
    ]


def message(text: str, intent: str | None = "duties") -> UserUttered:
    """Return a message of a live conversation."""
    parse = {
        "text": text,
        "intent": {"name": intent, "confidence": 1.0},
        "entities": [{"entity": "role", "value": "sem-specialist"}],
    }
    return UserUttered(
        text,
        parse["intent"],
        list(parse["entities"]),
        parse,
        input_channel="rest",
        metadata=dict(LIVE),
    )


def turn(number: int, *more: Event) -> list[Event]:
    """Return a message and what the bot did about it; `more` happens before it listens again."""
    return [
        message(f"message {number}"),
        DefinePrevUserUtteredFeaturization(False),
        ActionExecuted("action_answer"),
        BotUttered(f"reply {number}"),
        SlotSet("focus", {"number": number, "roles": ["sem-specialist"]}),
        *more,
        ActionExecuted("action_listen"),
    ]


def conversation(turns: int) -> list[Event]:
    """Return a session of this many turns, numbered from 1."""
    events = start()
    for number in range(1, turns + 1):
        events += turn(number)
    return events


def tracker(
    events: Iterable[Event], sender: str = "ann", domain: Domain = DOMAIN
) -> DialogueStateTracker:
    """Return a tracker to which the events happened one after the other."""
    return DialogueStateTracker.from_events(sender, list(events), domain.slots)


def state(of: DialogueStateTracker) -> dict[str, Any]:
    """Return everything of a tracker's state that decides how the conversation goes on."""
    seen = of.current_state()
    seen.pop("latest_event_time")
    seen["slots set"] = sorted(name for name, slot in of.slots.items() if slot.has_been_set)
    return seen


def messages(events: Iterable[Event]) -> list[str | None]:
    """Return the texts of the user."""
    return [event.text for event in events if isinstance(event, UserUttered)]
