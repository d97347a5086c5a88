"""Users of the web channel, and those who wish it ill; all on this machine.

Addresses of the loopback network stand for people at different places, since the channel counts
what comes from each.
"""

from __future__ import annotations

import contextlib
import http.client
import json
import socket
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from types import TracebackType

from benchmarks.client import HOST, LONGEST_WAIT_S, Reply
from chatbot.errors import ServiceError

BASE = "/webhooks/web"
LARGE_BODY = 5_000_000
_JSON = {"Content-Type": "application/json"}


class WebUser:
    """A user of the web channel with one keep-alive connection; use it with `with`.

    Args:
        port: where the server listens on 127.0.0.1.
        address: of the user, one of 127.0.0.0/8.
    """

    def __init__(self, port: int, address: str = HOST) -> None:
        self._port = port
        self._line = http.client.HTTPConnection(
            HOST, port, timeout=LONGEST_WAIT_S, source_address=(address, 0)
        )
        self._headers = dict(_JSON)

    def __enter__(self) -> WebUser:
        self._line.connect()
        self.begin()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._line.close()

    def begin(self) -> str:
        """Start a new session and return its token."""
        answer = json.loads(self._post("/session", b"{}", _JSON))
        self._headers = {**_JSON, "Authorization": f"Bearer {answer['token']}"}
        return str(answer["token"])

    def say(self, text: str) -> Reply:
        """Send a message and wait for the whole reply.

        Raises:
            OSError: if the server is not there or does not answer in time.
            ServiceError: if it answers with anything but 200.
        """
        body = json.dumps({"text": text}).encode()
        start = time.perf_counter()
        content = self._post("/messages", body, self._headers)
        ms = (time.perf_counter() - start) * 1000
        lines = map(json.loads, content.splitlines())
        return Reply("\n".join(line["text"] for line in lines if "text" in line), ms)

    def _post(self, path: str, body: bytes, headers: dict[str, str]) -> bytes:
        self._line.request("POST", BASE + path, body, headers)
        response = self._line.getresponse()
        content = response.read()
        if response.status != http.client.OK:
            raise ServiceError(f"port {self._port}: {path} was answered with {response.status}")
        return content


def requests(token: str) -> dict[str, bytes]:
    """Return what the ill-wishers send: by name, the bytes of a request.

    Args:
        token: of a session of theirs.
    """
    hello = b'{"text": "What does a CRM specialist do?"}'
    return {
        "flood": _request(hello, token),
        "forged token": _request(hello, token[:-4] + "AAAA"),
        "other origin": _request(hello, token, "Origin: https://evil.example\r\n"),
        "large body": _request(b"x" * LARGE_BODY, token),
    }


def send(port: int, address: str, request: bytes) -> Iterator[int]:
    """Send a request again and again; yields each status, 0 where the connection broke."""
    line: socket.socket | None = None
    try:
        while True:
            try:
                line = line or socket.create_connection((HOST, port), 10, (address, 0))
                # Who is refused while still sending may find the answer there all the same.
                with contextlib.suppress(ConnectionError):
                    line.sendall(request)
                head = _answer(line)
                status = int(head.split(b" ", 2)[1])
                closing = b"connection: close" in head
            except (OSError, IndexError, ValueError):
                status, closing = 0, True
            if closing and line is not None:
                line.close()
                line = None
            yield status
    finally:
        if line is not None:
            line.close()


def paced(
    statuses: Iterator[int],
    number: int,
    seconds: float,
    seen: Counter[int],
    goes_on: Callable[[], bool],
) -> None:
    """Take so many statuses, evenly over so many seconds, as far as the server keeps up."""
    start = time.monotonic()
    for count in range(number):
        if not goes_on() or time.monotonic() - start > seconds:
            break
        pause = start + count * seconds / number - time.monotonic()
        if pause > 0:
            time.sleep(pause)
        seen[next(statuses)] += 1


def siege(
    port: int, address: str, seconds: float, plan: dict[str, tuple[int, int]], token: str
) -> dict[str, Counter[int]]:
    """Send what `plan` says, all at once, and return how each was answered.

    Args:
        port: of the server.
        address: all of it comes from.
        seconds: how long.
        plan: by name of a request, over how many connections and how many times in all.
        token: of a session of theirs.
    """
    seen: dict[str, Counter[int]] = {name: Counter() for name in plan}
    stop = threading.Event()
    threads = [
        threading.Thread(
            target=paced,
            args=(
                send(port, address, requests(token)[name]),
                number // lines,
                seconds,
                seen[name],
                lambda: not stop.is_set(),
            ),
            daemon=True,
        )
        for name, (lines, number) in plan.items()
        for _ in range(lines)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(seconds + LONGEST_WAIT_S)
    stop.set()
    return seen


def _request(body: bytes, token: str, more: str = "") -> bytes:
    head = (
        f"POST {BASE}/messages HTTP/1.1\r\nHost: {HOST}\r\nAuthorization: Bearer {token}\r\n"
        f"Content-Type: application/json\r\nContent-Length: {len(body)}\r\n{more}\r\n"
    )
    return head.encode() + body


def _answer(line: socket.socket) -> bytes:
    """Return the head of an answer, in small letters, when its body was read too."""
    content = b""
    while b"\r\n\r\n" not in content:
        content += _more(line)
    head, _, body = content.partition(b"\r\n\r\n")
    head = head.lower()
    if b"transfer-encoding: chunked" in head:
        while not body.endswith(b"0\r\n\r\n"):
            body += _more(line)
        return head
    length = int(head.partition(b"content-length:")[2].split(b"\r\n", 1)[0])
    while len(body) < length:
        body += _more(line)
    return head


def _more(line: socket.socket) -> bytes:
    content = line.recv(65_536)
    if not content:
        raise ConnectionError("the server hung up")
    return content
