"""The web server that the channels share, and what of it is open to the world."""

from __future__ import annotations

import ipaddress
from collections.abc import Iterable, Sequence
from typing import Any

from rasa.core import constants
from rasa.core import run as rasa_run
from rasa.core.channels.channel import InputChannel
from rasa.core.utils import AvailableEndpoints
from sanic import Sanic
from sanic.request import Request
from sanic.response import HTTPResponse

# No channel takes as much; Rasa's HTTP API may.
LARGEST_BODY = 1_000_000
# What every response says unless it says something else itself.
HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    # No response is a page that does anything; pictures carry their style.
    "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'; img-src data:; "
    "frame-ancestors 'none'",
}
_NO_TLS = (
    "the bot listens to other machines without TLS; put a proxy in front of it (docs/deploy.md)"
)
_API = (
    "--enable-api lets everybody who reaches this machine read all conversations and replace the "
    "model"
)


def create(endpoints: AvailableEndpoints, enable_api: bool) -> Sanic:
    """Return a server without channels.

    Args:
        endpoints: for Rasa's HTTP API.
        enable_api: whether that API is served. If not, nothing of Rasa's is reachable: no greeting
            with its version, and not its handling of CORS, which answers for the channels and whose
            patterns also match the ends of longer origins.
    """
    if enable_api:
        app = rasa_run.configure_app(enable_api=True, endpoints=endpoints)
        # A channel's own page may stand there.
        app.router.static_routes.pop(("",), None)
        app.register_listener(_let_channels_answer_first, "before_server_start")
    else:
        app = Sanic("chatbot", configure_logging=False)
        app.config.KEEP_ALIVE_TIMEOUT = constants.DEFAULT_KEEP_ALIVE_TIMEOUT
        app.config.REQUEST_MAX_SIZE = LARGEST_BODY
    app.config.FALLBACK_ERROR_FORMAT = "json"
    app.register_middleware(_add_headers, "response")
    return app


def register_at_root(channels: Iterable[InputChannel], app: Sanic) -> None:
    """Serve the paths that channels want at the root, not below /webhooks/.

    A channel has some if it has a method `root_blueprint()`, which returns a Sanic blueprint.
    """
    for channel in channels:
        make = getattr(channel, "root_blueprint", None)
        if make is not None:
            app.blueprint(make())


def announcements(channels: Iterable[InputChannel], url: str) -> Sequence[str]:
    """Return what channels have to say to whom starts the server.

    A channel has something to say if it has a method `announcement(url)`, which returns text.

    Args:
        url: of the server on this machine.
    """
    makers: Iterable[Any] = (getattr(channel, "announcement", None) for channel in channels)
    return [make(url) for make in makers if make is not None]


def exposures(channels: Iterable[InputChannel], host: str, enable_api: bool) -> Sequence[str]:
    """Return what somebody should know before this machine is opened to others.

    A channel has something to say if it has an attribute `exposure`, a text.

    Args:
        channels: that are served.
        host: the address that is listened on; a loopback address opens nothing.
        enable_api: whether Rasa's HTTP API is served.
    """
    if ipaddress.ip_address(host).is_loopback:
        return []
    said = [getattr(channel, "exposure", "") for channel in channels]
    return [_NO_TLS, *filter(None, said), *([_API] if enable_api else [])]


async def _add_headers(request: Request, response: HTTPResponse) -> None:
    for name, value in HEADERS.items():
        response.headers.setdefault(name, value)


async def _let_channels_answer_first(app: Sanic, _: Any) -> None:
    """Put our look at requests before Rasa's handling of CORS, which is put in place at start."""
    app.request_middleware.appendleft(_answer_preflight)


async def _answer_preflight(request: Request) -> HTTPResponse | None:
    """Let a channel that knows the method OPTIONS answer it."""
    route = request.route
    if request.method == "OPTIONS" and route is not None and "OPTIONS" in route.methods:
        return await route.handler(request)
    return None
