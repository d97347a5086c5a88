"""What every request to the web channel passes: origin, rate, token; and how it is refused."""

from __future__ import annotations

import logging
from collections.abc import Callable, Coroutine
from dataclasses import dataclass
from typing import Any

from sanic import response
from sanic.request import Request
from sanic.response import HTTPResponse

from chatbot.channels.website import body, origins
from chatbot.channels.website.addresses import bucket_key, caller, scheme
from chatbot.channels.website.limits import Buckets
from chatbot.channels.website.options import BURST, Options
from chatbot.channels.website.refusal import RefusalLog, RefusedError, language_of
from chatbot.channels.website.session import Session, Sessions
from chatbot.settings import Settings

BEARER = "Bearer "
# Anything that is no message costs little: so many times as much of it may be asked for.
OTHER_REQUESTS = 5
NO_STORE = {"Cache-Control": "no-store", "Cross-Origin-Resource-Policy": "same-origin"}

logger = logging.getLogger(__name__)


@dataclass
class Visit:
    """A request on its way through the channel.

    Attributes:
        request: as it came.
        address: of the caller.
        origin: of the page it comes from, if a browser said so.
        language: of what the person is told.
        session: whose conversation it belongs to, once that is known.
    """

    request: Request
    address: str
    origin: str | None
    language: str
    session: Session | None = None

    @property
    def headers(self) -> dict[str, str]:
        """Headers of every response to it."""
        return {**NO_STORE, **origins.headers(self.origin)}

    def json(self, content: Any) -> HTTPResponse:
        """Return a response."""
        return response.json(content, headers=self.headers)


Response = Coroutine[Any, Any, HTTPResponse | None]
Handler = Callable[[Visit], Response]


class Gate:
    """Lets through what is in order.

    Args:
        settings: allowed origins, trusted proxies.
        options: how much people may ask for.
        sessions: read the tokens.
    """

    def __init__(self, settings: Settings, options: Options, sessions: Sessions) -> None:
        self._settings, self._sessions = settings, sessions
        self._log = RefusalLog()
        of_session, of_address = options.messages_per_minute, options.address_messages_per_minute
        self._by_session = Buckets(of_session, max(1, of_session // BURST))
        self._by_address = Buckets(of_address, max(1, of_address // BURST))
        others = of_address * OTHER_REQUESTS
        self._others = Buckets(others, max(1, others // BURST))

    def guarded(self, handler: Handler) -> Callable[[Request], Response]:
        """Return a handler for Sanic around one of the channel."""

        async def handle(request: Request) -> HTTPResponse | None:
            visit = self._visit(request)
            try:
                return await self._admit(visit, handler)
            except RefusedError as refused:
                return self._refusal(visit, refused)
            except Exception:
                logger.exception("%s failed", request.path)
                return self._refusal(visit, RefusedError("unavailable", "a failure"))

        return handle

    def session(self, visit: Visit) -> Session:
        """Return whose conversation a request belongs to.

        Raises:
            RefusedError: it has no token, or one that is not ours or has expired.
        """
        header = visit.request.headers.get("authorization", "")
        if not header.startswith(BEARER):
            raise RefusedError("no_session", "no token")
        visit.session = self._sessions.read(header.removeprefix(BEARER).strip())
        visit.language = visit.session.language
        return visit.session

    def count_message(self, session: Session, address: str) -> None:
        """Count a message of a session.

        Raises:
            RefusedError: too_many of the session or its address.
        """
        key = bucket_key(address)
        _refuse_after(self._by_address.take(key), "messages of an address")
        _refuse_after(self._by_session.take(session.sender), "messages of a session")

    async def _admit(self, visit: Visit, handler: Handler) -> HTTPResponse | None:
        request, proxies = visit.request, self._settings.trusted_proxies
        origins.check(
            visit.origin,
            request.headers.get("host", ""),
            scheme(request, proxies),
            self._settings.allowed_origins,
        )
        if request.method == "OPTIONS":
            return response.empty(headers=origins.preflight(visit.origin))
        _refuse_after(self._others.take(bucket_key(visit.address)), "requests of an address")
        return await handler(visit)

    def _visit(self, request: Request) -> Visit:
        return Visit(
            request=request,
            address=caller(request, self._settings.trusted_proxies),
            origin=request.headers.get("origin"),
            language=language_of(request.headers.get("accept-language")),
        )

    def _refusal(self, visit: Visit, refused: RefusedError) -> HTTPResponse | None:
        self._log.note(refused, visit.address)
        if visit.request.responded:
            return None
        body.drain(visit.request)
        # A site that may not use the channel may not read why, either.
        seen = {} if refused.code == "origin" else visit.headers
        return response.json(
            refused.body(visit.language),
            status=refused.status,
            headers={**seen, **refused.headers},
        )


def _refuse_after(wait: float, what: str) -> None:
    if wait:
        raise RefusedError("too_many", what, retry_after=wait)
