"""The interview as Rasa runs it: rules, form, window of turns, and an action server that dies."""

from __future__ import annotations

import asyncio
import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from chatbot.settings import prepare_for_rasa
from tests.support.paths import ROOT

FORM = "interview_form"


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class ActionServer:
    """The project's own action server."""

    def __init__(self, folder: Path) -> None:
        self.port = free_port()
        self._folder = folder
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        command = [sys.executable, "-m", "rasa_sdk", "--actions", "actions"]
        self._process = subprocess.Popen(
            [*command, "--port", str(self.port)],
            cwd=self._folder,
            env={**os.environ, "SANIC_HOST": "127.0.0.1", "PYTHONPATH": str(ROOT)},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        deadline = time.monotonic() + 60
        while not self._healthy():
            assert time.monotonic() < deadline, "the action server did not come up"
            time.sleep(0.05)

    def kill(self) -> None:
        if self._process is not None:
            self._process.kill()
            self._process.wait()
            self._process = None

    def _healthy(self) -> bool:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{self.port}/health", timeout=1):
                return True
        except OSError:
            return False


class Bot:
    """The trained bot, served without HTTP in one event loop."""

    def __init__(self, folder: Path, port: int, turns: int) -> None:
        from rasa.core.agent import Agent
        from rasa.shared.core.domain import Domain

        from chatbot.core.action_endpoint import KeepAliveEndpoint
        from chatbot.core.processor import FrugalProcessor
        from chatbot.core.tracker_store import WindowedTrackerStore

        self._loop = asyncio.new_event_loop()
        self._endpoint = KeepAliveEndpoint(f"http://127.0.0.1:{port}/webhook")
        self.agent = Agent.load(
            str(max((folder / "models").glob("*.tar.gz"))),
            tracker_store=WindowedTrackerStore(Domain.empty(), turns=turns),
            action_endpoint=self._endpoint,
        )
        self.stock = self.agent.processor
        self.agent.processor = FrugalProcessor.taking_over(self.stock)

    def say(self, text: str, sender: str) -> list[str]:
        """Return what the bot says to a message."""
        from rasa.core.channels.channel import CollectingOutputChannel, UserMessage

        channel = CollectingOutputChannel()
        self._run(self.agent.handle_message(UserMessage(text, channel, sender)))
        return [message["text"] for message in channel.messages]

    def tracker(self, sender: str) -> dict[str, Any]:
        """Return what `GET /conversations/<sender>/tracker` shows."""
        processor = self.agent.processor
        tracker = self._run(processor.fetch_full_tracker_with_initial_session(sender))
        return dict(tracker.current_state())

    def close(self) -> None:
        self._run(self._endpoint.close())
        self._loop.close()

    def _run(self, work: Any) -> Any:
        return self._loop.run_until_complete(work)


@pytest.fixture(scope="module")
def server(trained_project: Path) -> Iterator[ActionServer]:
    server = ActionServer(trained_project)
    server.start()
    yield server
    server.kill()


@pytest.fixture(scope="module")
def bot(trained_project: Path, server: ActionServer) -> Iterator[Bot]:
    prepare_for_rasa()
    bot = Bot(trained_project, server.port, turns=2)
    yield bot
    bot.close()


@pytest.fixture(params=["ours", "stock"])
def processor(request: pytest.FixtureRequest, bot: Bot) -> Iterator[str]:
    """Run with the quicker processor and with Rasa's own, as `rasa run` and `rasa shell` do."""
    ours = bot.agent.processor
    bot.agent.processor = bot.stock if request.param == "stock" else ours
    yield str(request.param)
    bot.agent.processor = ours


def one(said: list[str]) -> str:
    """Return the one message that the bot said."""
    (text,) = said
    return text


def test_the_whole_interview_is_one_form(bot: Bot, processor: str) -> None:
    sender = f"whole {processor}"
    assert "1 of 6" in one(bot.say("which job suits me?", sender))
    assert bot.tracker(sender)["active_loop"]["name"] == FORM
    assert bot.tracker(sender)["slots"]["requested_slot"] == "interview_likes"
    assert "2 of 6" in one(bot.say("drawing", sender))
    between = one(bot.say("what does a CRM specialist do?", sender))
    assert between.startswith("A CRM specialist keeps")
    assert "Back to the interview, 2 of 6" in between
    assert bot.tracker(sender)["slots"]["answered"]["roles"] == ["crm-specialist"]
    assert "2 of 6" in one(bot.say("hm blah", sender))
    for text, wanted in [("5", "3 of 6"), ("back", "2 of 6"), ("keep", "3 of 6"), ("4", "4 of 6")]:
        assert wanted in one(bot.say(text, sender))
    for text, wanted in [
        ("pictures", "5 of 6"),
        ("skip", "6 of 6"),
        ("no", "guidance, not a test"),
    ]:
        assert wanted in one(bot.say(text, sender))
    tracker = bot.tracker(sender)
    assert tracker["active_loop"] == {}
    assert tracker["slots"]["requested_slot"] is None
    assert tracker["slots"]["interview_pace"] == ["skip"]
    assert "of 31" in one(bot.say("why not the warehouse manager?", sender))
    assert one(bot.say("what does the first one do?", sender)).startswith("A visual")


def test_it_waits_and_is_taken_up_again(bot: Bot, processor: str) -> None:
    sender = f"waits {processor}"
    bot.say("career test", sender)
    bot.say("people", sender)
    bot.say("what does a buyer do?", sender)
    assert "interview waits" in one(bot.say("what tools does a web developer use?", sender))
    assert bot.tracker(sender)["active_loop"] == {}
    assert one(bot.say("and their skills?", sender)).startswith("A web developer needs")
    assert "2 of 6" in one(bot.say("go on with the interview", sender))
    assert bot.tracker(sender)["active_loop"]["name"] == FORM
    assert "stops here" in one(bot.say("stop", sender))
    assert bot.tracker(sender)["active_loop"] == {}


def test_a_command_of_rasa_does_not_break_it(bot: Bot, processor: str) -> None:
    sender = f"command {processor}"
    bot.say("career test", sender)
    assert len(bot.say("/back", sender)) == 1
    assert len(bot.say("/duties", sender)) == 1
    bot.say("continue the interview", sender)
    assert "2 of 6" in one(bot.say("numbers", sender))
    assert len(bot.say("/restart", sender)) == 1
    assert bot.tracker(sender)["active_loop"] == {}
    assert "1 of 6" in one(bot.say("career test", sender))


def test_an_action_server_that_dies_loses_nothing(bot: Bot, server: ActionServer) -> None:
    sender = "dead"
    bot.say("career test", sender)
    assert "2 of 6" in one(bot.say("numbers", sender))
    server.kill()
    try:
        for text in ("careful work", "what does a buyer do?"):
            assert "sorry" in one(bot.say(text, sender)).lower()
            assert bot.tracker(sender)["slots"]["answered"]["topic"] == "unavailable"
    finally:
        server.start()
    assert bot.tracker(sender)["active_loop"]["name"] == FORM
    assert "3 of 6" in one(bot.say("careful work", sender))


def test_the_form_survives_a_new_session(bot: Bot) -> None:
    sender = "later"
    bot.say("career test", sender)
    bot.say("numbers", sender)
    bot.say("/session_start", sender)
    said = one(bot.say("careful work", sender))
    assert "3 of 6" in said
    assert bot.tracker(sender)["active_loop"]["name"] == FORM
