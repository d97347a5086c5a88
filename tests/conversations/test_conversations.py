"""Whole conversations, kept as data beside this file.

A file holds `name`, and `turns`: what the person says (`user`) and what is expected of the reply,
namely `topic`, `roles`, `group`, `skill`, `term` of the slot `answered`, phrases that it `says` and
phrases that it must `never` hold. What is left out is not checked.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from chatbot.dialogue import topics
from chatbot.knowledge.base import KnowledgeBase
from chatbot.wording.render import LONGEST, LONGEST_DETAIL
from tests.support.conversation import Conversation, Turn

FILES = sorted(Path(__file__).parent.glob("*.yml"))
_SLOTS = ("topic", "roles", "group", "skill", "term")
_KEYS = {"user", "says", "never", *_SLOTS}

each_file = pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)


def read(file: Path) -> dict[str, Any]:
    return dict(yaml.safe_load(file.read_text("utf-8")))


def differences(turn: Turn, wanted: dict[str, Any]) -> list[str]:
    """Return what is wrong with a reply, one line each."""
    text = turn.text.lower()
    wrong = [
        f"{slot} is {turn.answered[slot]!r}, not {wanted[slot]!r}"
        for slot in _SLOTS
        if slot in wanted and turn.answered[slot] != wanted[slot]
    ]
    wrong += [f"does not say {p!r}" for p in wanted.get("says", ()) if p.lower() not in text]
    wrong += [f"says {p!r}" for p in wanted.get("never", ()) if p.lower() in text]
    if len(turn.text) > (LONGEST_DETAIL if "more" in wanted["user"] else LONGEST):
        wrong.append(f"has {len(turn.text)} characters")
    return wrong


@each_file
def test_a_conversation(talk: Conversation, file: Path) -> None:
    failed = []
    for number, wanted in enumerate(read(file)["turns"], 1):
        turn = talk(wanted["user"])
        for line in differences(turn, wanted):
            failed.append(f"turn {number} {wanted['user']!r}: {line}")
    assert failed == []


@each_file
def test_a_file_is_well_formed(base: KnowledgeBase, file: Path) -> None:
    content = read(file)
    assert content.keys() == {"name", "turns"}
    for turn in content["turns"]:
        assert turn.keys() <= _KEYS
        assert turn.get("topic", topics.DUTIES) in topics.TOPICS
        assert set(turn.get("roles", ())) <= base.roles.keys()
        assert turn.get("group") in {None, *base.groups}


def test_there_are_fifteen_conversations_or_more() -> None:
    assert len(FILES) >= 15
