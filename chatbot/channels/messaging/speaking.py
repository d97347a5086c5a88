"""How Rasa's ways to send a message lead to one way."""

from __future__ import annotations

from abc import abstractmethod
from typing import Any

from rasa.core.channels.channel import OutputChannel

from chatbot.channels.messaging.said import Said, from_response


class Speaking(OutputChannel):
    """An output channel that says whole messages: text, next questions and picture together."""

    # Where pictures are served whose address has no host.
    public_url: str = ""

    @abstractmethod
    async def say_to(self, recipient_id: str, said: Said) -> None:
        """Send a message.

        Raises:
            RefusedError: the platform does not take it.
        """

    async def send_response(self, recipient_id: str, message: dict[str, Any]) -> None:
        """Send a response of Rasa's, and empty it as Rasa's own channels do."""
        said = from_response(message, self.public_url)
        message.clear()
        await self.say_to(recipient_id, said)

    async def send_text_message(self, recipient_id: str, text: str, **kwargs: Any) -> None:
        """Send a text."""
        await self.say_to(recipient_id, Said(text))

    async def send_image_url(self, recipient_id: str, image: str, **kwargs: Any) -> None:
        """Send a picture."""
        await self.say_to(recipient_id, from_response({"image": image, **kwargs}, self.public_url))

    async def send_text_with_buttons(
        self, recipient_id: str, text: str, buttons: list[dict[str, Any]], **kwargs: Any
    ) -> None:
        """Send a text with buttons under it."""
        await self.say_to(recipient_id, from_response({"text": text, "buttons": buttons}))
