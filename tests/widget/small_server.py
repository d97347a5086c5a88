"""An HTTP server of a test: handlers by path, on a free port of this machine."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import urlsplit


@dataclass
class Asked:
    """A request.

    Attributes:
        method: GET, POST or OPTIONS.
        path: without the query.
        query: what follows the question mark.
        headers: by name in small letters.
        body: JSON that was sent, or None.
    """

    method: str
    path: str
    query: str
    headers: dict[str, str]
    body: Any


@dataclass
class Told:
    """A response; its parts are sent one by one, and a part None breaks the connection off."""

    parts: Iterable[bytes | None] = ()
    status: int = 200
    kind: str = "text/html; charset=utf-8"
    headers: dict[str, str] = field(default_factory=dict)

    @classmethod
    def json(cls, content: Any, status: int = 200, **headers: str) -> Told:
        """Return a response that is JSON."""
        return cls([json.dumps(content).encode()], status, "application/json", headers)


class SmallServer:
    """Answers requests with `handle` until it is stopped; may be started again on its port."""

    def __init__(self, handle: Callable[[Asked], Told], port: int = 0) -> None:
        self._handle = handle
        self._server: ThreadingHTTPServer | None = None
        self.port = port

    @property
    def url(self) -> str:
        """Return its origin."""
        return f"http://127.0.0.1:{self.port}"

    def start(self) -> None:
        """Listen."""
        handle = self._handle

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def log_message(self, *_: Any) -> None:
                """Say nothing."""

            def _answer(self) -> None:
                length = int(self.headers.get("content-length") or 0)
                body = self.rfile.read(length)
                place = urlsplit(self.path)
                headers = {name.lower(): value for name, value in self.headers.items()}
                asked = Asked(
                    self.command,
                    place.path,
                    place.query,
                    headers,
                    json.loads(body) if body else None,
                )
                _send(self, handle(asked))

            do_GET = do_POST = do_OPTIONS = _answer  # noqa: N815

        self._server = _Server(("127.0.0.1", self.port), Handler)
        self.port = self._server.server_port
        threading.Thread(target=self._server.serve_forever, args=(0.02,), daemon=True).start()

    def stop(self) -> None:
        """Listen no more."""
        if self._server is not None:
            self._server.shutdown()
            self._server.server_close()
            self._server = None


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    block_on_close = False

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Say nothing of browsers that leave."""


def _send(handler: BaseHTTPRequestHandler, told: Told) -> None:
    handler.send_response(told.status)
    handler.send_header("Content-Type", told.kind)
    # The end of the connection is the end of the response.
    handler.send_header("Connection", "close")
    for name, value in told.headers.items():
        handler.send_header(name, value)
    if told.status != 204:
        handler.send_header("Transfer-Encoding", "chunked")
    handler.end_headers()
    handler.close_connection = True
    if told.status == 204:
        return
    for part in told.parts:
        if part is None:
            return
        handler.wfile.write(b"%x\r\n%s\r\n" % (len(part), part))
        handler.wfile.flush()
    handler.wfile.write(b"0\r\n\r\n")
