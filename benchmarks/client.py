"""One user of Rasa's REST channel.

The standard library's client: it takes a third of the processor time that httpx takes for a
message. Whatever the client costs is added to every system alike and pulls their ratios towards 1.
"""

from __future__ import annotations

import http.client
import json
import time
from dataclasses import dataclass
from types import TracebackType

from chatbot.errors import ServiceError

HOST = "127.0.0.1"
WEBHOOK = "/webhooks/rest/webhook"
LONGEST_WAIT_S = 60.0


@dataclass(frozen=True)
class Reply:
    """What came back (all texts joined by line ends) and after how many milliseconds."""

    text: str
    ms: float


class User:
    """A user with one keep-alive connection; use it with `with`.

    Args:
        port: where the server listens on 127.0.0.1.
        sender: the id of the conversation.
    """

    def __init__(self, port: int, sender: str) -> None:
        self._sender = sender
        self._port = port
        self._line = http.client.HTTPConnection(HOST, port, timeout=LONGEST_WAIT_S)

    def __enter__(self) -> User:
        self._line.connect()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._line.close()

    def say(self, text: str) -> Reply:
        """Send a message and wait for the whole reply.

        Raises:
            OSError: if the server is not there or does not answer in time.
            ServiceError: if it answers with anything but 200.
        """
        body = json.dumps({"sender": self._sender, "message": text}).encode()
        start = time.perf_counter()
        self._line.request("POST", WEBHOOK, body, {"Content-Type": "application/json"})
        response = self._line.getresponse()
        content = response.read()
        ms = (time.perf_counter() - start) * 1000
        if response.status != http.client.OK:
            raise ServiceError(f"port {self._port}: {text!r} was answered with {response.status}")
        return Reply("\n".join(part.get("text", "") for part in json.loads(content)), ms)
