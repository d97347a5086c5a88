"""Slack's side: requests signed by slack-sdk, and the API that the bot calls."""

from __future__ import annotations

import itertools
import json
import time
from typing import Any
from urllib.parse import urlencode

import httpx
from slack_sdk.signature import SignatureVerifier

TOKEN = "xoxb-of-the-stand-in"
SECRET = "signing-secret-of-the-stand-in"
BOT = "U0LAN0Z89"
_ids = itertools.count(1000)


def method_of(path: str) -> str:
    return path.rsplit("/", 1)[-1]


def answer(method: str, data: dict[str, Any]) -> dict[str, Any]:
    """Return what Slack answers when all is well."""
    if method == "auth.test":
        return {"ok": True, "user": "jobs", "user_id": BOT, "team": "Sellers", "bot_id": "B1"}
    return {"ok": True, "channel": data.get("channel"), "ts": f"{time.time():.6f}", "message": {}}


def flood(seconds: int) -> tuple[int, Any, dict[str, str]]:
    """Return the answer to too many requests."""
    return 429, {"ok": False, "error": "ratelimited"}, {"Retry-After": str(seconds)}


def failed(error: str) -> tuple[int, Any, dict[str, str]]:
    """Return an error as Slack tells it: with status 200."""
    return 200, {"ok": False, "error": error}, {}


def send(
    http: httpx.Client,
    body: str,
    form: bool = False,
    secret: str = SECRET,
    at: float | None = None,
    **headers: str,
) -> httpx.Response:
    """Deliver a body as Slack does."""
    stamp = str(int(time.time() if at is None else at))
    signature = SignatureVerifier(secret).generate_signature(timestamp=stamp, body=body)
    signed = {
        "X-Slack-Request-Timestamp": stamp,
        "X-Slack-Signature": signature or "",
        "Content-Type": "application/x-www-form-urlencoded"
        if form
        else "application/json; charset=utf-8",
        **headers,
    }
    return http.post("/webhooks/slack/webhook", content=body.encode(), headers=signed)


def stamp() -> str:
    return f"1700000000.{next(_ids):06d}"


def callback(event: dict[str, Any]) -> str:
    """Return an event as Slack wraps it."""
    return json.dumps(
        {
            "token": "x",
            "team_id": "T1",
            "api_app_id": "A1",
            "type": "event_callback",
            "event_id": f"Ev{next(_ids)}",
            "event_time": 1700000000,
            "authorizations": [{"team_id": "T1", "user_id": BOT, "is_bot": True}],
            "event": event,
        },
        ensure_ascii=False,
    )


def direct(text: str | None, user: str = "U7", **more: Any) -> dict[str, Any]:
    """Return a direct message to the bot."""
    event = {"type": "message", "channel": f"D{user}", "user": user, "ts": stamp()}
    return {**event, "channel_type": "im", **({} if text is None else {"text": text}), **more}


def mention(text: str, user: str = "U7", **more: Any) -> dict[str, Any]:
    """Return a message in a channel that names the bot."""
    event = {"type": "app_mention", "channel": "C1", "user": user, "ts": stamp()}
    return {**event, "text": f"<@{BOT}> {text}", **more}


def changed(event: dict[str, Any], text: str) -> dict[str, Any]:
    """Return the event that says that a direct message now has another text."""
    old = {key: event[key] for key in ("type", "user", "text", "ts")}
    return {
        "type": "message",
        "subtype": "message_changed",
        "hidden": True,
        "channel": event["channel"],
        "channel_type": "im",
        "ts": stamp(),
        "message": {**old, "text": text, "edited": {"user": event["user"], "ts": stamp()}},
        "previous_message": old,
    }


def pressed(sent: dict[str, Any], number: int, user: str = "U7") -> str:
    """Return the press of a button of a message that the bot has sent."""
    blocks = sent["blocks"] if isinstance(sent["blocks"], list) else json.loads(sent["blocks"])
    buttons = [e for block in blocks for e in block.get("elements", ()) if e["type"] == "button"]
    payload = {
        "type": "block_actions",
        "user": {"id": user},
        "channel": {"id": sent["channel"]},
        "message": {"type": "message", "ts": stamp(), "blocks": blocks},
        "actions": [{**buttons[number], "action_ts": stamp(), "block_id": "b"}],
    }
    return urlencode({"payload": json.dumps(payload)})
