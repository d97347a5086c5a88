"""The way from Rasa to the action server: one connection kept open instead of one per message."""

from __future__ import annotations

import asyncio
from contextlib import AbstractAsyncContextManager, nullcontext
from typing import Any
from weakref import WeakKeyDictionary

import aiohttp
from rasa.utils.endpoints import EndpointConfig

from chatbot.errors import SettingsError

# Below the five seconds after which the action server hangs up on an idle connection, so that a
# request hardly ever meets a connection that is just being closed.
IDLE_SECONDS = 4.0

# Rasa waits five minutes. Nobody waits that long for an answer; a stuck server is as good as none.
TIMEOUT_SECONDS = 10.0


class KeepAliveEndpoint(EndpointConfig):
    """An action endpoint that keeps its connections open between messages.

    Use it in place of the endpoint that Rasa read, and close it when the server stops:

        endpoints = AvailableEndpoints.read_endpoints("endpoints.yml")
        endpoints.action = KeepAliveEndpoint.from_endpoint(endpoints.action)
        ...
        await endpoints.action.close()

    The option `timeout` of endpoints.yml (seconds, 10 by default) bounds the wait for an answer.
    """

    @classmethod
    def from_endpoint(cls, endpoint: EndpointConfig) -> KeepAliveEndpoint:
        """Return an endpoint with the address, headers and options of the given one.

        Raises:
            SettingsError: if the timeout is not a positive number of seconds.
        """
        return cls(
            endpoint.url,
            params=endpoint.params,
            headers=endpoint.headers,
            basic_auth=endpoint.basic_auth,
            token=endpoint.token,
            token_name=endpoint.token_name,
            cafile=endpoint.cafile,
            type=endpoint.type,
            **endpoint.kwargs,
        )

    def __init__(self, *args: Any, timeout: float | str = TIMEOUT_SECONDS, **options: Any) -> None:
        """Create an endpoint without opening a connection.

        Args:
            args: what EndpointConfig takes.
            timeout: seconds to wait for an answer.
            options: what EndpointConfig takes.
        """
        super().__init__(*args, **options)
        self._timeout = _seconds(timeout)
        # A session belongs to the loop it was made in.
        self._sessions: WeakKeyDictionary[asyncio.AbstractEventLoop, aiohttp.ClientSession]
        self._sessions = WeakKeyDictionary()

    async def request(self, *args: Any, **kwargs: Any) -> Any:
        """Send a request as EndpointConfig does, but wait no longer than this endpoint's timeout.

        Raises:
            aiohttp.ClientError: if there is no server, no answer in time, or an error as answer.
        """
        kwargs["timeout"] = aiohttp.ClientTimeout(total=self._timeout)
        try:
            return await self._send(*args, **kwargs)
        except asyncio.TimeoutError as error:
            raise aiohttp.ServerTimeoutError(
                f"no answer from {self.url} within {self._timeout:g} seconds"
            ) from error

    def session(self) -> AbstractAsyncContextManager[aiohttp.ClientSession]:
        """Return the open session; leaving the context leaves it open."""
        loop = asyncio.get_running_loop()
        session = self._sessions.get(loop)
        if session is None:
            session = self._sessions[loop] = self._new_session()
        return nullcontext(session)

    async def close(self) -> None:
        """Close the connections of the running loop; the next request opens new ones."""
        session = self._sessions.pop(asyncio.get_running_loop(), None)
        if session is not None:
            await session.close()

    async def _send(self, *args: Any, **kwargs: Any) -> Any:
        try:
            return await super().request(*args, **kwargs)
        except (aiohttp.ServerDisconnectedError, aiohttp.ClientOSError):
            # The server was restarted, or hung up at this very moment. A new connection will do.
            return await super().request(*args, **kwargs)

    def _new_session(self) -> aiohttp.ClientSession:
        auth = self.basic_auth
        return aiohttp.ClientSession(
            headers=self.headers,
            auth=aiohttp.BasicAuth(auth["username"], auth["password"]) if auth else None,
            connector=aiohttp.TCPConnector(keepalive_timeout=IDLE_SECONDS),
        )


def _seconds(timeout: float | str) -> float:
    try:
        seconds = float(timeout)
    except ValueError:
        seconds = 0.0
    if not seconds > 0:
        raise SettingsError(
            f"endpoints.yml: action_endpoint has timeout: {timeout!r}; it must be a number of "
            "seconds above 0."
        )
    return seconds
