"""The endpoint keeps its connection, and does not wait for ever."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

import aiohttp
import pytest
from rasa.utils.endpoints import ClientResponseError, EndpointConfig

from chatbot.core.action_endpoint import KeepAliveEndpoint
from chatbot.errors import SettingsError


@dataclass
class FakeServer:
    """Answers HTTP requests from a plan: 200 and 500 are statuses, others are what it does.

    Attributes:
        plan: one entry a request; after its end all are answered with 200.
        connections: how many were opened.
        requests: bodies of all requests.
    """

    plan: list[int | str] = field(default_factory=list)
    connections: int = 0
    requests: list[Any] = field(default_factory=list)

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.connections += 1
        try:
            while await self._answer(reader, writer):
                pass
        except (asyncio.IncompleteReadError, ConnectionError):
            pass
        finally:
            writer.close()

    async def _answer(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> bool:
        head = (await reader.readuntil(b"\r\n\r\n")).decode().lower()
        length = int(head.split("content-length: ")[1].split("\r\n")[0])
        self.requests.append(json.loads(await reader.readexactly(length)))
        step = self.plan.pop(0) if self.plan else 200
        if step == "hang up":
            return False
        if step == "sleep":
            await asyncio.sleep(30)
        body = b'{"events": [], "responses": []}'
        reply = f"HTTP/1.1 {step} x\r\nContent-Type: application/json\r\n"
        writer.write(f"{reply}Content-Length: {len(body)}\r\n\r\n".encode() + body)
        await writer.drain()
        return True


@asynccontextmanager
async def served(server: FakeServer) -> Any:
    """Serve on a free port of this machine, and yield its address."""
    listening = await asyncio.start_server(server.serve, "127.0.0.1", 0)
    port = listening.sockets[0].getsockname()[1]
    try:
        yield f"http://127.0.0.1:{port}/webhook"
    finally:
        listening.close()


def with_server(
    server: FakeServer, work: Callable[[KeepAliveEndpoint], Awaitable[Any]], **options: Any
) -> Any:
    """Return what the work with an endpoint for the server comes to."""

    async def run() -> Any:
        async with served(server) as url:
            endpoint = KeepAliveEndpoint(url, **options)
            try:
                return await work(endpoint)
            finally:
                await endpoint.close()

    return asyncio.run(run())


async def _twice(endpoint: EndpointConfig) -> Any:
    await endpoint.request(json={"number": 1})
    return await endpoint.request(json={"number": 2})


def test_all_requests_go_through_one_connection() -> None:
    server = FakeServer()
    with_server(server, _twice)
    assert len(server.requests) == 2
    assert server.connections == 1


def test_rasas_own_endpoint_opens_a_connection_for_each() -> None:
    server = FakeServer()

    async def work() -> None:
        async with served(server) as url:
            await _twice(EndpointConfig(url))

    asyncio.run(work())
    assert server.connections == 2


def test_the_reply_is_returned() -> None:
    assert with_server(FakeServer(), _twice) == {"events": [], "responses": []}


def test_a_request_that_meets_a_closing_connection_is_sent_again() -> None:
    server = FakeServer(plan=[200, "hang up"])
    with_server(server, _twice)
    assert [request["number"] for request in server.requests] == [1, 2, 2]
    assert server.connections == 2


def test_a_server_that_always_hangs_up_is_an_error() -> None:
    server = FakeServer(plan=["hang up"] * 5)
    with pytest.raises(aiohttp.ServerDisconnectedError):
        with_server(server, _twice)


def test_a_server_that_is_not_there_is_an_error_that_rasa_knows() -> None:
    async def work() -> None:
        async with served(FakeServer()) as url:
            pass
        await KeepAliveEndpoint(url).request(json={})

    with pytest.raises(aiohttp.ClientConnectionError):
        asyncio.run(work())


def test_a_server_that_does_not_answer_in_time_is_an_error_that_rasa_knows() -> None:
    server = FakeServer(plan=["sleep"])
    with pytest.raises(aiohttp.ClientConnectionError, match="within 0.05 seconds"):
        with_server(server, lambda e: e.request(json={}, timeout=300), timeout=0.05)


def test_an_error_of_the_server_is_passed_on_without_asking_again() -> None:
    server = FakeServer(plan=[500])
    with pytest.raises(ClientResponseError):
        with_server(server, _twice)
    assert len(server.requests) == 1


def test_after_closing_it_can_be_used_again() -> None:
    server = FakeServer()

    async def work(endpoint: KeepAliveEndpoint) -> None:
        await endpoint.request(json={})
        await endpoint.close()
        await endpoint.request(json={})

    with_server(server, work)
    assert server.connections == 2


def test_closing_what_was_never_used_is_no_error() -> None:
    asyncio.run(KeepAliveEndpoint("http://127.0.0.1:1").close())


def test_it_can_be_used_in_one_loop_after_another() -> None:
    endpoint = KeepAliveEndpoint("")
    server = FakeServer()

    async def work() -> None:
        async with served(server) as url:
            endpoint.url = url
            await endpoint.request(json={})
            await endpoint.close()

    asyncio.run(work())
    asyncio.run(work())
    assert server.connections == 2


def test_it_takes_over_what_rasa_read_from_endpoints_yml() -> None:
    read = EndpointConfig.from_dict(
        {
            "url": "http://127.0.0.1:5055/webhook",
            "headers": {"x": "y"},
            "token": "secret",
            "enable_selective_domain": True,
            "timeout": "2.5",
        }
    )
    taken = KeepAliveEndpoint.from_endpoint(read)
    assert taken == read
    assert taken.kwargs == {"enable_selective_domain": True}


@pytest.mark.parametrize("timeout", [0, -1, "soon", "nan"])
def test_a_wrong_timeout_is_refused_with_its_value(timeout: Any) -> None:
    with pytest.raises(SettingsError, match="timeout: .*seconds above 0") as refused:
        KeepAliveEndpoint("http://127.0.0.1", timeout=timeout)
    assert repr(timeout) in str(refused.value)
