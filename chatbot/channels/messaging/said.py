"""What the bot says in one turn, as Rasa hands it to a channel."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urljoin

from rasa.core.channels.channel import OutputChannel


@dataclass(frozen=True)
class Offer:
    """A next question: the words on its button, and what is sent when it is pressed."""

    title: str
    payload: str


@dataclass(frozen=True)
class Picture:
    """A picture: its address, and what it shows in words."""

    url: str
    alt: str = ""


@dataclass(frozen=True)
class Said:
    """One message of the bot."""

    text: str = ""
    offers: tuple[Offer, ...] = ()
    picture: Picture | None = None


def from_response(message: Mapping[str, Any], public_url: str = "") -> Said:
    """Return what a response of Rasa says.

    The words that describe a picture are looked for under `alt` in the response and in its custom
    part.

    Args:
        message: keys `text`, `buttons`, `quick_replies`, `image`, `custom`.
        public_url: where pictures are served whose address has no host.
    """
    buttons = [*(message.get("buttons") or ()), *(message.get("quick_replies") or ())]
    offers = tuple(_offer(button) for button in buttons if button.get("title"))
    return Said((message.get("text") or "").strip(), offers, _picture(message, public_url))


def _offer(button: Mapping[str, Any]) -> Offer:
    title = str(button["title"]).strip()
    return Offer(title, str(button.get("payload") or title))


def _picture(message: Mapping[str, Any], public_url: str) -> Picture | None:
    image = message.get("image")
    if not image:
        return None
    url = urljoin(f"{public_url}/", str(image)) if public_url else str(image)
    path = url.partition("?")[0]
    if path.endswith(".svg"):
        # No messaging platform shows SVG; every picture of ours is served as PNG, too.
        url = f"{path.removesuffix('.svg')}.png"
    custom = message.get("custom")
    more = custom if isinstance(custom, Mapping) else {}
    return Picture(url, str(message.get("alt") or more.get("alt") or "").strip())


class Collector(OutputChannel):
    """Collects what the bot says, to be sent when the turn is over.

    So a slow or failing platform neither keeps a conversation locked nor undoes the turn.

    Args:
        channel: the channel for which it collects.
    """

    def __init__(self, channel: str, public_url: str = "") -> None:
        self._channel, self._public_url = channel, public_url
        self.said: list[Said] = []

    # Rasa asks the object, which here differs from object to object.
    def name(self) -> str:
        """Return the channel's name."""
        return self._channel

    async def send_response(self, recipient_id: str, message: dict[str, Any]) -> None:
        """Keep a response; one that says nothing is left out."""
        said = from_response(message, self._public_url)
        if said != Said():
            self.said.append(said)

    async def send_text_message(self, recipient_id: str, text: str, **kwargs: Any) -> None:
        """Keep a text."""
        self.said.append(Said(text))

    async def send_image_url(self, recipient_id: str, image: str, **kwargs: Any) -> None:
        """Keep a picture."""
        self.said.append(from_response({"image": image, **kwargs}, self._public_url))
