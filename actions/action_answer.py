"""The action behind every intent: ask the bot for a reply and utter it."""

from __future__ import annotations

from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import ActiveLoop, EventType, FollowupAction, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from chatbot import bot


class ActionAnswer(Action):
    """Answers the latest message from the knowledge base."""

    def __init__(self) -> None:
        """Read the knowledge base when the action server starts, not at the first message."""
        bot.warm_up()

    def name(self) -> str:
        """Return the name that `domain.yml` lists."""
        return "action_answer"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> list[EventType]:
        """Utter the reply; set the slots, and enter or leave the form that it asks for."""
        channel = tracker.get_latest_input_channel() or ""
        reply = bot.reply(tracker.latest_message, tracker.slots, channel, tracker.sender_id)
        dispatcher.utter_message(**reply.message)
        events: list[EventType] = [SlotSet(name, value) for name, value in reply.slots.items()]
        if reply.form != (tracker.active_loop or {}).get("name"):
            events.append(ActiveLoop(reply.form))
        # The form has been spoken for: without this it would run in the same turn.
        return [*events, FollowupAction("action_listen")] if reply.form else events
