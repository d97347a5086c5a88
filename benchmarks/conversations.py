"""The messages that every system is sent."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import yaml

from chatbot.errors import SettingsError

FILE = Path(__file__).with_name("conversations.yml")


@dataclass(frozen=True)
class Turn:
    """A user message and the topic it asks about."""

    topic: str
    text: str


@dataclass(frozen=True)
class Conversation:
    """Messages of one user in their order."""

    about: str
    turns: tuple[Turn, ...]


def read(path: Path = FILE) -> list[Conversation]:
    """Read the conversations.

    Raises:
        SettingsError: if the file is not a list of conversations with topic and text per turn.
    """
    try:
        raw = yaml.safe_load(path.read_text(encoding="utf-8"))["conversations"]
        return [
            Conversation(entry["about"], tuple(Turn(**turn) for turn in entry["turns"]))
            for entry in raw
        ]
    except (KeyError, TypeError, yaml.YAMLError) as error:
        raise SettingsError(
            f"{path}: {error}; it must hold `conversations:`, each with `about` and `turns`, "
            "each turn with `topic` and `text`"
        ) from error


def all_turns(conversations: Sequence[Conversation]) -> list[Turn]:
    """Return the turns of all conversations, one after the other."""
    return [turn for conversation in conversations for turn in conversation.turns]


def spread(turns: Sequence[Turn], number: int) -> list[Turn]:
    """Return `number` turns taken evenly from all, in their order."""
    return [turns[index * len(turns) // number] for index in range(number)]
