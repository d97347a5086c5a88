"""The bot's accounts on the messaging platforms, as environment variables say.

A channel is on when its variables are set, and left out when none is:

Telegram  TELEGRAM_TOKEN, CHATBOT_PUBLIC_URL
Slack     SLACK_TOKEN, SLACK_SIGNING_SECRET
WeChat    WECHAT_TOKEN, WECHAT_APP_ID; WECHAT_APP_SECRET to push messages and to set the menu;
          WECHAT_AES_KEY for messages that WeChat encrypts

TELEGRAM_API_URL, SLACK_API_URL and WECHAT_API_URL put another address in place of the platform's,
such as a Bot API server of one's own or a proxy.
"""

from __future__ import annotations

import hashlib
import hmac
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from chatbot.errors import SettingsError
from chatbot.settings import PUBLIC_URL, variables

TELEGRAM_TOKEN, TELEGRAM_API_URL = "TELEGRAM_TOKEN", "TELEGRAM_API_URL"
SLACK_TOKEN, SLACK_SIGNING_SECRET = "SLACK_TOKEN", "SLACK_SIGNING_SECRET"
SLACK_API_URL = "SLACK_API_URL"
WECHAT_TOKEN, WECHAT_APP_ID, WECHAT_APP_SECRET = (
    "WECHAT_TOKEN",
    "WECHAT_APP_ID",
    "WECHAT_APP_SECRET",
)
WECHAT_AES_KEY, WECHAT_API_URL = "WECHAT_AES_KEY", "WECHAT_API_URL"

# What switches a channel on, and what must not stand there without it.
NEEDED = {
    "telegram": (TELEGRAM_TOKEN, PUBLIC_URL),
    "slack": (SLACK_TOKEN, SLACK_SIGNING_SECRET),
    "wechat": (WECHAT_TOKEN, WECHAT_APP_ID),
}
OPTIONAL = {
    "telegram": (TELEGRAM_API_URL,),
    "slack": (PUBLIC_URL, SLACK_API_URL),
    "wechat": (PUBLIC_URL, WECHAT_APP_SECRET, WECHAT_AES_KEY, WECHAT_API_URL),
}
# Variables that serve several channels, or say nothing about whether one is wanted.
_SHARED = frozenset({PUBLIC_URL, TELEGRAM_API_URL, SLACK_API_URL, WECHAT_API_URL})
_GUIDE = "docs/channels/{channel}.md says where to find it"

_TELEGRAM_FORM = re.compile(r"\d+:[\w-]{10,}")
_AES_FORM = re.compile(r"[A-Za-z0-9]{43}")


@dataclass(frozen=True)
class TelegramAccount:
    """A Telegram bot."""

    token: str = field(repr=False)
    public_url: str
    api_url: str = "https://api.telegram.org"

    @property
    def id(self) -> int:
        """The bot's user id."""
        return int(self.token.split(":")[0])

    @property
    def webhook(self) -> str:
        """Where Telegram shall send updates."""
        return f"{self.public_url}/webhooks/telegram/webhook"

    @property
    def secret(self) -> str:
        """What Telegram shall send along with every update, so that nobody else can pose as it.

        Derived from the token, so that it outlives a restart and there is nothing more to set.
        """
        return hmac.new(self.token.encode(), b"webhook secret", hashlib.sha256).hexdigest()


@dataclass(frozen=True)
class SlackAccount:
    """A Slack app with a bot user."""

    token: str = field(repr=False)
    signing_secret: str = field(repr=False)
    public_url: str = ""
    api_url: str = "https://slack.com/api"

    @property
    def webhook(self) -> str:
        """The request address to be given to Slack for events and for buttons."""
        return f"{self.public_url}/webhooks/slack/webhook"


@dataclass(frozen=True)
class WeChatAccount:
    """A WeChat official account.

    Args:
        token: chosen by the owner; signs what WeChat sends.
        app_id: of the account.
        app_secret: lets the bot push messages and set the menu; empty if it may not.
        aes_key: 43 characters; if given, only encrypted messages are taken.
        public_url: where WeChat finds this server.
        api_url: of the platform.
    """

    token: str = field(repr=False)
    app_id: str
    app_secret: str = field(default="", repr=False)
    aes_key: str = field(default="", repr=False)
    public_url: str = ""
    api_url: str = "https://api.weixin.qq.com"

    @property
    def webhook(self) -> str:
        """The server address to be given to WeChat."""
        return f"{self.public_url}/webhooks/wechat/webhook"


def given(channel: str) -> dict[str, str]:
    """Return the variables of a channel that are set."""
    return variables((*NEEDED[channel], *OPTIONAL[channel]))


def telegram(values: Mapping[str, str]) -> TelegramAccount | None:
    """Return the bot that the variables name, or None if they name none.

    Raises:
        SettingsError: a variable is missing or wrong; the same holds for the functions below.
    """
    if not _wanted("telegram", values):
        return None
    if not _TELEGRAM_FORM.fullmatch(values[TELEGRAM_TOKEN]):
        raise SettingsError(
            f"{TELEGRAM_TOKEN}: not of the form 123456789:ABC...; copy the whole token that "
            "@BotFather gave you"
        )
    return TelegramAccount(
        token=values[TELEGRAM_TOKEN],
        public_url=_address(PUBLIC_URL, values, ""),
        api_url=_address(TELEGRAM_API_URL, values, TelegramAccount.api_url),
    )


def slack(values: Mapping[str, str]) -> SlackAccount | None:
    """Return the app that the variables name, or None."""
    if not _wanted("slack", values):
        return None
    return SlackAccount(
        token=values[SLACK_TOKEN],
        signing_secret=values[SLACK_SIGNING_SECRET],
        public_url=_address(PUBLIC_URL, values, ""),
        api_url=_address(SLACK_API_URL, values, SlackAccount.api_url),
    )


def wechat(values: Mapping[str, str]) -> WeChatAccount | None:
    """Return the official account that the variables name, or None."""
    if not _wanted("wechat", values):
        return None
    key = values.get(WECHAT_AES_KEY, "")
    if key and not _AES_FORM.fullmatch(key):
        raise SettingsError(
            f"{WECHAT_AES_KEY}: has {len(key)} characters; the EncodingAESKey has 43 letters and "
            "digits"
        )
    return WeChatAccount(
        token=values[WECHAT_TOKEN],
        app_id=values[WECHAT_APP_ID],
        app_secret=values.get(WECHAT_APP_SECRET, ""),
        aes_key=key,
        public_url=_address(PUBLIC_URL, values, ""),
        api_url=_address(WECHAT_API_URL, values, WeChatAccount.api_url),
    )


def missing(channel: str, values: Mapping[str, str]) -> tuple[str, ...]:
    """Return the variables that a channel still needs; all of them if it is off."""
    return tuple(name for name in NEEDED[channel] if name not in values)


def _wanted(channel: str, values: Mapping[str, str]) -> bool:
    own = [name for name in (*NEEDED[channel], *OPTIONAL[channel]) if name not in _SHARED]
    present = [name for name in own if name in values]
    if not present:
        return False
    lacking = missing(channel, values)
    if lacking:
        raise SettingsError(
            f"{present[0]} is set, but not {' and '.join(lacking)}: set that too to use {channel}, "
            f"or unset {present[0]} to leave {channel} out; "
            f"{_GUIDE.format(channel=channel)}"
        )
    return True


def _address(name: str, values: Mapping[str, str], default: str) -> str:
    value = values.get(name, default).rstrip("/")
    parts = urlsplit(value)
    if value and (parts.scheme not in ("http", "https") or not parts.hostname or parts.query):
        raise SettingsError(
            f"{name}={value!r}: must be an address such as https://bot.example, without a query"
        )
    return value
