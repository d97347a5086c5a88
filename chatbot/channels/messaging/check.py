"""Looks for what keeps a messaging channel from working, and says it in words."""

from __future__ import annotations

import asyncio
import ipaddress
import time
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from email.utils import parsedate_to_datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import aiohttp

from chatbot.channels.messaging import accounts
from chatbot.errors import SettingsError
from chatbot.settings import PUBLIC_URL

TIMEOUT_SECONDS = 10.0
# A clock that is further off has signed messages refused before long.
MOST_SKEW_SECONDS = 60.0
CLASSES = {
    "telegram": "chatbot.channels.telegram.TelegramInput",
    "slack": "chatbot.channels.slack.SlackInput",
    "wechat": "chatbot.channels.wechat.WeChatInput",
}
ACCOUNTS: Mapping[str, Callable[[Mapping[str, str]], Any]] = {
    "telegram": accounts.telegram,
    "slack": accounts.slack,
    "wechat": accounts.wechat,
}


@dataclass(frozen=True)
class Finding:
    """Something that was looked at.

    Args:
        good: whether it is as it must be; None: it could not be told, or is only a hint.
        text: what it is, and how to mend it.
    """

    good: bool | None
    text: str


def good(text: str) -> Finding:
    """Return something that is in order."""
    return Finding(True, text)


def bad(text: str) -> Finding:
    """Return something that must be mended."""
    return Finding(False, text)


def hint(text: str) -> Finding:
    """Return something that the owner should look at."""
    return Finding(None, text)


def check_settings(channel: str, credentials: Path) -> tuple[Any, list[Finding]]:
    """Return the account of a channel (None if it cannot be used) and what was found.

    Args:
        channel: a key of ACCOUNTS.
        credentials: the file credentials.yml.
    """
    values = accounts.given(channel)
    try:
        account = ACCOUNTS[channel](values)
    except SettingsError as error:
        return None, [bad(str(error))]
    if account is None:
        wanted = " and ".join(accounts.missing(channel, values))
        return None, [
            bad(f"off: set {wanted} to switch it on; docs/channels/{channel}.md tells how")
        ]
    found = [good(f"set: {', '.join(values)}")]
    if not is_listed(channel, credentials):
        found.append(bad(f"{credentials} does not name it; add the line `{CLASSES[channel]}:`"))
    return account, found


def is_listed(channel: str, credentials: Path) -> bool:
    """Tell whether credentials.yml names a channel."""
    if not credentials.is_file():
        return False
    lines = credentials.read_text("utf-8").splitlines()
    return any(line.strip().startswith(f"{CLASSES[channel]}:") for line in lines)


async def check_address(
    channel: str, public_url: str, ports: tuple[int, ...] = ()
) -> list[Finding]:
    """Return whether the platform can reach the server.

    Args:
        channel: whose address is asked.
        public_url: as set.
        ports: that the platform calls; empty: any.
    """
    if not public_url:
        return [hint(f"{PUBLIC_URL} is not set, so nobody knows whether the server can be reached")]
    parts, found = urlsplit(public_url), []
    if parts.scheme != "https":
        found.append(bad(f"{PUBLIC_URL}={public_url}: platforms call https addresses only"))
    if is_local(parts.hostname or ""):
        found.append(bad(f"{PUBLIC_URL}={public_url}: only this machine or network can reach that"))
    if ports and (parts.port or 443) not in ports:
        allowed = ", ".join(map(str, ports))
        found.append(bad(f"{PUBLIC_URL}={public_url}: only these ports are called: {allowed}"))
    return [*found, await _check_server(channel, public_url)]


async def check_clock(api_url: str) -> list[Finding]:
    """Return whether this machine's clock agrees with the platform's."""
    try:
        _, headers, _ = await fetch(f"{api_url}/")
    except OSError as error:
        return [bad(f"{api_url} cannot be reached from here: {error}")]
    try:
        skew = time.time() - parsedate_to_datetime(headers["Date"]).timestamp()
    except (KeyError, TypeError, ValueError):
        return [hint(f"{api_url} does not tell the time, so the clock was not compared")]
    if abs(skew) > MOST_SKEW_SECONDS:
        way = "ahead" if skew > 0 else "behind"
        return [bad(f"this machine's clock is {abs(skew):.0f} s {way}; let it be set by NTP")]
    return [good("this machine's clock is right")]


async def fetch(
    url: str, content: bytes | None = None, headers: Mapping[str, str] | None = None
) -> tuple[int, Mapping[str, str], str]:
    """Return status, headers and text of an address; with content, it is posted there.

    Raises:
        OSError: nothing answers there.
    """
    timeout = aiohttp.ClientTimeout(total=TIMEOUT_SECONDS)
    method = "GET" if content is None else "POST"
    try:
        async with (
            aiohttp.ClientSession(timeout=timeout) as session,
            session.request(method, url, data=content, headers=headers) as answer,
        ):
            return answer.status, answer.headers, await answer.text(errors="replace")
    except asyncio.TimeoutError as error:
        raise OSError(f"no answer within {TIMEOUT_SECONDS:g} s") from error
    except aiohttp.ClientError as error:
        raise OSError(str(error)) from error


async def check_signature(probe: Awaitable[tuple[int, Any, str]], echo: str, names: str) -> Finding:
    """Return whether the running server takes what is signed with the settings here.

    Args:
        probe: a signed request to it.
        echo: what it answers if it believes the signature.
        names: variables that it must share with this command.
    """
    try:
        status, _, text = await probe
    except OSError as error:
        return hint(f"the signature could not be tried: {error}")
    if status == 200 and text.strip() == echo:
        return good("the running server takes signed messages")
    return bad(
        f"the running server refuses what is signed with {names} (status {status}): it was started "
        "with other values, or its clock is wrong"
    )


def is_local(host: str) -> bool:
    """Tell whether a host is out of reach from the internet, as far as its name tells."""
    try:
        return not ipaddress.ip_address(host).is_global
    except ValueError:
        return host == "localhost" or "." not in host or host.endswith((".local", ".internal"))


async def _check_server(channel: str, public_url: str) -> Finding:
    address = f"{public_url}/webhooks/{channel}/"
    try:
        status, _, text = await fetch(address)
    except OSError as error:
        return bad(
            f"{address}: {error}; is `chatbot serve` running, and does the web server in front of "
            "it pass this address on?"
        )
    if status == 200 and f'"{channel}"' in text:
        return good(f"{public_url} leads to the running server")
    if status == 404:
        return bad(f"{address}: a server answers, but {channel} is off there; start it again")
    return bad(f"{address}: status {status}; another server than the bot's seems to answer")
