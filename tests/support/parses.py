"""Parses made by hand, so that the dialogue is tested without NLU."""

from __future__ import annotations

from chatbot.dialogue.focus import Focus
from chatbot.dialogue.parse import Found, Parse
from chatbot.dialogue.question import Question


def said(intent: str, *found: Found, text: str = "some words", sure: float = 0.9) -> Parse:
    """Return a message of an intent that names what was found.

    Args:
        intent: the likeliest intent.
        found: entities.
        text: the message.
        sure: the probability of the intent.
    """
    return Parse(text, ((intent, sure), ("help", (1 - sure) / 2)), found)


def role(*ids: str) -> tuple[Found, ...]:
    """Return roles named in full."""
    return tuple(Found("role", key) for key in ids)


def hint(text: str, *candidates: str) -> Found:
    """Return a name that several roles share."""
    return Found("role_hint", text, candidates=candidates)


def reference(value: str) -> Found:
    """Return a word that points back: it, more, back, both, other, group."""
    return Found("reference", value)


def ordinal(number: int) -> Found:
    """Return "the second one" and the like; -1 is the last."""
    return Found("ordinal", str(number), 0, 4)


def focus_on(topic: str, *roles: str, shown: tuple[str, ...] = ()) -> Focus:
    """Return what is left of an answered question about these roles."""
    return Focus(last=Question(topic, roles=roles), shown=shown or roles)
