"""Echoes, and does what the messages of the tests ask for."""

import os
from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import SlotSet
from rasa_sdk.executor import CollectingDispatcher


class ActionAnswer(Action):
    def name(self) -> str:
        return "action_answer"

    def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> list[dict[str, Any]]:
        text = tracker.latest_message["text"]
        if "fail" in text:
            raise RuntimeError("as asked")
        if "who are you" in text:
            text = f"process {os.getpid()}"
        dispatcher.utter_message(text=f"You said: {text}")
        return [SlotSet("answered", {"topic": "echo"})]
