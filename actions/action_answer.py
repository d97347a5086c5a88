"""The one action behind every intent: ask the bot for a reply and utter it."""

from __future__ import annotations

from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType, SlotSet
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
        """Utter the reply; set the slots `focus` and `answered`."""
        channel = tracker.get_latest_input_channel() or ""
        reply = bot.reply(tracker.latest_message, tracker.slots, channel, tracker.sender_id)
        buttons = [{"title": text, "payload": text} for text in reply.quick_replies]
        # Channels find what the picture shows under `alt`.
        about = {"alt": reply.alt} if reply.image else {}
        dispatcher.utter_message(text=reply.text, buttons=buttons, image=reply.image, **about)
        return [SlotSet(name, value) for name, value in reply.slots.items()]
