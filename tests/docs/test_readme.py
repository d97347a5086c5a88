"""What the README shows is what the bot says."""

from __future__ import annotations

import re

import pytest

from chatbot.knowledge.base import KnowledgeBase
from tests.support.conversation import Conversation
from tests.support.paths import ROOT

README = (ROOT / "README.md").read_text("utf-8")


def test_every_path_that_it_names_exists() -> None:
    named = set(re.findall(r"`((?:[\w.-]+/)+[\w.-]*|[\w-]+\.(?:yml|md|toml|py))`", README))
    below = {path.name for folder in ("chatbot", "docs") for path in (ROOT / folder).rglob("*")}
    assert named
    assert sorted(p for p in named if not (ROOT / p).exists() and p not in below) == []


@pytest.mark.parametrize("kind", ["role", "handover", "process", "skill", "tool", "term"])
def test_the_numbers_are_those_of_the_knowledge_base(base: KnowledgeBase, kind: str) -> None:
    counts = {name: len(entries) for name, entries in base.by_kind.items()}
    counts["handover"] = len(base.handovers)
    told = re.search(rf"(\d+)\s+{kind}(?:e?s)\b", README)
    assert told, f"the README does not say how many {kind} entries there are"
    assert int(told[1]) == counts[kind]


def test_every_link_to_a_file_leads_somewhere() -> None:
    links = re.findall(r"\]\((?!https?:|#)([^)#]+)", README)
    assert [link for link in links if not (ROOT / link).exists()] == []


@pytest.mark.parametrize("talk", ["cmdline"], indirect=True)
def test_the_transcript_is_what_the_bot_says(talk: Conversation) -> None:
    transcript = re.search(r"```\w*\n(Your input.*?)```", README, re.DOTALL)
    assert transcript, "the README shows no transcript"
    turns = re.split(r"^Your input ->\s*", transcript[1], flags=re.MULTILINE)[1:]
    assert turns
    for turn in turns:
        question, *shown = [line for line in turn.splitlines() if line.strip()]
        said = talk(question.strip()).text
        missing = [line for line in shown if line.strip() not in said and line.strip() != "..."]
        assert missing == [], said
