"""Which sites' pages may use the web channel (CORS, as the Fetch standard defines it)."""

from __future__ import annotations

from collections.abc import Collection

from chatbot.channels.website.refusal import RefusedError

_DEFAULT_PORTS = {"http": ":80", "https": ":443"}
# How long a browser need not ask again, in seconds.
_MAX_AGE = "600"


def check(origin: str | None, host: str, scheme: str, allowed: Collection[str]) -> None:
    """Refuse a request from a page of another site, unless that site is allowed.

    Args:
        origin: the header `Origin`; browsers leave it out where the page is of the same origin,
            and programs that are no browsers leave it out or lie, so this protects people only.
        host: the header `Host`.
        scheme: how the browser reached this server, as far as is known.
        allowed: origins, compared whole.

    Raises:
        RefusedError: it is another site that is not allowed.
    """
    if origin is None or origin in allowed or same(origin, host, scheme):
        return
    raise RefusedError("origin", f"{origin[:100]!r} is not in CHATBOT_ALLOWED_ORIGINS")


def same(origin: str, host: str, scheme: str) -> bool:
    """Tell whether an origin is this server's own.

    A page got over TLS whose host is ours is ours too: then TLS ends in front of this server, which
    was not told so.
    """
    found, _, place = origin.partition("://")
    if found not in (scheme, "https"):
        return False
    usual = _DEFAULT_PORTS.get(found, "")
    return bool(place) and place.removesuffix(usual) == host.lower().removesuffix(usual)


def headers(origin: str | None) -> dict[str, str]:
    """Return the headers that let a page of an origin that was checked read the response."""
    if origin is None:
        return {"Vary": "Origin"}
    return {
        "Vary": "Origin",
        "Access-Control-Allow-Origin": origin,
        "Access-Control-Expose-Headers": "Retry-After",
    }


def preflight(origin: str | None) -> dict[str, str]:
    """Return the headers with which a browser is told what it may send."""
    return {
        **headers(origin),
        "Access-Control-Allow-Methods": "GET, POST",
        "Access-Control-Allow-Headers": "Authorization, Content-Type",
        "Access-Control-Max-Age": _MAX_AGE,
    }
