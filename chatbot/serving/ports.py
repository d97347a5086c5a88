"""Take a port before anything slow starts, and keep it."""

from __future__ import annotations

import errno
import socket

from chatbot.errors import ServiceError

BACKLOG = 128
_REASONS = {
    errno.EADDRINUSE: "another program uses it already; stop that program or choose another port",
    errno.EACCES: "this user may not use it; choose a port above 1023",
    errno.EADDRNOTAVAIL: "this machine has no such address; use 127.0.0.1, or 0.0.0.0 for all",
}


def claim(host: str, port: int, option: str) -> socket.socket:
    """Return a listening socket on `host` and `port`; port 0 takes any free one.

    Callers are queued from this moment on, so that nobody who comes early is turned away.

    Args:
        host: name or address of this machine.
        port: 0 to 65535.
        option: the command line option that sets the port, for the error message.

    Raises:
        ServiceError: the port cannot be had; the message says why and names the option.
    """
    family, address = _resolve(host, port)
    claimed = socket.socket(family, socket.SOCK_STREAM)
    try:
        claimed.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        claimed.bind(address)
        claimed.listen(BACKLOG)
    except OSError as error:
        claimed.close()
        reason = _REASONS.get(error.errno or 0, error.strerror)
        raise ServiceError(f"port {port} on {host} cannot be used: {reason} ({option})") from error
    return claimed


def url(claimed: socket.socket) -> str:
    """Return the address under which this machine reaches the socket, such as http://[::1]:5005."""
    host, port = claimed.getsockname()[:2]
    host = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"


def _resolve(host: str, port: int) -> tuple[int, tuple[str, int]]:
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (socket.gaierror, UnicodeError) as error:
        raise ServiceError(
            f"host {host!r} is not known; use 127.0.0.1, or 0.0.0.0 for all addresses (--host)"
        ) from error
    return found[0][0], found[0][4][:2]  # type: ignore[return-value]
