"""The web channel on a real server on this machine, with a bot in place of Rasa's."""

from __future__ import annotations

import asyncio
import json
import socket
import threading
from collections.abc import Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import httpx
from rasa.core.channels.channel import InputChannel, UserMessage, register
from rasa.core.utils import AvailableEndpoints
from sanic import Sanic

from chatbot.channels.web import WebInput
from chatbot.channels.website.options import Options
from chatbot.serving import web_app
from chatbot.settings import Settings

Sanic.test_mode = True  # several servers in one process, one after the other
KEY = "k" * 40
OTHER_SITE = "https://shop.example"
BUTTON = {"title": "More", "payload": "tell me more"}


class EchoBot:
    """Says what it heard; some messages make it do otherwise. Stands for Rasa's agent."""

    def __init__(self) -> None:
        self.heard: list[tuple[str, str]] = []
        self.forgotten: list[str] = []
        self.go_on = threading.Event()
        self.lock_store = self.tracker_store = self

    async def handle_message(self, message: UserMessage) -> None:
        """Answer a message."""
        sender, text = message.sender_id, message.text or ""
        self.heard.append((sender, text))
        if "fail" in text:
            raise RuntimeError("as asked")
        if "silent" in text:
            return
        send = message.output_channel.send_response
        if "wait" in text:
            await send(sender, {"text": "One moment."})
            while not self.go_on.is_set():
                await asyncio.sleep(0.005)
        if "break" in text:
            raise RuntimeError("after the first message")
        await send(sender, {"text": f"You said: {text}", "buttons": [BUTTON]})
        if "linger" in text:
            await asyncio.sleep(0.1)
        if "two" in text:
            await send(sender, {"text": "A list.\n\n(Source: a book)", "image": "/pictures/a.svg"})

    @asynccontextmanager
    async def lock(self, sender: str) -> Any:
        """Stand for the lock store."""
        yield

    def init_tracker(self, sender: str) -> str:
        """Stand for the tracker store."""
        return sender

    async def save(self, tracker: str) -> None:
        """Stand for the tracker store, which forgets an empty conversation."""
        self.forgotten.append(tracker)


def web_channel(state: Path, options: Options | None = None, **settings: Any) -> WebInput:
    """Return the channel with its files in a folder of the test."""
    wanted = replace(Settings(session_key=KEY, state=state), **settings)
    return WebInput(options or Options(), wanted)


@contextmanager
def serving(*channels: InputChannel, bot: EchoBot | None = None) -> Iterator[str]:
    """Serve channels on a free port of this machine; yields the address."""
    app = web_app.create(AvailableEndpoints(), enable_api=False)
    register(list(channels), app, route="/webhooks/")
    web_app.register_at_root(channels, app)
    app.ctx.agent = bot or EchoBot()
    listener = socket.create_server(("127.0.0.1", 0))
    loop = asyncio.new_event_loop()
    ready = threading.Event()

    async def start() -> None:
        server = await app.create_server(
            sock=listener, return_asyncio_server=True, access_log=False
        )
        await server.startup()
        await server.start_serving()
        ready.set()

    def run() -> None:
        asyncio.set_event_loop(loop)
        loop.create_task(start())
        loop.run_forever()

    thread = threading.Thread(target=run, daemon=True)
    thread.start()
    assert ready.wait(10)
    try:
        yield f"http://127.0.0.1:{listener.getsockname()[1]}"
    finally:
        loop.call_soon_threadsafe(loop.stop)
        thread.join(5)
        listener.close()


class Visitor:
    """A browser with a session.

    Args:
        url: of the server.
        headers: sent with every request.
    """

    def __init__(self, url: str, **headers: str) -> None:
        # Without certificates, which take long to load.
        self.http = httpx.Client(
            base_url=f"{url}/webhooks/web", headers=headers, timeout=20, verify=False
        )
        self.token = ""

    def begin(self, **body: Any) -> dict[str, Any]:
        """Get a session, or renew the one there is."""
        answer = self.post("/session", body)
        assert answer.status_code == 200, answer.text
        self.token = answer.json()["token"]
        return answer.json()

    def post(self, path: str, body: Any = None) -> httpx.Response:
        """Send JSON."""
        return self.http.post(path, json=body, headers=self.bearer)

    def get(self, path: str) -> httpx.Response:
        """Get a path."""
        return self.http.get(path, headers=self.bearer)

    def ask(self, text: str, **more: Any) -> list[dict[str, Any]]:
        """Return the events that answer a message."""
        answer = self.post("/messages", {"text": text, **more})
        assert answer.status_code == 200, answer.text
        return events(answer)

    def history(self) -> list[dict[str, Any]]:
        """Return what was said."""
        answer = self.get("/history")
        assert answer.status_code == 200, answer.text
        return answer.json()["messages"]

    @property
    def bearer(self) -> dict[str, str]:
        """The header that says whose session it is."""
        return {"Authorization": f"Bearer {self.token}"} if self.token else {}


def events(answer: httpx.Response) -> list[dict[str, Any]]:
    """Return the lines of an answer."""
    return [json.loads(line) for line in answer.text.splitlines()]


def texts(said: list[dict[str, Any]]) -> list[str]:
    """Return the texts of events or entries."""
    return [one["text"] for one in said if "text" in one]
