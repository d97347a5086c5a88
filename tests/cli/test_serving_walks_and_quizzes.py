"""A walk through a process and a quiz with the real bot: Rasa, the action server and REST."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from tests.cli.command import Chatbot, Server


@pytest.fixture(scope="module")
def server(trained_project: Any) -> Iterator[Server]:
    with Chatbot(trained_project).serve("--enable-api") as running:
        yield running


def answered(server: Server, sender: str) -> dict[str, Any]:
    slots = server.get(f"/conversations/{sender}/tracker").json()["slots"]
    return dict(slots["answered"])


def test_a_walk_through_a_process(server: Server) -> None:
    [first] = server.ask("walk me through a return one step at a time", "walker")
    assert "step 1 of 10" in first
    [second] = server.ask("next", "walker")
    assert "step 2 of 10" in second
    server.ask("hello", "walker")
    [fifth] = server.ask("who does step 5?", "walker")
    assert "warehouse manager" in fifth
    assert answered(server, "walker") == {
        "topic": "process",
        "roles": ["warehouse-manager"],
        "group": None,
        "skill": None,
        "term": "return-or-complaint",
    }
    for _ in range(7):  # further back than the conversation is kept
        server.ask("thanks", "walker")
    [sixth] = server.ask("and then?", "walker")
    assert "step 6 of 10" in sixth


def test_a_quiz(server: Server) -> None:
    [first] = server.ask("quiz me", "player")
    assert "Question 1 of 5" in first
    assert answered(server, "player")["topic"] == "quiz"
    [between] = server.ask("what does a data analyst do?", "player")
    assert "quiz waits" in between
    [judged] = server.ask("b", "player")
    assert judged.startswith(("Right", "Not quite"))
    assert "Question 2 of 5" in judged
    assert len(answered(server, "player")["roles"]) == 1
    [end] = server.ask("stop the quiz", "player")
    assert "of 1 right" in end
    [other] = server.ask("quiz me", "somebody else")
    assert other != first
