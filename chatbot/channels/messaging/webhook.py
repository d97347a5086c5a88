"""What the web servers of the messaging channels have in common."""

from __future__ import annotations

from typing import Any

from sanic import Blueprint, response
from sanic.request import Request
from sanic.response import HTTPResponse

from chatbot.channels.messaging.desk import Desk
from chatbot.errors import SettingsError

# Bytes of a delivery; the platforms send a few thousand.
LARGEST = 1_000_000


def closed(name: str) -> Blueprint:
    """Return the web server of a channel that is off: it has no addresses."""
    return Blueprint(f"{name}_off")


def opened(name: str, desk: Desk) -> Blueprint:
    """Return the web server of a channel, with the address that tells whether it is up.

    Args:
        name: of the channel.
        desk: closed when the server stops.
    """
    blueprint = Blueprint(f"{name}_webhook")

    @blueprint.route("/", methods=["GET"])
    async def health(_: Request) -> HTTPResponse:
        return response.json({"status": "ok", "channel": name})

    @blueprint.listener("before_server_stop")
    async def close(*_: Any) -> None:
        await desk.close()

    return blueprint


def done(text: str = "") -> HTTPResponse:
    """Return "received": the platform shall not send it again."""
    return response.text(text)


def refused(reason: str) -> HTTPResponse:
    """Return "not from the platform"; the reason says nothing that helps to forge."""
    return response.text(reason, status=403)


def unreadable(request: Request) -> HTTPResponse | None:
    """Return a refusal if a delivery is too large to be one, or None."""
    return response.text("too large", status=413) if len(request.body) > LARGEST else None


def busy() -> HTTPResponse:
    """Return "come again later"."""
    return response.text("busy", status=503, headers={"Retry-After": "5"})


def no_credentials(channel: str, credentials: Any) -> None:
    """Refuse settings in credentials.yml, which are not read there.

    Raises:
        SettingsError: there are some.
    """
    if credentials:
        raise SettingsError(
            f"credentials.yml: the settings of {channel} are environment variables "
            f"(docs/channels/{channel}.md); leave its entry empty"
        )
