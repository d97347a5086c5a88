"""The web channel with an echo for a bot."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.cli.conftest import trained_small_bot  # noqa: F401 - a fixture
from tests.support.fixtures import parser, talk  # noqa: F401 - fixtures
from tests.support.loopback import OTHER_SITE, EchoBot, Visitor, serving, web_channel


@pytest.fixture
def bot() -> EchoBot:
    return EchoBot()


@pytest.fixture
def url(bot: EchoBot, tmp_path: Path) -> Iterator[str]:
    """Return the address of a server that one other site may use."""
    channel = web_channel(tmp_path, allowed_origins=(OTHER_SITE,))
    with serving(channel, bot=bot) as address:
        yield address


@pytest.fixture
def visitor(url: str) -> Visitor:
    """Return somebody with a session."""
    made = Visitor(url)
    made.begin(language="en")
    return made
