"""Read what a request sends, no more of it than is wanted."""

from __future__ import annotations

import json
from typing import Any

from chatbot.channels.website.refusal import RefusedError

LARGEST = 16_384
# Whoever sends too much reads our answer only after all was taken from them; up to this much is.
_DRAINED = 8_000_000


async def read_object(request: Any) -> dict[str, Any]:
    """Return the JSON object that a request sends; nothing at all counts as an empty one.

    Args:
        request: of a handler that was registered with `stream=True`, so that its body is unread.

    Raises:
        RefusedError: too_large, or bad_request if it is no JSON object.
    """
    declared = request.headers.get("content-length", "0")
    if not declared.isdecimal():
        raise RefusedError("bad_request", "the length of the body is no number")
    if int(declared) > LARGEST:
        raise _too_large(request)
    try:
        body = await _read(request)
        content = json.loads(body) if body else {}
    except (ValueError, RecursionError):
        raise RefusedError("bad_request", "the body is no JSON") from None
    if not isinstance(content, dict):
        raise RefusedError("bad_request", "the body is no JSON object")
    return content


def drain(request: Any) -> None:
    """Have the server take, after the answer, what a request still sends, but not without end."""
    request.stream.request_max_size = _DRAINED
    if request.stream.request_body:
        request.stream.keep_alive = False


async def _read(request: Any) -> bytes:
    body = bytearray()
    async for part in request.stream:
        body += part
        if len(body) > LARGEST:
            raise _too_large(request)
    return bytes(body)


def _too_large(request: Any) -> RefusedError:
    return RefusedError("too_large", f"a body of more than {LARGEST} bytes")
