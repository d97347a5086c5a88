"""Looks for what keeps the bot from working in Slack."""

from __future__ import annotations

import asyncio
import json
import secrets
import time
from collections.abc import Mapping
from typing import Any

import aiohttp
from slack_sdk.errors import SlackApiError
from slack_sdk.signature import SignatureVerifier
from slack_sdk.web.async_client import AsyncWebClient

from chatbot.channels.messaging.accounts import SLACK_SIGNING_SECRET, SLACK_TOKEN, SlackAccount
from chatbot.channels.messaging.check import (
    TIMEOUT_SECONDS,
    Finding,
    bad,
    check_address,
    check_clock,
    check_signature,
    fetch,
    good,
    hint,
)

# What the bot must be allowed, and for what.
SCOPES = {
    "chat:write": "to answer",
    "im:history": "to read direct messages",
    "app_mentions:read": "to read mentions in channels",
}
_TELLS_NOTHING = {"invalid_auth", "not_authed", "account_inactive", "token_revoked"}
_APP_PAGE = "https://api.slack.com/apps"


async def check(account: SlackAccount) -> list[Finding]:
    """Return what was found about an app; calls Slack, changes nothing there."""
    found = [*await _check_token(account), *await check_clock(account.api_url)]
    found += await check_address("slack", account.public_url)
    if account.public_url:
        found.append(await check_signature(*_probe(account), names=SLACK_SIGNING_SECRET))
        found.append(
            hint(
                f"only Slack's page {_APP_PAGE} shows whether it calls {account.webhook}: it must "
                "stand there under Event Subscriptions and under Interactivity"
            )
        )
    return found


async def _check_token(account: SlackAccount) -> list[Finding]:
    if not account.token.startswith("xoxb-"):
        return [bad(f"{SLACK_TOKEN} must be the Bot User OAuth Token, which begins with xoxb-")]
    client = AsyncWebClient(account.token, base_url=account.api_url, timeout=int(TIMEOUT_SECONDS))
    try:
        answer = await client.auth_test()
    except SlackApiError as error:
        return [_refusal(error)]
    except (aiohttp.ClientError, asyncio.TimeoutError) as error:
        return [bad(f"{account.api_url} cannot be reached from here: {type(error).__name__}")]
    found = [good(f"the token is that of @{answer.get('user')} in {answer.get('team')}")]
    return [*found, *_missing_scopes(answer.headers)]


def _refusal(error: SlackApiError) -> Finding:
    data = getattr(error.response, "data", None)
    code = str(data.get("error", "")) if isinstance(data, dict) else ""
    if code in _TELLS_NOTHING:
        return bad(
            f"Slack refuses the token ({code}); copy the Bot User OAuth Token from {_APP_PAGE}, "
            "OAuth & Permissions"
        )
    return bad(f"Slack does not answer as it should: {code or 'no known error'}")


def _missing_scopes(headers: Mapping[str, Any]) -> list[Finding]:
    told = {str(name).lower(): str(value) for name, value in headers.items()}
    if "x-oauth-scopes" not in told:
        return [hint("Slack does not say what the app is allowed")]
    allowed = {scope.strip() for scope in told["x-oauth-scopes"].split(",")}
    missing = [f"{scope} ({why})" for scope, why in SCOPES.items() if scope not in allowed]
    if missing:
        where = f"add it at {_APP_PAGE}, OAuth & Permissions, and install the app again"
        return [bad(f"the app lacks {', '.join(missing)}; {where}")]
    return [good("the app is allowed what it needs")]


def _probe(account: SlackAccount) -> tuple[Any, str]:
    """Return a signed request to the running server, and what it answers."""
    echo, stamp = secrets.token_hex(8), str(int(time.time()))
    body = json.dumps({"type": "url_verification", "challenge": echo})
    verifier = SignatureVerifier(account.signing_secret)
    signature = verifier.generate_signature(timestamp=stamp, body=body) or ""
    headers = {
        "Content-Type": "application/json",
        "X-Slack-Request-Timestamp": stamp,
        "X-Slack-Signature": signature,
    }
    return fetch(account.webhook, body.encode(), headers), echo
