"""The way from Rasa to the action server: one connection kept open instead of one per message."""

from __future__ import annotations

import asyncio
from types import TracebackType
from typing import Any
from weakref import WeakKeyDictionary

import aiohttp
from rasa.utils.endpoints import EndpointConfig

# Below the five seconds after which the action server hangs up on an idle connection, so that a
# request never meets a connection that is just being closed.
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
        """Return an endpoint with the address, headers and options of the given one."""
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

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Create an endpoint without opening a connection; takes what EndpointConfig takes."""
        super().__init__(*args, **kwargs)
        # A session belongs to the loop it was made in.
        self._sessions: WeakKeyDictionary[asyncio.AbstractEventLoop, aiohttp.ClientSession]
        self._sessions = WeakKeyDictionary()

    async def request(
        self,
        method: str = "post",
        subpath: str | None = None,
        content_type: str | None = "application/json",
        compress: bool = False,
        **kwargs: Any,
    ) -> Any:
        """Send a request as EndpointConfig does, with a timeout in place of Rasa's.

        A request that meets a server just restarted is sent once more.

        Raises:
            aiohttp.ClientError: if there is no server, no answer in time, or an error as answer.
        """
        kwargs["timeout"] = aiohttp.ClientTimeout(total=self._timeout())
        send = super().request
        try:
            return await send(method, subpath, content_type, compress, **kwargs)
        except (aiohttp.ServerDisconnectedError, ConnectionResetError):
            return await send(method, subpath, content_type, compress, **kwargs)
        except asyncio.TimeoutError as error:
            raise aiohttp.ServerTimeoutError(
                f"no answer from {self.url} within {self._timeout():g} seconds"
            ) from error

    def session(self) -> Any:
        """Return the open session as a context manager that leaves it open."""
        loop = asyncio.get_running_loop()
        session = self._sessions.get(loop)
        if session is None or session.closed:
            session = self._sessions[loop] = self._new_session()
        return _Borrowed(session)

    async def close(self) -> None:
        """Close the connections of the running loop; the next request opens new ones."""
        session = self._sessions.pop(asyncio.get_running_loop(), None)
        if session is not None:
            await session.close()

    def _timeout(self) -> float:
        return float(self.kwargs.get("timeout", TIMEOUT_SECONDS))

    def _new_session(self) -> aiohttp.ClientSession:
        auth = self.basic_auth
        return aiohttp.ClientSession(
            headers=self.headers,
            auth=aiohttp.BasicAuth(auth["username"], auth["password"]) if auth else None,
            connector=aiohttp.TCPConnector(keepalive_timeout=IDLE_SECONDS),
        )


class _Borrowed:
    """A session in a `with` statement that does not close it at the end."""

    def __init__(self, session: aiohttp.ClientSession) -> None:
        self._session = session

    async def __aenter__(self) -> aiohttp.ClientSession:
        return self._session

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        return None
