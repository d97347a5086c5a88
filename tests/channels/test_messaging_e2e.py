"""The trained bot behind `chatbot serve`, talked to through Telegram, Slack and WeChat at once."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path

import httpx
import pytest
import slack_side
import telegram_side
import wechat_side
from loopback import Loop, Platform

from chatbot.channels.messaging.accounts import TelegramAccount
from chatbot.channels.telegram import SECRET_HEADER
from chatbot.wording.messaging import phrases
from tests.cli.command import Chatbot, Server

QUESTION = "What does a CRM specialist do?"
ANSWER = "A CRM specialist keeps past buyers coming back"
SECRET = TelegramAccount(telegram_side.TOKEN, "").secret


@pytest.fixture(scope="module")
def platforms(loop: Loop) -> Iterator[dict[str, Platform]]:
    sides = {"telegram": telegram_side, "slack": slack_side, "wechat": wechat_side}
    running = {name: Platform(loop, side.method_of, side.answer) for name, side in sides.items()}
    for platform in running.values():
        platform.start()
    yield running
    for platform in running.values():
        platform.stop()


@pytest.fixture(scope="module")
def server(trained_project: Path, platforms: dict[str, Platform]) -> Iterator[Server]:
    with pytest.MonkeyPatch.context() as patch:
        for name, value in {
            "CHATBOT_PUBLIC_URL": telegram_side.PUBLIC,
            "TELEGRAM_TOKEN": telegram_side.TOKEN,
            "TELEGRAM_API_URL": platforms["telegram"].url,
            "SLACK_TOKEN": slack_side.TOKEN,
            "SLACK_SIGNING_SECRET": slack_side.SECRET,
            "SLACK_API_URL": platforms["slack"].url,
            "WECHAT_TOKEN": wechat_side.TOKEN,
            "WECHAT_APP_ID": wechat_side.APP_ID,
            "WECHAT_APP_SECRET": wechat_side.SECRET,
            "WECHAT_API_URL": platforms["wechat"].url,
        }.items():
            patch.setenv(name, value)
        with Chatbot(trained_project).serve() as running:
            yield running


@pytest.fixture
def http(server: Server) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=server.url, timeout=20) as client:
        yield client


def test_a_talk_on_telegram(http: httpx.Client, platforms: dict[str, Platform]) -> None:
    telegram = platforms["telegram"]

    def tell(update: dict[str, object]) -> str:
        before = len(telegram.of("sendMessage"))
        headers = {SECRET_HEADER: SECRET}
        assert http.post("/webhooks/telegram/webhook", json=update, headers=headers).is_success
        return str(telegram.wait_for("sendMessage", before + 1)[-1].data["text"])

    assert "job" in tell(telegram_side.written("/start"))
    assert tell(telegram_side.written(QUESTION)).startswith(ANSWER)
    sent = telegram.of("sendMessage")[-1].data
    shown = json.loads(sent["reply_markup"])["inline_keyboard"]
    pressed = telegram_side.pressed(shown, 0, text=sent["text"])
    assert "CRM specialist" in tell(pressed)
    assert "CRM specialist" in tell(telegram_side.written("and its tools?"))
    assert telegram.wait_for("setWebhook", 1)


def test_a_talk_on_slack(http: httpx.Client, platforms: dict[str, Platform]) -> None:
    slack = platforms["slack"]
    slack_side.send(http, slack_side.callback(slack_side.direct(QUESTION)))
    [first] = slack.wait_for("chat.postMessage", 1)
    assert first.data["text"].startswith(ANSWER)
    slack_side.send(http, slack_side.pressed(first.data, 0), form=True)
    second = slack.wait_for("chat.postMessage", 2)[-1]
    assert "CRM specialist" in second.data["text"]


def test_a_talk_on_wechat(http: httpx.Client, platforms: dict[str, Platform]) -> None:
    greeting = wechat_side.said(wechat_side.deliver(http, wechat_side.event("subscribe")))
    assert "job" in str(greeting)
    first = str(wechat_side.said(wechat_side.deliver(http, wechat_side.text(QUESTION))))
    assert first.startswith(ANSWER)
    second = str(wechat_side.said(wechat_side.deliver(http, wechat_side.text("1"))))
    assert "CRM specialist" in second
    assert second != first


def test_the_menus_questions_are_understood(http: httpx.Client) -> None:
    entries = [below for entry in phrases("en").menu for below in entry.get("entries", [entry])]
    said = {}
    for entry in entries:
        click = wechat_side.event("CLICK", entry["ask"], user=f"o{entry['name']}")
        said[entry["name"]] = str(wechat_side.said(wechat_side.deliver(http, click)))
    starts = {
        "All job groups": "E-commerce jobs fall into",
        "Which job suits me?": "Tell me what you like",
        "What employers want": "The most wanted roles",
        "An order": "An order from click to door",
        "A return": "A return",
        "A sale day": "A big sale day",
        "Help": "I know",
    }
    assert said.keys() == starts.keys()
    wrong = {name: text for name, text in said.items() if not text.startswith(starts[name])}
    assert wrong == {}


@pytest.mark.parametrize(
    "deliver",
    [
        lambda http: http.post("/webhooks/telegram/webhook", json={"update_id": 1}),
        lambda http: slack_side.send(http, "{}", secret="x"),
        lambda http: wechat_side.deliver(http, wechat_side.text("x"), token="x"),
    ],
    ids=["telegram", "slack", "wechat"],
)
def test_forged_messages_are_refused(
    http: httpx.Client, deliver: Callable[[httpx.Client], httpx.Response]
) -> None:
    assert deliver(http).status_code == 403


def test_rest_works_beside_them(server: Server) -> None:
    assert server.ask(QUESTION)[0].startswith(ANSWER)
