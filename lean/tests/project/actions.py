"""The action that `rasa run actions` serves."""

from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.executor import CollectingDispatcher


class Wave(Action):
    """Does nothing; its name is what the test looks for."""

    def name(self) -> str:
        return "action_wave"

    def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> list[dict[str, Any]]:
        return []
