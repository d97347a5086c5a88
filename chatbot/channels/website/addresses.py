"""Whose address a request comes from, and what of an address counts."""

from __future__ import annotations

import ipaddress
from collections.abc import Sequence
from typing import Any

from chatbot.settings import Network

Address = ipaddress.IPv4Address | ipaddress.IPv6Address


def caller(request: Any, proxies: Sequence[Network]) -> str:
    """Return the address a request comes from; what proxies say counts if they are trusted.

    Each proxy adds the address of whom it speaks for at the end of X-Forwarded-For, so the last one
    that is no trusted proxy is the caller; what stands before it anybody can have written.
    """
    address = request.ip or ""
    if not proxies or not _trusted(address, proxies):
        return address
    for said in reversed(_forwarded(request)):
        address = said
        if not _trusted(said, proxies):
            break
    return address


def scheme(request: Any, proxies: Sequence[Network]) -> str:
    """Return http or https, whichever the person's browser uses."""
    if proxies and _trusted(request.ip or "", proxies):
        said = request.headers.get("x-forwarded-proto", "").split(",")[-1].strip().lower()
        if said in ("http", "https"):
            return said
    return str(request.scheme)


def parsed(address: str) -> Address | None:
    """Return an address, None for what is none; IPv4 in the clothes of IPv6 is IPv4."""
    try:
        found = ipaddress.ip_address(address)
    except ValueError:
        return None
    return getattr(found, "ipv4_mapped", None) or found


def bucket_key(address: str) -> str:
    """Return what an address is counted as: of IPv6 one home's network, which has many."""
    found = parsed(address)
    if found is None:
        return address
    return str(found) if found.version == 4 else _network(found, 64)


def network_of(address: str) -> str:
    """Return the network of an address without the part that tells people apart, for the log."""
    found = parsed(address)
    if found is None:
        return "unknown"
    if found.is_loopback:
        return str(found)
    return _network(found, 24 if found.version == 4 else 48)


def is_here(address: str) -> bool:
    """Tell whether an address is this machine's own."""
    found = parsed(address)
    return found is not None and found.is_loopback


def _network(address: Address, bits: int) -> str:
    return str(ipaddress.ip_network((address, bits), strict=False))


def _forwarded(request: Any) -> list[str]:
    headers = request.headers.getall("x-forwarded-for", [])
    parts = (part.strip() for header in headers for part in header.split(","))
    return [part for part in parts if parsed(part) is not None]


def _trusted(address: str, proxies: Sequence[Network]) -> bool:
    found = parsed(address)
    return found is not None and any(found in network for network in proxies)
