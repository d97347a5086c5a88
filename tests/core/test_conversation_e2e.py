"""A small bot of its own, with a real action server that comes and goes."""

from __future__ import annotations

import asyncio
import logging
import os
import socket
import statistics
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from textwrap import dedent
from typing import Any

import pytest
from rasa.core.agent import Agent
from rasa.core.channels.channel import CollectingOutputChannel, UserMessage
from rasa.core.tracker_store import TrackerStore
from rasa.core.utils import AvailableEndpoints
from rasa.model_training import train
from rasa.shared.core.domain import SessionConfig
from rasa.utils.log_utils import configure_structlog

from chatbot.core.action_endpoint import KeepAliveEndpoint
from chatbot.core.processor import FrugalProcessor

RESPONSES = Path(__file__).parents[2] / "data" / "responses" / "unavailable.yml"
SENTENCES = ("hello", "what does a buyer do", "which skills does she need")

FILES = {
    "config.yml": """
        recipe: default.v1
        language: en
        assistant_id: test
        pipeline:
        - name: chatbot.core.payload_reader.PayloadReader
        - name: KeywordIntentClassifier
        policies:
        - name: RulePolicy
        - name: chatbot.core.answer_guard_policy.AnswerGuardPolicy
        """,
    "domain.yml": """
        version: "3.1"
        intents: [greet, duties, skills]
        actions: [action_answer]
        slots:
          focus: {type: any, influence_conversation: false, mappings: [{type: custom}]}
          answered: {type: any, influence_conversation: false, mappings: [{type: custom}]}
        session_config: {session_expiration_time: 60, carry_over_slots_to_new_session: true}
        """,
    "data/topics.yml": """
        version: "3.1"
        nlu:
        - {intent: greet, examples: "- hello"}
        - {intent: duties, examples: "- what does"}
        - {intent: skills, examples: "- skills"}
        rules:
        - {rule: greet, steps: [{intent: greet}, {action: action_answer}]}
        - {rule: duties, steps: [{intent: duties}, {action: action_answer}]}
        - {rule: skills, steps: [{intent: skills}, {action: action_answer}]}
        """,
    "endpoints.yml": """
        action_endpoint: {url: "http://127.0.0.1:$port/webhook", enable_selective_domain: true}
        tracker_store:
          type: chatbot.core.tracker_store.WindowedTrackerStore
          turns: 6
          conversations: 10000
        """,
    "actions/__init__.py": "",
    "actions/answer.py": """
        from rasa_sdk import Action
        from rasa_sdk.events import SlotSet


        class ActionAnswer(Action):
            def name(self):
                return "action_answer"

            def run(self, dispatcher, tracker, domain):
                message = tracker.latest_message
                if "crash" in message["text"]:
                    raise ValueError("crash")
                topic = message["intent"]["name"] or "nothing understood"
                turns = (tracker.get_slot("focus") or {}).get("turns", 0) + 1
                dispatcher.utter_message(text=f"about {topic}, turn {turns}")
                return [SlotSet("focus", {"turns": turns}), SlotSet("answered", {"topic": topic})]
        """,
}


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class ActionServer:
    """The action server of the test bot, in a process of its own."""

    def __init__(self, folder: Path, port: int) -> None:
        self._folder, self._port = folder, port
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-m", "rasa_sdk", "--actions", "actions", "--port", str(self._port)],
            cwd=self._folder,
            env={**os.environ, "SANIC_HOST": "127.0.0.1"},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        deadline = time.monotonic() + 30
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
            with urllib.request.urlopen(f"http://127.0.0.1:{self._port}/health", timeout=1):
                return True
        except OSError:
            return False


class BrokenChannel(CollectingOutputChannel):
    """A channel that is gone when the answer is to be sent."""

    async def send_text_message(self, recipient_id: str, text: str, **_: Any) -> None:
        raise ConnectionError("gone")


class Bot:
    """The test bot, served without HTTP in one event loop."""

    def __init__(self, folder: Path, model: str) -> None:
        self._loop = asyncio.new_event_loop()
        endpoints = AvailableEndpoints.read_endpoints(str(folder / "endpoints.yml"))
        self._endpoint = KeepAliveEndpoint.from_endpoint(endpoints.action)
        self.agent = Agent.load(
            model,
            tracker_store=TrackerStore.create(endpoints.tracker_store),
            action_endpoint=self._endpoint,
        )
        self.stock = self.agent.processor
        self.agent.processor = FrugalProcessor.taking_over(self.stock)

    def say(
        self, text: str | None, sender: str, channel: CollectingOutputChannel | None = None
    ) -> list[str]:
        """Return what the bot says to a message."""
        channel = channel or CollectingOutputChannel()
        self._run(self.agent.handle_message(UserMessage(text, channel, sender)))
        return [message["text"] for message in channel.messages]

    def tracker(self, sender: str) -> dict[str, Any]:
        """Return what `GET /conversations/<sender>/tracker` shows."""
        processor = self.agent.processor
        tracker = self._run(processor.fetch_full_tracker_with_initial_session(sender))
        return dict(tracker.current_state())

    def slot(self, name: str, sender: str) -> Any:
        return self.tracker(sender)["slots"][name]

    def close(self) -> None:
        self._run(self._endpoint.close())
        self._loop.close()

    def _run(self, work: Any) -> Any:
        return self._loop.run_until_complete(work)


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, int]:
    folder, port = tmp_path_factory.mktemp("project"), free_port()
    for name, text in FILES.items():
        path = folder / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(dedent(text).replace("$port", str(port)), encoding="utf-8")
    (folder / "data" / "unavailable.yml").write_bytes(RESPONSES.read_bytes())
    return folder, port


@pytest.fixture(scope="module")
def server(project: tuple[Path, int]) -> Iterator[ActionServer]:
    server = ActionServer(*project)
    server.start()
    yield server
    server.kill()


@pytest.fixture(scope="module")
def bot(project: tuple[Path, int], server: ActionServer) -> Iterator[Bot]:
    folder, _ = project
    configure_structlog(logging.WARNING)
    with pytest.MonkeyPatch.context() as patch:
        # Rasa keeps a cache where it is run.
        patch.chdir(folder)
        patch.setenv("RASA_TELEMETRY_ENABLED", "false")
        result = train("domain.yml", "config.yml", ["data"], output="models")
        bot = Bot(folder, str(result.model))
        yield bot
        bot.close()


@pytest.fixture
def sender(request: pytest.FixtureRequest) -> str:
    """A conversation of the test's own."""
    return str(request.node.name)


@contextmanager
def down(server: ActionServer) -> Iterator[None]:
    server.kill()
    try:
        yield
    finally:
        server.start()


def apologies() -> list[str]:
    return [
        line.split('"')[1]
        for line in RESPONSES.read_text(encoding="utf-8").splitlines()
        if "- text:" in line
    ]


def test_questions_are_answered(bot: Bot, sender: str) -> None:
    assert bot.say("hello", sender) == ["about greet, turn 1"]
    assert bot.say("what does a buyer do", sender) == ["about duties, turn 2"]


def test_without_the_action_server_the_bot_apologises_and_goes_on_afterwards(
    bot: Bot, server: ActionServer, sender: str
) -> None:
    bot.say("what does a buyer do", sender)
    with down(server):
        [said] = bot.say("which skills does she need", sender)
        assert said in apologies()
        assert bot.slot("answered", sender)["topic"] == "unavailable"
        assert bot.slot("focus", sender) == {"turns": 1}
        assert bot.tracker(sender)["latest_action_name"] == "action_listen"
        assert bot.say("/unknown", sender)[0] in apologies()
        assert bot.say("hello", f"{sender}, a stranger")[0] in apologies()
    assert bot.say("which skills does she need", sender) == ["about skills, turn 2"]


def test_an_action_that_crashes_gets_an_apology(bot: Bot, sender: str) -> None:
    bot.say("hello", sender)
    assert bot.say("what does crash mean", sender)[0] in apologies()
    assert bot.say("hello", sender) == ["about greet, turn 2"]


@pytest.mark.parametrize(
    "text", ["/unknown", '/foo{"role":"x"}', "/", "", "   ", "gibberish", "/back", None]
)
def test_a_message_that_is_not_understood_is_answered(
    bot: Bot, sender: str, text: str | None
) -> None:
    bot.say("hello", sender)
    [said] = bot.say(text, sender)
    assert said.endswith("turn 2")


def test_a_command_that_names_no_intent_is_read_as_words(bot: Bot, sender: str) -> None:
    assert bot.say("/skills of a buyer", sender) == ["about skills, turn 1"]


def test_after_a_restart_the_conversation_begins_anew(bot: Bot, sender: str) -> None:
    bot.say("hello", sender)
    bot.say("/restart", sender)
    assert bot.slot("focus", sender) is None
    assert bot.say("hello", sender) == ["about greet, turn 1"]


def test_a_new_session_carries_the_slots_over(bot: Bot, sender: str) -> None:
    bot.say("hello", sender)
    domain = bot.agent.domain
    usual = domain.session_config
    domain.session_config = SessionConfig(1e-6, carry_over_slots=True)
    try:
        assert bot.say("hello", sender) == ["about greet, turn 2"]
    finally:
        domain.session_config = usual


def test_a_turn_that_breaks_in_rasa_leaves_the_conversation_as_it_was(
    bot: Bot, sender: str
) -> None:
    bot.say("hello", sender)
    before = bot.tracker(sender)
    with pytest.raises(ConnectionError):
        bot.say("hello", sender, BrokenChannel())
    assert bot.tracker(sender) == before
    assert bot.say("hello", sender) == ["about greet, turn 2"]


def test_taking_over_a_processor_makes_it_no_other(bot: Bot) -> None:
    message = UserMessage("what does a buyer do")
    frugal, stock = bot.agent.processor, bot.stock
    assert type(frugal.graph_runner) is not type(stock.graph_runner)
    assert bot._run(frugal.parse_message(message)) == bot._run(stock.parse_message(message))


def test_a_turn_costs_as_much_at_turn_400_as_at_turn_20(bot: Bot, sender: str) -> None:
    old, young = f"{sender}, old", f"{sender}, young"
    for number in range(390):
        bot.say(SENTENCES[number % 3], old)
    for number in range(15):
        bot.say(SENTENCES[number % 3], young)
    # Side by side, so that a busy machine slows both.
    pairs = [(_seconds(bot, text, old), _seconds(bot, text, young)) for text in SENTENCES * 7]
    at_400, at_20 = (statistics.median(side) for side in zip(*pairs, strict=True))
    assert at_400 <= 1.3 * at_20


def _seconds(bot: Bot, text: str, sender: str) -> float:
    begin = time.perf_counter()
    assert bot.say(text, sender)
    return time.perf_counter() - begin
