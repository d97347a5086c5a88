"""`chatbot channels check`: what it finds, platform by platform."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from dataclasses import replace
from email.utils import formatdate
from pathlib import Path
from typing import Any

import pytest
import slack_side
import telegram_side
import wechat_side
from loopback import FakeAgent, Platform, Served
from rasa.core.channels.channel import InputChannel

from chatbot.channels.messaging import (
    accounts,
    check,
    check_slack,
    check_telegram,
    check_wechat,
)
from chatbot.channels.messaging.accounts import SlackAccount, TelegramAccount, WeChatAccount
from chatbot.channels.messaging.check import Finding
from chatbot.channels.slack import SlackInput
from chatbot.channels.telegram import TelegramInput
from chatbot.channels.wechat import WeChatInput
from chatbot.errors import SettingsError

# Said of every address on loopback, where these tests are.
LOCAL = ("https addresses only", "only this machine", "only these ports")

Serve = Callable[[InputChannel], Served]


def bad(found: list[Finding]) -> list[str]:
    """Return what is wrong, apart from the server being on loopback."""
    texts = [one.text for one in found if one.good is False]
    return [text for text in texts if not any(words in text for words in LOCAL)]


def fine(found: list[Finding]) -> str:
    return "\n".join(one.text for one in found if one.good)


def hook(info: dict[str, Any]) -> tuple[int, Any, dict[str, str]]:
    plain = {"has_custom_certificate": False, "pending_update_count": 0}
    return 200, {"ok": True, "result": {**plain, **info}}, {}


@pytest.fixture
def telegram(serve: Serve, stand_in: Callable[..., Platform]) -> tuple[Platform, TelegramAccount]:
    platform = stand_in(telegram_side.method_of, telegram_side.answer)
    account = TelegramAccount(telegram_side.TOKEN, telegram_side.PUBLIC, platform.url)
    return platform, replace(account, public_url=serve(TelegramInput(account)).url)


def test_telegram_in_order(telegram: tuple[Platform, TelegramAccount]) -> None:
    platform, account = telegram
    platform.arrange("getWebhookInfo", hook({"url": account.webhook}))
    found = asyncio.run(check_telegram.check(account))
    assert bad(found) == []
    for words in ("@jobs_bot", "clock is right", "leads to the running server"):
        assert words in fine(found)


@pytest.mark.parametrize(
    ("info", "words"),
    [
        ({"url": ""}, "nowhere"),
        ({"url": "https://other.example/hook"}, "to https://other.example/hook, not to"),
    ],
)
def test_telegram_calls_another_address(
    telegram: tuple[Platform, TelegramAccount], info: dict[str, Any], words: str
) -> None:
    platform, account = telegram
    platform.arrange("getWebhookInfo", hook(info))
    [problem] = bad(asyncio.run(check_telegram.check(account)))
    assert words in problem


def test_telegram_has_failed_to_deliver(telegram: tuple[Platform, TelegramAccount]) -> None:
    platform, account = telegram
    error = {"last_error_date": int(time.time()) - 120, "last_error_message": "SSL error"}
    platform.arrange(
        "getWebhookInfo", hook({"url": account.webhook, "pending_update_count": 5, **error})
    )
    [problem] = bad(asyncio.run(check_telegram.check(account)))
    assert "SSL error" in problem
    assert "2 minutes ago" in problem
    assert "5 messages are waiting" in problem


@pytest.mark.parametrize("status", [401, 404])
def test_telegram_does_not_know_the_token(
    telegram: tuple[Platform, TelegramAccount], status: int
) -> None:
    platform, account = telegram
    platform.wait_for("getMe", 1)
    error = "Unauthorized" if status == 401 else "Not Found"
    platform.arrange("getMe", telegram_side.failed(status, error))
    [problem] = bad(asyncio.run(check_telegram.check(account)))
    assert "@BotFather" in problem
    assert account.token not in problem


def test_telegram_is_told_where_to_call(telegram: tuple[Platform, TelegramAccount]) -> None:
    platform, account = telegram
    platform.wait_for("setMyCommands", 1)
    assert "menu is set" in fine(asyncio.run(check_telegram.setup(account)))
    assert platform.wait_for("setWebhook", 2)[1].data["url"] == account.webhook


def test_a_server_that_is_not_there(telegram: tuple[Platform, TelegramAccount]) -> None:
    platform, account = telegram
    away = replace(account, public_url="http://127.0.0.1:9")
    platform.arrange("getWebhookInfo", hook({"url": away.webhook}))
    [problem] = bad(asyncio.run(check_telegram.check(away)))
    assert "is `chatbot serve` running" in problem


def test_a_server_without_the_channel(
    serve: Serve, telegram: tuple[Platform, TelegramAccount]
) -> None:
    platform, account = telegram
    without = replace(account, public_url=serve(TelegramInput(None)).url)
    platform.arrange("getWebhookInfo", hook({"url": without.webhook}))
    [problem] = bad(asyncio.run(check_telegram.check(without)))
    assert "telegram is off there" in problem


@pytest.mark.parametrize(
    ("address", "problems"),
    [
        ("https://bot.example", 0),
        ("https://bot.example:8443", 0),
        ("http://bot.example:80", 1),
        ("https://bot.example:5005", 1),
        ("https://192.168.1.5", 1),
        ("http://localhost:5005", 3),
    ],
)
def test_which_addresses_telegram_can_call(
    monkeypatch: pytest.MonkeyPatch, address: str, problems: int
) -> None:
    async def fetch(url: str) -> tuple[int, dict[str, str], str]:
        return 200, {}, '{"channel":"telegram"}'

    monkeypatch.setattr(check, "fetch", fetch)
    found = asyncio.run(check.check_address("telegram", address, check_telegram.PORTS))
    assert len([one for one in found if one.good is False]) == problems


@pytest.mark.parametrize(("skew", "words"), [(300, "300 s behind"), (-300, "300 s ahead")])
def test_a_wrong_clock(monkeypatch: pytest.MonkeyPatch, skew: int, words: str) -> None:
    async def fetch(url: str) -> tuple[int, dict[str, str], str]:
        return 200, {"Date": formatdate(time.time() + skew, usegmt=True)}, ""

    monkeypatch.setattr(check, "fetch", fetch)
    [found] = asyncio.run(check.check_clock("https://api.example"))
    assert found.good is False
    # A second may have passed.
    assert words in found.text.replace("301", "300").replace("299", "300")


@pytest.fixture
def slack(serve: Serve, stand_in: Callable[..., Platform]) -> tuple[Platform, SlackAccount]:
    platform = stand_in(slack_side.method_of, slack_side.answer)
    account = SlackAccount(slack_side.TOKEN, slack_side.SECRET, "", f"{platform.url}/api")
    return platform, replace(account, public_url=serve(SlackInput(account)).url)


def scopes(*allowed: str) -> tuple[int, Any, dict[str, str]]:
    answer = slack_side.answer("auth.test", {})
    return 200, answer, {"X-OAuth-Scopes": ",".join(allowed)}


def test_slack_in_order(slack: tuple[Platform, SlackAccount]) -> None:
    platform, account = slack
    platform.arrange("auth.test", scopes(*check_slack.SCOPES))
    found = asyncio.run(check_slack.check(account))
    assert bad(found) == []
    for words in ("@jobs in Sellers", "allowed what it needs", "takes signed messages"):
        assert words in fine(found)


def test_slack_app_lacks_a_scope(slack: tuple[Platform, SlackAccount]) -> None:
    platform, account = slack
    platform.arrange("auth.test", scopes("chat:write"))
    [problem] = bad(asyncio.run(check_slack.check(account)))
    assert "im:history (to read direct messages)" in problem


def test_slack_refuses_the_token(slack: tuple[Platform, SlackAccount]) -> None:
    platform, account = slack
    platform.arrange("auth.test", slack_side.failed("invalid_auth"))
    [problem] = bad(asyncio.run(check_slack.check(account)))
    assert "invalid_auth" in problem
    [problem] = bad(asyncio.run(check_slack.check(replace(account, token="xoxp-1"))))
    assert "begins with xoxb-" in problem


def test_slack_server_has_another_signing_secret(slack: tuple[Platform, SlackAccount]) -> None:
    _, account = slack
    problems = bad(asyncio.run(check_slack.check(replace(account, signing_secret="other"))))
    assert any("SLACK_SIGNING_SECRET (status 403)" in problem for problem in problems)


@pytest.fixture
def wechat(serve: Serve, stand_in: Callable[..., Platform]) -> tuple[Platform, WeChatAccount]:
    platform = stand_in(wechat_side.method_of, wechat_side.answer)
    account = WeChatAccount(
        wechat_side.TOKEN,
        wechat_side.APP_ID,
        app_secret=wechat_side.SECRET,
        api_url=platform.url,
    )
    return platform, replace(account, public_url=serve(WeChatInput(account)).url)


def test_wechat_in_order(wechat: tuple[Platform, WeChatAccount]) -> None:
    _, account = wechat
    found = asyncio.run(check_wechat.check(account))
    assert bad(found) == []
    for words in ("the app id and the secret", "takes signed messages", "clock is right"):
        assert words in fine(found)


@pytest.mark.parametrize(
    ("code", "words"),
    [(40013, "no account"), (40125, "can be reset"), (40164, "IP whitelist"), (99, "99")],
)
def test_wechat_refuses_the_account(
    wechat: tuple[Platform, WeChatAccount], code: int, words: str
) -> None:
    platform, account = wechat
    platform.arrange("token", wechat_side.failed(code))
    [problem] = bad(asyncio.run(check_wechat.check(account)))
    assert words in problem


def test_wechat_settings_of_a_wrong_form(wechat: tuple[Platform, WeChatAccount]) -> None:
    _, account = wechat
    problems = bad(asyncio.run(check_wechat.check(replace(account, app_id="123", token="ü"))))
    assert any("WECHAT_APP_ID is not of the form" in problem for problem in problems)
    assert any("WECHAT_TOKEN must have" in problem for problem in problems)
    assert any("refuses what is signed with WECHAT_TOKEN" in problem for problem in problems)


def test_wechat_menu_is_set(wechat: tuple[Platform, WeChatAccount]) -> None:
    platform, account = wechat
    assert "menu is set" in fine(asyncio.run(check_wechat.setup(account)))
    [call] = platform.wait_for("menu/create", 1)
    assert [button["name"] for button in call.data["button"]] == ["Jobs", "How shops run", "Help"]
    [problem] = bad(asyncio.run(check_wechat.setup(replace(account, app_secret=""))))
    assert "WECHAT_APP_SECRET" in problem


AES = wechat_side.AES_KEY


@pytest.mark.parametrize(
    ("channel", "values", "words"),
    [
        ("telegram", {"TELEGRAM_TOKEN": "1:x"}, "not CHATBOT_PUBLIC_URL"),
        (
            "telegram",
            {"TELEGRAM_TOKEN": "my token", "CHATBOT_PUBLIC_URL": "https://x.y"},
            "@BotFather",
        ),
        (
            "telegram",
            {"TELEGRAM_TOKEN": telegram_side.TOKEN, "CHATBOT_PUBLIC_URL": "bot.example"},
            "must be an address such as",
        ),
        ("slack", {"SLACK_TOKEN": "x"}, "not SLACK_SIGNING_SECRET"),
        ("slack", {"SLACK_SIGNING_SECRET": "x"}, "not SLACK_TOKEN"),
        ("wechat", {"WECHAT_TOKEN": "x"}, "not WECHAT_APP_ID"),
        ("wechat", {"WECHAT_APP_SECRET": "x"}, "not WECHAT_TOKEN and WECHAT_APP_ID"),
        (
            "wechat",
            {"WECHAT_TOKEN": "x", "WECHAT_APP_ID": "y", "WECHAT_AES_KEY": AES[1:]},
            "has 42 characters",
        ),
    ],
)
def test_half_of_the_settings_is_an_error(channel: str, values: dict[str, str], words: str) -> None:
    with pytest.raises(SettingsError) as raised:
        check.ACCOUNTS[channel](values)
    assert words in str(raised.value)


@pytest.mark.parametrize("channel", list(check.ACCOUNTS))
def test_none_of_the_settings_leaves_it_out(channel: str) -> None:
    assert check.ACCOUNTS[channel]({"CHATBOT_PUBLIC_URL": "https://bot.example"}) is None


@pytest.mark.parametrize("secret", [telegram_side.TOKEN, slack_side.SECRET, AES])
def test_no_secret_is_shown_by_accident(secret: str) -> None:
    shown = [
        repr(TelegramAccount(telegram_side.TOKEN, "")),
        repr(SlackAccount(slack_side.TOKEN, slack_side.SECRET)),
        repr(WeChatAccount("t", "a", aes_key=AES)),
    ]
    assert not any(secret in text for text in shown)


def test_settings_in_credentials_are_refused() -> None:
    with pytest.raises(SettingsError, match="environment variables"):
        TelegramInput.from_credentials({"access_token": "x"})


def test_an_entry_missing_in_credentials_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, agent: FakeAgent
) -> None:
    monkeypatch.setattr(
        accounts, "given", lambda channel: {"SLACK_TOKEN": "x", "SLACK_SIGNING_SECRET": "y"}
    )
    file = tmp_path / "credentials.yml"
    file.write_text("rest:\n# chatbot.channels.slack.SlackInput:\n")
    _, found = check.check_settings("slack", file)
    assert "does not name it" in "".join(one.text for one in found if one.good is False)
