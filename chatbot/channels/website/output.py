"""From what Rasa sends to what the widget shows."""

from __future__ import annotations

import re
import secrets
from collections.abc import Callable, Mapping
from typing import Any

from rasa.core.channels.channel import OutputChannel

Event = dict[str, Any]

# The renderer puts the sources on the last line, in brackets.
_SOURCE = re.compile(r"\n\((?P<source>[^\n]+)\)\Z")


class WidgetOutput(OutputChannel):
    """Hands each message on as the widget expects it, with its buttons, picture and sources.

    Args:
        put: gets each message.
    """

    def __init__(self, put: Callable[[Event], None]) -> None:
        self._put = put

    @classmethod
    def name(cls) -> str:
        """Return the name of the channel."""
        return "web"

    async def send_response(self, recipient_id: str, message: dict[str, Any]) -> None:
        """Hand a message on."""
        event = message_event(message)
        if event["text"] or event["image"]:
            self._put(event)

    async def send_text_message(self, recipient_id: str, text: str, **kwargs: Any) -> None:
        """Hand a text on."""
        await self.send_response(recipient_id, {"text": text, **kwargs})


def message_event(message: Mapping[str, Any]) -> Event:
    """Return the widget's message for one of Rasa's."""
    text = (message.get("text") or "").strip()
    found = _SOURCE.search(text)
    image = message.get("image")
    return {
        "type": "message",
        "id": new_id(),
        "text": text[: found.start()].rstrip() if found else text,
        "quick_replies": [_quick_reply(button) for button in message.get("buttons") or ()],
        "image": {"url": image, "alt": message.get("alt") or ""} if image else None,
        "source": found["source"] if found else None,
    }


def new_id() -> str:
    """Return an id that no other message has."""
    return secrets.token_hex(8)


def _quick_reply(button: Mapping[str, Any]) -> dict[str, str]:
    title = str(button.get("title") or "")
    return {"title": title, "payload": str(button.get("payload") or title)}
