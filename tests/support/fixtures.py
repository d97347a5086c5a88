"""Fixtures that the conftest.py of each folder brings in; what they return is made once a run."""

from __future__ import annotations

from pathlib import Path

import pytest

from chatbot.knowledge.base import KnowledgeBase
from tests.support.base import knowledge_base
from tests.support.conversation import Conversation
from tests.support.paths import ROOT
from tests.support.understanding import Parser, parser_of


@pytest.fixture(scope="session")
def base() -> KnowledgeBase:
    """Return the knowledge base of the project."""
    return knowledge_base()


@pytest.fixture(scope="session")
def parser(trained_project: Path) -> Parser:
    """Return the trained pipeline of config.yml."""
    return parser_of(trained_project)


@pytest.fixture
def talk(
    parser: Parser, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest
) -> Conversation:
    """Return a new conversation; an indirect parameter names its channel."""
    monkeypatch.chdir(ROOT)  # the settings name the knowledge base relative to the project
    return Conversation(parser, getattr(request, "param", ""))
