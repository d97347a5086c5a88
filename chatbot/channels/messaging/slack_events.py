"""Reads Slack's events and button presses: who wrote what, and where."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from chatbot.channels.messaging.desk import Heard
from chatbot.channels.messaging.numbered import full
from chatbot.channels.messaging.said import Offer
from chatbot.channels.messaging.tickets import Tickets

# Kinds of messages that a person writes; all others are told by Slack or by apps.
_WRITTEN = frozenset({"", "file_share", "me_message", "thread_broadcast"})
_EDITED = "message_changed"
_DIRECT = "im"
_MARKED = re.compile(r"<([^<>|]*)(?:\|([^<>]*))?>")


@dataclass(frozen=True)
class Place:
    """Where to answer: a Slack channel, and a thread in it or an empty text."""

    channel: str
    thread: str = ""


@dataclass(frozen=True)
class Post:
    """What is to be answered, and where."""

    heard: Heard
    place: Place


def read_event(body: Mapping[str, Any]) -> Post | None:
    """Return what an event asks for, or None if it is no business of the bot's.

    Direct messages and mentions of the bot are answered, and so are corrections of them.

    Args:
        body: what Slack sent, of type `event_callback`.
    """
    event = body.get("event") or {}
    if event.get("type") not in ("message", "app_mention"):
        return None
    direct = event.get("channel_type") == _DIRECT
    if not direct and event["type"] != "app_mention":
        return None
    message = _written(event)
    if message is None or _is_a_machine(message) or not event.get("channel"):
        return None
    edited = event.get("subtype") == _EDITED
    # The same message may come as two events, an edit is one of its own.
    stamp = body.get("event_id") if edited else message.get("ts") or body.get("event_id")
    key = f"{event['channel']}:{stamp}"
    text = plain(message.get("text") or "")
    heard = Heard(key, str(message["user"]), text or None)
    thread = message.get("thread_ts") or ("" if direct else message.get("ts"))
    return Post(heard, Place(str(event["channel"]), str(thread or "")))


def read_press(payload: Mapping[str, Any], tickets: Tickets) -> Post | None:
    """Return the question that a pressed button stands for; None if it stands for none.

    Args:
        payload: what Slack sent, of type `block_actions`.
        tickets: give back what the bot's buttons mean.
    """
    actions = payload.get("actions") or [{}]
    action, user = actions[0], (payload.get("user") or {}).get("id")
    container = payload.get("container") or {}
    channel = (payload.get("channel") or {}).get("id") or container.get("channel_id")
    if action.get("type") != "button" or not action.get("value") or not user or not channel:
        return None
    message = payload.get("message") or {}
    shown = full(_buttons(message), _text(message))
    text = tickets.redeem(str(action["value"]), shown)
    heard = Heard(f"{channel}:{user}:{action.get('action_ts')}", str(user), text)
    return Post(heard, Place(str(channel), str(message.get("thread_ts") or "")))


def plain(text: str) -> str:
    """Return a message as the person sees it: without Slack's marks and without the bot's name."""
    return html.unescape(_MARKED.sub(_unmarked, text)).strip()


def escaped(text: str) -> str:
    """Return a text that Slack shows as it is."""
    return html.escape(text, quote=False)


def _written(event: Mapping[str, Any]) -> Mapping[str, Any] | None:
    subtype = event.get("subtype") or ""
    if subtype in _WRITTEN:
        return event if event.get("user") else None
    if subtype != _EDITED:
        return None
    new, old = event.get("message") or {}, event.get("previous_message") or {}
    changed = new.get("text") != old.get("text")
    # Slack adds the previews of links as edits, too.
    return new if changed and new.get("user") and new.get("text") else None


def _is_a_machine(message: Mapping[str, Any]) -> bool:
    return bool(message.get("bot_id") or message.get("bot_profile") or message.get("hidden"))


def _unmarked(mark: re.Match[str]) -> str:
    target, label = mark[1], mark[2]
    if target.startswith("@"):
        return ""
    return label if label is not None else target.lstrip("#!")


def _text(message: Mapping[str, Any]) -> str:
    blocks = [block for block in message.get("blocks") or () if block.get("type") == "section"]
    return "\n".join(html.unescape(block["text"]["text"]) for block in blocks)


def _buttons(message: Mapping[str, Any]) -> Iterator[Offer]:
    for block in message.get("blocks") or ():
        for element in block.get("elements") or ():
            title = (element.get("text") or {}) if isinstance(element, Mapping) else {}
            if isinstance(title, Mapping) and element.get("type") == "button":
                yield Offer(str(title.get("text", "")), str(element.get("value", "")))
