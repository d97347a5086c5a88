"""The bot's web channel with answers that a test writes, for what the real bot seldom does."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from tests.support.paths import ROOT
from tests.widget.small_server import Asked, SmallServer, Told

STATIC = ROOT / "chatbot" / "channels" / "website" / "static"
CORS = {
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Allow-Headers": "authorization, content-type",
    "Access-Control-Expose-Headers": "retry-after",
}
PICTURE = (
    '<svg xmlns="http://www.w3.org/2000/svg" width="400" height="220">'
    '<rect width="400" height="220" fill="#eef3f2"/><g fill="#0b6b5d">'
    '<rect x="20" y="80" width="100" height="60" rx="8"/>'
    '<rect x="150" y="80" width="100" height="60" rx="8"/><rect x="280" y="80" width="100" '
    'height="60" rx="8"/></g><path d="M120 110h30M250 110h30" stroke="#333" stroke-width="3"/>'
    "</svg>"
)
Event = dict[str, Any]


def widget_file() -> Path:
    """Return the built widget, the newest one."""
    return max(STATIC.glob("widget-*.js"), key=lambda path: path.stat().st_mtime)


class StandIn:
    """A bot that says what a test has written.

    Attributes:
        answers: events by what is asked; a function is given the request; None breaks off.
        greeting: how a conversation begins.
        history: of all sessions together.
        received: what was sent to /messages, in order.
        refusal: the response to every request but the files, if there is one.
        tokens: those given that are still known.
        delay: seconds before each message of an answer.
    script_delay: seconds before the widget itself.
    go_on: whether a second message may follow the first, and a history be told.
    """

    def __init__(self) -> None:
        self.server = SmallServer(self._handle)
        self.answers: dict[str, list[Event | None] | Callable[[Asked], Told]] = {}
        self.greeting: Event = {
            "text": "Hello! Ask me about jobs in e-commerce. For example:",
            "quick_replies": [
                {"title": text, "payload": text}
                for text in ("What jobs are there?", "What does a CRM specialist do?")
            ],
        }
        self.history: list[Event] = []
        self.received: list[Event] = []
        self.refusal: Told | None = None
        self.tokens: set[str] = set()
        self.delay = 0.0
        self.go_on = threading.Event()
        self.go_on.set()
        self.script_delay = 0.0

    @property
    def url(self) -> str:
        """Return its origin."""
        return self.server.url

    def forget_sessions(self) -> None:
        """Know no token any more."""
        self.tokens.clear()

    def _handle(self, asked: Asked) -> Told:
        told = self._told(asked)
        told.headers = {**CORS, **told.headers}
        return told

    def _told(self, asked: Asked) -> Told:
        if asked.method == "OPTIONS":
            return Told(status=204)
        if asked.path.startswith("/webhooks/web/"):
            return self.refusal or self._talk(asked)
        if asked.path == "/widget.js":
            time.sleep(self.script_delay)
            return Told([widget_file().read_bytes()], kind="text/javascript; charset=utf-8")
        if asked.path == "/pictures/chain.svg":
            return Told([PICTURE.encode()], kind="image/svg+xml")
        if asked.path == "/pictures/tall.svg":
            tall = PICTURE.replace('height="220"', 'height="2200"')
            return Told([tall.encode()], kind="image/svg+xml")
        return Told(status=404)

    def _talk(self, asked: Asked) -> Told:
        path = asked.path.removeprefix("/webhooks/web/")
        if path == "about":
            return Told.json(ABOUT)
        token = asked.headers.get("authorization", "").removeprefix("Bearer ")
        if path == "session":
            return self._session(token)
        if token not in self.tokens:
            return Told.json({"error": "expired", "message": "Expired."}, 401)
        if path == "history":
            self.go_on.wait()
            return Told.json({"messages": self.history})
        if path == "restart":
            self.history.clear()
            return Told.json({"greeting": self.greeting})
        return self._message(asked)

    def _session(self, token: str) -> Told:
        if token not in self.tokens:
            token = f"token-{time.monotonic_ns()}"
            self.tokens.add(token)
        return Told.json({"token": token, "expires_in": 60, "greeting": self.greeting})

    def _message(self, asked: Asked) -> Told:
        self.received.append(asked.body)
        answer = self.answers.get(asked.body["text"], [said(f"You asked: {asked.body['text']}")])
        if callable(answer):
            return answer(asked)
        user = {"role": "user", "id": asked.body["id"], "text": asked.body["text"]}
        bots = [{**one, "role": "bot"} for one in answer if one and one["type"] == "message"]
        self.history += [user, *bots]
        return Told(self._lines(answer), kind="application/x-ndjson")

    def _lines(self, events: list[Event | None]) -> Iterator[bytes | None]:
        for place, event in enumerate(events):
            time.sleep(self.delay)
            if place:
                self.go_on.wait()
            yield event and line(event)
        if not events or events[-1] is None or events[-1]["type"] != "error":
            yield line({"type": "done"})


ABOUT = {
    "name": "E-commerce careers",
    "text": "A bot, not a person. It answers from a reviewed knowledge base.",
    "version": "0.1.0",
    "knowledge_reviewed": "2026-11-22",
    "licence": "Apache-2.0",
}


def line(event: Event) -> bytes:
    """Return an event as it is sent."""
    return json.dumps(event).encode() + b"\n"


def said(text: str, *replies: str, **more: Any) -> Event:
    """Return a message of the bot with quick replies."""
    return {
        "type": "message",
        "id": f"bot-{time.monotonic_ns()}",
        "text": text,
        "quick_replies": [{"title": reply, "payload": reply} for reply in replies],
        "image": None,
        "source": None,
        **more,
    }
