"""How the messaging channels are switched on and off, as a person at a terminal sees it."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.cli.command import Chatbot
from tests.support.paths import ROOT

SLACK = {"SLACK_TOKEN": "xoxb-1", "SLACK_SIGNING_SECRET": "s"}


@pytest.fixture
def bot(small_bot: Chatbot) -> Chatbot:
    """Return a small bot with the channels of the project."""
    shutil.copy(ROOT / "credentials.yml", small_bot.folder / "credentials.yml")
    return small_bot


def test_without_settings_they_are_left_out(bot: Chatbot) -> None:
    with bot.serve() as server:
        assert server.ask("hello") == ["You said: hello"]
        for name in ("telegram", "slack", "wechat"):
            assert server.get(f"/webhooks/{name}/").status_code == 404


def test_with_settings_they_are_on_and_named(bot: Chatbot, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in SLACK.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setenv("CHATBOT_PUBLIC_URL", "https://bot.example")
    with bot.serve() as server:
        assert server.get("/webhooks/slack/").json() == {"status": "ok", "channel": "slack"}
        assert server.get("/webhooks/telegram/").status_code == 404
        output = server.stop().output
    assert "slack is on: https://bot.example/webhooks/slack/webhook" in output
    assert "telegram is on" not in output


def test_half_of_the_settings_is_an_error(bot: Chatbot) -> None:
    done = bot.run("serve", "--port", "0", SLACK_TOKEN="xoxb-1")
    assert (done.returncode, done.stdout) == (1, "")
    assert "SLACK_TOKEN is set, but not SLACK_SIGNING_SECRET" in done.stderr
    assert "docs/channels/slack.md" in done.stderr
    assert "Traceback" not in done.stderr


def test_the_list_says_what_is_on(bot: Chatbot) -> None:
    done = bot.run("channels", "list", CHATBOT_PUBLIC_URL="https://bot.example", **SLACK)
    assert (done.returncode, done.stderr) == (0, "")
    telegram, slack, wechat = done.stdout.splitlines()
    assert telegram.split()[:4] == ["telegram", "off", "set", "TELEGRAM_TOKEN"]
    assert slack.split() == ["slack", "on", "https://bot.example/webhooks/slack/webhook"]
    assert "WECHAT_TOKEN and WECHAT_APP_ID" in wechat


@pytest.mark.parametrize("command", ["check", "setup"])
def test_a_channel_that_is_off_says_what_it_needs(bot: Chatbot, command: str) -> None:
    done = bot.run("channels", command, "wechat")
    assert done.returncode == 1
    assert "set WECHAT_TOKEN and WECHAT_APP_ID" in done.stdout


def test_a_check_without_network_says_so(bot: Chatbot) -> None:
    done = bot.run("channels", "check", "slack", SLACK_API_URL="http://127.0.0.1:9", **SLACK)
    assert done.returncode == 1
    assert "NO  http://127.0.0.1:9 cannot be reached from here" in done.stdout
    assert "Traceback" not in done.stdout + done.stderr


def test_every_guide_names_every_variable_and_command() -> None:
    from chatbot.channels.messaging.accounts import NEEDED, OPTIONAL

    for channel in NEEDED:
        guide = Path(ROOT / "docs" / "channels" / f"{channel}.md").read_text("utf-8")
        wanted = (*NEEDED[channel], *OPTIONAL[channel], f"chatbot channels check {channel}")
        assert [name for name in wanted if name not in guide] == []
        assert f"/webhooks/{channel}/webhook" in guide
