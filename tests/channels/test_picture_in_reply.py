"""A picture on its way from the answer through Rasa to a channel."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import httpx
import pytest
from rasa.core.actions.action import create_bot_utterance
from rasa.core.channels.channel import CollectingOutputChannel

from tests.cli.command import Chatbot

QUESTION = "Who does a warehouse manager work with?"
SITE = "https://bot.example"


class Showing(CollectingOutputChannel):
    """A channel that shows pictures with their descriptions."""

    def __init__(self) -> None:
        super().__init__()
        self.shown: list[tuple[str, str]] = []

    async def send_image_url(self, recipient_id: str, image: str, **kwargs: Any) -> None:
        self.shown.append((image, kwargs["alt"]))


def test_rest_gets_an_image_where_the_address_is_known(
    trained_project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CHATBOT_PUBLIC_URL", SITE)
    with Chatbot(trained_project).serve() as server:
        message = {"sender": "ann", "message": QUESTION}
        answer = httpx.post(f"{server.url}/webhooks/rest/webhook", json=message, timeout=30)
        [text, picture] = answer.json()
        assert text["text"].startswith("A warehouse manager gets")
        assert picture["image"].startswith(SITE)
        shown = urlsplit(picture["image"])
        served = httpx.get(f"{server.url}{shown.path}?{shown.query}", timeout=60)
    assert served.headers["content-type"] == "image/png"


def test_a_channel_is_told_what_the_picture_shows() -> None:
    uttered = {"text": "See", "image": "/pictures/a.png", "alt": "Map of a role.", "buttons": []}
    channel = Showing()
    asyncio.run(channel.send_response("ann", create_bot_utterance(uttered).message()))
    assert channel.shown == [("/pictures/a.png", "Map of a role.")]
