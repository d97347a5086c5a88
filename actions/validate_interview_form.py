"""The form of the interview: every message while it is active goes the way of all others."""

from __future__ import annotations

from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from chatbot import bot


class ValidateInterviewForm(Action):
    """Takes an answer, a word that steers or another question, and utters what comes next."""

    def name(self) -> str:
        """Return the name under which Rasa looks for the validation of the form."""
        return "validate_interview_form"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> list[EventType]:
        """Utter the reply; the form asks for `requested_slot` next and ends where that is None."""
        channel = tracker.get_latest_input_channel() or ""
        reply = bot.reply(tracker.latest_message, tracker.slots, channel)
        dispatcher.utter_message(**reply.message)
        slots = {"requested_slot": tracker.slots.get("requested_slot"), **reply.slots}
        return [SlotSet(name, value) for name, value in slots.items()]
