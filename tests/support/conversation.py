"""A conversation with the bot in this process: the trained pipeline and all below Rasa."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from chatbot import bot
from chatbot.dialogue.focus import Focus
from chatbot.dialogue.question import Question


@dataclass(frozen=True)
class Turn:
    """What the bot said and what it took the message for.

    Args:
        text: what it said.
        quick_replies: the next questions it offers.
        answered: the slot `answered`.
        focus: the slot `focus`, read.
    """

    text: str
    quick_replies: tuple[str, ...]
    answered: Mapping[str, Any]
    focus: Focus

    @property
    def topic(self) -> str:
        """What the reply was about."""
        return str(self.answered["topic"])

    @property
    def roles(self) -> list[str]:
        """The roles it was about."""
        return list(self.answered["roles"])

    @property
    def things(self) -> set[tuple[str, str]]:
        """Kind and id of the terms, tools, skills ... it was about."""
        last = self.focus.last or Question("")
        return {(thing.kind, thing.id) for thing in last.things}


class Conversation:
    """Talks to the bot and keeps its slots: `talk("What does a buyer do?").text`.

    Args:
        parse: what understands a message.
        channel: for which the replies are worded.
    """

    def __init__(self, parse: Callable[[str], Mapping[str, Any]], channel: str = "") -> None:
        self._parse = parse
        self._channel = channel
        self.slots: dict[str, Any] = {}

    def __call__(self, text: str) -> Turn:
        """Say something and return what the bot makes of it."""
        reply = bot.reply(self._parse(text), self.slots, self._channel)
        self.slots = {**self.slots, **reply.slots}
        focus = Focus.from_dict(self.slots[bot.FOCUS])
        return Turn(reply.text, reply.quick_replies, reply.slots[bot.ANSWERED], focus)
