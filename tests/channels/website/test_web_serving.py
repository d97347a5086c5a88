"""`chatbot serve` with the web channel and Rasa's own chat windows."""

from __future__ import annotations

import shutil
import stat
from collections.abc import Callable, Iterator
from pathlib import Path
from queue import Queue
from typing import Any

import httpx
import pytest
import socketio

from tests.cli.command import Chatbot, Server
from tests.support.loopback import OTHER_SITE, Visitor, texts

CREDENTIALS = """
chatbot.channels.web.WebInput:
rest:
socketio:
  user_message_evt: user_uttered
  bot_message_evt: bot_uttered
  session_persistence: true
"""
SETTINGS = {"CHATBOT_ALLOWED_ORIGINS": OTHER_SITE}


@pytest.fixture(scope="module")
def folder(trained_small_bot: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a small bot with these channels, which says a list with buttons when asked for one."""
    made = tmp_path_factory.mktemp("web") / "bot"
    shutil.copytree(trained_small_bot, made, symlinks=True)
    (made / "credentials.yml").write_text(CREDENTIALS)
    action = made / "actions" / "action_answer.py"
    action.write_text(
        action.read_text().replace(
            'dispatcher.utter_message(text=f"You said: {text}")',
            'dispatcher.utter_message(text=f"You said: {text}", '
            'buttons=[{"title": "More", "payload": "hello more"}])',
        )
    )
    return made


@pytest.fixture(scope="module")
def server(folder: Path) -> Iterator[Server]:
    with Chatbot(folder).serve(**SETTINGS) as running:
        yield running


@pytest.fixture(scope="module")
def server_with_api(folder: Path) -> Iterator[Server]:
    with Chatbot(folder).serve("--enable-api", **SETTINGS) as running:
        yield running


@pytest.fixture(params=["server", "server_with_api"])
def any_server(request: pytest.FixtureRequest) -> Server:
    return request.getfixturevalue(request.param)


def visitor(server: Server, **headers: str) -> Visitor:
    made = Visitor(server.url, **headers)
    made.begin()
    return made


def test_it_answers_with_buttons(any_server: Server) -> None:
    [message, _] = visitor(any_server).ask("hello there")
    assert message["text"] == "You said: hello there"
    assert message["quick_replies"] == [{"title": "More", "payload": "hello more"}]


def test_another_site_is_answered_as_the_settings_say(any_server: Server) -> None:
    assert texts(visitor(any_server, Origin=OTHER_SITE).ask("hello")) == ["You said: hello"]
    for origin, status in [(OTHER_SITE, 204), (f"{OTHER_SITE}.evil.example", 403)]:
        answer = Visitor(any_server.url).http.options("/messages", headers={"Origin": origin})
        allowed = answer.headers.get("access-control-allow-origin")
        assert (answer.status_code, allowed) == (status, OTHER_SITE if status == 204 else None)


def test_the_page_at_the_root_is_ours(any_server: Server) -> None:
    answer = any_server.get("/")
    assert answer.headers["content-type"].startswith("text/html")
    assert "Hello from Rasa" not in answer.text


def test_a_restart_forgets_the_conversation(any_server: Server) -> None:
    one = visitor(any_server)
    one.ask("hello")
    assert one.post("/restart").status_code == 200
    assert one.history() == []
    assert texts(one.ask("hello")) == ["You said: hello"]


def test_nothing_of_rasas_api_is_open_unless_asked_for(
    server: Server, server_with_api: Server
) -> None:
    for path in ("/version", "/status", "/conversations/a/tracker"):
        assert server.get(path).status_code == 404
        assert server_with_api.get(path).status_code == 200
    assert httpx.put(f"{server.url}/model", json={}).status_code == 404
    assert httpx.post(f"{server.url}/model/parse", json={"text": "a"}).status_code == 404


def test_all_that_is_reachable_is_known(server: Server) -> None:
    for path in (
        "/webhooks/",
        "/webhooks",
        "/webhooks/web",
        "/webhooks/web/",
        "/webhooks/telegram/",
    ):
        assert server.get(path).status_code == 404


def test_rasas_rest_channel_is_as_documented(any_server: Server) -> None:
    assert any_server.ask("hello there") == ["You said: hello there"]
    empty = httpx.post(f"{any_server.url}/webhooks/rest/webhook")
    assert (empty.status_code, empty.json()["error"]) == (400, "bad_request")


def test_the_key_is_kept_where_nobody_else_reads_it(server: Server, folder: Path) -> None:
    key = folder / ".cache" / "chatbot" / "session.key"
    assert stat.S_IMODE(key.stat().st_mode) == 0o600


def test_people_go_on_after_the_server_was_stopped_and_started(folder: Path) -> None:
    with Chatbot(folder).serve() as first:
        before = visitor(first)
        before.ask("hello before")
        first.stop()
    with Chatbot(folder).serve() as second:
        after = Visitor(second.url)
        after.token = before.token
        assert texts(after.history()) == ["hello before", "You said: hello before"]
        assert texts(after.ask("hello after")) == ["You said: hello after"]


class ChatWindow:
    """One of the chat windows that Rasa's documentation names, over Socket.IO."""

    def __init__(self, url: str, transport: str, session: str | None = None) -> None:
        self.client = socketio.Client()
        self.said: Queue[dict[str, Any]] = Queue()
        confirmed: Queue[str] = Queue()
        self.client.on("bot_uttered", self.said.put)
        self.client.on("session_confirm", confirmed.put)
        self.client.connect(url, transports=[transport])
        self.client.emit("session_request", {"session_id": session})
        self.session = confirmed.get(timeout=10)

    def ask(self, text: str) -> dict[str, Any]:
        """Return the bot's reply."""
        self.send({"message": text, "session_id": self.session})
        return self.said.get(timeout=10)

    def send(self, data: Any) -> None:
        """Send the event of a message."""
        self.client.emit("user_uttered", data)


@pytest.fixture
def open_window() -> Iterator[Callable[..., ChatWindow]]:
    """Return a function that opens chat windows, which are closed at the end."""
    opened = []

    def make(*arguments: Any) -> ChatWindow:
        opened.append(ChatWindow(*arguments))
        return opened[-1]

    yield make
    for window in opened:
        window.client.disconnect()


@pytest.mark.parametrize("transport", ["polling", "websocket"])
def test_rasas_chat_windows_connect(
    any_server: Server, transport: str, open_window: Callable[..., ChatWindow]
) -> None:
    window = open_window(any_server.url, transport)
    reply = window.ask("hello there")
    assert reply["text"] == "You said: hello there"
    [button] = reply["quick_replies"]
    assert window.ask(button["payload"])["text"] == "You said: hello more"
    window.client.disconnect()

    again = open_window(any_server.url, transport, window.session)
    assert again.session == window.session
    assert again.ask("hello again")["text"] == "You said: hello again"


def test_two_chat_windows_do_not_hear_each_other(
    server: Server, open_window: Callable[..., ChatWindow]
) -> None:
    ann, bob = (open_window(server.url, "websocket") for _ in range(2))
    assert ann.session != bob.session
    ann.ask("hello secret")
    assert bob.ask("hello")["text"] == "You said: hello"
    assert bob.said.empty()


@pytest.mark.parametrize(
    "odd", [None, 7, "hello", [], {}, {"message": "hello"}, {"message": 7, "session_id": "a"}]
)
def test_a_chat_window_that_sends_nonsense_goes_on(
    server: Server, open_window: Callable[..., ChatWindow], odd: Any
) -> None:
    window = open_window(server.url, "websocket")
    window.send(odd)
    assert window.ask("hello")["text"] == "You said: hello"


def test_a_chat_window_is_told_when_a_message_is_too_long(
    server: Server, open_window: Callable[..., ChatWindow]
) -> None:
    assert "1,000" in open_window(server.url, "websocket").ask("hello " * 200)["text"]


def test_a_wrong_option_is_an_error_before_anything_slow(folder: Path, tmp_path: Path) -> None:
    bot = Chatbot(shutil.copytree(folder, tmp_path / "bot", symlinks=True))
    path = bot.folder / "credentials.yml"
    path.write_text("chatbot.channels.web.WebInput:\n  session_hour: 3\n")
    done = bot.run("serve", "--port", "0")
    assert done.returncode == 1
    assert "did you mean 'session_hours'" in done.stderr


def test_opening_it_to_other_machines_is_warned_of(folder: Path) -> None:
    with Chatbot(folder).serve("--host", "0.0.0.0", "--enable-api") as server:
        assert server.ask("hello") == ["You said: hello"]
        said = server.stop().output
    for part in ("without TLS", "/webhooks/rest answers programs on this", "Socket.IO", "api"):
        assert part in said


def test_on_this_machine_alone_nothing_is_warned_of(folder: Path) -> None:
    with Chatbot(folder).serve(CHATBOT_PUBLIC_URL="https://bot.example") as server:
        assert server.process.stdout is not None
        said = [server.process.stdout.readline() for _ in range(3)]
        stopped = server.stop()
    assert f"{server.url}/" in said[0]
    assert said[2].startswith('<script src="https://bot.example/widget-')
    assert (stopped.code, "warning" in stopped.output) == (0, False)
