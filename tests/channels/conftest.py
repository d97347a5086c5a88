"""Fixtures of the tests of channels; some use the small bot of the commands."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from loopback import FakeAgent, Loop, Platform, Served
from rasa.core.channels.channel import InputChannel

from chatbot.channels.messaging import delivery
from chatbot.channels.messaging.delivery import Patience
from tests.cli.conftest import trained_small_bot

__all__ = ["trained_small_bot"]


@pytest.fixture(scope="session")
def loop() -> Iterator[Loop]:
    running = Loop()
    yield running
    running.stop()


@pytest.fixture(autouse=True)
def _quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Try again soon, so that the tests are quick; what a platform asks for is kept to."""
    monkeypatch.setattr(delivery, "PATIENCE", Patience(first=0.02, longest=0.2, total=3.0))


@pytest.fixture
def agent() -> FakeAgent:
    return FakeAgent()


@pytest.fixture
def serve(loop: Loop, agent: FakeAgent) -> Iterator[Callable[[InputChannel], Served]]:
    """Serve channels until the end of the test."""
    running: list[Served] = []

    def start(channel: InputChannel) -> Served:
        running.append(Served(loop, channel, agent))
        return running[-1]

    yield start
    for served in running:
        served.stop()


@pytest.fixture
def stand_in(loop: Loop) -> Iterator[Callable[..., Platform]]:
    """Start stand-ins of platforms, until the end of the test."""
    running: list[Platform] = []

    def start(*arguments: object) -> Platform:
        running.append(Platform(loop, *arguments))  # type: ignore[arg-type]
        running[-1].start()
        return running[-1]

    yield start
    for platform in running:
        platform.stop()
