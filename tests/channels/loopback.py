"""A channel on a real server, and stand-ins for the platform behind it, all on loopback."""

from __future__ import annotations

import asyncio
import itertools
import json
import socket
import threading
import time
from collections import defaultdict, deque
from collections.abc import Awaitable, Callable, Coroutine, Sequence
from dataclasses import dataclass, field
from typing import Any

import httpx
from aiohttp import web
from rasa.core.channels.channel import InputChannel, UserMessage, register
from rasa.server import add_root_route
from sanic import Sanic

PATIENCE_SECONDS = 10.0
# Sanic rewrites its own methods when a server starts; in this mode that works more than once.
Sanic.test_mode = True
_numbers = itertools.count(1)
Say = Callable[[str], Sequence[dict[str, Any]]]


class Loop:
    """An event loop in a thread of its own."""

    def __init__(self) -> None:
        self.loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self.loop.run_forever, daemon=True)
        self._thread.start()

    def run(self, coroutine: Coroutine[Any, Any, Any]) -> Any:
        return asyncio.run_coroutine_threadsafe(coroutine, self.loop).result(PATIENCE_SECONDS)

    def stop(self) -> None:
        self.loop.call_soon_threadsafe(self.loop.stop)
        self._thread.join(PATIENCE_SECONDS)


@dataclass(frozen=True)
class Call:
    """A request that the platform got."""

    method: str
    data: dict[str, Any]
    headers: dict[str, str]
    at: float
    status: int


@dataclass
class Platform:
    """Stands in for a platform's API: records what it gets, answers as told.

    Args:
        name_of: the name of the API method in a path.
        answer: what a method answers when nothing else is arranged.
    """

    loop: Loop
    name_of: Callable[[str], str]
    answer: Callable[[str, dict[str, Any]], Any]
    calls: list[Call] = field(default_factory=list)
    _arranged: dict[str, deque[Any]] = field(default_factory=lambda: defaultdict(deque))
    url: str = ""

    def start(self) -> None:
        self.loop.run(self._start())

    def stop(self) -> None:
        self.loop.run(self._runner.cleanup())

    def arrange(self, method: str, *answers: tuple[int, Any, dict[str, str]]) -> None:
        """Have the next calls of a method answered with (status, JSON or None, headers)."""
        self._arranged[method].extend(answers)

    def of(self, method: str, taken: bool = True) -> list[Call]:
        """Return the calls of a method: those that were taken, or all."""
        return [c for c in self.calls if c.method == method and (c.status == 200 or not taken)]

    def wait_for(self, method: str, count: int, taken: bool = True) -> list[Call]:
        """Return the calls when there are as many; fails if they do not come, or too many do."""
        wait_until(lambda: len(self.of(method, taken)) >= count, lambda: str(self.calls))
        assert len(self.of(method, taken)) == count, self.calls
        return self.of(method, taken)

    async def _start(self) -> None:
        app = web.Application()
        app.router.add_route("*", "/{path:.*}", self._receive)
        self._runner = web.AppRunner(app)
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", 0)
        await site.start()
        host, port = self._runner.addresses[0][:2]
        self.url = f"http://{host}:{port}"

    async def _receive(self, request: web.Request) -> web.Response:
        method = self.name_of(request.path)
        data = await _data(request)
        arranged = self._arranged[method]
        status, body, headers = (
            arranged.popleft() if arranged else (200, self.answer(method, data), {})
        )
        self.calls.append(Call(method, data, dict(request.headers), time.monotonic(), status))
        if body is None:
            return web.Response(status=status, headers=headers, text="<html>bad gateway</html>")
        return web.json_response(body, status=status, headers=headers)


async def _data(request: web.Request) -> dict[str, Any]:
    if request.content_type == "application/json":
        found = await request.json()
    elif (raw := await request.read())[:1] == b"{":
        found = json.loads(raw)
    else:
        found = dict(await request.post())
    return {**request.query, **found}


class FakeAgent:
    """Stands in for the bot: repeats what it hears, or says what it is told to say."""

    def __init__(self, say: Say | None = None) -> None:
        self.heard: list[tuple[str, str]] = []
        self.say: Say = say or (lambda text: [{"text": f"You said: {text}"}])
        self.seconds: Callable[[str], float] = lambda text: 0.0
        self.channels: set[str | None] = set()

    async def handle_message(self, message: UserMessage) -> None:
        self.heard.append((message.sender_id, message.text or ""))
        self.channels.add(message.input_channel)
        await asyncio.sleep(self.seconds(message.text or ""))
        for response in self.say(message.text or ""):
            await message.output_channel.send_response(message.sender_id, dict(response))


class Served:
    """A channel that is served."""

    def __init__(self, loop: Loop, channel: InputChannel, agent: FakeAgent) -> None:
        self._loop, self.channel, self.agent = loop, channel, agent
        loop.run(self._start())
        self.http = httpx.Client(base_url=self.url, timeout=PATIENCE_SECONDS)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._socket.getsockname()[1]}"

    def stop(self) -> None:
        self.http.close()
        self._loop.run(self._stop())

    async def _start(self) -> None:
        self._socket = socket.create_server(("127.0.0.1", 0))
        app = Sanic(f"channel{next(_numbers)}", configure_logging=False)
        app.ctx.agent = self.agent
        add_root_route(app)
        register([self.channel], app, route="/webhooks/")
        self._server = await app.create_server(sock=self._socket, return_asyncio_server=True)
        await self._server.startup()
        await self._server.before_start()
        await self._server.after_start()

    async def _stop(self) -> None:
        await self._server.before_stop()
        await self._server.close()
        await self._server.after_stop()


def wait_until(holds: Callable[[], bool], state: Callable[[], str] = str) -> None:
    """Wait until something holds; fail after a while with the state."""
    deadline = time.monotonic() + PATIENCE_SECONDS
    while not holds():
        assert time.monotonic() < deadline, state()
        time.sleep(0.005)


def settle(seconds: float = 0.25) -> None:
    """Give what must not happen the time to happen."""
    time.sleep(seconds)


Post = Callable[..., Awaitable[httpx.Response]]
