from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.support.conversation import Conversation, Turn
from tests.support.fixtures import base, parser, talk  # noqa: F401
from tests.support.paths import ROOT
from tests.support.understanding import Parser

Ask = Callable[[str], Turn]


@pytest.fixture
def ask(parser: Parser, monkeypatch: pytest.MonkeyPatch) -> Ask:  # noqa: F811
    """Return a function that asks each question in a conversation of its own."""
    monkeypatch.chdir(ROOT)
    return lambda text: Conversation(parser)(text)
