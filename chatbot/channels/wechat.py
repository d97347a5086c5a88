"""WeChat official account: takes messages and replies to them (docs/decisions/0013).

What it replies, and when, is in messaging/wechat_counter.py. That and `wechatpy` are imported only
when there is an account, for the sake of those who start the bot without one.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from typing import TYPE_CHECKING, Any

from rasa.core.channels.channel import InputChannel, UserMessage
from sanic import Blueprint
from sanic.request import Request
from sanic.response import HTTPResponse

from chatbot.channels.messaging import accounts, webhook
from chatbot.channels.messaging.accounts import WeChatAccount
from chatbot.channels.messaging.desk import Desk

if TYPE_CHECKING:
    from chatbot.channels.messaging.wechat_counter import Counter, WeChatOutput

NAME = "wechat"
# WeChat's own answer for "received, nothing to say now".
SUCCESS = "success"


class WeChatInput(InputChannel):
    """Takes messages from WeChat; off when the bot has no account there."""

    @classmethod
    def name(cls) -> str:
        """Return the channel's name."""
        return NAME

    @classmethod
    def from_credentials(cls, credentials: dict[str, Any] | None) -> WeChatInput:
        """Return the channel of the account that the environment names.

        Raises:
            SettingsError: a variable is missing or wrong.
        """
        webhook.no_credentials(NAME, credentials)
        return cls(accounts.wechat(accounts.given(NAME)))

    def __init__(self, account: WeChatAccount | None) -> None:
        self.account = account

    def get_output_channel(self) -> WeChatOutput | None:
        """Return a channel for messages that nobody asked for; None if the account may not push."""
        from chatbot.channels.messaging.wechat_counter import WeChatOutput

        return WeChatOutput(self.account) if self.account and self.account.app_secret else None

    def blueprint(self, on_new_message: Callable[[UserMessage], Awaitable[Any]]) -> Blueprint:
        """Return the web server: messages come to `/webhook`."""
        if self.account is None:
            return webhook.closed(NAME)
        from chatbot.channels.messaging.wechat_counter import Counter
        from chatbot.channels.messaging.wechat_messages import is_signed

        account = self.account
        desk = Desk(NAME, on_new_message, account.public_url)
        counter = Counter(account, desk, self.get_output_channel())
        blueprint = webhook.opened(NAME, desk)

        @blueprint.route("/webhook", methods=["GET"])
        async def verify(request: Request) -> HTTPResponse:
            if not is_signed(account, _query(request)):
                return webhook.refused("not signed by WeChat")
            return webhook.done(request.args.get("echostr", ""))

        @blueprint.route("/webhook", methods=["POST"])
        async def receive(request: Request) -> HTTPResponse:
            return await _receive(request, account, counter)

        @blueprint.listener("after_server_stop")
        async def hang_up(*_: Any) -> None:
            counter.close()

        return blueprint


def _query(request: Request) -> Mapping[str, Any]:
    return {name: values[0] for name, values in request.args.items()}


async def _receive(request: Request, account: WeChatAccount, counter: Counter) -> HTTPResponse:
    from chatbot.channels.messaging.wechat_messages import (
        is_for_the_bot,
        is_signed,
        opened,
        sealed,
        written,
    )

    query = _query(request)
    too_large = webhook.unreadable(request)
    if too_large:
        return too_large
    if not is_signed(account, query):
        return webhook.refused("not signed by WeChat, or too long ago")
    message = opened(account, query, request.body)
    if message is None:
        return webhook.refused("not a message of this account")
    if message.type == "event" and message.event == "unsubscribe":
        counter.forget(message.source)
    if not is_for_the_bot(message):
        return webhook.done(SUCCESS)
    if counter.desk.is_full:
        return webhook.busy()
    part = await counter.reply(message)
    if part is None:
        return webhook.done(SUCCESS)
    reply = sealed(account, query, written(part, message))
    return HTTPResponse(reply, content_type="application/xml; charset=utf-8")
